import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Closings } from '../closings.js';
import type { FollowerOptions } from './deltaFollower.js';
import { DeltaSource } from './deltaSource.js';
import type { DeltaStream } from './streams.js';

/** Megabytes of V8 heap: it holds a batch of versions, never a whole commit. */
const heapMegabytes = 512;
const restartPause = 5000;

export interface PublicationOptions extends Omit<FollowerOptions, 'now'> {
  readonly closings: Closings;
  readonly log: { warn(fields: object, message: string): void };
}

/** The delta streams of the service: a thread that makes them, and reading them. */
export class DeltaPublication {
  readonly source: DeltaSource;
  readonly streams: readonly DeltaStream[];
  readonly #options: PublicationOptions;
  #worker: Worker | undefined;
  #closed = false;

  constructor(options: PublicationOptions) {
    this.#options = options;
    this.streams = options.streams;
    this.source = new DeltaSource(options.dataDir);
    this.#start();
  }

  /** Whether nothing can be given out that may be public no longer. */
  get isClean(): boolean {
    return this.source.scanned >= this.#options.closings.until;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    if (worker) {
      const gone = once(worker, 'exit');
      worker.postMessage('stop');
      await gone;
    }
    this.source.close();
  }

  #start(): void {
    const { dataDir, base, streams, kinds, dumpInterval, retention, log } = this.#options;
    const workerData: FollowerOptions = { dataDir, base, streams, kinds, dumpInterval, retention };
    const worker = new Worker(new URL('./deltaThread.js', import.meta.url), { workerData, resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } });
    worker.unref();
    worker.on('message', (message: { readonly fault: string }) => log.warn(message, 'delta files wait'));
    worker.on('error', (error) => log.warn({ err: error }, 'the thread of the delta files ended'));
    worker.on('exit', () => {
      this.#worker = undefined;
      if (!this.#closed) setTimeout(() => this.#closed || this.#start(), restartPause).unref();
    });
    this.#worker = worker;
  }
}
