import type { QueryKind, QueryRequest } from '../api.js';
import type { DatasetSettings, Visibility } from '../dataset.js';

/** The default graph of a query: the RDF merge of the merged public graph (if `merged`) and of the named `graphs`. */
export interface QueryDefaultGraph {
  readonly merged: boolean;
  readonly graphs: readonly string[];
}

/** A query that was read, classified and given its dataset (SPARQL 1.1 §13.2); plain data. */
export interface PreparedQuery {
  /** The query without its dataset clauses, which `defaultGraph` and `namedGraphs` replace. */
  readonly text: string;
  readonly kind: QueryKind;
  readonly mediaType: string;
  readonly defaultGraph: QueryDefaultGraph;
  readonly namedGraphs: readonly string[];
  /** False when two evaluations may differ on the same data (NOW, RAND, UUID, STRUUID, BNODE). */
  readonly cacheable: boolean;
}

/** What decides which graphs a query sees. */
export interface QueryContext {
  /** BASE_IRI: names the dataset standaard and resolves relative IRIs. */
  readonly base: string;
  readonly datasets: readonly DatasetSettings[];
  readonly visibility: Visibility;
  /** False gives the default graph of the specifications: the dataset standaard alone. */
  readonly unionDefaultGraph: boolean;
}

/** What a query text is, for negotiation and caching. Throws Fault `query-syntax` with the place. */
export function classifyQuery(text: string): { readonly kind: QueryKind; readonly cacheable: boolean } {
  throw new Error(`not written yet: ${text}`);
}

/** Reads a query and decides what it sees. Throws Fault `query-syntax` or `operation-refused`. */
export function prepareQuery(request: QueryRequest, context: QueryContext): PreparedQuery {
  throw new Error(`not written yet: ${request.query} ${context.base}`);
}
