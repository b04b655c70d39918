import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { snapshotsFolder } from '../copies.js';
import { newestSnapshot, readSnapshot, trustOf } from '../snapshot/readSnapshot.js';
import { serve } from '../threads/rpc.js';
import type { JournalReader } from '../journal/journal.js';
import { journalFile, openJournalReader } from '../journal/openJournal.js';
import { isTrap } from './oxigraphModule.js';
import { OxigraphReplica } from './oxigraphReplica.js';
import { runJob } from './readJobs.js';
import type { ReaderCalls, ReaderHealth, ReaderOptions } from './readerProtocol.js';
import { ReaderReplica, type LoadSource } from './readerReplica.js';

/**
 * The reader thread: one replica, one job at a time. Patches and jobs are messages on one port, handled in the order
 * in which they were posted: that is what makes every later read see an acknowledged commit.
 */
if (parentPort === null) throw new Error('readerWorker is started as a worker thread');
const port = parentPort;
const { audience, dataDir, base, unionDefaultGraph, folder }: ReaderOptions = workerData;

const engine = new OxigraphReplica({ base, unionDefaultGraph });
let loaded: ReaderReplica | undefined;

/** Patches and jobs come after the load: the port keeps them meanwhile. */
function replica(): ReaderReplica {
  if (!loaded) throw new Error('the reader is not loaded');
  return loaded;
}

function load(progress: (commit: number, head: number) => void): void {
  const journal = openJournalReader(join(dataDir, journalFile));
  const fresh = new ReaderReplica({ engine, journal, audience, base, folder });
  fresh.load(snapshot(journal), progress);
  loaded = fresh;
}

function snapshot(journal: JournalReader): LoadSource | undefined {
  const { snapshot: newest } = newestSnapshot(join(dataDir, snapshotsFolder), trustOf(journal));
  return newest && { commit: newest.commit, read: (wanted) => readSnapshot(newest.path, wanted) };
}

function health(): ReaderHealth {
  return { commit: replica().commit, quads: engine.size, memoryBytes: engine.memoryBytes };
}

/** Ends the thread once the answer under way is posted: nothing may be asked of a replica that is half changed. */
function giveUp(error: unknown): unknown {
  process.nextTick(() => process.exit(1));
  return error;
}

serve<ReaderCalls>(port, {
  load(_, { progress }) {
    try {
      load((commit, head) => progress({ commit, head }));
      return health();
    } catch (error) {
      throw giveUp(error);
    }
  },
  apply(patch) {
    try {
      replica().apply(patch);
      return health();
    } catch (error) {
      throw giveUp(error);
    }
  },
  run(request) {
    try {
      const value = runJob(request, replica());
      return { value, health: health() };
    } catch (error) {
      if (!isTrap(error)) throw error;
      // No answer: the pool sees the thread die and gives the job to another reader, once.
      process.exit(1);
    }
  },
});
