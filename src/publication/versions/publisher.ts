import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { PublisherNews, PublisherSettings } from './publisherProtocol.js';
import { publicationFile, removeStore, settingOf } from './schema.js';
import { lean } from '../../graph/threads/lean.js';

interface Log {
  warn(fields: object, message: string): void;
}

/** How far publication is. */
export interface PublishedState {
  readonly commit: number;
  readonly generation: string;
  /** There are commits whose versions are still to come. */
  readonly behind: boolean;
}

/** Milliseconds before a thread that died is started anew. */
const restartAfter = 1_000;

/**
 * The main thread's side of publication: starts the follower of the log, tells it of commits, and hears how far it is.
 * Read the versions with `openVersionReader(publisher.path)`, in whatever thread.
 */
export class Publisher {
  /** Path of the store; made by the thread soon after `start`. */
  readonly path: string;
  readonly #settings: PublisherSettings;
  readonly #log: Log;
  readonly #listeners = new Set<(state: PublishedState) => void>();
  #worker: Worker | undefined;
  #timer: NodeJS.Timeout | undefined;
  #state: PublishedState | undefined;
  /** Versions before this commit may hold what is no longer for everybody. */
  #heldUntil = 0;
  #closed = false;

  constructor(settings: PublisherSettings, log: Log) {
    this.#settings = settings;
    this.#log = log;
    this.path = join(settings.dataDir, publicationFile);
  }

  /** Starts to follow; does nothing when it already does. */
  start(): void {
    if (this.#worker || this.#closed) return;
    const worker = new Worker(new URL('./publisherWorker.js', import.meta.url), { workerData: this.#settings, resourceLimits: lean });
    this.#worker = worker;
    worker.on('message', (news: PublisherNews) => this.#hear(news));
    worker.on('error', (error) => this.#log.warn({ err: error }, 'the publisher stopped'));
    worker.on('exit', () => {
      this.#worker = undefined;
      if (!this.#closed) this.#timer = setTimeout(() => this.start(), restartAfter).unref();
    });
  }

  /** How far the versions are; undefined until the store is known to be in order. */
  get state(): PublishedState | undefined {
    return this.#state;
  }

  /** True while the versions may hold what is no longer for everybody: nothing of them may be shown. */
  get held(): boolean {
    return this.#state === undefined || this.#state.commit < this.#heldUntil;
  }

  /** Called after every step of the follower; answers how to stop. */
  listen(listener: (state: PublishedState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Tells of a commit. With `hides`, nothing is shown until it has been followed. */
  committed(commit: number, { hides }: { readonly hides: boolean }): void {
    if (hides) this.#heldUntil = Math.max(this.#heldUntil, commit);
    this.#worker?.postMessage(hides ? 'hurry' : 'look');
  }

  /** Tells of a purge: resolves when nothing of the purged text is in the store. */
  async purged(commit: number): Promise<void> {
    this.committed(commit, { hides: true });
    if (!this.#worker) {
      removeStore(this.path);
      return;
    }
    // A store of this or a later purge was made anew.
    await this.#until(({ generation }) => Number.parseInt(generation, 10) >= commit);
  }

  /** Resolves when the commit has been followed; false when that takes longer. */
  async reached(commit: number, milliseconds: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), milliseconds);
    });
    try {
      return await Promise.race([this.#until((state) => state.commit >= commit).then(() => true), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resolves when what must not be shown is out; false when that takes longer. */
  shown(milliseconds: number): Promise<boolean> {
    return this.reached(this.#heldUntil, milliseconds);
  }

  /** Removes a store that was made before the last purge of the log and not brought up to date since. */
  removeStale(lastPurge: number): void {
    if (lastPurge === 0 || !existsSync(this.path)) return;
    let purge = 0;
    try {
      const db = new Database(this.path, { readonly: true });
      purge = Number(settingOf(db, 'last-purge') ?? 0);
      db.close();
    } catch {
      // Whatever it is, it can be made anew.
    }
    if (purge < lastPurge) removeStore(this.path);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const worker = this.#worker;
    if (!worker) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage('close');
    // A bulk commit that is half followed is followed again at the next start.
    const timer = setTimeout(() => void worker.terminate(), 2_000);
    await ended;
    clearTimeout(timer);
  }

  #until(done: (state: PublishedState) => boolean): Promise<void> {
    if (this.#state && done(this.#state)) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.listen((state) => {
        if (!done(state)) return;
        stop();
        resolve();
      });
    });
  }

  #hear(news: PublisherNews): void {
    if ('problem' in news) {
      this.#log.warn({ problem: news.problem }, 'publication stands still');
      return;
    }
    const known = this.#state;
    if (known?.commit === news.commit && known.generation === news.generation && known.behind === news.behind) return;
    this.#state = news;
    for (const listener of this.#listeners) listener(news);
  }
}
