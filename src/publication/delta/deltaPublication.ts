import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Closings } from '../closings.js';
import type { FollowerOptions } from './deltaFollower.js';
import { DeltaSource } from './deltaSource.js';
import type { CataloguedStream } from '../catalogue/model.js';
import { mergedScope } from '../versions/contract.js';
import { streamSubject } from './names.js';
import { deltaFolder } from './schema.js';
import type { DeltaStream } from './streams.js';
import { lean } from '../../graph/threads/lean.js';

/** Megabytes of V8 heap: it holds a batch of versions, never a whole commit. */
const heapMegabytes = 512;
const restartPause = 5000;
/** How long a purge waits for the thread; what is not gone by then is given out by nobody and goes later. */
const purgePatience = 30_000;

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
  }

  /** Whether nothing can be given out that may be public no longer. */
  get isClean(): boolean {
    return this.source.scanned >= this.#options.closings.until;
  }

  /** The streams that are open to all, as datasets of the catalogue: those that can be taken over. */
  catalogued(): readonly CataloguedStream[] {
    const { base } = this.#options;
    return this.streams
      .filter(({ name, closed }) => !closed && this.source.stream(name) !== undefined)
      .map(({ name, title, scope }) => {
        const iri = streamSubject(base, name);
        const about = {
          iri,
          view: iri,
          title: { nl: `Synchronisatie: ${title.nl}`, en: `Delta sync: ${title.en}` },
          description: {
            nl: `Een dump en daarna elke wijziging van wat tot “${title.nl}” hoort, voor delta-consumer van LBLOD.`,
            en: `A dump and then every change of what belongs to “${title.en}”, for the delta-consumer of LBLOD.`,
          },
          mediaType: 'application/vnd.api+json',
          service: 'delta',
        };
        return scope === mergedScope ? about : Object.assign(about, { dataset: scope });
      });
  }

  /** Tells of a purge: resolves when nothing of before is left on disk. */
  async purged(commit: number): Promise<void> {
    if (this.#worker) {
      for (const begun = Date.now(); this.source.scanned < commit && Date.now() - begun < purgePatience; ) await sleep(50);
      return;
    }
    this.source.close();
    rmSync(join(this.#options.dataDir, deltaFolder), { recursive: true, force: true });
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

  /** Starts to follow the log; does nothing when it already does. */
  start(): void {
    if (this.#worker || this.#closed) return;
    const { dataDir, base, streams, kinds, dumpInterval, retention, log } = this.#options;
    const workerData: FollowerOptions = { dataDir, base, streams, kinds, dumpInterval, retention };
    const worker = new Worker(new URL('./deltaThread.js', import.meta.url), { workerData, resourceLimits: { ...lean, maxOldGenerationSizeMb: heapMegabytes } });
    worker.unref();
    worker.on('message', (message: { readonly fault: string }) => log.warn(message, 'delta files wait'));
    worker.on('error', (error) => log.warn({ err: error }, 'the thread of the delta files ended'));
    worker.on('exit', () => {
      this.#worker = undefined;
      if (!this.#closed) setTimeout(() => this.start(), restartPause).unref();
    });
    this.#worker = worker;
  }
}
