import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { JournalReader } from '../../graph/journal/journal.js';
import { journalFile, openJournalReader } from '../../graph/journal/openJournal.js';
import { giveWay } from '../../graph/threads/giveWay.js';
import { Follower } from './follower.js';
import type { PublisherNews, PublisherSettings } from './publisherProtocol.js';
import { openStore, publicationFile, removeStore, settingOf } from './schema.js';

/** The thread that follows the log: neither the main thread nor the writer ever waits for it. */
if (parentPort === null) throw new Error('publisherWorker is started as a worker thread');
const port = parentPort;
const settings: PublisherSettings = workerData;
giveWay('queries');

/** Milliseconds between looks at the log when nobody tells of a commit. */
const look = 1_000;
/** Milliseconds in which commits gather before they are followed together: each batch is a transaction. */
const gather = 100;
/** Milliseconds of rest after something went wrong. */
const rest = 5_000;

const life = { closing: false };
let wake: () => void = () => undefined;
let open: { readonly db: Database.Database; readonly journal: JournalReader; readonly follower: Follower } | undefined;

function opened(): NonNullable<typeof open> {
  if (open) return open;
  const { dataDir, base, also, kinds } = settings;
  const path = join(dataDir, publicationFile);
  const journal = openJournalReader(join(dataDir, journalFile));
  try {
    const db = openStore(path);
    open = { db, journal, follower: new Follower({ db, journal, base, also, kinds }) };
    return open;
  } catch (error) {
    journal.close();
    // A store that cannot be read holds nothing that the log does not.
    if (error instanceof Database.SqliteError && !error.code.startsWith('SQLITE_BUSY') && !error.code.startsWith('SQLITE_FULL')) {
      removeStore(path);
    }
    throw error;
  }
}

function shut(): void {
  open?.db.close();
  open?.journal.close();
  open = undefined;
}

function tell(news: PublisherNews): void {
  port.postMessage(news);
}

async function run(): Promise<void> {
  while (!life.closing) {
    let pause = look;
    try {
      const { db, journal, follower } = opened();
      const state = (): PublisherNews => ({ commit: follower.commit, generation: settingOf(db, 'generation') ?? '', behind: (journal.head?.number ?? 0) > follower.commit });
      tell(state());
      while (!life.closing && follower.follow()) {
        tell(state());
        await nextTurn();
      }
    } catch (error) {
      tell({ problem: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      shut();
      pause = rest;
    }
    if (!life.closing) await sleep(pause);
  }
  shut();
  port.close();
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

let gathering: NodeJS.Timeout | undefined;

port.on('message', (message: 'look' | 'hurry' | 'close') => {
  if (message === 'look') {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      wake();
    }, gather);
    return;
  }
  if (message === 'close') {
    clearTimeout(gathering);
    life.closing = true;
  }
  wake();
});

void run();
