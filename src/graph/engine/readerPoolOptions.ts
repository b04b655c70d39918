import type { QueryRequest, ReadOptions } from '../api.js';
import type { Sight } from '../past/sight.js';
import { memoryLimits } from './overgrown.js';
import type { Lane, LaneLimits } from './readerQueue.js';
import type { Audience } from './readerReplica.js';
import type { ReaderLog } from './readerSlot.js';

export interface ReaderPoolOptions {
  /** Readers. With two or more, one is kept for short reads. */
  readonly count: number;
  readonly audience: Audience;
  readonly dataDir: string;
  readonly base: string;
  readonly unionDefaultGraph?: boolean;
  /** Milliseconds a query may run, when its caller asks for no other limit. */
  readonly queryTimeout: number;
  /** Milliseconds a caller may ask for at most. Absent: `queryTimeout`. */
  readonly maxQueryTimeout?: number;
  readonly shortTimeout: number;
  /** For long answers: their work is bounded by the data, not by what somebody asks. */
  readonly longTimeout?: number;
  /** Milliseconds a job may wait for a reader, when that is more than it may run: others may have cost readers their life. */
  readonly patience?: number;
  /** Jobs that may wait in each lane. */
  readonly waiting?: LaneLimits;
  /** A reader whose engine holds more bytes than `memoryFloor + memoryPerQuad * quads` is replaced by a fresh one. */
  readonly memoryPerQuad?: number;
  /** Bytes each engine may hold. */
  readonly engineBytes?: number;
  readonly memoryFloor?: number;
  /** Changes above which a commit goes to one reader at a time. */
  readonly bigCommit?: number;
  /** Milliseconds an abandoned job may go on before its reader is ended; never less than a load takes. */
  readonly abortGrace?: number;
  /** Milliseconds without work after which the readers are closed; the next job starts them. Absent: never. */
  readonly idleClose?: number;
  readonly log: ReaderLog;
  /** Another thread that speaks the readers' protocol. */
  readonly entry?: URL;
  /** The old state it reads, when it is one of those. */
  readonly sight?: Sight;
}

export interface RunOptions {
  readonly lane: Lane;
  /** Milliseconds; at most the limit of the lane, or of long answers. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  /** Answer only from this commit on. */
  readonly minCommit?: number;
  /** Who asks; '' for the service itself. */
  readonly client?: string;
}

/** How a query is run, from what came with it. */
export function queryRun({ timeout, minCommit }: QueryRequest, { signal, client, own = false, brief = false }: ReadOptions): RunOptions {
  return {
    lane: brief ? 'short' : own ? 'own' : 'query',
    ...(timeout === undefined ? {} : { timeout }),
    ...(minCommit === undefined ? {} : { minCommit }),
    ...(signal ? { signal } : {}),
    ...(client === undefined ? {} : { client }),
  };
}

/** What holds where `ReaderPoolOptions` says nothing. */
export const poolDefaults = { ...memoryLimits, waiting: { query: 128, own: 256, short: 512 }, bigCommit: 50_000, abortGrace: 250, longTimeout: 600_000, patience: 15_000 };
