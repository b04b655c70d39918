import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { openJournal, openJournalReader } from '../../../../src/graph/journal/openJournal.js';
import { purgeText } from '../../../../src/graph/journal/purge.js';
import { verifyJournal } from '../../../../src/graph/journal/verify.js';
import { appendStep, closing, draft, line, temporaryFolders } from './support.js';

/** A journal with every kind of row, in one file without a write-ahead log and without free pages. */
function makeJournal(folder: string): string {
  const path = join(folder, 'journal.sqlite');
  const journal = openJournal(path);
  journal.setSetting('base', 'https://regio.example/');
  let state: string[] = [];
  for (let step = 0; step < 8; step++) {
    const next = [...state.slice(step % 3), ...Array.from({ length: 40 }, () => line(randomBytes(12).toString('hex'), randomBytes(60).toString('base64'), 'abc'[step % 3]))];
    if (step === 3) next.push(line('p', 'iets vertrouwelijks'));
    appendStep(journal, folder, state, next, `stap ${step}`);
    state = next;
  }
  const { removed } = purgeText(journal, 'iets vertrouwelijks', { agent: { role: 'administrator' }, note: { message: 'op vraag' } });
  removed.close();
  journal.remember('sleutel', 't1', { fingerprint: 'f', outcome: '{"a":1}' });
  journal.close();
  const db = new Database(path);
  db.exec('VACUUM');
  db.pragma('journal_mode = DELETE');
  db.close();
  return path;
}

/** Everything a read of the file can return. */
function contentOf(path: string): string {
  using db = closing(new Database(path, { readonly: true }));
  const tables = db.value.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();
  return JSON.stringify(tables.map((table) => [table, db.value.prepare(`SELECT * FROM "${table}" ORDER BY 1, 2`).raw().all()]));
}

function noticed(path: string): boolean {
  try {
    using reader = closing(openJournalReader(path));
    return !verifyJournal(reader.value).ok;
  } catch {
    return true;
  }
}

describe('verify', () => {
  const folder = temporaryFolders();

  it('accepts a sound journal, purges included, and counts it', () => {
    const path = makeJournal(folder());
    using reader = closing(openJournalReader(path));
    const seen: number[] = [];
    const verdict = verifyJournal(reader.value, { progress: (commit) => seen.push(commit) });
    assert.equal(verdict.ok, true);
    assert.equal(verdict.ok && verdict.commits, 9);
    assert.deepEqual(seen, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('notices any byte changed in a stored part, header, hash or note', () => {
    const place = folder();
    const path = makeJournal(place);
    const content = contentOf(path);
    const columns = [
      'part.content',
      'part.crc',
      'part.lines',
      'commits.header',
      'commits.hash',
      'note.note',
      'setting.value',
      'remembered.outcome',
      'dataset.iri',
    ] as const;
    fc.assert(
      fc.property(fc.constantFrom(...columns), fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), (column, row, at, mask) => {
        const copy = join(place, 'copy.sqlite');
        copyFileSync(path, copy);
        const [table = '', name = ''] = column.split('.');
        const key = table === 'setting' || table === 'remembered' ? 'key' : 'rowid';
        const db = new Database(copy);
        const rows = db
          .prepare<[], { id: number | string; bytes: Buffer; type: string }>(
            `SELECT ${key} AS id, CAST(${name} AS BLOB) AS bytes, typeof(${name}) AS type FROM ${table} WHERE ${name} IS NOT NULL`,
          )
          .all();
        const picked = rows[row % rows.length];
        assert.ok(picked);
        const { id, bytes, type } = picked;
        const index = at % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ mask;
        const changed = db.prepare(`UPDATE OR IGNORE ${table} SET ${name} = CAST(? AS ${type}) WHERE ${key} = ?`).run(bytes, id);
        db.close();
        // The name of another dataset: the database itself refuses it.
        fc.pre(changed.changes === 1);
        // Digits that became other characters may still be read as the same number: then nothing was changed.
        assert.equal(noticed(copy), contentOf(copy) !== content, `${column} of row ${id}, byte ${index}`);
      }),
      { numRuns: 100 },
    );
  });

  it('notices any byte changed in the file, unless no read of the journal can see it', () => {
    const place = folder();
    const path = makeJournal(place);
    const original = readFileSync(path);
    const content = contentOf(path);
    const copy = join(place, 'copy.sqlite');
    let found = 0;
    const runs = 120;
    for (let run = 0; run < runs; run++) {
      const bytes = Buffer.from(original);
      const at = Math.floor(((run + Math.random()) * bytes.length) / runs);
      bytes[at] = (bytes[at] ?? 0) ^ (1 + Math.floor(Math.random() * 255));
      writeFileSync(copy, bytes);
      if (noticed(copy)) found++;
      // What is left is slack: the unused middle of a page, a counter of the header. Nothing that is read differs.
      else assert.equal(contentOf(copy), content, `byte ${at} changed unnoticed`);
      for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(copy + suffix, { force: true });
    }
    assert.ok(found > runs / 3, `only ${found} of ${runs} noticed`);
  });

  it('notices a commit, a part, a block or a note that is gone, added or moved', () => {
    const place = folder();
    const path = makeJournal(place);
    const copy = join(place, 'copy.sqlite');
    for (const [sql, commit] of [
      ['DELETE FROM commits WHERE number = 4', 4],
      ['DELETE FROM part WHERE number = 2', 2],
      ['DELETE FROM note WHERE number = 5', 5],
      ['UPDATE note SET note = NULL WHERE number = 9', 9],
      ['UPDATE part SET number = 77 WHERE number = 3', 3],
      ['INSERT INTO part SELECT number + 50, dataset, block, lines, crc, content FROM part WHERE number = 1', 0],
      ['INSERT INTO part SELECT number, dataset, block + 1, lines, crc, content FROM part WHERE number = 1', 1],
      ["INSERT INTO note VALUES (99, '{}')", 0],
      ['DROP INDEX touched_in', 0],
      ['INSERT INTO touched VALUES (1, 1, 99)', 0],
    ] as const) {
      copyFileSync(path, copy);
      const db = new Database(copy);
      db.exec(sql);
      db.close();
      using reader = closing(openJournalReader(copy));
      const verdict = verifyJournal(reader.value);
      assert.ok(!verdict.ok, sql);
      assert.ok(verdict.problems.some((problem) => problem.commit === commit), `${sql}: ${JSON.stringify(verdict.problems)}`);
    }
  });

  it('notices a history that was made up: a header resealed by hand breaks the chain after it', () => {
    const place = folder();
    const path = makeJournal(place);
    const other = makeJournal(folder());
    const db = new Database(path);
    db.prepare('ATTACH ? AS other').run(other);
    db.exec('DELETE FROM main.commits WHERE number = 1; INSERT INTO main.commits SELECT * FROM other.commits WHERE number = 1');
    db.close();
    using reader = closing(openJournalReader(path));
    const verdict = verifyJournal(reader.value);
    assert.ok(!verdict.ok && verdict.problems.some(({ commit, what }) => commit === 2 && /refer/.test(what.en)));
  });

  it('does not let an erased note pass before any purge', () => {
    const place = folder();
    const path = join(place, 'journal.sqlite');
    const journal = openJournal(path);
    journal.append(draft(), { counts: new Map(), size: 0, changes: () => [] }, []);
    journal.close();
    const db = new Database(path);
    db.exec('UPDATE note SET note = NULL');
    db.close();
    using reader = closing(openJournalReader(path));
    assert.equal(verifyJournal(reader.value).ok, false);
  });
});
