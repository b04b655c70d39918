import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessFile, TokenStore } from '../../../src/access/tokenStore.js';
import type { TokenGrant } from '../../../src/access/token.js';
import { Fault } from '../../../src/faults.js';

const steward: TokenGrant = {
  role: 'steward',
  organisation: 'Stad Voorbeeld',
  name: 'Een Beheerder',
  datasets: ['http://ex.test/d'],
  restricted: [],
  createDatasets: false,
};

describe('The token store', () => {
  let folder: string;
  let now: Date;
  let store: TokenStore;
  const open = (): TokenStore => TokenStore.open(join(folder, accessFile), () => now);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'regiograaf-access-'));
    now = new Date('2026-01-01T00:00:00Z');
    store = open();
  });

  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives the rights of a token to who shows it', () => {
    const { token, info } = store.create(steward);
    assert.match(token, /^rg_[\w-]{43}$/u);
    assert.deepEqual(store.verify(token), {
      role: 'steward',
      organisation: 'Stad Voorbeeld',
      token: info.id,
      write: ['http://ex.test/d'],
      createDatasets: false,
      visibility: { restricted: ['http://ex.test/d'] },
    });
  });

  it('moves its rights along with the addresses they are about', () => {
    const { token } = store.create({ ...steward, datasets: ['http://oud.test/id/dataset/a', 'http://ex.test/d'] });
    const all = store.create({ ...steward, datasets: '*' });
    store.rebase('http://oud.test/', 'https://nieuw.test/');
    assert.deepEqual(store.verify(token)?.write, ['https://nieuw.test/id/dataset/a', 'http://ex.test/d']);
    assert.equal(store.verify(all.token)?.write, '*');
  });

  it('knows nobody with another token, an empty one or a damaged one', () => {
    const { token } = store.create(steward);
    for (const wrong of ['', 'rg_', `${token}x`, token.slice(0, -1), token.toUpperCase()]) assert.equal(store.verify(wrong), undefined);
  });

  it('keeps neither the token nor, once forgotten, the name in its file', () => {
    const { token, info } = store.create(steward);
    assert.ok(readFileSync(join(folder, accessFile)).includes('Een Beheerder'));
    store.forgetName(info.id);
    store.close();
    const bytes = readFileSync(join(folder, accessFile));
    assert.ok(!bytes.includes(token) && !bytes.includes('Een Beheerder'));
    store = open();
    assert.equal(store.list()[0]?.name, undefined);
    assert.ok(store.verify(token));
  });

  it('can be read by its owner only', () => {
    assert.equal(statSync(join(folder, accessFile)).mode & 0o077, 0);
  });

  it('refuses a token from the moment it is revoked, by whatever process', () => {
    const { token, info } = store.create(steward);
    const other = open();
    other.revoke(info.id);
    other.close();
    assert.equal(store.verify(token), undefined);
    assert.equal(store.list()[0]?.revoked, now.toISOString());
  });

  it('refuses a token from its end date', () => {
    const { token } = store.create({ ...steward, expires: '2026-06-01' });
    now = new Date('2026-05-31T23:59:59Z');
    assert.ok(store.verify(token));
    now = new Date('2026-06-01T00:00:00Z');
    assert.equal(store.verify(token), undefined);
  });

  it('sees tokens another process makes', () => {
    const other = open();
    const { token } = other.create(steward);
    other.close();
    assert.ok(store.verify(token));
  });

  it('refuses grants that cannot be meant', () => {
    for (const grant of [{ ...steward, expires: '2025-01-01' }, { ...steward, expires: 'morgen' }, { ...steward, datasets: [] }]) {
      assert.throws(() => store.create(grant), (error) => error instanceof Fault && error.code === 'bad-request');
    }
    assert.throws(() => store.revoke('none'), (error) => error instanceof Fault && error.code === 'not-found');
  });

  it('lets a reader write nothing, whatever was asked for', () => {
    const principal = store.verify(store.create({ ...steward, role: 'reader', datasets: '*', createDatasets: true }).token);
    assert.deepEqual(principal?.write, []);
    assert.equal(principal?.createDatasets, false);
  });

  it('makes an administrator at the first start, and no second one', () => {
    const token = store.ensureAdministrator();
    assert.ok(token !== undefined);
    const principal = store.verify(token);
    assert.equal(principal?.role, 'administrator');
    assert.equal(principal.write, '*');
    assert.equal(principal.visibility.restricted, '*');
    assert.equal(store.ensureAdministrator(), undefined);
  });

  it('makes a new administrator when the last one was revoked', () => {
    store.ensureAdministrator();
    store.revoke(store.list()[0]?.id ?? '');
    assert.ok(store.ensureAdministrator() !== undefined);
  });

  it('takes a given administrator token for this process, without storing it', () => {
    assert.equal(store.ensureAdministrator('given-by-the-environment'), undefined);
    assert.equal(store.verify('given-by-the-environment')?.role, 'administrator');
    assert.deepEqual(store.list(), []);
    const other = open();
    assert.equal(other.verify('given-by-the-environment'), undefined);
    other.close();
  });
});
