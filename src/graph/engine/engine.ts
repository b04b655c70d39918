import type { QueryKind, QueryRequest } from '../api.js';
import type { Change, QuadLine } from '../changeset.js';
import type { DatasetSettings, Visibility } from '../dataset.js';
import type { GraphState } from '../state.js';
import type { PreparedQuery } from './prepareQuery.js';

/** What a query gives: `body` is the complete document in `mediaType`. */
export interface EngineAnswer {
  readonly kind: QueryKind;
  readonly mediaType: string;
  readonly body: string;
}

/**
 * A copy of the graph that can be asked: the port behind which the query engine stands. Synchronous, inside the
 * thread that owns it. It holds the datasets as named graphs and, beside them, the merged default graph: the RDF
 * merge of the public adopted datasets (`isMerged`). Literals keep their exact form in everything but SPARQL results.
 */
export interface Engine extends GraphState {
  /**
   * Fills the engine with quads, in bounded batches. Fastest after `setDatasets`: the merged graph is then filled in
   * the same pass; otherwise the next `setDatasets` builds it.
   */
  load(lines: Iterable<QuadLine>): void;
  /**
   * Says which datasets exist. Only what a changed status, visibility or existence brings into the merged default
   * graph, or takes out, is moved. Quads of a dataset that is not listed stay stored, invisible to every query (not
   * to `match`, `bySubjects`, … and `select`). May come before or after the `apply` of the same commit.
   */
  setDatasets(settings: readonly DatasetSettings[]): void;
  /** The datasets of the last `setDatasets`. */
  readonly datasets: readonly DatasetSettings[];
  /** Applies a changeset, in bounded batches. Idempotent per quad: what is there already, or gone, stays so. */
  apply(changes: Iterable<Change>): void;
  /** Lends the engine without these triples (lines without graph) in its merged default graph; the datasets keep them. */
  without<T>(triples: readonly QuadLine[], work: () => T): T;
  /** Parses a query and decides what it sees (Faults `query-syntax`, `address-refused`); plain data comes back. */
  prepare(request: QueryRequest, visibility: Visibility): PreparedQuery;
  /** Evaluates a query that was prepared for the same settings. */
  query(request: PreparedQuery): EngineAnswer;
  /**
   * Every quad of a dataset in exact form, in batches of bounded size, in no particular order. A change of the engine
   * meanwhile ends the iteration with an error.
   */
  lines(dataset: string): Iterable<readonly QuadLine[]>;
  /** Number of quads in all datasets (the merged graph not counted). */
  readonly size: number;
  /** Bytes of the engine's own memory, outside V8's heap, in this thread: grows in steps and never shrinks. */
  readonly memoryBytes: number;
}
