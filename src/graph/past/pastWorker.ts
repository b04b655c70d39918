import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { isTrap } from '../engine/oxigraphModule.js';
import { OxigraphReplica } from '../engine/oxigraphReplica.js';
import type { ReaderContext } from '../engine/readerContext.js';
import type { ReaderCalls, ReaderHealth, ReaderOptions } from '../engine/readerProtocol.js';
import { runJob } from '../engine/readJobs.js';
import { journalFile, openJournalReader } from '../journal/openJournal.js';
import { giveWay } from '../threads/giveWay.js';
import { serve } from '../threads/rpc.js';
import { pastReplica } from './pastReplica.js';

/** The thread of one old state: a reader that never changes. It speaks the readers' protocol. */
if (parentPort === null) throw new Error('pastWorker is started as a worker thread');
const port = parentPort;
const { dataDir, base, unionDefaultGraph, folder, sight }: ReaderOptions = workerData;

const engine = new OxigraphReplica({ base, unionDefaultGraph });
let loaded: ReaderContext | undefined;

function replica(): ReaderContext {
  if (!loaded) throw new Error('the old state is not loaded');
  return loaded;
}

function health(): ReaderHealth {
  return { commit: replica().commit, quads: engine.size, memoryBytes: engine.memoryBytes };
}

serve<ReaderCalls>(port, {
  load() {
    if (!sight) throw new Error('pastWorker is told what it may show');
    giveWay('background');
    loaded = pastReplica({ engine, journal: openJournalReader(join(dataDir, journalFile)), base, dataDir, folder, sight });
    return health();
  },
  apply() {
    throw new Error('an old state does not change');
  },
  run(request) {
    try {
      return { value: runJob(request, replica()), health: health() };
    } catch (error) {
      if (!isTrap(error)) throw error;
      process.exit(1);
    }
  },
});
