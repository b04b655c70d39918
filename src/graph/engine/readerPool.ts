import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../../faults.js';
import type { Change } from '../changeset.js';
import type { ReadJobName, ReadJobs, ReadRequest, ReadStreams } from './readJobs.js';
import { ReaderPublisher, type Publication } from './readerPublisher.js';
import type { LoadProgress } from './readerProtocol.js';
import { poolDefaults, type ReaderPoolOptions, type RunOptions } from './readerPoolOptions.js';
import { ReaderQueue, tooBusy, tooHeavy, type Lane, type QueuedJob } from './readerQueue.js';
import { ReaderSlot } from './readerSlot.js';
import { discard, unspool, type Spooled } from './readerSpool.js';
import { readerEntry, type ReaderThread } from './readerThread.js';

export interface PoolStatus {
  /** Readers that can answer. */
  readonly ready: number;
  readonly count: number;
  /** The newest commit that was published. */
  readonly commit: number;
  /** Quads of the fullest reader. */
  readonly quads: number;
  readonly memoryBytes: number;
  readonly waiting: Readonly<Record<Lane, number>>;
  /** Readers that had to be replaced because they died or were ended. */
  readonly restarts: number;
}

/**
 * The reader threads of one audience. Each does one job at a time; a job past its deadline costs its reader its life
 * and nobody else anything. Commits are posted to every reader before they count as published, and a reader handles
 * its messages in order: so a job submitted after `publish` resolved sees the commit.
 */
