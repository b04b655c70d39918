import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { problem } from '../http/fixture.js';
import { ServiceProcess } from '../support/process.js';

describe('a query on which the engine breaks', function () {
  this.timeout(120_000);
  let folder: string;
  let service: ServiceProcess;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'regiograaf-broken-'));
    service = await ServiceProcess.start(folder, { READERS: '3', NODE_OPTIONS: `--import ${new URL('../support/brokenEngine.js', import.meta.url).href}` });
    assert.ok((await service.update('INSERT DATA { <urn:a> <urn:p> 1 . <urn:b> <urn:p> 2 }')).ok);
  });
  after(async () => {
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const query = (text: string): Promise<Response> => fetch(`${service.url}/sparql?query=${encodeURIComponent(text)}`, { headers: { accept: 'application/sparql-results+json' } });

  async function readersAreBack(): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const { readers } = (await (await fetch(`${service.url}/status`)).json()) as { readonly readers: number };
      if (readers === 3) return;
      await sleep(50);
    }
    assert.fail('a reader was not replaced');
  }

  it('is told so, while others get their answers and the reader is replaced', async () => {
    for (let round = 0; round < 4; round += 1) {
      const broken = problem(query(`SELECT * { ?s ?p ?o FILTER(?o != <urn:breekt${round}>) }`), 503);
      const others = await Promise.all(Array.from({ length: 10 }, (_, index) => query(`SELECT ?s { ?s <urn:p> ${(index % 2) + 1} } # ${round} ${index}`)));
      for (const answer of others) {
        assert.equal(answer.status, 200, await answer.clone().text());
        assert.match(await answer.text(), /urn:[ab]/);
      }
      const { code, detail } = await broken;
      assert.equal(code, 'engine-failed');
      assert.match(String(detail), /vraagmotor/);
      assert.doesNotMatch(String(detail), /unreachable|\bat /);
    }
    await readersAreBack();
    assert.equal(service.child.exitCode, null);
  });

  it('is given up after a second reader died of it, and no other waits for it', async () => {
    const fatal = problem(query('SELECT * { ?s ?p ?o FILTER(?o != <urn:sterft>) }'), 507);
    const page = await fetch(`${service.url}/doc?iri=urn:a`, { headers: { accept: 'text/turtle' } });
    assert.ok(page.status < 500, await page.text());
    assert.equal((await fatal)['code'], 'memory-limit');
    await readersAreBack();
    assert.equal((await query('SELECT ?s { ?s <urn:p> 2 }')).status, 200);
  });

  it('in an update changes nothing, and the next update is carried out', async () => {
    const broken = await problem(service.update('INSERT { ?s <urn:q> 1 } WHERE { ?s ?p ?o FILTER(?o != <urn:breekt>) }'), 503);
    assert.equal(broken['code'], 'engine-failed');
    const written = await service.update('INSERT { ?s <urn:q> 2 } WHERE { ?s <urn:p> ?o }');
    assert.equal(written.status, 200, await written.text());
    assert.deepEqual((await service.select('SELECT ?s ?o { ?s <urn:q> ?o } ORDER BY ?s')).map(({ s, o }) => `${s} ${o}`), ['urn:a 2', 'urn:b 2']);
  });
});
