import assert from 'node:assert/strict';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { diff } from '../../../../src/graph/changes/algebra.js';
import { canonicalJson } from '../../../../src/graph/journal/canonicalJson.js';
import { genesis, noteDigest, sha256 } from '../../../../src/graph/journal/chain.js';
import { openJournal, openJournalReader } from '../../../../src/graph/journal/openJournal.js';
import { verifyJournal } from '../../../../src/graph/journal/verify.js';
import { newestSnapshot, readSnapshot, trustOf } from '../../../../src/graph/snapshot/readSnapshot.js';
import { writeSnapshot } from '../../../../src/graph/snapshot/writeSnapshot.js';
import { appendStep, base, closing, dataset, draft, graphsOf, line, replayed, sorted, states, temporaryFolders, touchedBy } from './support.js';

describe('the journal', () => {
  const folder = temporaryFolders();

  it('gives the same quads as a plain model of any commits: replayed from nothing, and from a snapshot with the tail', () => {
    fc.assert(
      fc.property(fc.array(states, { minLength: 1, maxLength: 6 }), fc.nat(5), (steps, at) => {
        const place = folder();
        using journal = closing(openJournal(join(place, 'journal.sqlite')));
        let state: readonly string[] = [];
        steps.forEach((next, index) => {
          appendStep(journal.value, place, state, next);
          state = next;
          const { head } = journal.value;
          if (index !== at % steps.length || !head) return;
          writeSnapshot(join(place, 'snapshots'), { commit: head.number, hash: head.hash, graphs: graphsOf(next) });
        });
        using reader = closing(openJournalReader(join(place, 'journal.sqlite')));
        assert.deepEqual(sorted(replayed(reader.value)), sorted(state));
        const { snapshot } = newestSnapshot(join(place, 'snapshots'), trustOf(reader.value));
        assert.ok(snapshot);
        const start = [...readSnapshot(snapshot.path)].flatMap(({ lines: batch }) => batch);
        assert.deepEqual(sorted(replayed(reader.value, snapshot.commit, start)), sorted(state));
        assert.equal(verifyJournal(reader.value).ok, true);
      }),
      { numRuns: 25 },
    );
  });

  it('chains commits as documented: hash over canonical JSON, link, note and part digests', () => {
    const place = folder();
    using journal = closing(openJournal(join(place, 'journal.sqlite'), { now: () => Date.UTC(2026, 0, 5, 12) }));
    assert.equal(journal.value.head, null);
    using changes = diff([], [line('1', 'x'), line('1', 'y', 'b'), line('2', 'z')], { folder: place });
    const first = journal.value.append({ ...draft(), note: { message: 'eerste', origin: 'bestand.ttl' } }, changes, []);
    using back = diff([line('1', 'x')], [line('1', 'w')], { folder: place });
    const second = journal.value.append(draft(), back, []);
    const { hash, ...rest } = first;
    assert.equal(hash, sha256(canonicalJson(rest)));
    assert.equal(first.previous, genesis);
    assert.equal(second.previous, first.hash);
    assert.equal(first.note, noteDigest({ message: 'eerste', origin: 'bestand.ttl' }));
    assert.equal(first.time, '2026-01-05T12:00:00.000Z');
    assert.equal(second.time, '2026-01-05T12:00:00.001Z', 'a clock that stands still does not');
    assert.deepEqual(second.parts, [
      { dataset: dataset('a'), deleted: 1, inserted: 1, sha256: sha256(`+${line('1', 'w')}\n-${line('1', 'x')}\n`) },
    ]);
    assert.deepEqual(journal.value.head, { number: 2, hash: second.hash, time: second.time });
    assert.deepEqual(journal.value.header(1), first);
    assert.deepEqual(journal.value.note(1), { message: 'eerste', origin: 'bestand.ttl' });
    assert.equal(journal.value.note(3), undefined);
    assert.equal(journal.value.header(3), undefined);
    assert.deepEqual([...journal.value.changes(1, dataset('b'))], [{ op: '+', line: line('1', 'y', 'b') }]);
  });

  it('keeps times increasing when the clock goes back, also over a restart', () => {
    const place = folder();
    const path = join(place, 'journal.sqlite');
    let clock = Date.UTC(2026, 5, 1);
    for (let run = 0; run < 3; run++) {
      using journal = closing(openJournal(path, { now: () => clock }));
      appendStep(journal.value, place, [], [line(String(run), 'x')]);
      clock -= 60_000;
    }
    using reader = closing(openJournalReader(path));
    assert.deepEqual(
      reader.value.headersFrom(1, 9).map(({ time }) => time.slice(-5)),
      ['.000Z', '.001Z', '.002Z'],
    );
  });

  it('lists commits by page, dataset, visible datasets and entity', () => {
    const place = folder();
    using journal = closing(openJournal(join(place, 'journal.sqlite')));
    // 1: a, 2: b, 3: a and b, 4: c; entity 1 in 1 and 3 (dataset b only), entity 2 in 2 and 3 (dataset a), entity 3 in 4.
    appendStep(journal.value, place, [], [line('1', 'x', 'a')]);
    appendStep(journal.value, place, [], [line('2', 'x', 'b')]);
    appendStep(journal.value, place, [], [line('1', 'x', 'b'), line('2', 'x', 'a')]);
    appendStep(journal.value, place, [], [line('3', 'x', 'c')]);
    const numbers = (query: Parameters<typeof journal.value.headers>[0]): readonly number[] => journal.value.headers(query).map(({ number }) => number);
    const one = `${base}id/actor/1`;
    assert.deepEqual(numbers({ limit: 10 }), [4, 3, 2, 1]);
    assert.deepEqual(numbers({ limit: 2 }), [4, 3]);
    assert.deepEqual(numbers({ limit: 2, before: 3 }), [2, 1]);
    assert.deepEqual(numbers({ limit: 10, dataset: dataset('a') }), [3, 1]);
    assert.deepEqual(numbers({ limit: 1, dataset: dataset('a'), before: 3 }), [1]);
    assert.deepEqual(numbers({ limit: 10, datasets: [dataset('b'), dataset('c')] }), [4, 3, 2]);
    assert.deepEqual(numbers({ limit: 10, dataset: dataset('a'), datasets: [dataset('b')] }), []);
    assert.deepEqual(numbers({ limit: 10, datasets: [] }), []);
    assert.deepEqual(numbers({ limit: 10, entity: one }), [3, 1]);
    assert.deepEqual(numbers({ limit: 10, entity: one, datasets: [dataset('a')] }), [1]);
    assert.deepEqual(numbers({ limit: 10, entity: one, dataset: dataset('c') }), []);
    assert.deepEqual(
      journal.value.headersFrom(2, 2).map(({ number }) => number),
      [2, 3],
    );
    assert.deepEqual(journal.value.touched(one), { commit: 3 });
    assert.deepEqual(journal.value.touched(one, [dataset('a'), dataset('c')]), { commit: 1 });
    assert.equal(journal.value.touched(one, [dataset('c')]), undefined);
    assert.equal(journal.value.touched(`${base}id/actor/9`), undefined);
    assert.deepEqual(
      [...journal.value.touchedIn(3)].toSorted((a, b) => (a.entity < b.entity ? -1 : 1)),
      [
        { entity: one, dataset: dataset('b') },
        { entity: `${base}id/actor/2`, dataset: dataset('a') },
      ],
    );
  });

  it('keeps a commit of many blocks and many entities, whole and in order', () => {
    const place = folder();
    using journal = closing(openJournal(join(place, 'journal.sqlite')));
    const many = Array.from({ length: 25_000 }, (_, index) => line(String(index), 'x', index % 2 ? 'a' : 'b'));
    using changes = diff([], many, { folder: place, spillAbove: 1_000 });
    const header = journal.value.append(draft(), changes, touchedBy(changes));
    assert.deepEqual([...journal.value.changes(1)], [...changes.changes()]);
    assert.deepEqual(
      header.parts.map(({ inserted }) => inserted),
      [12_500, 12_500],
    );
    assert.equal(new Set([...journal.value.touchedIn(1)].map(({ entity }) => entity)).size, 25_000);
    assert.deepEqual(verifyJournal(journal.value), { ok: true, commits: 1, quads: 25_000 });
  });

  it('shows a reader each commit as soon as it is there, and nothing before', () => {
    const place = folder();
    const path = join(place, 'journal.sqlite');
    using journal = closing(openJournal(path));
    using reader = closing(openJournalReader(path));
    assert.equal(reader.value.headersFrom(1, 1).length, 0);
    for (let number = 1; number <= 3; number++) {
      appendStep(journal.value, place, [], [line(String(number), 'x')]);
      assert.deepEqual(reader.value.head, journal.value.head);
      assert.equal([...reader.value.changes(number)].length, 1);
    }
    const append = (): void => {
      journal.value.append(
        draft(),
        {
          counts: new Map([[dataset('a'), { deleted: 0, inserted: 2 }]]),
          size: 2,
          *changes() {
            yield { op: '+', line: line('4', 'x') };
            assert.equal(reader.value.head?.number, 3);
            throw new Error('halfway');
          },
        },
        [],
      );
    };
    assert.throws(append, /halfway/);
    assert.equal(journal.value.head?.number, 3);
    appendStep(journal.value, place, [], [line('5', 'x')]);
    assert.equal(reader.value.head?.number, 4);
    assert.equal(verifyJournal(reader.value).ok, true);
  });

  it('keeps settings, and outcomes for a day per token', () => {
    const place = folder();
    let clock = Date.UTC(2026, 0, 1);
    using journal = closing(openJournal(join(place, 'journal.sqlite'), { now: () => clock }));
    journal.value.setSetting('base', base);
    journal.value.setSetting('base', `${base}x/`);
    assert.equal(journal.value.setting('base'), `${base}x/`);
    assert.equal(journal.value.setting('ander'), undefined);
    using changes = diff([], [line('1', 'x')], { folder: place });
    journal.value.append(draft(), changes, [], { idempotency: { key: 'k', fingerprint: 'f', outcome: ({ number }) => JSON.stringify({ commit: number }) } });
    journal.value.remember('k', 'ander', { fingerprint: 'g', outcome: '{}' });
    assert.deepEqual(journal.value.recall('k', 't1'), { fingerprint: 'f', outcome: '{"commit":1}', commit: 1 });
    assert.deepEqual(journal.value.recall('k', 'ander'), { fingerprint: 'g', outcome: '{}' });
    assert.equal(journal.value.recall('k', ''), undefined);
    assert.equal(verifyJournal(journal.value).ok, true);
    clock += 25 * 60 * 60 * 1_000;
    assert.equal(journal.value.recall('k', 't1'), undefined);
    journal.value.pruneRemembered();
    clock -= 25 * 60 * 60 * 1_000;
    assert.equal(journal.value.recall('k', 't1'), undefined, 'pruned, not only hidden');
  });

  it('accepts a note that was cut through a character', () => {
    const place = folder();
    using journal = closing(openJournal(join(place, 'journal.sqlite')));
    using changes = diff([], [line('1', 'x')], { folder: place });
    journal.value.append({ ...draft(), note: { message: 'half \ud83d' } }, changes, []);
    assert.deepEqual(journal.value.note(1), { message: 'half \ufffd' });
    assert.equal(verifyJournal(journal.value).ok, true);
  });

  it('refuses a journal of a newer version, a file that is none, and a folder without one', () => {
    const place = folder();
    const path = join(place, 'journal.sqlite');
    assert.throws(() => openJournalReader(path), { code: 'not-found' });
    openJournal(path).close();
    const db = new Database(path);
    db.exec("UPDATE setting SET value = '2' WHERE key = 'format'");
    db.close();
    assert.throws(() => openJournal(path), { code: 'conflict' });
    assert.throws(() => openJournalReader(path), { code: 'conflict' });
    const other = new Database(join(place, 'other.sqlite'));
    other.exec('CREATE TABLE t (a)');
    other.close();
    assert.throws(() => openJournal(join(place, 'other.sqlite')), { code: 'internal' });
  });
});
