import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadProgress, ReaderOptions } from './readerProtocol.js';
import { ReaderThread } from './readerThread.js';

/** What the pool's log line needs of a logger. */
export interface ReaderLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
}

export interface SlotOptions {
  readonly index: number;
  readonly thread: Omit<ReaderOptions, 'folder'>;
  /** Folder in which each thread gets one of its own. */
  readonly folder: string;
  readonly log: ReaderLog;
  readonly entry: URL;
  /** The newest commit that was published: a thread started now will have it. */
  readonly published: () => number;
  /** A reader came up or is free again. */
  readonly ready: () => void;
}

/** Milliseconds between attempts to bring a reader up, doubled each time. */
const firstPause = 250;
const longestPause = 30_000;

let threads = 0;

/** One place in the pool: the reader that serves, and while it is being replaced the one that loads. */
export class ReaderSlot {
  readonly index: number;
  /** Ready to answer. */
  current: ReaderThread | undefined;
  /** Loading; patches go to it too. */
  next: ReaderThread | undefined;
  restarts = 0;
  readonly #options: SlotOptions;
  #renewing: Promise<void> | undefined;
  readonly #closing = new AbortController();

  constructor(options: SlotOptions) {
    this.index = options.index;
    this.#options = options;
  }

  get #closed(): boolean {
    return this.#closing.signal.aborted;
  }

  get renewing(): boolean {
    return this.#renewing !== undefined;
  }

  /** Brings a fresh reader up, which takes over from the one that serves; rejects when it cannot load. */
  start(progress: (progress: LoadProgress) => void = () => undefined): Promise<void> {
    return this.#once(() => this.#load(progress));
  }

  /** Replaces the reader, trying until it works; the one that serves goes on doing so meanwhile, if it can. */
  renew(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return this.#once(() => this.#untilStarted());
  }

  /** Ends the reader that serves, now, and brings up another one. */
  kill(reader: ReaderThread, reason: string): void {
    if (reader.dead) return;
    this.#options.log.warn({ reader: this.index, reason }, 'reader stopped');
    void reader.terminate();
    if (this.current === reader) this.#lost();
  }

  /** Closes a reader, after the job it is doing. */
  retire(reader: ReaderThread): void {
    reader.retired = true;
    if (this.current === reader) this.current = undefined;
    if (!reader.running) void reader.terminate();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const open = [this.current, this.next];
    this.current = undefined;
    await Promise.all(open.map((reader) => reader?.terminate()));
    await this.#renewing?.catch(() => undefined);
  }

  #once(action: () => Promise<void>): Promise<void> {
    return (this.#renewing ??= action().finally(() => (this.#renewing = undefined)));
  }

  async #load(progress: (progress: LoadProgress) => void = () => undefined): Promise<void> {
    const { thread, folder, published, ready, log, entry } = this.#options;
    const options = { ...thread, folder: join(folder, `reader-${(threads += 1)}`) };
    const fresh: ReaderThread = new ReaderThread(options, published(), (cause) => this.#died(fresh, cause), entry);
    this.next = fresh;
    try {
      await fresh.load(progress);
    } catch (error) {
      await fresh.terminate();
      throw error;
    } finally {
      if (this.next === fresh) this.next = undefined;
    }
    if (this.#closed) return fresh.terminate();
    const old = this.current;
    this.current = fresh;
    if (old) this.retire(old);
    log.info({ reader: this.index, audience: thread.audience, ...fresh.health, milliseconds: Math.round(fresh.loadTime) }, 'reader ready');
    ready();
  }

  async #untilStarted(): Promise<void> {
    for (let pause = firstPause; !this.#closed; pause = Math.min(pause * 2, longestPause)) {
      try {
        return await this.#load();
      } catch (error) {
        if (this.#closed) return;
        this.#options.log.warn({ reader: this.index, err: error, pause }, 'reader cannot load');
        await sleep(pause, undefined, { signal: this.#closing.signal, ref: false }).catch(() => undefined);
      }
    }
  }

  #died(reader: ReaderThread, cause: unknown): void {
    if (this.current !== reader || this.#closed) return;
    this.#options.log.warn({ reader: this.index, err: cause }, 'reader died');
    this.#lost();
  }

  #lost(): void {
    this.current = undefined;
    this.restarts += 1;
    void this.renew();
  }
}
