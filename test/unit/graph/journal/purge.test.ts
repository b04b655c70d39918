import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { diff } from '../../../../src/graph/changes/algebra.js';
import type { QuadLine } from '../../../../src/graph/changeset.js';
import type { Journal } from '../../../../src/graph/journal/journal.js';
import { openJournal, openJournalReader } from '../../../../src/graph/journal/openJournal.js';
import { erasureOf, purgeText } from '../../../../src/graph/journal/purge.js';
import { lastPurgeOf } from '../../../../src/graph/journal/purged.js';
import { verifyJournal } from '../../../../src/graph/journal/verify.js';
import { escapeString } from '../../../../src/rdf/ntriples.js';
import { appendStep, base, closing, dataset, draft, line, replayed, sorted, temporaryFolders, touchedBy } from './support.js';

const purger = { agent: { role: 'administrator' }, note: { message: 'op vraag van de betrokkene' } } as const;

/** Files of a folder as they are now, read by another process: reading them here would drop SQLite's own locks. */
function copyOf(folder: string, target: string): string {
  execFileSync(process.execPath, ['-e', 'require("fs").cpSync(process.argv[1], process.argv[2], { recursive: true })', folder, target]);
  return target;
}

/** Every place in the folder where one of the texts stands, in files as they are or in what a block unpacks to. */
function placesOf(folder: string, texts: readonly string[]): readonly string[] {
  const found: string[] = [];
  const look = (where: string, bytes: Buffer): void => {
    for (const text of texts) if (bytes.includes(text)) found.push(`${where}: ${text}`);
  };
  for (const name of readdirSync(folder)) look(name, readFileSync(join(folder, name)));
  using db = closing(new Database(join(folder, 'journal.sqlite')));
  const blocks = db.value.prepare<[], { number: number; content: Buffer }>('SELECT number, content FROM part').all();
  for (const { number, content } of blocks) look(`part of ${number}`, brotliDecompressSync(content));
  return found;
}

