import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TestService } from '../support/service.js';
import { ok, problem } from './fixture.js';

/** LOAD (SPARQL 1.1 Update §3.1.4) from a host the operator allowed, and from others. */
describe('LOAD in an update', () => {
  let service: TestService;
  let other: Server;
  let host: string;
  const asked: string[] = [];

  before(async () => {
    other = createServer((req, res) => {
      asked.push(`${req.method} ${req.url} ${req.headers.authorization ?? ''}`);
      switch (req.url) {
        case '/data.ttl':
          res.setHeader('content-type', 'text/turtle');
          res.end('<#a> <http://ex.test/p> [ <http://ex.test/q> "opgehaald" ] .');
          break;
        case '/elders':
          res.writeHead(303, { location: '/data.ttl' }).end();
          break;
        case '/weg':
          res.writeHead(302, { location: 'http://192.0.2.1/data.ttl' }).end();
          break;
        case '/pagina':
          res.setHeader('content-type', 'text/html');
          res.end('<p>');
          break;
        case '/kapot.ttl':
          res.setHeader('content-type', 'text/turtle');
          res.end('<#a');
          break;
        default:
          res.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(other.address() as AddressInfo).port}`;
    service = await TestService.start({ FETCH_ALLOW_PRIVATE: host });
  });
  after(async () => {
    await service.stop();
    await new Promise((resolve) => other.close(resolve));
  });

  const update = (text: string): Promise<Response> =>
    service.ask('/sparql/update', { method: 'POST', token: true, headers: { 'content-type': 'application/sparql-update' }, body: text });
  const objects = async (graph: string): Promise<readonly string[]> => {
    const answer = await ok(service.query(`SELECT ?o { GRAPH <${graph}> { ?s ?p ?o FILTER(isLiteral(?o)) } }`));
    return ((await answer.json()) as { results: { bindings: readonly { o: { value: string } }[] } }).results.bindings.map(({ o }) => o.value);
  };

  it('adds the document, into a graph or into the unnamed one, as a part of one commit', async () => {
    const before = (await service.service.graph.status()).commit;
    await ok(update(`LOAD <http://${host}/data.ttl> INTO GRAPH <http://ex.test/g>; INSERT DATA { GRAPH <http://ex.test/g> { <a:s> <a:p> "erbij" } }; LOAD <http://${host}/elders>`));
    assert.equal((await service.service.graph.status()).commit, before + 1);
    assert.deepEqual((await objects('http://ex.test/g')).toSorted(), ['erbij', 'opgehaald']);
    assert.deepEqual(await objects(`${service.base}id/dataset/standaard`), ['opgehaald']);
    assert.ok(asked.every((line) => line.endsWith(' ')), 'no credentials are passed on');
  });

  for (const [what, status, path] of [
    ['a redirect to a host that is not allowed', 403, '/weg'],
    ['what is not there', 502, '/niets'],
    ['a page', 415, '/pagina'],
    ['a document with an error', 400, '/kapot.ttl'],
  ] as const) {
    it(`${status} for ${what}; SILENT goes on without it`, async () => {
      const { commit } = await service.service.graph.status();
      await problem(update(`INSERT DATA { <a:s> <a:p> "${path}" }; LOAD <http://${host}${path}>`), status);
      assert.equal((await service.service.graph.status()).commit, commit);
      await ok(update(`LOAD SILENT <http://${host}${path}>; INSERT DATA { <a:s> <a:p> "${path}" }`));
      assert.equal((await service.service.graph.status()).commit, commit + 1);
    });
  }

  it('asks no host that is not on the list', async () => {
    const count = asked.length;
    for (const iri of [`http://localhost:${host.split(':')[1]}/data.ttl`, 'http://169.254.169.254/latest', 'file:///etc/passwd', `http://u:p@${host}/data.ttl`]) await problem(update(`LOAD <${iri}>`), 403);
    assert.equal(asked.length, count);
  });
});
