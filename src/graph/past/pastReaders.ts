import { Fault } from '../../faults.js';
import { ReaderPool } from '../engine/readerPool.js';
import type { ReaderPoolOptions } from '../engine/readerPoolOptions.js';
import type { MemoryGuard } from '../memoryGuard.js';
import type { Sight } from './sight.js';

export interface PastReadersOptions extends Pick<ReaderPoolOptions, 'dataDir' | 'base' | 'unionDefaultGraph' | 'queryTimeout' | 'shortTimeout' | 'engineBytes' | 'log'> {
  readonly memory: Pick<MemoryGuard, 'usage' | 'limitBytes'>;
  /** Old states that are kept at a time. */
  readonly kept?: number;
  /** Milliseconds a state is kept after the last question about it. */
  readonly idle?: number;
  /** Milliseconds in which somebody who was told to come back is expected. */
  readonly expected?: number;
  /** Milliseconds a question waits while its state is being made. */
  readonly patience?: number;
  /** Share of the memory limit that old states together may take. */
  readonly share?: number;
}

interface OldState {
  readonly pool: ReaderPool;
  readonly ready: Promise<void>;
  readonly bytes: number;
  users: number;
  /** The last one left just now, and may have been told to come back. */
  expected: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** Bytes the engine of the smallest state may hold: room for a query. */
const leastEngine = 256 * 1024 * 1024;
const defaults = { kept: 2, idle: 3 * 60_000, expected: 15_000, patience: 20_000, share: 0.25 };

/** What a thread costs before it holds anything, and what a quad adds, the merged graph and the load included. */
const threadBytes = 64 * 1024 * 1024;
const quadBytes = 1200;
/** States that may wait to be made. */
const mostWaiting = 8;

const pastEntry: URL = new URL('./pastWorker.js', import.meta.url);

/**
 * Old states of the graph, each in a thread of its own: made one at a time when somebody asks, kept for the next
 * question about the same commit, closed after a while. The live readers take no part.
 */
export class PastReaders {
  readonly #options: PastReadersOptions & typeof defaults;
  readonly #states = new Map<string, OldState>();
  #building: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(options: PastReadersOptions) {
    this.#options = { ...defaults, ...options };
  }

  /** Whether the state is there, or on its way. */
  has(sight: Sight): boolean {
    return this.#states.has(keyOf(sight));
  }

  /** Does something with the reader of a state; Fault busy when there is no room for it, or not yet. */
  async use<T>(sight: Sight, work: (pool: ReaderPool) => Promise<T>): Promise<T> {
    using lease = await this.lease(sight);
    return await work(lease.pool);
  }

  /** The reader of a state, which stays until the lease ends. */
  async lease(sight: Sight): Promise<Disposable & { readonly pool: ReaderPool }> {
    const key = keyOf(sight);
    const state = this.#states.get(key) ?? this.#begin(key, sight);
    state.users += 1;
    clearTimeout(state.timer);
    const release = (): void => this.#released(key, state);
    try {
      await this.#patiently(state.ready);
    } catch (error) {
      release();
      throw error;
    }
    return { pool: state.pool, [Symbol.dispose]: release };
  }

