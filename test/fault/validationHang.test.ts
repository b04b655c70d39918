import assert from 'node:assert/strict';
import { problem } from '../http/fixture.js';
import { TestService } from '../support/service.js';

/** Backtracks 2^40 times over the value below. */
const endless = `@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:vorm> a sh:NodeShape ; sh:targetSubjectsOf <urn:p> ; sh:property [ sh:path <urn:p> ; sh:pattern "^(a+)+$" ] .`;
const value = `<urn:x> <urn:p> "${'a'.repeat(40)}!" .`;
const turtle = { 'content-type': 'text/turtle' };

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

  it('is not found among the shapes of the package: an address of dots is judged at once', async () => {
    const contact = `@prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix schema: <https://schema.org/> .
<http://localhost:3000/id/contact/x> a schema:ContactPoint ; schema:email "a@${'.'.repeat(200_000)}@" .`;
    const answer = await test.ask('/validatie', { method: 'POST', headers: { ...turtle, accept: 'text/turtle' }, body: contact });
    assert.equal(answer.status, 200, await answer.text());
  });
});
