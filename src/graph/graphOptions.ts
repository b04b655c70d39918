import type { ResultLimits } from './engine/queryLimits.js';
import type { Publication } from './engine/readerPublisher.js';
import type { ReaderPoolOptions } from './engine/readerPoolOptions.js';
import type { MemoryGuard } from './memoryGuard.js';

/** What a graph on a data folder is opened with. Times in milliseconds. */
export interface GraphOptions {
  readonly dataDir: string;
  readonly base: string;
  readonly unionDefaultGraph: boolean;
  readonly readers: number;
  readonly queryTimeout: number;
  /** Milliseconds a query may run when its caller may ask for more. Absent: `queryTimeout`. */
  readonly maxQueryTimeout?: number;
  /** What one answer may hold. */
  readonly resultLimits?: ResultLimits;
  readonly updateTimeout: number;
  /** Milliseconds a load may keep the writer. */
  readonly loadTimeout: number;
  /** Solutions the WHERE of an update may have. */
  readonly maxUpdateRows: number;
  /** Milliseconds the validation of a document may take that somebody with a token sent. */
  readonly validationTimeout: number;
  readonly version: string;
  /** The modules of the threads that know shapes and rules. */
  readonly writerEntry: URL;
  readonly validatorEntry: URL;
  readonly memory: MemoryGuard;
  readonly log: ReaderPoolOptions['log'];
  readonly progress?: (what: 'writer' | 'readers', commit: number) => void;
  /** Hears of every commit once the readers have been sent it; only after a purge (`reload`) is its promise waited for. */
  readonly published?: (publication: Publication) => Promise<void>;
}
