import type { Audience, ReaderPatch } from './readerReplica.js';
import type { Sight } from '../past/sight.js';
import type { ReadRequest } from './readJobs.js';

/** What a reader thread is started with. */
export interface ReaderOptions {
  readonly audience: Audience;
  readonly dataDir: string;
  readonly base: string;
  readonly unionDefaultGraph: boolean;
  /** Private folder of this thread, for sorting and long answers. */
  readonly folder: string;
  /** Bytes its engine may hold; an allocation beyond them traps. Absent: what the address space holds. */
  readonly engineBytes?: number;
  /** Its jobs may take long: it leaves the processor to the threads that somebody waits for. */
  readonly background?: boolean;
  /** For the thread of an old state: which, and what may be shown of it. */
  readonly sight?: Sight;
}

/** How a reader is doing; comes with every answer. */
export interface ReaderHealth {
  readonly commit: number;
  readonly quads: number;
  readonly memoryBytes: number;
}

/** How far a load is. */
export interface LoadProgress {
  readonly commit: number;
  readonly head: number;
}

export interface ReaderCalls {
  readonly load: { readonly args: null; readonly answer: ReaderHealth; readonly progress: LoadProgress };
  readonly apply: { readonly args: ReaderPatch; readonly answer: ReaderHealth };
  readonly run: { readonly args: ReadRequest; readonly answer: { readonly value: unknown; readonly health: ReaderHealth } };
}
