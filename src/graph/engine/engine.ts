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
  /** Fills an empty engine with quads, without upkeep of the merged graph: the next `setDatasets` builds that. */
  load(lines: Iterable<QuadLine>): void;
  /**
   * Says which datasets exist. The first call (and the first after a `load`) builds the merged default graph in one
   * go; later calls move only what a changed status, visibility or existence brings in or takes out. Quads of a
   * dataset that is not listed stay stored, invisible to every query. Call it before or after the `apply` of the
   * same commit, as you like.
   */
  setDatasets(settings: readonly DatasetSettings[]): void;
  /** The datasets of the last `setDatasets`. */
  readonly datasets: readonly DatasetSettings[];
  /** Applies a changeset, in bounded batches. Idempotent per quad: what is there already, or gone, stays so. */
  apply(changes: Iterable<Change>): void;
  /** Parses a query and decides what it sees (Faults `query-syntax`, `operation-refused`); plain data comes back. */
  prepare(request: QueryRequest, visibility: Visibility): PreparedQuery;
  /** Evaluates a query that was prepared for the same settings. */
  query(request: PreparedQuery): EngineAnswer;
  /** Every quad of a dataset in exact form, in batches of bounded size, in no particular order. */
  lines(dataset: string): Iterable<readonly QuadLine[]>;
  /** Number of quads in all datasets (the merged graph not counted). */
  readonly size: number;
  /** Bytes the engine itself holds, outside V8's heap: never shrinks in the life of a thread. */
  readonly memoryBytes: number;
}
