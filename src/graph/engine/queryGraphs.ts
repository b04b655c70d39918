import { randomUUID } from 'node:crypto';
import type { QueryDefaultGraph } from './prepareQuery.js';
import type { StoredQuads } from './storedQuads.js';

const keptExtras = 4;

/**
 * Default graphs made of several graphs. The engine reads a list of graphs with duplicates, so the largest part is
 * taken as it is and beside it one temporary graph with those triples of the other parts that it lacks: a list of
 * two without duplicates costs what one graph costs. Temporary graphs serve until the next change.
 */
export class QueryGraphs {
  readonly #stored: StoredQuads;
  readonly #count: (dataset: string) => number;
  readonly #extras = new Map<string, string>();

  constructor(stored: StoredQuads, count: (dataset: string) => number) {
    this.#stored = stored;
    this.#count = count;
  }

  /** True for a graph that only serves queries and is no dataset. */
  isTemporary(graph: string): boolean {
    for (const extra of this.#extras.values()) if (extra === graph) return true;
    return false;
  }

  /** Removes the temporary graphs: for every change of the data. */
  clear(): void {
    for (const graph of this.#extras.values()) this.#drop(graph);
    this.#extras.clear();
  }

  /** The graphs to give to the engine (undefined: its own default graph). */
  resolve({ merged, graphs }: QueryDefaultGraph): readonly (string | undefined)[] {
    const sorted = [...new Set(graphs)].filter((graph) => this.#count(graph) > 0).toSorted();
    if (merged) return sorted.length === 0 ? [undefined] : [undefined, this.#extra(undefined, sorted)];
    if (sorted.length < 2) return sorted;
    const largest = sorted.reduce((best, graph) => (this.#count(graph) > this.#count(best) ? graph : best));
    return [largest, this.#extra(largest, sorted.filter((graph) => graph !== largest))];
  }

  #extra(main: string | undefined, others: readonly string[]): string {
    const key = [main ?? '', ...others].join(' ');
    const known = this.#extras.get(key);
    if (known !== undefined) return known;
    const oldest = this.#extras.entries().next();
    if (this.#extras.size >= keptExtras && !oldest.done) {
      this.#drop(oldest.value[1]);
      this.#extras.delete(oldest.value[0]);
    }
    // A name nobody can have given to a dataset.
    const graph = `urn:uuid:${randomUUID()}`;
    // Known before it is filled, so that `clear` removes it also when filling fails halfway.
    this.#extras.set(key, graph);
    const there = main === undefined ? '?s ?p ?o' : `GRAPH <${main}> { ?s ?p ?o }`;
    for (const other of others) {
      this.#stored.update(`INSERT { GRAPH <${graph}> { ?s ?p ?o } } WHERE { GRAPH <${other}> { ?s ?p ?o } FILTER NOT EXISTS { ${there} } }`);
    }
    return graph;
  }

  #drop(graph: string): void {
    this.#stored.update(`DROP SILENT GRAPH <${graph}>`);
  }
}
