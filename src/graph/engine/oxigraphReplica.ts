import { engineLine, engineTermText } from '../../rdf/canonical.js';
import type { TermText } from '../../rdf/termText.js';
import type { QueryRequest } from '../api.js';
import type { Change, QuadLine } from '../changeset.js';
import { isMerged, type DatasetSettings, type Visibility } from '../dataset.js';
import type { Pattern, Row, Scope, SelectOptions } from '../state.js';
import type { Engine, EngineAnswer } from './engine.js';
import { isSkolemText } from '../entityDescription.js';
import { ExactForms } from './exactForms.js';
import { ExactReader } from './exactReader.js';
import { MergedGraph } from './mergedGraph.js';
import { engineMemory } from './oxigraphModule.js';
import { commaSeparated, withBlankNodes } from './plainAnswer.js';
import { prepareQuery, type PreparedQuery, type QueryDefaultGraph } from './prepareQuery.js';
import { QueryGraphs } from './queryGraphs.js';
import { refusedByEngine } from './engineFaults.js';
import { StoredChanges } from './storedChanges.js';
import { cut, few, lineOf, StoredQuads } from './storedQuads.js';
import { cellTerm, tableRows, tableVariables } from './table.js';

export interface ReplicaOptions {
  /** BASE_IRI of the service. */
  readonly base: string;
  /** Default true: queries see the merged public graph by default; false: the dataset standaard alone. */
  readonly unionDefaultGraph?: boolean;
  /** Quads in one batch of `load`, `apply` and `lines`: memory is bounded by it, not by the input. */
  readonly batchSize?: number;
}

/** The engine on Oxigraph (WebAssembly, in memory). One per thread. */
export class OxigraphReplica implements Engine {
  readonly #base: string;
  readonly #unionDefaultGraph: boolean;
  readonly #batchSize: number;
  readonly #stored: StoredQuads;
  readonly #exact = new ExactForms();
  readonly #merged: MergedGraph;
  readonly #changes: StoredChanges;
  readonly #reader: ExactReader;
  readonly #queryGraphs: QueryGraphs;
  #datasets: readonly DatasetSettings[] = [];
  /** Stored quads per graph, of every graph that was ever written; undefined: to be counted when asked. */
  readonly #counts = new Map<string, number | undefined>();
  #version = 0;

  constructor({ base, unionDefaultGraph = true, batchSize = 20_000 }: ReplicaOptions) {
    this.#base = base;
    this.#unionDefaultGraph = unionDefaultGraph;
    this.#batchSize = batchSize;
    this.#stored = new StoredQuads(base);
    this.#merged = new MergedGraph(this.#stored);
    this.#changes = new StoredChanges(this.#stored, this.#exact, this.#merged, this.#counts);
    this.#queryGraphs = new QueryGraphs(this.#stored, (dataset) => this.count(dataset));
    this.#reader = new ExactReader(this.#stored, this.#exact, this.#merged, this.#queryGraphs);
  }

  get datasets(): readonly DatasetSettings[] {
    return this.#datasets;
  }

  get size(): number {
    return this.#graphs().reduce((sum, dataset) => sum + this.count(dataset), 0);
  }

  get memoryBytes(): number {
    return engineMemory();
  }

