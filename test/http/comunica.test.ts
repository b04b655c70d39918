import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { QueryEngine } from '@comunica/query-sparql';
import { TestService } from '../support/service.js';
import { fill, ok } from './fixture.js';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Comunica finds out itself what an address gives: a document behind a 303 with a context of ours, an endpoint, a page. */
describe('Comunica', () => {
  let service: TestService;
  let base: string;
  const engine = new QueryEngine();
  before(async () => {
    const port = await freePort();
    base = `http://127.0.0.1:${port}/`;
    service = await TestService.start({ PORT: String(port), BASE_IRI: base });
    await fill(service);
    await ok(service.load('eigen', `<${base}id/actor/hier> a <http://ex.test/Ding> ; <http://purl.org/dc/terms/title> "Hier"@nl ; <http://purl.org/dc/terms/temporal> [ <http://purl.org/dc/terms/title> "deel" ] .`));
  });
  after(() => service.stop());

  const rows = async (query: string, ...sources: readonly [string, ...string[]]): Promise<readonly (string | undefined)[]> => {
    const bindings = await (await engine.queryBindings(query, { sources: [sources[0], ...sources.slice(1)] })).toArray();
    return bindings.map((row) => row.get('v')?.value).toSorted();
  };

  it('reads what a document says of a thing, by the address of the thing', async () => {
    const documented = (await (await ok(service.ask('/doc/actor/hier', { headers: { accept: 'application/n-triples' } }))).text()).trim().split('\n').length;
    assert.equal((await rows('SELECT (?o AS ?v) { ?s ?p ?o }', `${base}id/actor/hier`)).length, documented);
    assert.deepEqual(await rows('PREFIX dct: <http://purl.org/dc/terms/> SELECT ?v { ?s dct:temporal/dct:title ?v }', `${base}id/actor/hier`), ['deel']);
  });

  it('knows the endpoint by its address alone, and joins it with a document', async () => {
    const title = `PREFIX dct: <http://purl.org/dc/terms/> SELECT ?v { <${base}id/actor/hier> dct:title ?v }`;
    assert.deepEqual(await rows(title, `${base}sparql`), ['Hier']);
    assert.deepEqual([...new Set(await rows(title, `${base}sparql`, `${base}id/actor/hier`))], ['Hier']);
  });

  it('reads a dataset and a graph of the store', async () => {
    for (const source of [`${base}datasets/eigen/inhoud`, `${base}graphs?graph=${encodeURIComponent(`${base}id/dataset/eigen`)}`]) {
      assert.deepEqual(await rows('SELECT ?v { ?s <http://purl.org/dc/terms/title> ?v FILTER(LANG(?v) = "nl") }', source), ['Hier'], source);
    }
  });
});
