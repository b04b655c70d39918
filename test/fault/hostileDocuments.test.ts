import assert from 'node:assert/strict';
import { problem } from '../http/fixture.js';
import { TestService } from '../support/service.js';

const rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:"';

describe('documents made to keep whoever reads them busy', function () {
  this.timeout(60_000);
  let test: TestService;

  before(async () => {
    test = await TestService.start();
  });
  after(() => test.stop());

  const validate = (type: string, body: string): Promise<Response> => test.ask('/validatie', { method: 'POST', headers: { 'content-type': type }, body });

  const put = (body: string): Promise<Response> => test.ask('/graphs?graph=http://localhost:3000/id/dataset/ring', { method: 'PUT', token: true, headers: { 'content-type': 'text/turtle' }, body });

  it('413 for elements 20,000 deep, of descriptions and within an XML literal', async () => {
    const pairs = [
      ['<rdf:Description><u:p>', '</u:p></rdf:Description>'],
      ['<rdf:Description><u:p rdf:parseType="Literal"><a>', '</a></u:p></rdf:Description>'],
    ] as const;
    for (const [open, close] of pairs) {
      const body = `<rdf:RDF ${rdf}>${open.repeat(10_000)}x${close.repeat(10_000)}</rdf:RDF>`;
      assert.equal((await problem(validate('application/rdf+xml', body), 413))['code'], 'too-large');
    }
  });

  it('reads elements as deep as any document has them', async () => {
    const body = `<rdf:RDF ${rdf}>${'<rdf:Description><u:p>'.repeat(100)}x${'</u:p></rdf:Description>'.repeat(100)}</rdf:RDF>`;
    const answer = await validate('application/rdf+xml', body);
    assert.equal(answer.status, 200, await answer.text());
  });

  it('400 for a ring of 5000 blank nodes that would have to be found again in a dataset, and writes what comes next', async () => {
    const ring = Array.from({ length: 5000 }, (_, index) => `_:b${index} <urn:p> _:b${(index + 1) % 5000} .`).join('\n');
    await put('_:a <urn:p> _:b . _:b <urn:p> _:a .');
    assert.equal((await problem(put(ring), 400))['code'], 'blank-node-work-limit');
    const next = await put('<urn:a> <urn:p> <urn:b> .');
    assert.ok(next.ok, await next.text());
  });
});
