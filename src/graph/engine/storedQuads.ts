import type { Store } from 'oxigraph';
import { splitLine, type LineParts } from '../../rdf/nquads.js';
import { parseTermText } from '../../rdf/terms.js';
import type { TermText } from '../../rdf/termText.js';
import type { QuadLine } from '../changeset.js';
import { oxigraph } from './oxigraphModule.js';
import { rowTriple, tableRows } from './table.js';

type GraphName = ReturnType<typeof oxigraph.namedNode> | ReturnType<typeof oxigraph.defaultGraph>;

/** A quad as the engine stores it, cut in two: `triple` is `subject predicate object`, `graph` a dataset IRI. */
export interface Stored {
  readonly triple: string;
  readonly graph: string;
}

/** Cuts a line with a graph term. IRIs hold no spaces, so the last ` <` begins the graph. */
export function cut(line: QuadLine): Stored {
  const at = line.lastIndexOf(' <');
  return { triple: line.slice(0, at), graph: line.slice(at + 2, -3) };
}

/** The line of a triple in a graph; without one, of the default graph. */
export function lineOf(triple: string, graph?: string): QuadLine {
  return graph === undefined ? `${triple} .` : `${triple} <${graph}> .`;
}

/** Which graphs a query reads. Both are always given to the engine, so that no clause in a text has a say. */
export interface EngineDataset {
  /** undefined: the store's own default graph; a list is read as it is, duplicates and all. */
  readonly defaultGraph?: readonly (string | undefined)[];
  /** Absent: every named graph. */
  readonly namedGraphs?: readonly string[];
}

/** Largest number of rows in one VALUES block: the engine's own structures for one query stay small. */
const valuesSize = 5000;

/** Up to this many tuples, asking one by one is faster than having a query parsed and planned. */
export const few = 8;

/** What a quad has to match, whatever its graph. */
export type Wanted = { readonly [K in 'subject' | 'predicate' | 'object']?: TermText | undefined };

/**
 * The engine's store with text in and text out, in the forms the engine keeps. Each call crosses into WebAssembly
 * once, whatever the number of quads.
 */
export class StoredQuads {
  readonly #store: Store = new oxigraph.Store();
  readonly #base: string;

  constructor(base: string) {
    this.#base = base;
  }

  insert(lines: readonly QuadLine[]): void {
    // Not with `no_transaction`: its bulk loader takes some 200 MB for itself, which WebAssembly memory never gives back.
    if (lines.length > 0) this.#store.load(lines.join('\n'), { format: 'application/n-quads', lenient: true });
  }

  /** Removes quads from named graphs and triples from the default graph. */
  remove(quads: Iterable<Stored>, triples: readonly string[] = []): void {
    const graphs = new Map<string, string[]>();
    for (const { triple, graph } of quads) {
      const list = graphs.get(graph);
      if (list) list.push(triple);
      else graphs.set(graph, [triple]);
    }
    const parts = [...graphs].map(([graph, list]) => `GRAPH <${graph}> { ${list.join(' . ')} }`);
    if (triples.length > 0) parts.push(`${triples.join(' . ')} .`);
    if (parts.length > 0) this.update(`DELETE DATA { ${parts.join(' ')} }`);
  }

  /** Runs an update of our own making. */
  update(text: string): void {
    this.#store.update(text);
  }

