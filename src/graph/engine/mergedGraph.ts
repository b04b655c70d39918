import type { StoredQuads } from './storedQuads.js';

/**
 * The merged default graph: the store's own default graph holds each triple that at least one merged dataset holds.
 * Batches in, batches out; every step may be repeated without harm.
 */
export class MergedGraph {
  readonly #stored: StoredQuads;
  #datasets: ReadonlySet<string> = new Set();

  constructor(stored: StoredQuads) {
    this.#stored = stored;
  }

  get datasets(): ReadonlySet<string> {
    return this.#datasets;
  }

  /** Changes which datasets are merged. Only datasets that come or go are read, `batchSize` triples at a time. */
  setDatasets(datasets: ReadonlySet<string>, batchSize: number): void {
    const before = this.#datasets;
    this.#datasets = datasets;
    for (const dataset of before) {
      if (!datasets.has(dataset)) for (const batch of this.#stored.triples(dataset, batchSize)) this.#stored.remove([], this.#orphans(batch));
    }
    for (const dataset of datasets) if (!before.has(dataset)) this.#enter(dataset, batchSize);
  }

  /** Copies within the engine: half the time of reading and writing. */
  #enter(dataset: string, batchSize: number): void {
    for (const page of this.#stored.pages(dataset, batchSize, (pattern) => `{ GRAPH <${dataset}> { ${pattern} } }`)) {
      this.#stored.update(`INSERT { ?s ?p ?o } WHERE { ${page} }`);
    }
  }

  /** Those of the triples that no merged dataset holds. */
  #orphans(triples: readonly string[]): readonly string[] {
    if (triples.length === 0 || this.#datasets.size === 0) return triples;
    const held = new Set<number>();
    for (const [index, graph] of this.#stored.holders(triples)) if (this.#datasets.has(graph)) held.add(index);
    return triples.filter((_, index) => !held.has(index));
  }
}
