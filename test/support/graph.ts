import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstCommit } from '../../src/datasets/seed.js';
import { Stager } from '../../src/datasets/stager.js';
import type { StagedDocument, WriteAction, WriteOutcome } from '../../src/graph/api.js';
import type { GraphOptions } from '../../src/graph/graphOptions.js';
import { Graph } from '../../src/graph/knowledgeGraph.js';
import { MemoryGuard } from '../../src/graph/memoryGuard.js';
import type { Principal } from '../../src/graph/principal.js';
import { validatorEntry, writerEntry } from '../../src/service.js';
import { formatByMediaType } from '../../src/rdf/mediaTypes.js';

export const base = 'http://localhost:3000/';

export const administrator: Principal = {
  role: 'administrator',
  organisation: 'Testbestuur',
  token: 'test',
  write: '*',
  createDatasets: true,
  visibility: { restricted: '*' },
};

const quiet = { info: () => undefined, warn: () => undefined };

/** A graph on a folder of its own, without HTTP and without seed, for tests of the kernel as a whole. */
export class TestGraph {
  readonly folder: string;
  graph: Graph;
  readonly stager: Stager;
  readonly #options: Partial<GraphOptions>;

  private constructor(folder: string, graph: Graph, stager: Stager, options: Partial<GraphOptions>) {
    this.folder = folder;
    this.graph = graph;
    this.stager = stager;
    this.#options = options;
  }

  static async open(options: Partial<GraphOptions> = {}): Promise<TestGraph> {
    const folder = await mkdtemp(join(tmpdir(), 'regiograaf-test-'));
    const stager = await Stager.open({ folder: join(folder, 'staging'), base, maxBytes: 1024 ** 3 });
    const graph = await openGraph(folder, options);
    const { request } = await firstCommit(base, stager, { seed: false });
    await graph.write(request, administrator);
    return new TestGraph(folder, graph, stager, options);
  }

  /** A graph on a folder that is there already. */
  static async on(folder: string, options: Partial<GraphOptions> = {}): Promise<TestGraph> {
    const stager = await Stager.open({ folder: join(folder, 'staging'), base: options.base ?? base, maxBytes: 1024 ** 3 });
    return new TestGraph(folder, await openGraph(folder, options), stager, options);
  }

  /** Closes the graph and opens it again on the same folder. */
  async reopen(): Promise<void> {
    await this.graph.close();
    this.graph = await openGraph(this.folder, this.#options);
  }

  async close(): Promise<void> {
    await this.graph.close();
    await this.stager.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  stage(text: string, mediaType = 'text/turtle', baseIri?: string): Promise<StagedDocument> {
    const format = formatByMediaType(mediaType);
    if (!format) throw new Error(`no format ${mediaType}`);
    return this.stager.stage([Buffer.from(text)], { format, ...(baseIri === undefined ? {} : { baseIri }) });
  }

  write(action: WriteAction, principal = administrator): Promise<WriteOutcome> {
    return this.graph.write({ action, source: 'update', note: { message: 'test' } }, principal);
  }

  async load(dataset: string, text: string, mode: 'add' | 'replace' = 'add', mediaType = 'text/turtle'): Promise<WriteOutcome> {
    const document = await this.stage(text, mediaType);
    const outcome = await this.write({ kind: 'load', dataset, mode, document });
    await this.stager.discard(document);
    return outcome;
  }

  update(update: string, principal = administrator): Promise<WriteOutcome> {
    return this.write({ kind: 'update', update }, principal);
  }

  /** Solutions of a SELECT as the JSON results format gives them. */
  async select(query: string, principal?: Principal): Promise<Record<string, { type: string; value: string }>[]> {
    const answer = await this.graph.query(
      { query, resultFormat: 'application/sparql-results+json', graphFormat: 'text/turtle' },
      principal?.visibility ?? { restricted: [] },
    );
    const { results }: { results: { bindings: Record<string, { type: string; value: string }>[] } } = JSON.parse(answer.body);
    return results.bindings;
  }

  async lines(dataset: string): Promise<string[]> {
    const lines: string[] = [];
    for await (const batch of this.graph.export(dataset, { restricted: '*' })) lines.push(...batch);
    return lines;
  }
}

function openGraph(folder: string, options: Partial<GraphOptions>): Promise<Graph> {
  return Graph.open({
    dataDir: folder,
    base,
    unionDefaultGraph: true,
    readers: 2,
    queryTimeout: 10_000,
    updateTimeout: 30_000,
    loadTimeout: 60_000,
    maxUpdateRows: 1_000_000,
    validationTimeout: 60_000,
    version: 'test',
    writerEntry,
    validatorEntry,
    memory: new MemoryGuard(0, () => undefined),
    log: quiet,
    ...options,
  });
}
