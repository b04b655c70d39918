import assert from 'node:assert/strict';
import { problem } from '../http/fixture.js';
import { TestService } from '../support/service.js';

/** Backtracks 2^40 times over the value below. */
const endless = `@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:vorm> a sh:NodeShape ; sh:targetSubjectsOf <urn:p> ; sh:property [ sh:path <urn:p> ; sh:pattern "^(a+)+$" ] .`;
const value = `<urn:x> <urn:p> "${'a'.repeat(40)}!" .`;
const turtle = { 'content-type': 'text/turtle' };

function sparql(select: string): string {
  return `@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:vorm> a sh:NodeShape ; sh:targetSubjectsOf <urn:p> ; sh:sparql [ sh:message "x" ; sh:select """${select}""" ] .`;
}

function parts(data: string, shapes: string): FormData {
  const form = new FormData();
  form.append('data', new Blob([data], { type: 'text/turtle' }), 'data.ttl');
  form.append('shapes', new Blob([shapes], { type: 'text/turtle' }), 'shapes.ttl');
  return form;
}

describe('a validation that would never end', function () {
  this.timeout(60_000);
  let test: TestService;

  before(async () => {
    test = await TestService.start({ QUERY_TIMEOUT: '2s' });
  });
  after(() => test.stop());

  it('is stopped with a clear answer, while everybody else writes and validates', async () => {
    const stuck = test.ask('/validatie', { method: 'POST', headers: { accept: 'application/json' }, body: parts(value, endless) });
    const written = await test.ask('/sparql/update', { method: 'POST', token: true, headers: { 'content-type': 'application/sparql-update' }, body: 'INSERT DATA { <urn:a> <urn:b> "c" }' });
    assert.equal(written.status, 200, await written.text());
    const known = await test.ask('/validatie', { method: 'POST', token: true, headers: { ...turtle, accept: 'text/turtle' }, body: value });
    assert.equal(known.status, 200, await known.text());
    const { code } = await problem(stuck, 503);
    assert.equal(code, 'validation-timeout');
    const next = await test.ask('/validatie', { method: 'POST', headers: { ...turtle, accept: 'text/turtle' }, body: value });
    assert.equal(next.status, 200, await next.text());
  });

  it('of who has a token is stopped at a limit of its own, and the next is validated', async () => {
    const strict = await TestService.start({ VALIDATION_TIMEOUT: '3s' });
    try {
      const answer = await problem(strict.ask('/validatie', { method: 'POST', token: true, headers: { accept: 'application/json' }, body: parts(value, endless) }), 503);
      assert.deepEqual([answer['code'], answer['limitSeconds']], ['validation-timeout', 3]);
      const next = await strict.ask('/validatie', { method: 'POST', token: true, headers: { ...turtle, accept: 'text/turtle' }, body: '<urn:x> <urn:p> "a" .' });
      assert.equal(next.status, 200, await next.text());
    } finally {
      await strict.stop();
    }
  });

  const grown = Array.from({ length: 28 }, (_, index) => `BIND(CONCAT(?x${index}, ?x${index}) AS ?x${index + 1})`).join(' ');
  const nested = `@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:v0> sh:targetSubjectsOf <urn:p> .
${Array.from({ length: 8000 }, (_, index) => `<urn:v${index}> a sh:NodeShape ; sh:not <urn:v${index + 1}> .`).join('\n')}
<urn:v8000> a sh:NodeShape ; sh:nodeKind sh:IRI .`;
  const hostile: readonly (readonly [string, string, number, string])[] = [
    ['a query that makes a text of gigabytes', sparql(`SELECT $this ?value { BIND('0123456789' AS ?x0) ${grown} BIND(STRLEN(?x28) AS ?value) }`), 507, 'memory-limit'],
    ['a query that is nested 5000 deep', sparql(`SELECT $this ${'{'.repeat(5000)} $this ?p ?o ${'}'.repeat(5000)}`), 422, 'shapes-invalid'],
    ['a query of 3000 alternatives', sparql(`SELECT $this { ${Array.from({ length: 3000 }, () => '{ $this ?p ?o }').join(' UNION ')} }`), 422, 'shapes-invalid'],
    ['a query that is one long word', sparql('a'.repeat(50_000)), 422, 'shapes-invalid'],
    ['shapes that are nested 8000 deep', nested, 400, 'operation-refused'],
  ];
  for (const [what, shapes, status, code] of hostile) {
    it(`answers ${what} with ${code}, and validates what comes next`, async () => {
      const answer = await problem(test.ask('/validatie', { method: 'POST', token: true, headers: { accept: 'application/json' }, body: parts(value, shapes) }), status);
      assert.equal(answer['code'], code);
      const next = await test.ask('/validatie', { method: 'POST', token: true, headers: { accept: 'text/turtle' }, body: parts(value, sparql('SELECT $this { $this ?p ?o }')) });
      const report = await next.text();
      assert.equal(next.status, 200, report);
      assert.match(report, /sh:conforms false/);
    });
  }

  it('is not found among the shapes of the package: an address of dots is judged at once', async () => {
    const contact = `@prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix schema: <https://schema.org/> .
<http://localhost:3000/id/contact/x> a schema:ContactPoint ; schema:email "a@${'.'.repeat(200_000)}@" .`;
    const answer = await test.ask('/validatie', { method: 'POST', headers: { ...turtle, accept: 'text/turtle' }, body: contact });
    assert.equal(answer.status, 200, await answer.text());
  });
});
