import assert from 'node:assert/strict';
import { TestService } from '../support/service.js';
import { problem } from './fixture.js';

/** What is wrong is told, not repeated: a request may hold a name of any length. */
describe('HTTP: problems with long names', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
  });
  after(() => service.stop());

  const long = 'a'.repeat(500_000);
  const send = (path: string, type: string, body: string): Promise<Response> => service.ask(path, { method: 'POST', token: true, headers: { 'content-type': type }, body });
  const query = 'application/sparql-query';
  const cases: readonly (readonly [what: string, status: number, code: string, path: string, type: string, body: string])[] = [
    ['a prefix nobody declared', 400, 'query-syntax', '/sparql', query, `SELECT * { ?s ${long}:b ?o }`],
    ['a function', 400, 'query-syntax', '/sparql', query, `SELECT * { ?s ?p ?o FILTER(<urn:${long}>(?o)) }`],
    ['a variable endpoint', 403, 'address-refused', '/sparql', query, `SELECT * { SERVICE ?${long} {} }`],
    ['a graph that is not there', 404, 'unknown-dataset', '/sparql/update', 'application/sparql-update', `CLEAR GRAPH <urn:${long}>`],
    ['a document to load', 403, 'address-refused', '/sparql/update', 'application/sparql-update', `LOAD <http://${long}.example/>`],
    ['a parameter', 400, 'bad-request', '/sparql', 'application/x-www-form-urlencoded', `query=ASK%7B%7D&timeout=${long}`],
    ['a JSON-LD context', 400, 'remote-context', '/validatie', 'application/ld+json', `{"@context":"http://${long}"}`],
  ];
  for (const [what, status, code, path, type, body] of cases) {
    it(`POST-long-${status}: ${what}`, async () => {
      const document = await problem(send(path, type, body), status);
      assert.equal(document['code'], code);
      assert.ok(JSON.stringify(document).length < 6000, `${JSON.stringify(document).length} characters`);
      assert.match(String(document['detail']), /aaa/);
    });
  }
});
