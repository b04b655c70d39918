import assert from 'node:assert/strict';
import { problem } from '../http/fixture.js';
import { TestService } from '../support/service.js';

const things = Array.from({ length: 300 }, (_, index) => `<urn:s${index}> <urn:p> "${index}" .`).join('\n');
/** No solution, after 27 million times three texts. */
const endless = 'INSERT { ?a <urn:q> ?g } WHERE { ?a <urn:p> ?c . ?d <urn:p> ?f . ?g <urn:p> ?i FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) = 1) }';

describe('an update that would keep everybody else from writing', function () {
  this.timeout(120_000);
  let test: TestService;

  before(async () => {
    test = await TestService.start({ UPDATE_TIMEOUT: '4s', MAX_UPDATE_ROWS: '20000', READERS: '3' });
    assert.equal((await update(`INSERT DATA { ${things} }`)).status, 200);
  });
  after(() => test.stop());

  function update(text: string): Promise<Response> {
    return test.ask('/sparql/update', { method: 'POST', token: true, headers: { 'content-type': 'application/sparql-update', accept: 'application/json' }, body: text });
  }

  async function count(pattern: string): Promise<number> {
    const answer = await test.query(`SELECT (COUNT(*) AS ?n) { ${pattern} }`, { accept: 'text/csv' });
    return Number((await answer.text()).split('\n')[1]);
  }

  it('is stopped at its deadline, and others write until then', async () => {
    let over = false;
    const stuck = update(endless).finally(() => (over = true));
    for (let round = 0; round < 10; round += 1) {
      const written = await update(`INSERT DATA { <urn:tussen${round}> <urn:q> "${round}" }`);
      assert.equal(written.status, 200, await written.text());
    }
    assert.equal(over, false);
    const { code } = await problem(stuck, 503);
    assert.equal(code, 'write-timeout');
    assert.equal(await count('?s <urn:q> ?o'), 10);
  });

  it('is refused with the limit when it has too many solutions, and changes nothing', async () => {
    const answer = await problem(update('INSERT { ?a <urn:r> ?f } WHERE { ?a <urn:p> ?c . ?d <urn:p> ?f }'), 413);
    assert.deepEqual([answer['code'], answer['limitRows']], ['too-large', 20_000]);
    assert.equal(await count('?s <urn:r> ?o'), 0);
  });

  it('is carried out when it is within its limits, whatever it joins', async () => {
    const written = await update('INSERT { ?a <urn:t> ?b } WHERE { { SELECT ?a { ?a <urn:p> ?c } ORDER BY ?a LIMIT 100 } { SELECT ?b { ?b <urn:p> ?d } ORDER BY ?b LIMIT 100 } }');
    assert.equal(written.status, 200, await written.text());
    assert.equal(await count('?s <urn:t> ?o'), 10_000);
  });

  it('of one pattern alone is held to the same limit', async () => {
    const answer = await problem(update('DELETE { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } VALUES ?x { 1 2 3 } }'), 413);
    assert.equal(answer['limitRows'], 20_000);
  });
});