describe('a purge', () => {
  const folder = temporaryFolders();

  it('leaves no byte of the text in any file, packed or not, while the journal and a reader stay open', () => {
    const place = folder();
    const journal = openJournal(join(place, 'journal.sqlite'));
    using reader = closing(openJournalReader(join(place, 'journal.sqlite')));
    const secret = 'Jan "de\nPersoon" Peeters';
    const slug = 'jan.peeters@voorbeeld.example';
    const personal = `<mailto:${slug}> <${base}ns#naam> "x" <${dataset('a')}> .`;
    let state: QuadLine[] = [];
    for (let step = 0; step < 30; step++) {
      const next = [line(`s${step}`, `${secret} ${step}`), line(`t${step}`, 'gewoon', 'b'), ...(step % 2 ? [personal] : [])];
      using changes = diff(state, next, { folder: place });
      journal.append({ ...draft(`door ${step % 3 ? 'niemand' : secret}`) }, changes, touchedBy(changes), {
        idempotency: { key: `${step}`, fingerprint: 'f', outcome: () => JSON.stringify({ gezien: step % 5 ? '' : `${secret} ${slug}` }) },
      });
      state = next;
    }
    const needles = [secret, escapeString(secret), JSON.stringify(secret).slice(1, -1), slug];
    assert.ok(placesOf(copyOf(place, join(folder(), 'before')), needles).length > 0);
    assert.equal(replayed(reader.value).size, 3);

    const first = purgeText(journal, secret, { ...purger, touched: touchedBy });
    const second = purgeText(journal, slug, { ...purger, touched: touchedBy });
    assert.equal(first.wiped && second.wiped, true);
    assert.deepEqual(placesOf(copyOf(place, join(folder(), 'after')), needles), []);
    assert.equal(verifyJournal(reader.value).ok, true);
    assert.deepEqual(sorted(replayed(reader.value)), [line('t29', 'gewoon', 'b')]);
    assert.equal(first.parts, 30);
    assert.equal(first.notes.length, 10);
    assert.equal(journal.note(1), null);
    assert.deepEqual(journal.note(2), { message: 'door niemand' });
    assert.deepEqual(
      sorted([...first.removed.changes()].map(({ op, line: text }) => op + text)),
      sorted(Array.from({ length: 30 }, (_, step) => `-${line(`s${step}`, `${secret} ${step}`)}`)),
    );
    assert.deepEqual([...second.removed.changes()], [{ op: '-', line: personal }]);
    assert.deepEqual(journal.touched(`${base}id/actor/s1`), { commit: first.commit.number });
    assert.equal(journal.touched(`mailto:${slug}`), undefined);
    assert.equal(journal.recall('0', 't1'), undefined);
    assert.notEqual(journal.recall('1', 't1'), undefined);
    assert.equal(lastPurgeOf(journal), second.commit.number);
    journal.close();
    reader.value.close();
    assert.deepEqual(placesOf(place, needles), []);
  });

  it('declares each part it rewrote, and a later purge goes on from there', () => {
    const place = folder();
    using journal = closing(openJournal(join(place, 'journal.sqlite')));
    appendStep(journal.value, place, [], [line('1', 'geheim een'), line('2', 'geheim twee'), line('3', 'open')]);
    const { purged: first } = purge(journal.value, 'geheim een');
    const { purged: second } = purge(journal.value, 'geheim');
    assert.equal(first?.length, 1);
    assert.equal(first?.[0]?.before, journal.value.header(1)?.parts[0]?.sha256);
    assert.equal(second?.[0]?.before, first?.[0]?.after);
    assert.deepEqual(sorted(replayed(journal.value)), [line('3', 'open')]);
    assert.equal(verifyJournal(journal.value).ok, true);
    assert.deepEqual(purge(journal.value, 'geheim').purged, [], 'nothing is left to purge');
  });

  it('takes away exactly the quads with the text in a term, whatever the text and the history', () => {
    const texts = ['een "b"', 'b"\n\\', '\uff5e\uff5e\uff5e', '<a> <b', 'actor/1', '"@nl <', 'geenvandie'];
    const value = fc.constantFrom('x', 'een "b"\n\\', '\uff5e\uff5e\uff5e', '<a> <b', '"@nl <');
    const state = fc.uniqueArray(
      fc.tuple(fc.constantFrom('1', '2', '12'), value, fc.constantFrom('a', 'b')).map(([subject, text, slug]) => line(subject, text, slug)),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 4 }), fc.uniqueArray(fc.constantFrom(...texts), { minLength: 1, maxLength: 2 }), (steps, chosen) => {
        const place = folder();
        using journal = closing(openJournal(join(place, 'journal.sqlite')));
        let before: readonly QuadLine[] = [];
        for (const after of steps) {
          appendStep(journal.value, place, before, after);
          before = after;
        }
        const gone = (text: QuadLine): boolean =>
          chosen.some((part) => {
            const { 1: subject = '', 2: object = '' } = /^<([^>]*)> <[^>]*> "(.*)"@nl <[^>]*> \.$/.exec(text) ?? [];
            return subject.includes(part) || `"${object}"@nl`.includes(escapeString(part));
          });
        for (const text of chosen) purge(journal.value, text);
        assert.deepEqual(sorted(replayed(journal.value)), sorted(before.filter((text) => !gone(text))));
        assert.equal(verifyJournal(journal.value).ok, true);
      }),
      { numRuns: 25 },
    );
  });

  it('does not mistake the space between terms for the text', () => {
    const text = '> <http://purl.org';
    assert.equal(erasureOf(text).line(line('1', 'x')), false);
    assert.equal(erasureOf(text).line(line('1', `a ${text} b`)), true);
  });

  it('refuses what cannot or should not be erased, and then changes nothing', () => {
    const place = folder();
    using journal = closing(openJournal(join(place, 'journal.sqlite')));
    journal.value.setSetting('base', base);
    appendStep(journal.value, place, [], [line('1', 'regio x')]);
    const refuse = (text: string, code: string): void => assert.throws(() => purgeText(journal.value, text, purger), { code });
    refuse('ab', 'bad-request');
    refuse('betrokkene', 'bad-request');
    refuse('id/dataset/a', 'conflict');
    refuse(base, 'conflict');
    assert.equal(journal.value.head?.number, 1);
    assert.deepEqual(sorted(replayed(journal.value)), [line('1', 'regio x')]);
  });

  it('does not declare damage to be right', () => {
    const place = folder();
    const path = join(place, 'journal.sqlite');
    const journal = openJournal(path);
    appendStep(journal, place, [], [line('1', 'geheim een'), line('2', 'geheim twee')]);
    appendStep(journal, place, [], [line('3', 'geheim drie')]);
    journal.close();
    const db = new Database(path);
    db.exec('UPDATE part SET (lines, crc, content) = (SELECT lines, crc, content FROM part WHERE number = 2) WHERE number = 1');
    db.close();
    using again = closing(openJournal(path));
    assert.throws(() => purge(again.value, 'geheim'), { code: 'internal' });
    assert.equal(again.value.head?.number, 2);
  });

  it('is finished by the next start when a reader or a crash kept the file from being rewritten', () => {
    const place = folder();
    const path = join(place, 'journal.sqlite');
    const journal = openJournal(path);
    appendStep(journal, place, [], [line('1', 'heel geheim')]);
    const hanging = new Database(path, { readonly: true });
    const cursor = hanging.prepare('SELECT * FROM commits').iterate();
    cursor.next();
    const { wiped, removed } = purgeText(journal, 'heel geheim', purger);
    removed.close();
    assert.equal(wiped, false);
    cursor.return?.();
    hanging.close();
    journal.close();
    openJournal(path).close();
    assert.deepEqual(placesOf(place, ['heel geheim']), []);
    using reopened = closing(openJournal(path));
    assert.equal(reopened.value.setting('wipe-pending'), undefined);
    assert.equal(verifyJournal(reopened.value).ok, true);
  });
});

function purge(journal: Journal, text: string): { readonly purged: readonly { readonly before: string; readonly after: string }[] | undefined } {
  const { commit, removed } = purgeText(journal, text, purger);
  removed.close();
  return { purged: commit.purged };
}
