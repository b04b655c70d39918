import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { attack } from '../../bench/attack.js';
import { adminToken, ServiceProcess } from '../support/process.js';

/** Milliseconds the attack lasts; `ATTACK=600000` for the long run. */
const duration = Number(process.env['ATTACK'] ?? '6000');
const connections = Number(process.env['CONNECTIONS'] ?? '50');

describe('a service that is sent the worst queries from fifty connections', () => {
  it('answers every page meanwhile, takes a write, is never restarted, and answers queries as before when it is over', async function () {
    this.timeout(duration + 180_000);
    const folder = await mkdtemp(join(tmpdir(), 'regiograaf-attack-'));
    const service = await ServiceProcess.start(folder, { QUERY_TIMEOUT: '2s' });
    try {
      const things = Array.from({ length: 400 }, (_, index) => `<http://localhost:3000/id/proef/p${index}> <http://purl.org/dc/terms/title> "Ding ${index}"@nl ; <urn:volgt> <http://localhost:3000/id/proef/p${(index * 7) % 400}> .`);
      assert.ok((await service.update(`INSERT DATA { ${things.join('\n')} }`)).ok);
      const stop = new AbortController();
      const attacked = attack({ url: service.url, connections, patience: 3000 }, stop.signal);
      const statuses: number[] = [];
      const begun = Date.now();
      while (Date.now() - begun < duration) {
        const accept = ['text/turtle', 'application/ld+json', 'text/html'][statuses.length % 3] ?? '*/*';
        const page = await fetch(`${service.url}/doc/proef/p${(statuses.length * 13) % 400}`, { headers: { accept } });
        await page.arrayBuffer();
        statuses.push(page.status);
        await sleep(20);
      }
      const written = await service.update('INSERT DATA { <http://localhost:3000/id/proef/p1> <http://purl.org/dc/terms/description> "onder aanval"@nl }');
      stop.abort();
      const tally = await attacked;
      assert.ok(written.ok, await written.text());
      assert.deepEqual([...new Set(statuses)], [200]);
      assert.ok(statuses.length > 2);
      for (const outcome of tally.keys()) assert.ok(['200', '400', '413', '503', '507', 'left', 'broken'].includes(outcome), outcome);
      assert.equal(await answerOf(service), '400');
      assert.equal(service.child.exitCode, null);
    } finally {
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** The number of things, as soon as the queries of those who left are out of the way. */
async function answerOf(service: ServiceProcess): Promise<string | undefined> {
  const query = encodeURIComponent('SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s <urn:volgt> ?o }');
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const answer = await fetch(`${service.url}/sparql?query=${query}`, { headers: { accept: 'text/csv', authorization: `Bearer ${adminToken}` } });
    const text = await answer.text();
    if (answer.status === 200) return text.split('\n')[1]?.trim();
    assert.equal(answer.status, 503, text);
    await sleep(Number(answer.headers.get('retry-after')) * 1000);
  }
  return undefined;
}