  load(lines: Iterable<QuadLine>): void {
    this.#changed();
    for (const batch of batches(lines, this.#batchSize)) {
      this.#changes.apply(batch.map((line) => ({ op: '+', line })));
    }
  }

  setDatasets(settings: readonly DatasetSettings[]): void {
    this.#changed();
    this.#datasets = settings;
    this.#merged.setDatasets(new Set(settings.filter(isMerged).map(({ iri }) => iri)), this.#batchSize);
  }

  apply(changes: Iterable<Change>): void {
    this.#changed();
    for (const batch of batches(changes, this.#batchSize)) this.#changes.apply(batch);
  }

  without<T>(triples: readonly QuadLine[], work: () => T): T {
    this.#changed();
    this.#stored.remove([], triples.map((line) => line.slice(0, -2)));
    try {
      return work();
    } finally {
      this.#changed();
      this.#stored.insert(triples);
    }
  }

  prepare(request: QueryRequest, visibility: Visibility): PreparedQuery {
    return prepareQuery(request, { base: this.#base, datasets: this.#datasets, visibility, unionDefaultGraph: this.#unionDefaultGraph });
  }

  query({ text, kind, mediaType, defaultGraph, namedGraphs }: PreparedQuery): EngineAnswer {
    if (this.#unionDefaultGraph) return { kind, mediaType, body: this.#ask(text, mediaType, defaultGraph, namedGraphs) };
    const isCsv = mediaType === 'text/csv' && kind === 'solutions';
    const made = isCsv ? 'text/tab-separated-values' : mediaType;
    const body = withBlankNodes(this.#ask(text, made, defaultGraph, namedGraphs), made, this.#base);
    return { kind, mediaType, body: isCsv ? commaSeparated(body) : body };
  }

  *lines(dataset: string): Iterable<readonly QuadLine[]> {
    const version = this.#version;
    for (const triples of this.#stored.triples(dataset, this.#batchSize)) {
      yield triples.flatMap((triple) => (this.#exact.get(dataset, triple) ?? [triple]).map((form) => lineOf(form, dataset)));
      // The next batch is found by its distance from the start.
      if (version !== this.#version) throw new Error('the replica changed while a dataset was read');
    }
  }

  match(scope: Scope, { subject, predicate, object }: Pattern): readonly QuadLine[] {
    if (subject !== undefined && object === undefined) return this.#reader.ofFew(scope, [{ subject, predicate }]);
    const stored = object === undefined ? undefined : engineTermText(object);
    const lines = this.#reader.read(
      scope,
      [[subject, predicate, stored].filter((term) => term !== undefined).join(' ')],
      [subject && '?s', predicate && '?p', object && '?o'].filter(Boolean).join(' '),
    );
    return object === undefined ? lines : this.#reader.withObjects(lines, [object]);
  }

  bySubjects(scope: Scope, subjects: readonly TermText[], predicate?: TermText): readonly QuadLine[] {
    if (subjects.length <= few) return this.#reader.ofFew(scope, [...new Set(subjects)].map((subject) => ({ subject, predicate })));
    return predicate === undefined
      ? this.#reader.read(scope, subjects, '?s')
      : this.#reader.read(scope, subjects.map((subject) => `${subject} ${predicate}`), '?s ?p');
  }

  byObjects(scope: Scope, objects: readonly TermText[], predicate?: TermText): readonly QuadLine[] {
    // Others may be the object of very many quads.
    if (objects.length <= few && objects.every((object) => isSkolemText(object, this.#base))) {
      return this.#reader.ofFew(scope, [...new Set(objects)].map((object) => ({ object, predicate })));
    }
    const { tuples, variables } = objectTuples(objects, predicate);
    return this.#reader.withObjects(this.#reader.read(scope, tuples, variables), objects);
  }

  fewByObjects(most: number, objects: readonly TermText[], predicate?: TermText): readonly QuadLine[] | undefined {
    const { tuples, variables } = objectTuples(objects, predicate);
    const lines = this.#reader.upTo(most, tuples, variables);
    return lines && this.#reader.withObjects(lines, objects);
  }

  present(lines: readonly QuadLine[]): ReadonlySet<QuadLine> {
    const stored = this.#changes.stored(lines.map(engineLine));
    return new Set(
      lines.filter((line) => {
        const kept = engineLine(line);
        if (!stored.has(kept)) return false;
        const { triple, graph } = cut(kept);
        return (this.#exact.get(graph, triple) ?? [triple]).includes(cut(line).triple);
      }),
    );
  }

  *select(query: string, { defaultGraph, namedGraphs }: SelectOptions): Iterable<Row> {
    const table = this.#ask(query, 'text/tab-separated-values', this.#defaultGraphOf(defaultGraph), namedGraphs ?? this.#graphs());
    const variables = tableVariables(table);
    for (const row of tableRows(table)) {
      const terms = new Map<string, TermText>();
      for (const [index, cell] of row.split('\t').entries()) {
        const variable = variables[index];
        if (cell !== '' && variable !== undefined) terms.set(variable, cellTerm(cell));
      }
      yield terms;
    }
  }

  count(dataset: string): number {
    if (!this.#counts.has(dataset)) return 0;
    const count = this.#counts.get(dataset) ?? this.#stored.count(dataset);
    this.#counts.set(dataset, count);
    return count + this.#exact.surplus(dataset);
  }

  #graphs(): readonly string[] {
    return [...this.#counts.keys()];
  }

  /** Before every change: what was made for queries is out of date, and reads under way must stop. */
  #changed(): void {
    this.#version += 1;
    this.#queryGraphs.clear();
  }

  #defaultGraphOf(scopes: Scope | readonly Scope[]): QueryDefaultGraph {
    const list = typeof scopes === 'string' || 'dataset' in scopes ? [scopes] : scopes;
    const graphs = list.flatMap((scope) => (scope === 'merged' ? [] : scope === 'any' ? this.#graphs() : [scope.dataset]));
    return { merged: list.includes('merged'), graphs };
  }

  #ask(text: string, mediaType: string, defaultGraph: QueryDefaultGraph, namedGraphs: readonly string[]): string {
    const dataset = { defaultGraph: this.#queryGraphs.resolve(defaultGraph), namedGraphs };
    try {
      return this.#stored.query(text, mediaType, dataset);
    } catch (error) {
      // Errors of the engine's own making are plain; a trap of the WebAssembly machine is not the query's fault.
      if (error instanceof Error && error.constructor === Error) throw refusedByEngine(error);
      throw error;
    }
  }
}

function objectTuples(objects: readonly TermText[], predicate: TermText | undefined): { readonly tuples: readonly string[]; readonly variables: string } {
  const stored = [...new Set(objects.map(engineTermText))];
  return predicate === undefined ? { tuples: stored, variables: '?o' } : { tuples: stored.map((object) => `${predicate} ${object}`), variables: '?p ?o' };
}

function* batches<T>(items: Iterable<T>, size: number): Iterable<readonly T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
