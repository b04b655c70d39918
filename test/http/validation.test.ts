import assert from 'node:assert/strict';
import { TestService } from '../support/service.js';
import { fill, ok, prefixes, problem } from './fixture.js';

const shapes = `
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://localhost:3000/id/actor/> .
@prefix dct: <http://purl.org/dc/terms/> .
ex:Vorm a sh:NodeShape ; sh:targetClass ex:Gekeurd ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:message "Geef een titel."@nl, "Give a title."@en ] .
`;
const bad = `${prefixes}
ex:fout a ex:Gekeurd .
`;

/** An organisation without a name breaks the shapes that come with the service. */
const unnamed = `${prefixes}
ex:naamloos a org:Organization .
`;

function parts(data: string, rules: string): FormData {
  const form = new FormData();
  form.append('data', new Blob([data], { type: 'text/turtle' }), 'data.ttl');
  form.append('shapes', new Blob([rules], { type: 'text/turtle' }), 'shapes.ttl');
  return form;
}

describe('HTTP: validation', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
    await fill(service);
  });
  after(() => service.stop());

  const load = (accept: string): Promise<Response> =>
    service.ask('/datasets/proef/inhoud', { method: 'POST', token: true, headers: { 'content-type': 'text/turtle', accept }, body: unnamed });
  const check = (body: string, accept = 'text/turtle', query = ''): Promise<Response> =>
    service.ask(`/validatie${query}`, { method: 'POST', headers: { 'content-type': 'text/turtle', accept }, body });

  it('POST-200: RDF in, report out, without an account and without a trace', async () => {
    const before = (await (await ok(service.ask('/status'))).json()) as { commit: number };
    const text = await (await ok(check(unnamed))).text();
    assert.ok(text.includes('sh:ValidationReport') && text.includes('sh:conforms false'), text);
    assert.ok(text.includes('naamloos'));
    assert.equal(((await (await ok(service.ask('/status'))).json()) as { commit: number }).commit, before.commit);
  });

  for (const type of ['text/turtle', 'application/ld+json', 'application/n-triples', 'application/rdf+xml', 'text/html']) {
    it(`POST-200: the report as ${type}`, async () => {
      const answer = await ok(check(unnamed, type));
      assert.equal(answer.headers.get('content-type')?.split(';')[0], type);
      assert.ok((await answer.text()).length > 100);
    });
  }

  it('POST-multipart-200: with shapes of one’s own, only those count', async () => {
    const answer = await ok(service.ask('/validatie', { method: 'POST', headers: { accept: 'text/turtle' }, body: parts(bad + unnamed, shapes) }));
    const text = await answer.text();
    assert.ok(text.includes('Geef een titel.') && text.includes('sh:MinCountConstraintComponent'), text);
    assert.ok(!text.includes('sh:focusNode ex:naamloos') && !text.includes('actor/naamloos'));
  });

  it('POST-dataset-200: with ?dataset= as if it were loaded there', async () => {
    const text = await (await ok(check(unnamed, 'text/turtle', '?dataset=proef'))).text();
    assert.ok(text.includes('sh:conforms false'), text);
  });

  it('POST-bad-400-415: unreadable data, missing parts, unknown formats', async () => {
    await problem(check('dit is geen turtle'), 400);
    await problem(service.ask('/validatie', { method: 'POST', body: new FormData() }), 400);
    await problem(service.ask('/validatie', { method: 'POST', headers: { 'content-type': 'multipart/form-data' }, body: 'x' }), 400);
    await problem(service.ask('/validatie', { method: 'POST', headers: { 'content-type': 'image/png' }, body: 'x' }), 415);
    const form = new FormData();
    form.append('iets', new Blob(['x']), 'x.ttl');
    await problem(service.ask('/validatie', { method: 'POST', body: form }), 400);
  });

  describe('a load that breaks the shapes', () => {
    it('POST-422: problem+json with a report people can read', async () => {
      const answer = await problem(load('*/*'), 422);
      assert.equal(answer['code'], 'shapes-violated');
      const [first] = answer['rapport'] as Record<string, unknown>[];
      assert.ok(first && String(first['onderwerp']).endsWith('/naamloos'));
      assert.ok(String(first?.['melding']).length > 10);
      assert.equal(first?.['regel'], 8);
      assert.equal(first?.['oorzaak'], 'deze-wijziging');
    });

    it('POST-422: the sh:ValidationReport for a client that asks for RDF', async () => {
      const answer = await load('text/turtle');
      assert.equal(answer.status, 422);
      assert.ok((await answer.text()).includes('sh:ValidationReport'));
    });

    it('POST-422: a page for a browser', async () => {
      const answer = await load('text/html');
      assert.equal(answer.status, 422);
      const text = await answer.text();
      assert.ok(text.includes('Controleverslag') && text.includes('vanaf regel 8'), text);
    });

    it('nothing of it is there', async () => {
      await problem(service.ask('/doc/actor/naamloos'), 404);
    });
  });

  it('POST-verschil-200: what a load would change, without changing it', async () => {
    const answer = await ok(
      service.ask('/validatie/verschil?dataset=proef&wijze=toevoegen', { method: 'POST', token: true, headers: { 'content-type': 'text/turtle' }, body: `${prefixes} ex:erbij dct:title "Erbij" .` }),
    );
    const { aanvaardbaar, verschil } = (await answer.json()) as { aanvaardbaar: boolean; verschil: string[] };
    assert.equal(aanvaardbaar, true);
    assert.deepEqual(verschil, ['+ <http://localhost:3000/id/actor/erbij> <http://purl.org/dc/terms/title> "Erbij" <http://localhost:3000/id/dataset/proef> .']);
    await problem(service.ask('/doc/actor/erbij'), 404);
    await problem(service.ask('/validatie/verschil', { method: 'POST', token: true, headers: { 'content-type': 'text/turtle' }, body: '' }), 400);
  });
});