  /** The result document of a query. */
  query(text: string, mediaType: string, { defaultGraph = [undefined], namedGraphs }: EngineDataset): string {
    const unnamed = defaultGraph.map(graphName);
    const named = namedGraphs?.map((iri) => oxigraph.namedNode(iri));
    try {
      const result = this.#store.query(text, {
        base_iri: this.#base,
        results_format: mediaType,
        default_graph: unnamed,
        ...(named && { named_graphs: named }),
      });
      if (typeof result !== 'string') throw new TypeError('the engine gave objects where a document was asked');
      return result;
    } finally {
      for (const made of [...unnamed, ...(named ?? [])]) free(made);
    }
  }

  /** The rows of a SELECT, cells parted by tabs. */
  rows(text: string, dataset: EngineDataset): readonly string[] {
    return tableRows(this.query(text, 'text/tab-separated-values', dataset));
  }

  /** For many tuples at once: the rows of `select`, in which a VALUES block takes the place of `$values`. */
  *rowsFor(tuples: readonly string[], variables: string, select: string, dataset: EngineDataset): Iterable<string> {
    for (let start = 0; start < tuples.length; start += valuesSize) {
      const block = `VALUES (${variables}) { ${tuples.slice(start, start + valuesSize).map((tuple) => `(${tuple})`).join(' ')} }`;
      // A function, because `$` in data would be read as a pattern.
      yield* this.rows(select.replace('$values', () => block), dataset);
    }
  }

  /** For each triple, by its index, the named graphs that hold it. */
  *holders(triples: readonly string[]): Iterable<readonly [index: number, graph: string]> {
    if (triples.length <= few) {
      for (const [index, triple] of triples.entries()) for (const graph of this.#holdersOf(triple)) yield [index, graph];
      return;
    }
    const tuples = triples.map((triple, index) => `${index} ${triple}`);
    for (const row of this.rowsFor(tuples, '?i ?s ?p ?o', 'SELECT ?i ?g { $values GRAPH ?g { ?s ?p ?o } }', {})) {
      const tab = row.indexOf('\t');
      yield [Number(row.slice(0, tab)), row.slice(tab + 2, -1)];
    }
  }

  #holdersOf(triple: string): readonly string[] {
    return this.matching(splitLine(`${triple} .`)).flatMap(({ graph }) => (graph === '' ? [] : graph.slice(1, -1)));
  }

  /**
   * Stored quads (of the default graph too) without parsing and planning a query: ten times faster than one where there
   * are few, half as fast where there are very many.
   */
  matching({ subject, predicate, object }: Wanted): readonly LineParts[] {
    const terms = [subject, predicate, object].map((text) => (text === undefined ? null : oxigraph.fromTerm(parseTermText(text))));
    const [s, p, o] = terms;
    const quads = this.#store.match(s, p, o, null);
    const found = quads.map((quad) => splitLine(`${quad.toString()} .`));
    for (const made of [...terms, ...quads]) free(made);
    return found;
  }

  /** The triples of a graph, in batches. The engine's order is stable as long as that graph does not change. */
  *triples(graph: string, batchSize: number): Iterable<readonly string[]> {
    for (const page of this.pages(graph, batchSize, (pattern) => `{ ${pattern} }`)) {
      yield this.rows(page, { defaultGraph: [graph], namedGraphs: [] }).map(rowTriple);
    }
  }

  /**
   * SELECTs that together give every triple of a graph, at most `size` each. A large graph is cut by predicate first:
   * the engine finds an offset by walking to it, so pages over the whole would take time by the square of its size.
   */
  *pages(graph: string, size: number, within: (pattern: string) => string): Iterable<string> {
    const rows = this.rows('SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p', { defaultGraph: [graph], namedGraphs: [] });
    const parts = rows.map((row) => row.split('\t')).map(([predicate, count]) => ({ block: `VALUES ?p { ${predicate} }`, count: Number(count) }));
    const total = parts.reduce((sum, { count }) => sum + count, 0);
    if (total === 0) return;
    for (const { block, count } of total <= size ? [{ block: '', count: total }] : parts) {
      for (let offset = 0; offset < count; offset += size) yield `SELECT ?s ?p ?o ${within(`${block} ?s ?p ?o`)} OFFSET ${offset} LIMIT ${size}`;
    }
  }

  count(graph: string): number {
    return Number(this.rows('SELECT (COUNT(*) AS ?n) { ?s ?p ?o }', { defaultGraph: [graph], namedGraphs: [] })[0]);
  }
}

function graphName(iri: string | undefined): GraphName {
  return iri === undefined ? oxigraph.defaultGraph() : oxigraph.namedNode(iri);
}

/** Gives back what an object holds in WebAssembly memory: the collector would only find out long after. */
function free(made: object | null): void {
  if (made && 'free' in made && typeof made.free === 'function') made.free();
}
