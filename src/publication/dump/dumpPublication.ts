import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { CataloguedDump } from '../catalogue/model.js';
import type { Closings } from '../closings.js';
import type { DumpNews, DumpThreadOptions } from './dumpThread.js';
import { dumpFolder, newestDumps, removeDumps, type DumpFile, type FoundDumps } from './manifest.js';
import { lean } from '../../graph/threads/lean.js';

export interface DumpOptions extends Omit<DumpThreadOptions, 'when'> {
  readonly when: DumpThreadOptions['when'] | 'off';
  readonly closings: Closings;
  readonly log: { warn(fields: object, message: string): void };
}

const restartPause = 5000;
/** How long a purge waits for the thread, which may be making a set; nobody is given the old one meanwhile. */
const purgePatience = 30_000;

/** The full downloads of the service: a thread that makes them, and what there is. */
export class DumpPublication {
  readonly #options: DumpOptions;
  readonly #root: string;
  readonly #listeners = new Set<() => void>();
  #worker: Worker | undefined;
  #current: FoundDumps | undefined;
  #scanned = 0;
  #closed = false;

  constructor(options: DumpOptions) {
    this.#options = options;
    this.#root = join(options.dataDir, dumpFolder);
  }

  get isOff(): boolean {
    return this.#options.when === 'off';
  }

  /** Whether nothing can be given out that may be public no longer. */
  get isClean(): boolean {
    return this.isOff || this.#scanned >= this.#options.closings.until;
  }

  /** The newest set; undefined until there is one. Ask it when `isClean`. */
  get current(): FoundDumps | undefined {
    return this.#current;
  }

  /** A file by its path below `/dumps/`, and where it is on disk. */
  file(path: string): { readonly file: DumpFile; readonly onDisk: string; readonly commit: number } | undefined {
    const current = this.#current;
    const file = current?.manifest.files.find((one) => one.path === path);
    if (!current || !file) return undefined;
    const onDisk = join(current.folder, file.file);
    return existsSync(onDisk) ? { file, onDisk, commit: current.manifest.commit } : undefined;
  }

  /** What there is, for the catalogue: addresses, sizes and digests. */
  catalogued(): readonly CataloguedDump[] {
    const { manifest } = this.#current ?? {};
    if (!manifest || !this.isClean) return [];
    return manifest.files.map(({ path, dataset, mediaType, compressed, bytes, sha256 }) => {
      const about = { url: `${manifest.base}dumps/${path}`, mediaType, compressed, bytes, sha256, modified: manifest.made };
      return dataset === undefined ? about : Object.assign(about, { dataset });
    });
  }

  /** Called when a set is made or taken away; answers how to stop. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Tells of a purge: resolves when nothing of before is left on disk. */
  async purged(commit: number): Promise<void> {
    if (this.#worker) for (const begun = Date.now(); this.#scanned < commit && Date.now() - begun < purgePatience; ) await sleep(50);
    else removeDumps(this.#root);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    if (!worker) return;
    const gone = once(worker, 'exit');
    worker.postMessage('stop');
    await gone;
  }

  /** Starts to follow the log; does nothing when it already does, or when downloads are off. */
  start(): void {
    if (this.#worker || this.#closed || this.isOff) return;
    const { dataDir, base, when, log } = this.#options;
    const worker = new Worker(new URL('./dumpThread.js', import.meta.url), { workerData: { dataDir, base, when }, resourceLimits: lean });
    worker.unref();
    worker.on('message', (news: DumpNews) => {
      if ('fault' in news) log.warn(news, 'full downloads wait');
      else if ('scanned' in news) {
        if (this.#scanned === 0) this.#refresh();
        this.#scanned = news.scanned;
      } else this.#refresh();
    });
    worker.on('error', (error) => log.warn({ err: error }, 'the thread of the full downloads ended'));
    worker.on('exit', () => {
      this.#worker = undefined;
      if (!this.#closed) setTimeout(() => this.start(), restartPause).unref();
    });
    this.#worker = worker;
  }

  #refresh(): void {
    this.#current = newestDumps(this.#root);
    for (const listener of this.#listeners) listener();
  }
}
