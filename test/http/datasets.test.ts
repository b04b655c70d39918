import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { TestService } from '../support/service.js';
import { fill, ok, prefixes, problem, sample } from './fixture.js';

interface Outcome {
  readonly uitkomst: string;
  readonly versie: number;
  readonly wijzigingen: Record<string, { toegevoegd: number; verwijderd: number }>;
}

async function outcome(answer: Promise<Response>): Promise<Outcome> {
  return (await (await ok(answer)).json()) as Outcome;
}

describe('HTTP: datasets and the graph store', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
    await fill(service);
  });
  after(() => service.stop());

  const send = (method: string, path: string, body: string | Uint8Array, type = 'text/turtle', headers: Record<string, string> = {}): Promise<Response> =>
    service.ask(path, { method, token: true, headers: { 'content-type': type, ...headers }, body });
  const lines = async (slug: string): Promise<string[]> => (await (await ok(service.ask(`/datasets/${slug}/inhoud.nt`))).text()).split('\n').filter((line) => line !== '');

  it('GET-list-200: a page, and DCAT for programs', async () => {
    assert.ok((await (await ok(service.ask('/datasets', { headers: { accept: 'text/html' } }))).text()).includes('Proefdataset'));
    const turtle = await (await ok(service.ask('/datasets', { headers: { accept: 'text/turtle' } }))).text();
    assert.ok(turtle.includes('dcat:Catalog') && turtle.includes('datasets/proef/inhoud.ttl'));
  });

  it('GET-description-200: title, status, licence and history on a page', async () => {
    const text = await (await ok(service.ask('/datasets/proef', { headers: { accept: 'text/html' } }))).text();
    for (const part of ['Proefdataset', 'Om te proberen', 'aangenomen', 'publicdomain/zero', 'Zero-verklaring', '/datasets/proef/inhoud.ttl', 'versie']) assert.ok(text.includes(part), part);
  });

  it('PUT-same-200: loading the same file again commits nothing, whether added or replaced', async () => {
    assert.equal((await outcome(send('PUT', '/datasets/proef/inhoud', sample))).uitkomst, 'ongewijzigd');
    assert.equal((await outcome(send('POST', '/datasets/proef/inhoud', sample))).uitkomst, 'ongewijzigd');
    assert.equal((await outcome(send('PUT', '/datasets/proef', sample))).uitkomst, 'ongewijzigd');
  });

  for (const suffix of ['ttl', 'trig', 'nt', 'nq', 'jsonld', 'rdf']) {
    it(`GET-content-200: what goes out as .${suffix} comes back as the same`, async () => {
      const answer = await ok(service.ask(`/datasets/proef/inhoud.${suffix}`));
      const type = answer.headers.get('content-type') ?? '';
      assert.equal((await outcome(send('PUT', '/datasets/proef/inhoud', await answer.text(), type))).uitkomst, 'ongewijzigd');
    });
  }

  it('PUT-new-201: a dataset is made by loading it; POST adds, PUT replaces, DELETE empties', async () => {
    const created = await send('PUT', '/datasets/nieuw/inhoud', `${prefixes} ex:a dct:title "a" .`);
    assert.equal(created.status, 201);
    assert.equal(created.headers.get('location'), '/datasets/nieuw/inhoud');
    await ok(send('POST', '/datasets/nieuw/inhoud', `${prefixes} ex:b dct:title "b" .`));
    assert.equal((await lines('nieuw')).length, 2);
    const { wijzigingen } = await outcome(send('PUT', '/datasets/nieuw/inhoud', `${prefixes} ex:b dct:title "b" . ex:c dct:title "c" .`));
    assert.deepEqual(wijzigingen['http://localhost:3000/id/dataset/nieuw'], { toegevoegd: 1, verwijderd: 1 });
    await ok(service.ask('/datasets/nieuw/inhoud', { method: 'DELETE', token: true }));
    assert.deepEqual(await lines('nieuw'), []);
    await ok(service.ask('/datasets/nieuw', { method: 'DELETE', token: true }));
    assert.equal((await problem(service.ask('/datasets/nieuw'), 404))['code'], 'unknown-dataset');
  });

  it('a typing error makes no dataset unnoticed: the answer names what is new and what it is like', async () => {
    const slip = (await (await ok(send('POST', '/datasets/voorstle/inhoud?dry-run', `${prefixes} ex:a dct:title "a" .`))).json()) as { nieuweDatasets: unknown };
    assert.deepEqual(slip.nieuweDatasets, [{ dataset: 'http://localhost:3000/id/dataset/voorstle', lijktOp: ['voorstel'] }]);
    const made = (await (await send('POST', '/datasets/vers/inhoud', `${prefixes} ex:a dct:title "a" .`)).json()) as { nieuweDatasets: unknown };
    assert.deepEqual(made.nieuweDatasets, [{ dataset: 'http://localhost:3000/id/dataset/vers' }]);
    const again = (await (await ok(send('POST', '/datasets/vers/inhoud', `${prefixes} ex:b dct:title "b" .`))).json()) as { nieuweDatasets?: unknown };
    assert.equal(again.nieuweDatasets, undefined);
    await ok(service.ask('/datasets/vers', { method: 'DELETE', token: true }));
    const { detail, lijktOp } = await problem(service.ask('/datasets/voorstle'), 404);
    assert.match(String(detail), /Bedoelde u voorstel/);
    assert.deepEqual(lijktOp, ['voorstel']);
    assert.equal((await send('PUT', '/datasets/voorstle/inhoud', sample, 'text/turtle', { 'if-match': '*' })).status, 412);
  });

  it('PUT-description-200-400: only known fields, and the message names the wrong one', async () => {
    await ok(service.describe('proef', { title: 'Proefdataset', status: 'aangenomen' }));
    await ok(service.describe('proef', { titel: { nl: 'Proefdataset', en: 'Sample dataset' } }));
    const wrong = await problem(service.describe('proef', { titel: 'x', bronstatus: 'misschien' }), 400);
    assert.ok(String(wrong['detail']).includes('bronstatus'));
    assert.match(String(wrong['detail']), /kies uit aangenomen, voorgesteld, extern, afgeleid/);
    assert.match(String((await problem(service.describe('proef', { titel: 'x', kleur: 'rood' }), 400))['detail']), /Onbekend veld: kleur/);
    for (const field of ['licentie', 'eigenaar', 'bron']) {
      for (const value of ['CC0', 'geen adres', 'http://x/a b', '<x>']) {
        const { detail } = await problem(service.describe('proef', { titel: 'x', [field]: value }), 400);
        assert.match(String(detail), new RegExp(`${field}: geef een volledig webadres`));
      }
    }
    await problem(send('PUT', '/datasets/proef', '{', 'application/json'), 400);
    await problem(service.describe('Wat%20nu', { titel: 'x' }), 400);
  });

  it('PUT-gzip-200: a compressed body is read; a broken one is a fault of the client', async () => {
    await ok(send('PUT', '/datasets/proef/inhoud', gzipSync(sample), 'text/turtle', { 'content-encoding': 'gzip' }));
    await problem(send('PUT', '/datasets/proef/inhoud', 'geen gzip', 'text/turtle', { 'content-encoding': 'gzip' }), 400);
    await problem(send('PUT', '/datasets/proef/inhoud', 'x', 'text/turtle', { 'content-encoding': 'lzma' }), 415);
  });

  it('PUT-bad-file-400: the place of the error, and nothing changed', async () => {
    const before = await lines('proef');
    const answer = await problem(send('PUT', '/datasets/proef/inhoud', `${prefixes}\nex:a dct:title "open`), 400);
    assert.equal(answer['code'], 'rdf-syntax');
    assert.equal(typeof answer['line'], 'number');
    assert.deepEqual(await lines('proef'), before);
  });

  it('PUT-unknown-type-415', async () => {
    await problem(send('PUT', '/datasets/proef/inhoud', 'x', 'application/pdf'), 415);
  });

  describe('/graphs', () => {
    const graph = `/graphs?graph=${encodeURIComponent('http://localhost:3000/id/dataset/opslag')}`;

    it('PUT-201, GET-200, POST-200, DELETE-200, GET-404 as the protocol says', async () => {
      assert.equal((await send('PUT', graph, '<a:s> <a:p> "1" .')).status, 201);
      assert.equal(await (await ok(service.ask(graph, { headers: { accept: 'application/n-triples' } }))).text(), '<a:s> <a:p> "1" .\n');
      await ok(send('POST', graph, '<a:s> <a:p> "2" .', 'application/n-triples'));
      await ok(send('PUT', graph, '<a:s> <a:p> "3" .'));
      assert.equal(await (await ok(service.ask(graph, { headers: { accept: 'application/n-triples' } }))).text(), '<a:s> <a:p> "3" .\n');
      await ok(service.ask(graph, { method: 'DELETE', token: true }));
      await problem(service.ask('/graphs?graph=http%3A%2F%2Fnergens.example%2F'), 404);
      await problem(service.ask('/graphs?graph=http%3A%2F%2Fnergens.example%2F', { method: 'DELETE', token: true }), 404);
    });

    it('default-200: the unnamed graph is a dataset too', async () => {
      await ok(send('PUT', '/graphs?default', '<a:s> <a:p> "standaard" .'));
      assert.ok((await (await ok(service.ask('/graphs?default'))).text()).includes('standaard'));
      assert.equal((await lines('standaard')).length, 1);
      await ok(service.ask('/graphs?default', { method: 'DELETE', token: true }));
    });

    it('no-graph-400, both-400, anonymous-401', async () => {
      await problem(service.ask('/graphs'), 400);
      await problem(service.ask(`${graph}&default`), 400);
      await problem(service.ask(graph, { method: 'PUT', headers: { 'content-type': 'text/turtle' }, body: '' }), 401);
    });
  });

  it('a steward writes her own dataset only: 403 elsewhere, and makes none', async () => {
    const { token } = service.service.tokens.create({ role: 'steward', datasets: ['http://localhost:3000/id/dataset/proef'], restricted: [], createDatasets: false });
    const put = (slug: string): Promise<Response> => service.ask(`/datasets/${slug}/inhoud`, { method: 'PUT', token, headers: { 'content-type': 'text/turtle' }, body: sample });
    await ok(put('proef'));
    await problem(put('voorstel'), 403);
    assert.equal((await problem(put('helemaal-nieuw'), 404))['code'], 'unknown-dataset');
    await ok(service.ask('/id/actor/aalst', { method: 'PUT', token, headers: { 'content-type': 'text/turtle' }, body: `${prefixes} ex:aalst a ex:Proef ; dct:title "Aalst"@nl .` }));
  });

  it('PUT-jsonld-200: a document that came out with our context goes back in', async () => {
    const path = '/doc/actor/aalst';
    const document = await (await ok(service.ask(`${path}.jsonld`))).text();
    assert.ok(document.includes('context/v1.jsonld'));
    assert.equal((await outcome(send('PUT', `${path}?dataset=proef`, document, 'application/ld+json'))).uitkomst, 'ongewijzigd');
  });
});
