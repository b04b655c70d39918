import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { openJournal, openJournalReader } from '../../../../src/graph/journal/openJournal.js';
import { SqliteJournal } from '../../../../src/graph/journal/sqliteJournal.js';
import { storageFault } from '../../../../src/graph/journal/storageFaults.js';
import { verifyJournal } from '../../../../src/graph/journal/verify.js';
import { sizeOf } from './sizeOf.js';
import { appendStep, closing, line, replayed, temporaryFolders } from './support.js';

const program = fileURLToPath(new URL('./appendForever.js', import.meta.url));

function error(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** Runs the appending program until it has acknowledged `commits`, and kills it; gives the last number it printed. */
async function killAfter(path: string, commits: number): Promise<number> {
  const child: ChildProcess = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  assert.ok(child.stdout);
  let last = 0;
  let seen = -1;
  const done = once(child, 'close');
  for await (const text of createInterface({ input: child.stdout })) {
    if (text !== 'ready') last = Number(text);
    // Not at the line itself: between a random moment later, inside the next appends.
    if (++seen === commits) setTimeout(() => child.kill('SIGKILL'), Math.random() * 20);
  }
  await done;
  return last;
}

describe('the journal under faults', () => {
  const folder = temporaryFolders();

  it('has every acknowledged commit and no half one after SIGKILL, twenty times, without any cleaning up', async function () {
    this.timeout(180_000);
    const path = join(folder(), 'journal.sqlite');
    let acknowledged = 0;
    for (let run = 0; run < 20; run++) {
      acknowledged = Math.max(acknowledged, await killAfter(path, Math.floor(Math.random() * 8)));
      using reader = closing(openJournalReader(path));
      const head = reader.value.head?.number ?? 0;
      assert.ok(head >= acknowledged, `commit ${acknowledged} was acknowledged, the journal ends at ${head}`);
    }
    assert.ok(acknowledged > 20);
    using journal = closing(openJournal(path));
    const verdict = verifyJournal(journal.value);
    assert.deepEqual(verdict.ok ? [] : verdict.problems, []);
    for (const { number, parts } of journal.value.headersFrom(1, 10_000)) {
      assert.equal(
        parts.reduce((sum, { inserted }) => sum + inserted, 0),
        sizeOf(number),
      );
    }
  });

  it('has one writer: another in this process, in a thread or in another process is refused until the first is gone', async () => {
    const path = join(folder(), 'journal.sqlite');
    const first = openJournal(path);
    assert.throws(() => openJournal(path), { code: 'conflict' });
    first.close();

    const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    assert.throws(() => openJournal(path), { code: 'conflict' });
    using reader = closing(openJournalReader(path));
    child.kill('SIGKILL');
    await once(child, 'close');
    openJournal(path).close();

    const source = `import { openJournal } from ${JSON.stringify(new URL('../../../../src/graph/journal/openJournal.js', import.meta.url).href)};
      import { parentPort, workerData } from 'node:worker_threads';
      openJournal(workerData); parentPort.postMessage('open'); setInterval(() => {}, 1000);`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), { workerData: path });
    await once(worker, 'message');
    assert.throws(() => openJournal(path), { code: 'conflict' });
    await worker.terminate();
    openJournal(path).close();
    assert.equal(verifyJournal(reader.value).ok, true);
  });

  it('answers a full disk with storage-full, keeps nothing of the commit, and goes on', () => {
    const place = folder();
    const path = join(place, 'journal.sqlite');
    const journal = openJournal(path, { maxBytes: 256 * 1024 });
    appendStep(journal, place, [], [line('1', 'x')]);
    const noise = Array.from({ length: 8_000 }, (_, index) => line(`${Math.sin(index)}`, `${Math.random()}${Math.random()}${Math.random()}`));
    assert.throws(() => appendStep(journal, place, [], noise), { code: 'storage-full' });
    assert.equal(journal.head?.number, 1);
    assert.deepEqual([...replayed(journal)], [line('1', 'x')]);
    appendStep(journal, place, [], [line('2', 'x', 'nieuw')]);
    assert.equal(journal.head?.number, 2);
    assert.equal(verifyJournal(journal).ok, true);
    journal.close();
    using larger = closing(openJournal(path));
    appendStep(larger.value, place, [], noise);
    assert.equal(verifyJournal(larger.value).ok, true);
  });

  it('answers storage that takes no writes with read-only, goes on reading, and writes again when it can', () => {
    const place = folder();
    const path = join(place, 'journal.sqlite');
    openJournal(path).close();
    const db = new Database(path);
    using journal = closing(new SqliteJournal(db, { path, now: Date.now, release: () => undefined }));
    appendStep(journal.value, place, [], [line('1', 'x')]);
    db.pragma('query_only = ON');
    assert.throws(() => appendStep(journal.value, place, [], [line('2', 'x')]), { code: 'read-only' });
    assert.throws(() => journal.value.setSetting('a', 'b'), { code: 'read-only' });
    assert.deepEqual([...replayed(journal.value)], [line('1', 'x')]);
    db.pragma('query_only = OFF');
    appendStep(journal.value, place, [], [line('2', 'x')]);
    assert.equal(verifyJournal(journal.value).ok, true);
  });

  it('tells a full disk, a disk without writes and other errors apart', () => {
    for (const code of ['SQLITE_FULL', 'ENOSPC', 'EDQUOT']) assert.equal(storageFault(error(code))?.code, 'storage-full');
    for (const code of ['SQLITE_READONLY', 'SQLITE_READONLY_DBMOVED', 'SQLITE_IOERR_WRITE', 'SQLITE_CANTOPEN', 'EROFS', 'EACCES', 'EIO']) {
      assert.equal(storageFault(error(code))?.code, 'read-only');
    }
    for (const other of [error('SQLITE_BUSY'), error('ENOENT'), new Error('x'), 'x', undefined]) assert.equal(storageFault(other), undefined);
  });
});
