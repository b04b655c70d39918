import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { snapshotsFolder } from '../copies.js';
import { newestSnapshot, readSnapshot, trustOf } from '../snapshot/readSnapshot.js';
import { giveWay } from '../threads/giveWay.js';
import { Transferred } from '../threads/messages.js';
import { serve } from '../threads/rpc.js';
import type { JournalReader } from '../journal/journal.js';
import { journalFile, openJournalReader } from '../journal/openJournal.js';
import { publicOnly } from '../dataset.js';
import { engineFailed, tooDeep } from './engineFaults.js';
import { isMemoryFull, isOverflow, isTrap } from './oxigraphModule.js';
import { OxigraphReplica } from './oxigraphReplica.js';
import { tooHeavy } from './readerQueue.js';
import { runJob } from './readJobs.js';
import type { ReaderCalls, ReaderHealth, ReaderOptions } from './readerProtocol.js';
import { ReaderReplica, type LoadSource } from './readerReplica.js';

/**
 * The reader thread: one replica, one job at a time. Patches and jobs are messages on one port, handled in the order
 * in which they were posted: that is what makes every later read see an acknowledged commit.
 */
if (parentPort === null) throw new Error('readerWorker is started as a worker thread');
const port = parentPort;
const { audience, dataDir, base, unionDefaultGraph, folder, background }: ReaderOptions = workerData;

if (background === true) giveWay('queries');

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
  warmUp(fresh);
  loaded = fresh;
  setImmediate(() => warmOn(fresh, warmRounds));
}

const warmRounds = 60;

/** The first query builds the parser and has much compiled: that must not count against the deadline of whoever asks it. */
function warmUp(fresh: ReaderReplica): void {
  for (const query of ['ASK { ?s ?p ?o }', 'SELECT * { ?s ?p ?o OPTIONAL { ?o ?q ?r } FILTER(?s != ?o) } LIMIT 1', 'CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1']) {
    runJob({ job: 'query', args: { request: { query, resultFormat: 'application/sparql-results+json', graphFormat: 'application/n-triples' }, visibility: publicOnly } }, fresh);
  }
}

/** Goes on between what others ask: code that ran often is compiled well, and a first query then takes half as long. */
function warmOn(fresh: ReaderReplica, rounds: number): void {
  if (rounds === 0) return;
  warmUp(fresh);
  setImmediate(() => warmOn(fresh, rounds - 1));
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

/** Bytes of an answer that are its own, so that they can change hands. */
function bytesOf(value: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (typeof value !== 'object' || value === null || !('bytes' in value) || !(value.bytes instanceof Uint8Array)) return undefined;
  const { bytes } = value;
  return bytes.buffer instanceof ArrayBuffer && bytes.buffer.byteLength === bytes.byteLength ? (bytes as Uint8Array<ArrayBuffer>) : undefined;
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
    const before = engine.memoryBytes;
    try {
      const value = runJob(request, replica());
      const answer = { value, health: health() };
      const bytes = bytesOf(value);
      return bytes ? new Transferred(answer, [bytes.buffer]) : answer;
    } catch (error) {
      if (!isTrap(error)) throw error;
      // After a trap the engine is not to be trusted. A query that filled the memory, or the stack, would do so in the
      // next reader too: it is told so.
      if (!isMemoryFull()) throw giveUp(isOverflow(error) ? tooDeep() : engineFailed(error));
      if (engine.memoryBytes > before * 1.25) throw giveUp(tooHeavy());
      // Others had filled it. No answer: the pool sees the thread die and gives the job to another reader, once.
      process.exit(1);
    }
  },
});
