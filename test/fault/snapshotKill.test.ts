import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { snapshotsFolder } from '../../src/graph/copies.js';
import { unfinishedSuffix } from '../../src/graph/snapshot/snapshots.js';
import { adminToken, cli, ServiceProcess } from '../support/process.js';

const run = promisify(execFile);

/** Just over what makes the service plan a snapshot. */
const quads = 101_000;

describe('a service that is killed with SIGKILL while it writes a snapshot', function () {
  this.timeout(240_000);

  it('starts again with everything it acknowledged, verifies, and leaves no half snapshot to be read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'regiograaf-snapshot-kill-'));
    const snapshots = join(folder, snapshotsFolder);
    try {
      const killed = await ServiceProcess.start(folder);
      await load(killed);
      await until(() => entries(snapshots).some((name) => name.endsWith(unfinishedSuffix)), 'a snapshot to begin');
      await killed.stop('SIGKILL');
      assert.deepEqual(entries(snapshots).filter((name) => !name.endsWith(unfinishedSuffix)), [], 'the snapshot was complete before the kill');

      const restarted = await ServiceProcess.start(folder);
      assert.equal(await count(restarted), quads);
      await load(restarted, '<http://ex.org/after> <http://ex.org/p> "1" .', 'POST');
      assert.equal(await count(restarted), quads + 1);
      await restarted.stop();
      const { stdout } = await run(process.execPath, [cli, 'verify', '--data', folder]);
      assert.ok(stdout.length > 0);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

async function load(service: ServiceProcess, text = lines(), method = 'PUT'): Promise<void> {
  const response = await fetch(`${service.url}/graphs?graph=${encodeURIComponent('http://ex.org/large')}`, {
    method,
    headers: { 'content-type': 'application/n-triples', authorization: `Bearer ${adminToken}` },
    body: text,
  });
  assert.ok(response.ok, await response.text());
}

function lines(): string {
  return Array.from({ length: quads }, (_, index) => `<http://ex.org/s${index}> <http://ex.org/p> "${index}" .\n`).join('');
}

async function count(service: ServiceProcess): Promise<number> {
  const [row] = await service.select('SELECT (COUNT(*) AS ?n) WHERE { GRAPH <http://ex.org/large> { ?s ?p ?o } }');
  return Number(row?.['n']);
}

function entries(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let attempt = 0; attempt < 12_000; attempt += 1) {
    if (condition()) return;
    await delay(5);
  }
  assert.fail(`waited too long for ${what}`);
}
