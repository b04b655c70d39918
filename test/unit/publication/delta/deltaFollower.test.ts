import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeltaFollower, type FollowerOptions } from '../../../../src/publication/delta/deltaFollower.js';
import { DeltaSource } from '../../../../src/publication/delta/deltaSource.js';
import { deltaStreams, noStreamSettings } from '../../../../src/publication/delta/streams.js';
import type { VersionReader } from '../../../../src/publication/versions/contract.js';
import type { CommitHeader, CommitSource } from '../../../../src/graph/commit.js';
import type { JournalReader } from '../../../../src/graph/journal/journal.js';
import { FakeVersions } from '../../../support/fakeVersions.js';

const base = 'http://localhost:3000/';
const type = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>';
const minute = 60_000;
const day = 24 * 60 * minute;
const kinds = [{ name: 'actoren', title: { nl: 'Actoren', en: 'Actors' }, classes: ['http://ex.org/Actor'], except: ['http://ex.org/Orgaan'] }];

const about = (name: string, value: string): string => `<http://ex.org/${name}> <http://ex.org/p> ${value} .`;

const headerOf = (number: number, source: CommitSource = 'update'): CommitHeader => ({ number, source, parts: [] }) as Partial<CommitHeader> as CommitHeader;

describe('the follower of the delta streams', () => {
  let folder: string;
  let versions: FakeVersions;
  let rules: string;
  let clock: number;
  let sources: CommitSource[];
  let follower: DeltaFollower;
  let source: DeltaSource;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'regiograaf-delta-'));
    versions = new FakeVersions();
    rules = 'eerste';
    clock = Date.UTC(2026, 5, 1);
    sources = [];
    source = new DeltaSource(folder);
    open();
  });
  afterEach(() => {
    follower.close();
    source.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function open(settings = noStreamSettings): void {
    const options: FollowerOptions = { dataDir: folder, base, streams: deltaStreams(base, kinds, settings), kinds, dumpInterval: day, retention: 2 * day, now: () => clock };
    const journal = {
      get head() {
        return { number: versions.commit, hash: '', time: '' };
      },
      headersFrom: (from: number, limit: number) => Array.from({ length: Math.max(0, Math.min(limit, versions.commit - from + 1)) }, (_, index) => headerOf(from + index, sources[from + index - 1])),
    };
    const reader = {
      get commit() {
        return versions.commit;
      },
      get rules() {
        return rules;
      },
      after: (...args: Parameters<FakeVersions['after']>) => versions.after(...args),
    };
    follower = new DeltaFollower(options, { journal: () => journal as Partial<JournalReader> as JournalReader, versions: () => reader as Partial<VersionReader> as VersionReader });
  }
  const follow = (): void => {
    for (let index = 0; index < 5; index += 1) while (follower.tick());
  };
  const set = (...lines: readonly string[]): void => {
    clock += 1000;
    sources.push('update');
    versions.set(lines);
    follow();
  };
  const row = (name = 'alle'): NonNullable<ReturnType<DeltaSource['stream']>> => source.stream(name) ?? assert.fail();

  it('makes a first dump of what there is, and files of what changes after that', () => {
    set(about('a', '"1"'));
    const [dump] = source.dumps(row());
    assert.equal(dump?.statements, 2);
    assert.deepEqual(source.files(row(), dump.released, 10).files, []);
    set(about('a', '"2"'));
    const [file] = source.files(row(), dump.released, 10).files;
    assert.deepEqual([file?.deletes, file?.inserts, file?.number], [1, 1, 2]);
  });

  it('tells a stream of a kind that something came to belong to it, or no longer does', () => {
    set(about('a', '"1"'));
    const since = row('actoren').last;
    set(about('a', '"1"'), `<http://ex.org/a> ${type} <http://ex.org/Actor> .`);
    set(about('a', '"1"'), `<http://ex.org/a> ${type} <http://ex.org/Actor> .`, `<http://ex.org/a> ${type} <http://ex.org/Orgaan> .`);
    const counts = source.files(row('actoren'), since, 10).files.map(({ deletes, inserts }) => [deletes, inserts]);
    assert.deepEqual(counts, [[0, 3], [3, 0]]);
  });

  it('dumps anew after the interval when something changed, as a revision of the dump before', () => {
    set(about('a', '"1"@nl'));
    const [first] = source.dumps(row());
    clock += 2 * day;
    follow();
    assert.equal(source.dumps(row()).length, 1, 'nothing changed');
    set(about('a', '"2"@nl'));
    const [second] = source.dumps(row());
    assert.equal(second?.previous, first?.id);
    // Who follows along does not get the texts of the new dump again; who takes it does.
    const before = row().last - 3;
    assert.ok(source.files(row(), before, 10).files.every(({ dump }) => dump === null));
    assert.equal(source.files(row(), second?.released ?? 0, 10).files.length, 1);
  });

  it('keeps files as long as promised, and says from when on it has all of them', () => {
    set(about('a', '"1"'));
    set(about('a', '"2"'));
    const { kept } = row();
    const old = source.files(row(), 0, 10).files.at(-1);
    clock += 3 * day;
    set(about('a', '"3"'));
    follow();
    assert.equal(source.file(old?.id ?? ''), undefined);
    assert.ok(Number(row().kept) > Number(kept));
    const [newest] = source.dumps(row());
    assert.ok(Number(row().kept) <= Number(newest?.released), 'the newest dump needs no file that is gone');
    const dumps = source.dumps(row()).length;
    clock += 2 * 60 * minute;
    follow();
    assert.ok(source.dumps(row()).length < dumps);
    assert.equal(source.gone(newest?.previous ?? ''), 'alle');
  });

  for (const [what, hide] of [
    ['a purge', () => void (sources[versions.commit] = 'purge')],
    ['a change of what is published, or of the rules versions are made by', () => void (rules = 'tweede')],
  ] as const) {
    it(`takes every file and dump away after ${what}, and starts anew, later than all before`, () => {
      set(about('a', '"geheim"'));
      set(about('a', '"geheim"'), about('b', '"geheim"'));
      const { last } = row();
      const [dump] = source.dumps(row());
      const [file] = source.files(row(), dump?.released ?? 0, 10).files;
      hide();
      clock += 1000;
      versions.set([about('c', '"open"')]);
      follow();
      assert.equal(source.file(file?.id ?? ''), undefined);
      assert.deepEqual([source.gone(file?.id ?? ''), source.gone(dump?.id ?? ''), source.gone(dump?.file ?? '')], ['alle', 'alle', 'alle']);
      assert.ok(Number(row().kept) > last);
      assert.equal(source.dumps(row())[0]?.statements, 2);
      assert.ok(!readdirSync(join(folder, 'delta', 'dumps')).some((name) => name.includes(dump?.file ?? '-')));
      assert.ok(source.dumps(source.stream('proef') ?? assert.fail()).length > 0, 'the test stream stays');
    });
  }

  it('tells by ordinary deletes what went with a dataset that was dropped', () => {
    set(about('a', '"1"'));
    set(about('a', '"1"'), about('b', '"2"'));
    const before = source.files(row(), 0, 10).files;
    set(about('b', '"2"'));
    const after = source.files(row(), 0, 10).files;
    assert.deepEqual(after.slice(0, before.length), before);
    assert.deepEqual(after.slice(before.length).map(({ deletes, inserts }) => [deletes, inserts]), [[2, 0]]);
  });

  it('leaves nothing behind of a stream that is no longer configured', () => {
    follower.close();
    open({ more: ['dataset:extra'], closed: [] });
    set(about('a', '"1"'));
    const [dump] = source.dumps(row('dataset-extra'));
    follower.close();
    open();
    follow();
    assert.equal(source.stream('dataset-extra'), undefined);
    assert.equal(source.gone(dump?.id ?? ''), 'dataset-extra');
    assert.ok(source.dumps(row()).length > 0);
  });

  it('goes on where it was after a restart, without a file twice', () => {
    set(about('a', '"1"'));
    set(about('a', '"2"'));
    const before = source.files(row(), 0, 10).files;
    follower.close();
    open();
    follow();
    assert.deepEqual(source.files(row(), 0, 10).files, before);
    set(about('a', '"3"'));
    assert.deepEqual(source.files(row(), 0, 10).files.slice(0, before.length), before);
    assert.equal(source.files(row(), 0, 10).files.length, before.length + 1);
  });
});
