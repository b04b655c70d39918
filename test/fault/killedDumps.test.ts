import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { dumpFolder, unfinishedSuffix } from '../../src/publication/dump/manifest.js';
import { adminToken, ServiceProcess } from '../support/process.js';

const base = 'http://localhost:3000/';

interface Files {
  readonly distribution: readonly { readonly downloadURL: string; readonly byteSize: string; readonly checksum: { readonly checksumValue: string } }[];
}
interface Index extends Files {
  readonly commit: string;
  readonly dataset: readonly Files[];
}

const statements = (version: number): string =>
  Array.from({ length: 10_000 }, (_, index) => `<http://ex.org/s${index}> <http://ex.org/p> "${index % 50 === 0 ? version : 0} van ${index}" .\n`).join('');

describe('a service that is killed while it makes full downloads', () => {
  it('never gives out a half one: what it lists has the size and digest it says, before and after', async function () {
    this.timeout(300_000);
    const folder = await mkdtemp(join(tmpdir(), 'regiograaf-kill-dumps-'));
    const sets = join(folder, dumpFolder);
    const unfinished = (): readonly string[] => (existsSync(sets) ? readdirSync(sets).filter((name) => name.endsWith(unfinishedSuffix)) : []);
    try {
      const killed = await ServiceProcess.start(folder);
      await put(killed, 'datasets/groot', JSON.stringify({ titel: 'Groot', controle: 'off', licentie: 'https://creativecommons.org/publicdomain/zero/1.0/' }), 'application/json');
      await put(killed, 'datasets/groot/inhoud', statements(1), 'application/n-triples');
      const first = await head(killed);
      await until(() => isMade(killed, first), 'a first set');
      await put(killed, 'datasets/groot/inhoud', statements(2), 'application/n-triples');
      await until(() => unfinished().length > 0, 'a second set to be begun');
      await delay(Math.random() * 150);
      await killed.stop('SIGKILL');

      const restarted = await ServiceProcess.start(folder);
      // The set of before, as long as it is there, and then that of the newest commit.
      for (const commit of [first, await head(restarted)]) await until(() => isMade(restarted, commit), 'a set of downloads');
      const text = await (await fetch(`${restarted.url}/dumps/dataset/groot.nq`)).text();
      assert.deepEqual(text.replaceAll(` <${base}id/dataset/groot> .`, ' .').split('\n').toSorted(), statements(2).split('\n').toSorted());
      await until(() => unfinished().length === 0, 'what was left unfinished to be removed');
      await restarted.stop();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

async function head(service: ServiceProcess): Promise<number> {
  return ((await (await fetch(`${service.url}/status`)).json()) as { readonly commit: number }).commit;
}

/** Whether there is a set of this commit or a later one; every file its index lists is whole. */
async function isMade(service: ServiceProcess, commit: number): Promise<boolean> {
  const answer = await fetch(`${service.url}/dumps`);
  const text = await answer.text();
  if (answer.status === 503) return false;
  const index = JSON.parse(text) as Index;
  if (Number(index.commit) < commit) return false;
  for (const { downloadURL, byteSize, checksum } of [index, ...index.dataset].flatMap(({ distribution }) => distribution)) {
    const file = await fetch(downloadURL.replace(base, `${service.url}/`));
    const body = Buffer.from(await file.arrayBuffer());
    // A newer set took its place meanwhile.
    if (file.headers.get('regiograaf-commit') !== index.commit) return false;
    assert.equal(file.status, 200);
    assert.equal(String(body.length), byteSize, downloadURL);
    assert.equal(createHash('sha256').update(body).digest('hex'), checksum.checksumValue, downloadURL);
  }
  return true;
}

async function put(service: ServiceProcess, path: string, body: string, type: string): Promise<void> {
  const answer = await fetch(`${service.url}/${path}`, { method: 'PUT', headers: { 'content-type': type, authorization: `Bearer ${adminToken}` }, body });
  assert.ok(answer.ok, await answer.text());
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let attempt = 0; attempt < 6_000; attempt += 1) {
    if (await condition()) return;
    await delay(10);
  }
  assert.fail(`waited too long for ${what}`);
}
