import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli } from './runCli.js';

describe('regiograaf dump', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'regiograaf-cli-dump-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('writes the full downloads of a folder, of which datasets without a licence are no part', async () => {
    const env = { SEED: 'none', READERS: '2', LOG_LEVEL: 'silent', DATA_DIR: join(folder, 'var') };
    const file = join(folder, 'proef.ttl');
    writeFileSync(file, '<http://ex.test/a> <http://ex.test/p> "zonder licentie" .\n');
    assert.equal((await cli(['load', file, '--dataset', 'proef'], { env })).code, 0);
    const { code, out, err } = await cli(['dump', '--output', join(folder, 'uit'), '--json'], { env });
    assert.equal(code, 0, err);
    const made = JSON.parse(out) as { folder: string; commit: number; files: { path: string; file: string }[] };
    assert.equal(made.commit, 2);
    const whole = made.files.find(({ path }) => path === 'alle.nq');
    const text = readFileSync(join(made.folder, whole?.file ?? ''), 'utf8');
    assert.match(text, /id\/dataset\/proef>/);
    assert.doesNotMatch(text, /zonder licentie/);
    assert.equal((await cli(['dump', '--output', join(folder, 'uit')], { env: { ...env, DATA_DIR: join(folder, 'leeg') } })).code, 1);
  });
});
