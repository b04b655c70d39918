import type { TermText } from '../../rdf/termText.js';

/** One position of a quad template: a constant, a variable of the WHERE, or a blank node of the template. */
export type Slot =
  | { readonly kind: 'term'; readonly text: TermText }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'blank'; readonly label: string };

/**
 * A quad template (SPARQL 1.1 Update §3.1.3), the graph of WITH filled in. Without `graph` it writes to the dataset that
 * is the unnamed graph.
 */
export interface QuadTemplate {
  readonly subject: Slot;
  readonly predicate: Slot;
  readonly object: Slot;
  readonly graph?: Slot;
}

/** The dataset a WHERE reads, as the request states it (§3.1.3: USING wins over WITH). IRIs. */
export type WhereDataset =
  /** Nothing stated: the default graph of the service. */
  | { readonly kind: 'service' }
  | { readonly kind: 'with'; readonly graph: string }
  | { readonly kind: 'using'; readonly graphs: readonly string[]; readonly namedGraphs: readonly string[] };

/** What COPY, MOVE, ADD, CLEAR and DROP point at: an IRI or a keyword (§3.2). */
export type GraphTarget = { readonly graph: string } | 'default';
export type GraphTargets = GraphTarget | 'named' | 'all';

/** One operation of a request, all names resolved. Plain data. */
export type UpdateOperation =
  | { readonly kind: 'data'; readonly op: '-' | '+'; readonly quads: readonly QuadTemplate[] }
  | {
      readonly kind: 'modify';
      readonly deletes: readonly QuadTemplate[];
      readonly inserts: readonly QuadTemplate[];
      /** The WHERE as a SELECT of the variables the templates use. */
      readonly select: string;
      /** The same without an order, where the graphs it goes through must be written into it. */
      readonly perGraph?: string;
      readonly dataset: WhereDataset;
      /** All solutions make the same quads: the SELECT asks for one. */
      readonly single: boolean;
      /** Its evaluation takes time by the number of quads, hardly more (`isLight`). */
      readonly light: boolean;
    }
  | { readonly kind: 'clear'; readonly target: GraphTargets; readonly silent: boolean }
  | { readonly kind: 'drop'; readonly target: GraphTargets; readonly silent: boolean }
  | { readonly kind: 'load'; readonly source: string; readonly destination: GraphTarget; readonly silent: boolean }
  | { readonly kind: 'create'; readonly graph: string; readonly silent: boolean }
  | {
      readonly kind: 'copy' | 'move' | 'add';
      readonly source: GraphTarget;
      readonly destination: GraphTarget;
      readonly silent: boolean;
    };

/** A parsed SPARQL Update request: its operations in the order they are carried out (§3: sequentially). */
export interface UpdatePlan {
  readonly operations: readonly UpdateOperation[];
}
