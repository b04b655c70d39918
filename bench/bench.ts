import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchService } from './benchService.js';
import { datasetSlug, turtle } from './dataset.js';
import type { Figure } from './figures.js';
import type { Options } from './options.js';

/** What a section works with: options, folders, services, the growing table. */
export class Bench {
  readonly options: Options;
  readonly figures: Figure[] = [];
  readonly #folders: string[] = [];
  readonly #services = new Set<BenchService>();
  /** Data folders with a loaded graph, by size; sections work on copies. */
  readonly #prepared = new Map<number, string>();

  constructor(options: Options) {
    this.options = options;
  }

  add(section: string, measure: string, unit: string, column: string, value: number | string): void {
    this.figures.push({ section, measure, unit, column, value });
  }

  progress(text: string): void {
    process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
  }

  async folder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'regiograaf-bench-'));
    this.#folders.push(path);
    return path;
  }

  async start(dataDir: string, settings: Readonly<Record<string, string>> = {}): Promise<BenchService> {
    const service = await BenchService.start({ dataDir, readers: this.options.readers, settings });
    this.#services.add(service);
    return service;
  }

  /** Loads the generated dataset; answers the milliseconds until it was committed. */
  async load(service: BenchService, quads: number): Promise<number> {
    const { milliseconds } = await service.write(`/datasets/${datasetSlug}/inhoud`, {
      method: 'PUT',
      headers: { 'content-type': 'text/turtle' },
      body: turtle(quads),
    });
    // Large commits reach the readers one by one: an answer that carries the data shows that one has it.
    await service.ask(`/sparql?query=${encodeURIComponent('ASK { ?s ?p ?o }')}`);
    return milliseconds;
  }

  /** Takes a folder with a loaded graph as the one that `copy` copies. */
  keep(quads: number, folder: string): void {
    this.#prepared.set(quads, folder);
  }

  /** A data folder with a graph of this size of its own. */
  async copy(quads: number): Promise<string> {
    let source = this.#prepared.get(quads);
    if (source === undefined) {
      this.progress(`preparing ${quads} quads`);
      source = await this.folder();
      const service = await this.start(source);
      await this.load(service, quads);
      await this.settled(source, quads);
      await service.stop('close');
      this.keep(quads, source);
    }
    const target = await this.folder();
    await cp(source, target, { recursive: true });
    return target;
  }

  /** Waits for the snapshot that the service writes after a large load. */
  async settled(folder: string, quads: number): Promise<void> {
    if (quads < 100_000) return;
    const begun = Date.now();
    for (; Date.now() - begun < 300_000; await sleep(200)) {
      const entries = await readdir(join(folder, 'snapshots')).catch(() => []);
      if (entries.some((name) => /^snapshot-\d+$/.test(name))) return;
    }
    this.progress('no snapshot within five minutes');
  }

  async close(): Promise<void> {
    for (const service of this.#services) await service.stop();
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }
}