export class ReaderPool {
  readonly #options: ReaderPoolOptions & typeof poolDefaults;
  readonly #queue: ReaderQueue;
  readonly #slots: readonly ReaderSlot[];
  readonly #publisher: ReaderPublisher;
  readonly #folder: string;
  readonly #running = new Set<QueuedJob>();
  #idle: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: ReaderPoolOptions) {
    this.#options = { ...poolDefaults, ...options };
    this.#queue = new ReaderQueue(this.#options.waiting);
    this.#folder = mkdtempSync(join(tmpdir(), 'regiograaf-'));
    const { audience, dataDir, base, unionDefaultGraph = true, log, sight, engineBytes } = options;
    this.#slots = Array.from(
      { length: options.count },
      (_, index) =>
        new ReaderSlot({
          index,
          thread: {
            audience,
            dataDir,
            base,
            unionDefaultGraph,
            ...(sight ? { sight } : {}),
            ...(engineBytes === undefined ? {} : { engineBytes }),
            // With one reader alone there is nobody to leave the processor to.
            background: options.count > 1 && index > 0,
          },
          folder: this.#folder,
          log,
          entry: options.entry ?? readerEntry,
          published: () => this.#publisher.published,
          ready: () => this.#dispatch(),
        }),
    );
    this.#publisher = new ReaderPublisher(this.#slots, this.#options.bigCommit);
  }

  /** Loads the readers; rejects with what the first one that failed says. */
  async start(progress: (reader: number, progress: LoadProgress) => void = () => undefined): Promise<void> {
    await Promise.all(this.#slots.map((slot) => slot.start((loaded) => progress(slot.index, loaded))));
    this.#publisher.loaded(Math.max(...this.#slots.map((slot) => slot.current?.health.commit ?? 0)));
  }

  /**
   * Tells the readers of a commit that is in the log; commits come in order. Resolves when every job submitted from
   * then on sees it.
   */
  async publish(publication: Publication): Promise<void> {
    await this.#publisher.publish(publication, () => this.#dispatch());
    for (const slot of this.#slots) if (slot.current) this.#checkMemory(slot, slot.current);
  }

  /** Does a read on a reader that has every commit published so far. */
  run<K extends ReadJobName>(job: K, args: ReadJobs[K]['args'], options: RunOptions): Promise<ReadJobs[K]['answer']> {
    const { queryTimeout, maxQueryTimeout = queryTimeout, shortTimeout } = this.#options;
    const limits = options.lane === 'query' ? { usual: queryTimeout, most: maxQueryTimeout } : { usual: shortTimeout, most: shortTimeout };
    return this.#submit({ job, args }, options, limits) as Promise<ReadJobs[K]['answer']>;
  }

  /** An update's WHERE, evaluated to find out whether it ends in time: as a query of our own, one at a time. */
  async rehearse(args: ReadJobs['rehearse']['args'], timeout: number): Promise<void> {
    await this.#submit({ job: 'rehearse', args }, { lane: 'own' }, { usual: timeout, most: timeout }, this.#options.patience);
  }

  /** A read with a long answer, in batches, as fast as the consumer takes them; no reader is kept meanwhile. */
  async *stream<K extends keyof ReadStreams>(
    job: K,
    args: ReadJobs[K]['args'],
    options: RunOptions,
  ): AsyncGenerator<readonly ReadStreams[K][], void, undefined> {
    const answer = await this.#submit({ job, args }, options, { usual: this.#options.longTimeout, most: this.#options.longTimeout });
    for await (const rows of unspool(answer as Spooled)) {
      options.signal?.throwIfAborted();
      yield (job === 'export' ? rows : rows.map(changeOf)) as readonly ReadStreams[K][];
    }
  }

  status(): PoolStatus {
    const ready = this.#slots.flatMap((slot) => slot.current ?? []);
    return {
      ready: ready.length,
      count: this.#slots.length,
      commit: this.#publisher.published,
      quads: Math.max(0, ...ready.map((reader) => reader.health.quads)),
      memoryBytes: ready.reduce((sum, reader) => sum + reader.health.memoryBytes, 0),
      waiting: { query: this.#queue.waiting('query'), own: this.#queue.waiting('own'), short: this.#queue.waiting('short') },
      restarts: this.#slots.reduce((sum, slot) => sum + slot.restarts, 0),
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#idle);
    for (const job of [...this.#queue.drain(), ...this.#running]) job.reject(tooBusy());
    await Promise.all(this.#slots.map((slot) => slot.close()));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #submit(request: ReadRequest, { lane, timeout, signal, minCommit = 0, client = '' }: RunOptions, { usual, most }: { readonly usual: number; readonly most: number }, patience = Math.max(timeout ?? usual, this.#options.patience)): Promise<unknown> {
    return new Promise<unknown>((resolve, reject) => {
      if (this.#closed) return reject(tooBusy());
      if (signal?.aborted) return reject(signal.reason);
      const settle = (): void => {
        job.settled = true;
        signal?.removeEventListener('abort', onAbort);
      };
      const onAbort = (): void => {
        this.#queue.remove(job);
        job.reject(signal?.reason);
      };
      const job: QueuedJob = {
        request,
        lane,
        client,
        timeout: Math.min(timeout ?? usual, most),
        // Who allows a query a second need not be sent away because a reader comes up in two.
        patience,
        need: Math.max(minCommit, this.#publisher.published),
        attempts: 0,
        settled: false,
        resolve: (value) => (settle(), resolve(value)),
        reject: (error) => (settle(), reject(error)),
      };
      this.#queue.add(job);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#wake();
      this.#dispatch();
    });
  }

  #dispatch(): void {
    for (const slot of this.#slots) {
      const reader = slot.current;
      if (!reader?.free) continue;
      const job = this.#queue.take(this.#lanesOf(slot), reader.posted);
      if (job) void this.#do(job, slot, reader);
    }
  }

  /**
   * The first reader is kept for short reads, so that a page answers whatever queries do. It takes a query of our own
   * only while the others are at work for users, and any other only while the others apply a large commit: that is our own
   * doing, and ends; a query that kills readers must not reach it.
   */
  #lanesOf(slot: ReaderSlot): readonly Lane[] {
    const last = this.#slots.length - 1;
    // Pages by the hundred must not keep queries waiting either.
    if (slot.index > 0) return slot.index === last && last > 1 ? ['query', 'own', 'short'] : ['own', 'query', 'short'];
    const others = this.#slots.slice(1);
    if (others.every((other) => (other.current?.applying ?? 0) > 0)) return ['short', 'own', 'query'];
    const isLastResort = others.every((other) => other.current?.free !== true) && ![...this.#running].some(({ lane }) => lane === 'own');
    return isLastResort ? ['short', 'own'] : ['short'];
  }

  async #do(job: QueuedJob, slot: ReaderSlot, reader: ReaderThread): Promise<void> {
    reader.running = true;
    this.#running.add(job);
    const started = performance.now();
    const deadline = setTimeout(() => {
      job.reject(tooLong(job.timeout));
      slot.kill(reader, 'deadline');
    }, job.timeout);
    const patience = setInterval(() => this.#endAbandoned(job, slot, reader, started), this.#options.abortGrace);
    try {
      job.attempts += 1;
      const value = await reader.run(job.request);
      if (job.settled) discard(value);
      else job.resolve(value);
    } catch (error) {
      if (!reader.dead) job.reject(error);
      else if (!job.settled) this.#again(job);
    } finally {
      clearTimeout(deadline);
      clearInterval(patience);
      this.#running.delete(job);
      // What bringing up a fresh reader costs goes on the same account.
      this.#queue.used(job.client, performance.now() - started + (reader.dead ? reader.loadTime : 0));
      reader.running = false;
      if (reader.retired) void reader.terminate();
      else this.#checkMemory(slot, reader);
      this.#rest();
      this.#dispatch();
    }
  }

  /** A job nobody waits for is left to end by itself, unless that takes longer than a fresh reader would. */
  #endAbandoned(job: QueuedJob, slot: ReaderSlot, reader: ReaderThread, started: number): void {
    if (job.settled && performance.now() - started > Math.max(this.#options.abortGrace, reader.loadTime)) slot.kill(reader, 'abandoned');
  }

  #again(job: QueuedJob): void {
    if (this.#closed) job.reject(tooBusy());
    else if (job.attempts > 1) job.reject(tooHeavy());
    else this.#queue.putBack(job);
  }

  /** One at a time, the fresh one first: there is never a reader less than before. */
  #checkMemory(slot: ReaderSlot, reader: ReaderThread): void {
    if (reader.dead || slot.current !== reader || this.#slots.some((other) => other.renewing)) return;
    if (reader.overgrown(this.#options)) {
      this.#options.log.info({ reader: slot.index, ...reader.health }, 'reader outgrew its quads and is replaced');
      void slot.renew();
    }
  }

  /** Starts the readers of a pool that rests. */
  #wake(): void {
    clearTimeout(this.#idle);
    for (const slot of this.#slots) if (!slot.current && !slot.next) void slot.renew();
  }

  #rest(): void {
    const { idleClose } = this.#options;
    if (idleClose === undefined || this.#closed) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      if (this.#running.size > 0 || Object.values(this.status().waiting).some((waiting) => waiting > 0)) return;
      for (const slot of this.#slots) if (slot.current) slot.retire(slot.current);
    }, idleClose).unref();
  }
}

function changeOf(row: string): Change {
  return { op: row.startsWith('-') ? '-' : '+', line: row.slice(1) };
}

function tooLong(limit: number): Fault {
  const seconds = limit / 1000;
  return new Fault(
    'query-timeout',
    {
      nl: `De vraag was na ${seconds} seconden niet klaar en is gestopt. Vraag minder tegelijk, bijvoorbeeld met LIMIT of een smaller patroon.`,
      en: `The query was not done after ${seconds} seconds and was stopped. Ask for less at a time, with LIMIT or a narrower pattern.`,
    },
    { retryAfter: 1, extra: { limitSeconds: seconds } },
  );
}
