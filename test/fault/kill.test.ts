import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { cli, ServiceProcess } from '../support/process.js';

const run = promisify(execFile);

/** Each round costs a start of the whole service; `KILLS=200` for the long run. */
const rounds = Number(process.env['KILLS'] ?? '8');
const quadsPerCommit = 5;

describe('a service that is killed with SIGKILL in the middle of a stream of commits', () => {
  it('has every acknowledged commit after each restart, never half a commit, and verifies', async function () {
    this.timeout(rounds * 20_000 + 60_000);
    const folder = await mkdtemp(join(tmpdir(), 'regiograaf-kill-'));
    const acknowledged = new Set<number>();
    let next = 1;
    try {
      for (let round = 0; round <= rounds; round += 1) {
        const service = await ServiceProcess.start(folder);
        await check(service, acknowledged);
        if (round < rounds) next = await writeUntilKilled(service, next, acknowledged);
        else await service.stop();
      }
      assert.ok(acknowledged.size >= rounds, 'too few commits to say anything');
      await run(process.execPath, [cli, 'verify', '--data', folder]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** Writes one commit after the other until the process dies under it, at a random moment after the first. */
async function writeUntilKilled(service: ServiceProcess, first: number, acknowledged: Set<number>): Promise<number> {
  let number = first;
  let killed: Promise<void> | undefined;
  const life = new AbortController();
  const kill = async (): Promise<void> => {
    await delay(Math.random() * 300);
    life.abort();
    await service.stop('SIGKILL');
  };
  while (!life.signal.aborted) {
    const current = number;
    number += 1;
    const triples = Array.from({ length: quadsPerCommit }, (_, index) => `<http://ex.org/commit/${current}> <http://ex.org/p${index}> ${current} .`);
    const response = await service.update(`INSERT DATA { ${triples.join(' ')} }`).catch(() => undefined);
    if (!response?.ok) continue;
    acknowledged.add(current);
    killed ??= kill();
  }
  await killed;
  return number;
}

async function check(service: ServiceProcess, acknowledged: ReadonlySet<number>): Promise<void> {
  const rows = await service.select('SELECT ?s (COUNT(*) AS ?n) WHERE { ?s ?p ?o FILTER(STRSTARTS(STR(?s), "http://ex.org/commit/")) } GROUP BY ?s');
  const found = new Map(rows.map((row) => [Number(row['s']?.split('/').at(-1)), Number(row['n'])]));
  for (const number of acknowledged) assert.ok(found.has(number), `commit ${number} was acknowledged and is gone`);
  for (const [number, quads] of found) assert.equal(quads, quadsPerCommit, `commit ${number} is there by half`);
}
