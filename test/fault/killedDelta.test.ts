import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DeltaConsumer } from '../support/deltaConsumer.js';
import { ServiceProcess } from '../support/process.js';

const rounds = 2;
const commits = 20;

describe('a delta consumer of a service that is killed and started again', () => {
  it('ends with exactly the state of the graph: nothing lost between two files, nothing twice', async function () {
    this.timeout(300_000);
    const folder = await mkdtemp(join(tmpdir(), 'regiograaf-kill-delta-'));
    const held = new Set<string>();
    let since: string | undefined;
    try {
      for (let round = 0; round <= rounds; round += 1) {
        const service = await ServiceProcess.start(folder);
        const consumer = new DeltaConsumer({ baseUrl: service.url, subject: 'http://localhost:3000/sync/alle', filesPath: '/sync/alle/files' });
        for (const line of held) consumer.store.statements.add(line);
        await ready(service);
        if (since === undefined) await consumer.initialSync();
        else consumer.since = since;
        if (round === rounds) {
          const expected = await service.select('SELECT ?s ?o WHERE { ?s <http://ex.org/p> ?o }');
          await caughtUp(service);
          await consumer.syncAll();
          const found = [...consumer.store.statements].filter((line) => line.includes('<http://ex.org/p>'));
          assert.deepEqual(found.toSorted(), expected.map(({ s, o }) => `<${s}> <http://ex.org/p> "${o}" .`).toSorted());
          await service.stop();
          return;
        }
        const following = follow(consumer);
        for (let number = 0; number < commits; number += 1) {
          const subject = `<http://ex.org/${number % 7}>`;
          await service.update(`DELETE WHERE { ${subject} <http://ex.org/p> ?o } ; INSERT DATA { ${subject} <http://ex.org/p> "${round}-${number}" }`);
        }
        await delay(Math.random() * 200);
        await service.stop('SIGKILL');
        await following;
        since = consumer.since;
        held.clear();
        for (const line of consumer.store.statements) held.add(line);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** Follows until the service is gone; a file that was not taken whole is asked again after the restart. */
async function follow(consumer: DeltaConsumer): Promise<void> {
  for (;;) {
    try {
      await consumer.deltaSync();
    } catch {
      return;
    }
    await delay(20);
  }
}

async function ready(service: ServiceProcess): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if ((await fetch(`${service.url}/sync/alle/files`)).status === 200) return;
    await delay(50);
  }
  assert.fail('the stream is not made');
}

async function caughtUp(service: ServiceProcess): Promise<void> {
  const { commit } = (await (await fetch(`${service.url}/status`)).json()) as { commit?: number };
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const { meta } = (await (await fetch(`${service.url}/sync/alle/files`)).json()) as { meta?: { commit: number } };
    if (meta && commit !== undefined && meta.commit >= commit) return;
    await delay(50);
  }
  assert.fail('the stream does not catch up');
}
