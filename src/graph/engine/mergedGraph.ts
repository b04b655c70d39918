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

  /**
   * Changes which datasets are merged; `triples` gives the stored triples of a dataset in batches. Only datasets that
   * come or go are read.
   */
  setDatasets(datasets: ReadonlySet<string>, triples: (dataset: string) => Iterable<readonly string[]>): void {
    const before = this.#datasets;
    this.#datasets = datasets;
    for (const dataset of before) {
      if (!datasets.has(dataset)) for (const batch of triples(dataset)) this.#stored.remove([], this.orphans(batch));
    }
    for (const dataset of datasets) {
      if (!before.has(dataset)) for (const batch of triples(dataset)) this.#stored.insert(batch.map((triple) => `${triple} .`));
    }
  }

  /** Those of the triples that no merged dataset holds (any more). */
  orphans(triples: readonly string[]): readonly string[] {
    if (triples.length === 0 || this.#datasets.size === 0) return triples;
    const held = new Set<number>();
    for (const [index] of this.#stored.holders(triples, [...this.#datasets])) held.add(index);
    return triples.filter((_, index) => !held.has(index));
  }
}
