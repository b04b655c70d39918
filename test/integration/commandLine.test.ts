import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminToken, cli, freePort, ServiceProcess } from '../support/process.js';

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const org = '@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n';
const thing = 'http://localhost:3000/id/actor/proef';

/** Runs `regiograaf` as a process of its own, as a script of a steward would. */
function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], { env: { PATH: process.env['PATH'] ?? '', SEED: 'none', BASE_IRI: 'http://localhost:3000/', ADMIN_TOKEN: adminToken, READERS: '2', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

for (const where of ['a folder', 'a running service'] as const) {
  describe(`The command line on ${where}, as a process`, function () {
    this.timeout(120_000);
    let folder: string;
    let service: ServiceProcess | undefined;
    let place: readonly string[];

    const file = async (name: string, text: string): Promise<string> => {
      const path = join(folder, name);
      await writeFile(path, text);
      return path;
    };
    const regiograaf = (...args: readonly string[]): Promise<Ran> => run([...args, ...place]);
    const load = async (name: string, label: string): Promise<Ran> =>
      regiograaf('load', await file(name, `${org}<${thing}> a org:Organization ; skos:prefLabel "${label}"@nl .`), '--dataset', 'proef', '--replace', '--json');

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'regiograaf-command-'));
      if (where === 'a running service') {
        service = await ServiceProcess.start(join(folder, 'data'));
        place = ['--url', service.url, '--token', adminToken];
      } else place = ['--data', join(folder, 'data')];
      const first = await load('een.ttl', 'Een');
      assert.equal(first.code, 0, first.err);
      assert.equal((JSON.parse(first.out) as { versie: number }).versie, 2);
      assert.equal((await load('twee.ttl', 'Twee')).code, 0);
    });
    after(async () => {
      await service?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    it('query --at answers as it was, and refuses a moment that is none', async () => {
      const query = `SELECT ?naam { <${thing}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?naam }`;
      const then = await regiograaf('query', '--at', '2', '--format', 'csv', query);
      assert.deepEqual([then.code, then.out.trim().split(/\r?\n/)], [0, ['naam', 'Een']], then.err);
      if (!service) return;
      const json = await regiograaf('query', '--json', query);
      const { results } = JSON.parse(json.out) as { results: { bindings: { naam: { value: string } }[] } };
      assert.deepEqual(results.bindings.map(({ naam }) => naam.value), ['Twee']);
      const wrong = await regiograaf('query', '--at', 'gisteren', query);
      assert.equal(wrong.code, 1);
      assert.match(wrong.err, /2026-01-31/u);
    });

    it('diff tells what differs, of one thing and one dataset on request', async () => {
      const all = await regiograaf('diff', '2', '3');
      assert.equal(all.code, 0, all.err);
      assert.match(all.out, /^D .*"Een"@nl/mu);
      assert.match(all.out, /^A .*"Twee"@nl/mu);
      if (!service) return;
      const other = await regiograaf('diff', '2', '3', '--entity', 'http://localhost:3000/id/actor/ander');
      assert.deepEqual([other.code, other.out.split('\n').filter((line) => /^[AD] /u.test(line))], [0, []]);
      assert.equal((await regiograaf('diff', '2', '99')).code, 1);
    });

    it('undo takes a version back: on trial, for real, and not over later changes unless forced', async () => {
      const trial = await regiograaf('undo', '3', '--dry-run', '--json');
      const said = JSON.parse(trial.out) as { uitkomst: string; verschil: string[] };
      assert.deepEqual([trial.code, said.uitkomst, said.verschil.length], [0, 'proef', 2], trial.err);
      const overwritten = await regiograaf('undo', '2', '--json');
      assert.equal(overwritten.code, 4, overwritten.err);
      assert.equal((JSON.parse(overwritten.err) as { code: string }).code, 'conflict');
      const done = await regiograaf('undo', '3');
      assert.equal(done.code, 0, done.err);
      assert.match(done.out, /Gepubliceerd als versie 4\./u);
      if (!service) return;
      const unknown = await regiograaf('undo', '99');
      assert.equal(unknown.code, 1);
      assert.match(unknown.err, /versie 99/u);
      const wrong = await regiograaf('undo', 'drie');
      assert.equal(wrong.code, 2);
      assert.match(wrong.err, /geheel getal/u);
    });

    // Each process that opens a folder starts the whole graph: the rest is asked of the service only.
    if (where === 'a folder') return;

    it('ends with 3 when data break the rules, naming the thing and the field in words', async () => {
      const bad = await file('fout.ttl', `${org}<${thing}> a org:Organization ; skos:prefLabel "Een"@nl , "Nog een"@nl .`);
      const checked = await regiograaf('validate', bad);
      assert.equal(checked.code, 3);
      assert.match(checked.out, /bij (?:Een|Twee) <http:\/\/localhost:3000\/id\/actor\/proef>\n {4}veld Naam/u);
      const refused = await regiograaf('load', bad, '--dataset', 'proef', '--json');
      assert.deepEqual([refused.code, (JSON.parse(refused.out) as { uitkomst: string }).uitkomst], [3, 'geweigerd']);
    });

    it('lists the datasets by their names', async () => {
      const listed = await regiograaf('datasets', '--json');
      const names = (JSON.parse(listed.out) as { naam: string }[]).map(({ naam }) => naam);
      assert.ok(names.includes('proef') && names.every((name) => /^[a-z-]+$/u.test(name)), names.join(' '));
    });
  });
}

describe('The command line, as a process', function () {
  this.timeout(60_000);

  it('ends with 5 when nothing answers, and with 2 on a setting that cannot be', async () => {
    const silent = await run(['datasets', '--url', `http://localhost:${await freePort()}`]);
    assert.equal(silent.code, 5);
    assert.match(silent.err, /antwoordt geen dienst/u);
    const wrong = await run(['serve', '--port', 'abc']);
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /PORT "abc" kan niet; het moet zijn: een geheel getal\./u);
  });

  it('asks for a token in its own words', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'regiograaf-command-'));
    const service = await ServiceProcess.start(folder);
    try {
      const file = join(folder, 'a.ttl');
      await writeFile(file, `${org}<${thing}> a org:Organization ; skos:prefLabel "A"@nl .`);
      for (const token of [[], ['--token', 'rg_verlopen']]) {
        const refused = await run(['load', file, '--dataset', 'proef', '--url', service.url, ...token]);
        assert.equal(refused.code, 1);
        assert.match(refused.err, /--token/u);
      }
    } finally {
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
