import assert from 'node:assert/strict';
import { toLine } from '../../src/rdf/nquads.js';
import { streamed } from '../support/rdfa.js';
import { TestService } from '../support/service.js';

describe('parts that nothing leads to any more', function () {
  this.timeout(60_000);
  let service: TestService;
  let part: string;
  before(async () => {
    service = await TestService.start();
    assert.ok((await service.describe('proef', { titel: 'Proef', controle: 'off', bronstatus: 'aangenomen', zichtbaarheid: 'public' })).ok);
    const update = async (text: string): Promise<void> => {
      const answer = await service.ask('/sparql/update', { method: 'POST', token: true, headers: { 'content-type': 'application/sparql-update' }, body: text.replaceAll('GRAPH p', `GRAPH <${service.base}id/dataset/proef>`) });
      assert.ok(answer.ok, await answer.text());
    };
    await update('INSERT DATA { GRAPH p { <http://ex.org/a> <http://ex.org/deel> [ <http://ex.org/q> "los" ; <http://ex.org/deel> [ <http://ex.org/q> "dieper" ] ] } }');
    await update('INSERT DATA { GRAPH p { <http://ex.org/b> <http://ex.org/deel> [ <http://ex.org/q> "vast" ] } }');
    await update('DELETE WHERE { GRAPH p { <http://ex.org/a> <http://ex.org/deel> ?n } }');
    part = await nodeWith('los');
  });
  after(() => service.stop());

  async function nodeWith(text: string): Promise<string> {
    const rows = await (await service.query(`SELECT ?s { ?s ?p "${text}" }`, { accept: 'text/csv' })).text();
    return rows.trim().split(/\r?\n/).at(-1) ?? '';
  }

  it('have an address that leads to their document', async () => {
    const answer = await service.ask(new URL(part).pathname);
    assert.equal(answer.status, 303);
    const { pathname, search, searchParams } = new URL(answer.headers.get('location') ?? '', service.base);
    assert.equal(searchParams.get('iri'), part);
    assert.equal((await service.ask(pathname + search, { headers: { accept: 'text/turtle' } })).status, 200);
  });

  it('have a page that states them as RDFa, with the parts below', async () => {
    const path = `/doc?iri=${encodeURIComponent(part)}`;
    const page = await (await service.ask(path, { headers: { accept: 'text/html' } })).text();
    const stated = (await streamed(page, service.base + path.slice(1))).map(toLine).toSorted();
    const below = await nodeWith('dieper');
    assert.deepEqual(stated, [`<${below}> <http://ex.org/q> "dieper" .`, `<${part}> <http://ex.org/deel> <${below}> .`, `<${part}> <http://ex.org/q> "los" .`].toSorted());
  });

  it('are reached from the overview; those that something leads to stand on its page', async () => {
    const overview = await (await service.ask('/overzicht?soort=onbekend', { headers: { accept: 'text/html' } })).text();
    assert.ok(overview.includes(encodeURIComponent(part)));
    for (const text of ['dieper', 'vast']) assert.ok(!overview.includes(encodeURIComponent(await nodeWith(text))), text);
  });
});
