import { mkdirSync, rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { RpcClient } from '../threads/rpc.js';
import { overgrown, type MemoryLimits } from './overgrown.js';
import type { LoadProgress, ReaderCalls, ReaderHealth, ReaderOptions } from './readerProtocol.js';
import type { ReaderPatch } from './readerReplica.js';
import type { ReadRequest } from './readJobs.js';

/** Changes that may wait inline in the port of a busy reader; beyond that it reads them from the log. */
const maxBacklog = 50_000;

/**
 * Megabytes of V8 heap a reader may use (the engine's own memory is apart); more ends its thread. Far above the
 * longest string there can be: a single allocation beyond the limit would end the whole process.
 */
const heapMegabytes = 2048;

/** What runs in the thread. */
export const readerEntry: URL = new URL('./readerWorker.js', import.meta.url);

/** One reader thread as the pool sees it. */
export class ReaderThread {
  /** The newest commit posted to it: it applies that before any later job. */
  posted: number;
  /** Set once nothing may be asked of it any more. */
  dead = false;
  /** To be closed after the job it is doing. */
  retired = false;
  running = false;
  /** Patches it was sent that are too large to be applied between two jobs unnoticed. */
  applying = 0;
  /** How long its load took, in milliseconds: what killing it costs. */
  loadTime = 0;
  health: ReaderHealth = { commit: 0, quads: 0, memoryBytes: 0 };
  readonly #folder: string;
  readonly #worker: Worker;
  readonly #rpc: RpcClient<ReaderCalls>;
  #backlog = 0;
  #birthBytes = 0;

  constructor(options: ReaderOptions, posted: number, onDeath: (cause: unknown) => void, entry: URL = readerEntry) {
    this.posted = posted;
    this.#folder = options.folder;
    mkdirSync(options.folder, { mode: 0o700 });
    this.#worker = new Worker(entry, {
      workerData: options,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    let cause: unknown;
    // Before the client's own listeners, so that whoever it rejects finds the thread marked.
    this.#worker.on('error', (error) => {
      cause = error;
      this.dead = true;
    });
    this.#worker.on('exit', () => {
      this.dead = true;
      rmSync(this.#folder, { recursive: true, force: true });
      onDeath(cause);
    });
    this.#rpc = new RpcClient<ReaderCalls>(this.#worker);
  }

  /** Ready for a job. */
  get free(): boolean {
    return !this.dead && !this.retired && !this.running && this.applying === 0;
  }

  async load(progress: (progress: LoadProgress) => void): Promise<void> {
    const started = performance.now();
    this.health = await this.#rpc.call('load', null, { progress });
    this.loadTime = performance.now() - started;
    this.#birthBytes = this.health.memoryBytes;
    this.posted = Math.max(this.posted, this.health.commit);
  }

  /** Posts a patch at once; resolves when it is applied. */
  async apply({ number, changes }: ReaderPatch): Promise<void> {
    const inline = changes !== undefined && this.#backlog + changes.length <= maxBacklog ? changes : undefined;
    const lines = inline?.length ?? 0;
    this.#backlog += lines;
    this.posted = number;
    try {
      this.health = await this.#rpc.call('apply', inline ? { number, changes: inline } : { number });
    } finally {
      this.#backlog -= lines;
    }
  }

  async run(request: ReadRequest): Promise<unknown> {
    const { value, health } = await this.#rpc.call('run', request);
    this.health = health;
    return value;
  }

  overgrown(limits: MemoryLimits): boolean {
    return overgrown(this.health, this.#birthBytes, limits);
  }

  async terminate(): Promise<void> {
    this.dead = true;
    await this.#worker.terminate();
  }
}
