import type { TermText } from '../../rdf/termText.js';
import { splitLine } from '../../rdf/nquads.js';
import type { QuadLine } from '../changeset.js';
import type { Scope } from '../state.js';
import type { ExactForms } from './exactForms.js';
import type { MergedGraph } from './mergedGraph.js';
import type { QueryGraphs } from './queryGraphs.js';
import { lineOf, type StoredQuads, type Wanted } from './storedQuads.js';
import { rowTriple } from './table.js';

const anySelect = 'SELECT ?s ?p ?o ?g { $values GRAPH ?g { ?s ?p ?o } }';

/** Reads stored triples by many values at once and gives them in their exact forms. */
export class ExactReader {
  readonly #stored: StoredQuads;
  readonly #exact: ExactForms;
  readonly #merged: MergedGraph;
  readonly #queryGraphs: QueryGraphs;

  constructor(stored: StoredQuads, exact: ExactForms, merged: MergedGraph, queryGraphs: QueryGraphs) {
    this.#queryGraphs = queryGraphs;
    this.#stored = stored;
    this.#exact = exact;
    this.#merged = merged;
  }

  /** Lines whose triples take one of the tuples for the variables (of `?s ?p ?o`), terms as the engine keeps them. */
  read(scope: Scope, tuples: readonly string[], variables: string): readonly QuadLine[] {
    const rows = [...new Set(tuples)];
    if (scope === 'any') return this.#readAny(rows, variables);
    const graph = scope === 'merged' ? undefined : scope.dataset;
    const triples: string[] = [];
    const where = { defaultGraph: [graph], namedGraphs: [] };
    for (const row of this.#stored.rowsFor(rows, variables, 'SELECT ?s ?p ?o { $values ?s ?p ?o }', where)) triples.push(rowTriple(row));
    if (graph === undefined) return this.#mergedForms(triples);
    return this.#exact.isEmpty ? triples.map((triple) => lineOf(triple, graph)) : triples.flatMap((triple) => this.#formsIn(graph, triple));
  }

  /** What `read` with scope `any` gives, if that is not more than `most` stored quads. */
  upTo(most: number, tuples: readonly string[], variables: string): readonly QuadLine[] | undefined {
    const lines: QuadLine[] = [];
    let count = 0;
    for (const row of this.#stored.rowsFor([...new Set(tuples)], variables, `${anySelect} LIMIT ${most + 1}`, {})) {
      if ((count += 1) > most) return undefined;
      lines.push(...this.#rowForms(row));
    }
    return lines;
  }

  /** Lines that match, one pattern after the other: for a few, each of which few lines match. Objects are IRIs. */
  ofFew(scope: Scope, patterns: readonly Wanted[]): readonly QuadLine[] {
    const only = typeof scope === 'string' ? undefined : scope.dataset;
    const triples: string[] = [];
    const lines: QuadLine[] = [];
    for (const pattern of patterns) {
      for (const found of this.#stored.matching(pattern)) {
        const triple = `${found.subject} ${found.predicate} ${found.object}`;
        const graph = found.graph.slice(1, -1);
        if (graph === '') triples.push(triple);
        else if (only === undefined ? !this.#queryGraphs.isTemporary(graph) : graph === only) lines.push(...this.#formsIn(graph, triple));
      }
    }
    return scope === 'merged' ? this.#mergedForms(triples) : lines;
  }

  /** Of lines found by the engine's form of an object, those with exactly one of the objects. */
  withObjects(lines: readonly QuadLine[], objects: readonly TermText[]): readonly QuadLine[] {
    if (this.#exact.isEmpty && objects.every((object) => !object.endsWith('>') || object.startsWith('<'))) return lines;
    const wanted = new Set(objects);
    return lines.filter((line) => wanted.has(splitLine(line).object));
  }

  #readAny(tuples: readonly string[], variables: string): readonly QuadLine[] {
    const lines: QuadLine[] = [];
    for (const row of this.#stored.rowsFor(tuples, variables, anySelect, {})) lines.push(...this.#rowForms(row));
    return lines;
  }

  #rowForms(row: string): readonly QuadLine[] {
    const tab = row.lastIndexOf('\t');
    const graph = row.slice(tab + 2, -1);
    return this.#queryGraphs.isTemporary(graph) ? [] : this.#formsIn(graph, rowTriple(row.slice(0, tab)));
  }

  #formsIn(graph: string, triple: string): readonly QuadLine[] {
    const forms = this.#exact.get(graph, triple);
    return forms === undefined ? [lineOf(triple, graph)] : forms.map((form) => lineOf(form, graph));
  }

  /** The exact forms any merged dataset has of these triples, as lines without graph. */
  #mergedForms(triples: readonly string[]): readonly QuadLine[] {
    const indexed = [...this.#exact.datasets()].filter((dataset) => this.#merged.datasets.has(dataset));
    const doubtful = triples.filter((triple) => indexed.some((dataset) => this.#exact.get(dataset, triple) !== undefined));
    if (doubtful.length === 0) return triples.map((triple) => lineOf(triple));
    const forms = new Map<string, Set<string>>();
    for (const [index, graph] of this.#stored.holders(doubtful)) {
      if (!this.#merged.datasets.has(graph)) continue;
      const triple = doubtful[index] ?? '';
      const known = forms.get(triple) ?? new Set();
      for (const form of this.#exact.get(graph, triple) ?? [triple]) known.add(form);
      forms.set(triple, known);
    }
    return triples.flatMap((triple) => [...(forms.get(triple) ?? [triple])].map((form) => lineOf(form)));
  }
}
