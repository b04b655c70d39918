import type { TermText } from '../../rdf/termText.js';
import type { QueryRequest } from '../api.js';
import type { Change, QuadLine } from '../changeset.js';
import type { DatasetSettings, Visibility } from '../dataset.js';
import type { Pattern, Row, Scope } from '../state.js';
import type { Engine, EngineAnswer } from './engine.js';
import type { PreparedQuery } from './prepareQuery.js';

export interface ReplicaOptions {
  /** BASE_IRI of the service. */
  readonly base: string;
  /** Default true: queries see the merged public graph by default; false: the dataset standaard alone. */
  readonly unionDefaultGraph?: boolean;
}

const later = (): never => {
  throw new Error('not written yet');
};

/** The engine on Oxigraph (WebAssembly, in memory). One per thread. */
export class OxigraphReplica implements Engine {
  readonly datasets: readonly DatasetSettings[] = [];
  readonly #options: ReplicaOptions;

  constructor(options: ReplicaOptions) {
    this.#options = options;
  }

  get size(): number {
    return later();
  }

  get memoryBytes(): number {
    return this.#options.base.length;
  }

  load(_lines: Iterable<QuadLine>): void {
    later();
  }

  setDatasets(_settings: readonly DatasetSettings[]): void {
    later();
  }

  apply(_changes: Iterable<Change>): void {
    later();
  }

  prepare(_request: QueryRequest, _visibility: Visibility): PreparedQuery {
    return later();
  }

  query(_request: PreparedQuery): EngineAnswer {
    return later();
  }

  lines(_dataset: string): Iterable<readonly QuadLine[]> {
    return later();
  }

  match(_scope: Scope, _pattern: Pattern): readonly QuadLine[] {
    return later();
  }

  bySubjects(_scope: Scope, _subjects: readonly TermText[], _predicate?: TermText): readonly QuadLine[] {
    return later();
  }

  byObjects(_scope: Scope, _objects: readonly TermText[], _predicate?: TermText): readonly QuadLine[] {
    return later();
  }

  present(_lines: readonly QuadLine[]): ReadonlySet<QuadLine> {
    return later();
  }

  select(_query: string, _options: { readonly defaultGraph: Scope; readonly namedGraphs?: readonly string[] }): Iterable<Row> {
    return later();
  }

  count(_dataset: string): number {
    return later();
  }
}