  /** Closes every state, also those being made: a purge took text out of the past. */
  async forget(): Promise<void> {
    await Promise.all([...this.#states.keys()].map((key) => this.#end(key)));
  }

  async close(): Promise<void> {
    await this.forget();
    await this.#building.catch(() => undefined);
  }

  #begin(key: string, sight: Sight): OldState {
    const { memory, share, kept, idle: _, patience: _p, expected: _e, ...shared } = this.#options;
    const bytes = threadBytes + quadBytes * sight.quads;
    if (bytes > memory.limitBytes * share) throw tooLarge(sight.at.number);
    if (this.#waiting >= mostWaiting) throw notYet(5);
    this.#makeRoom(bytes, kept, memory.limitBytes * share);
    const { rssBytes } = memory.usage();
    if (rssBytes + bytes > memory.limitBytes) throw noRoom();
    const { engineBytes = Number.POSITIVE_INFINITY } = shared;
    const pool = new ReaderPool({ ...shared, engineBytes: Math.min(engineBytes, Math.max(leastEngine, bytes * 2)), audience: 'privileged', count: 1, entry: pastEntry, sight });
    this.#waiting += 1;
    const ready = this.#building.then(async () => {
      try {
        // Nothing is made for who asked and went away.
        if (this.#states.get(key) !== state || (state.users === 0 && !state.expected)) throw notYet(1);
        await pool.start();
      } finally {
        this.#waiting -= 1;
      }
    });
    this.#building = ready.catch(() => undefined);
    ready.catch((error: unknown) => {
      if (this.#states.get(key) !== state) return;
      if (state.users > 0 || state.expected) this.#options.log.warn({ err: error, commit: sight.at.number }, 'old state cannot load');
      void this.#end(key);
    });
    const state: OldState = { pool, ready, bytes, users: 0, expected: false, timer: undefined };
    this.#states.set(key, state);
    return state;
  }

  #released(key: string, state: OldState): void {
    state.users -= 1;
    if (state.users > 0 || this.#states.get(key) !== state) return;
    // Last used last: the first one is the one to close when there is no room.
    this.#states.delete(key);
    this.#states.set(key, state);
    state.expected = true;
    state.timer = setTimeout(() => this.#left(key, state), this.#options.expected).unref();
  }

  /** Nobody came back for a state: it is kept for a while, unless there are more like it. */
  #left(key: string, state: OldState): void {
    state.expected = false;
    state.timer = setTimeout(() => void this.#end(key), this.#options.idle).unref();
    this.#tidy();
  }

  /** Closes states beyond those that are kept, of those nobody uses or is expected back for. */
  #tidy(): void {
    for (const [key, state] of this.#states) {
      if (this.#states.size <= this.#options.kept) return;
      if (state.users === 0 && !state.expected) void this.#end(key);
    }
  }

  /** Closes states nobody uses, the longest unused first, until there is room for one more. */
  #makeRoom(bytes: number, kept: number, most: number): void {
    const taken = (): number => [...this.#states.values()].reduce((sum, state) => sum + state.bytes, 0);
    for (const [key, { users }] of this.#states) {
      if (this.#states.size < kept && taken() + bytes <= most) return;
      if (users === 0) void this.#end(key);
    }
    if (this.#states.size >= kept + mostWaiting || (this.#states.size >= kept && taken() + bytes > most)) throw notYet(5);
  }

  async #patiently(ready: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(notYet(5)), this.#options.patience);
    });
    try {
      await Promise.race([ready, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #end(key: string): Promise<void> {
    const state = this.#states.get(key);
    if (!state) return;
    this.#states.delete(key);
    clearTimeout(state.timer);
    await state.pool.close();
  }
}

function keyOf({ at, mark }: Sight): string {
  return `${at.number} ${mark}`;
}

function notYet(seconds: number): Fault {
  return new Fault(
    'busy',
    {
      nl: 'De oude versie wordt nog klaargezet. Probeer het over enkele seconden opnieuw.',
      en: 'The old version is still being prepared. Try again in a few seconds.',
    },
    { retryAfter: seconds },
  );
}

function noRoom(): Fault {
  return new Fault(
    'busy',
    {
      nl: 'Er is nu te weinig geheugen vrij om een oude versie klaar te zetten. Probeer het over een minuut opnieuw.',
      en: 'There is too little memory free now to prepare an old version. Try again in a minute.',
    },
    { retryAfter: 60 },
  );
}

function tooLarge(commit: number): Fault {
  return new Fault(
    'busy',
    {
      nl: `Versie ${commit} is te groot om ze naast de huidige klaar te zetten: deze dienst heeft daar het geheugen niet voor. Vraag het verschil (/diff) of de geschiedenis van één ding, of geef de dienst meer geheugen.`,
      en: `Version ${commit} is too large to be prepared beside the current one: this service has no memory for it. Ask for the difference (/diff) or the history of one thing, or give the service more memory.`,
    },
    { retryAfter: 3600 },
  );
}
