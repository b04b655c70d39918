import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockForWriting } from '../../../src/graph/journal/writerLock.js';
import { cli, type Ran } from './runCli.js';

describe('The command line and a folder', () => {
  let folder: string;
  let file: string;
  const env = { SEED: 'none', READERS: '2', LOG_LEVEL: 'silent' };
  const local = (...args: readonly string[]): Promise<Ran> => cli([...args, '--data', join(folder, 'var')], { env });

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'regiograaf-cli-'));
    file = join(folder, 'proef.ttl');
    writeFileSync(file, '@prefix : <http://ex.test/> .\n:a :p :b ; :naam "Een naam"@nl .\n');
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('checks a file where there are no data yet, and leaves nothing behind', async () => {
    const { code, out, err } = await local('validate', file);
    assert.deepEqual({ code, err }, { code: 0, err: '' });
    assert.match(out, /Controleverslag: geen opmerkingen/u);
    assert.equal(existsSync(join(folder, 'var')), false);
    assert.equal((await local('validate', file, '--dataset', 'proef')).code, 1);
  });

  it('loads a file into a new folder, showing the administrator’s token once', async () => {
    const { code, out, err } = await local('load', file, '--dataset', 'proef');
    assert.equal(code, 0, err);
    assert.match(err, /maar één keer ziet: rg_/u);
    assert.match(out, /Gepubliceerd als versie 2/u);
  });

  it('answers in JSON that loading it again changes nothing', async () => {
    const { out, err } = await local('load', file, '--dataset', 'proef', '--replace', '--json');
    const { uitkomst, versie } = JSON.parse(out) as { uitkomst: string; versie: number };
    assert.deepEqual({ uitkomst, versie }, { uitkomst: 'ongewijzigd', versie: 2 });
    assert.doesNotMatch(err, /rg_/u);
  });

  it('queries, exports and lists what is there', async () => {
    assert.equal((await local('query', 'SELECT ?o { <http://ex.test/a> <http://ex.test/naam> ?o }', '--format', 'csv')).out.replaceAll('\r', ''), 'o\nEen naam\n');
    assert.equal((await local('export', '--dataset', 'proef', '--format', 'nt')).out.split('\n').length, 3);
    const { out } = await local('datasets', '--json');
    const found = (JSON.parse(out) as { naam: string; quads: number }[]).find(({ naam }) => naam === 'proef');
    assert.equal(found?.quads, 2);
  });

  it('updates, and shows the version and the history of what it changed', async () => {
    const update = await local('update', 'DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o FILTER(?o = "Een naam"@nl) } }', '--message', 'Naam weg');
    assert.equal(update.code, 0, update.err);
    assert.match(update.out, /bewerking 1: 1 gevonden, 1 gewijzigd/u);
    assert.match((await local('show', '3')).out, /Naam weg[\s\S]*- <http:\/\/ex\.test\/a> <http:\/\/ex\.test\/naam>/u);
    const { out } = await local('history', 'http://ex.test/a', '--json');
    assert.deepEqual((JSON.parse(out) as { versie: number }[]).map(({ versie }) => versie), [3, 2]);
  });

  it('ends with 4 when another version came in between', async () => {
    assert.equal((await local('update', 'INSERT DATA { <http://ex.test/x> <http://ex.test/p> 1 }', '--if-version', '1')).code, 4);
  });

  it('purges a text, after which the log still verifies', async () => {
    const purge = await local('purge', 'Een naam', '--reason', 'Verzoek 1', '--yes');
    assert.equal(purge.code, 0, purge.err);
    const { code, out } = await local('verify', '--json');
    assert.equal(code, 0);
    assert.equal((JSON.parse(out) as { ok: boolean }).ok, true);
    assert.doesNotMatch((await local('show', '2')).out, /Een naam/u);
  });

  it('points to the service when one runs on the folder', async () => {
    const lock = lockForWriting(join(folder, 'var'));
    try {
      const { code, err } = await local('datasets');
      assert.equal(code, 4);
      assert.match(err, /--url http:\/\/localhost:3000\//u);
      // These two work beside a running service.
      assert.equal((await local('verify')).code, 0);
      assert.equal((await local('token', 'list')).code, 0);
    } finally {
      lock.release();
    }
  });

  it('creates, lists and revokes tokens', async () => {
    const created = await local('token', 'create', '--dataset', 'proef', '--organisation', 'Stad Voorbeeld', '--name', 'Iemand', '--json');
    assert.equal(created.code, 0, created.err);
    const { token, id, datasets } = JSON.parse(created.out) as { token: string; id: string; datasets: string[] };
    assert.match(token, /^rg_/u);
    assert.deepEqual(datasets, ['http://localhost:3000/id/dataset/proef']);
    assert.match((await local('token', 'list')).out, new RegExp(`${id} +steward +Stad Voorbeeld +Iemand`, 'u'));
    assert.equal((await local('token', 'revoke', id, '--forget-name')).code, 0);
    const { out } = await local('token', 'list');
    assert.match(out, new RegExp(`${id} .*ingetrokken`, 'u'));
    assert.doesNotMatch(out, /Iemand/u);
    assert.equal((await local('token', 'revoke', 'bestaat-niet')).code, 1);
  });
});
