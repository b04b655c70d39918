import type { TermText } from '../rdf/termText.js';
import type { QuadLine } from './changeset.js';

/**
 * Which triples a read of a state looks at: one dataset, or the merged public adopted graph (`merged`: its lines
 * carry no graph term), or every dataset of the state (`any`: lines carry their graph).
 */
export type Scope = { readonly dataset: string } | 'merged' | 'any';

export interface Pattern {
  readonly subject?: TermText;
  readonly predicate?: TermText;
  readonly object?: TermText;
}

/** The dataset of a SELECT (SPARQL 1.1 §13). */
export interface SelectOptions {
  readonly defaultGraph: Scope | readonly Scope[];
  readonly namedGraphs?: readonly string[];
}

/** One row of a SELECT: variable name without `?` -> term. Unbound variables are absent. */
export type Row = ReadonlyMap<string, TermText>;

/**
 * A state of the graph as validation, updates and rules read it: synchronous, inside the thread that owns the
 * store. Literals come back in the exact form they were written in. The batch methods exist because each call
 * into the engine costs about 30 microseconds: ask for many at once.
 */
export interface GraphState {
  match(scope: Scope, pattern: Pattern): readonly QuadLine[];
  bySubjects(scope: Scope, subjects: readonly TermText[], predicate?: TermText): readonly QuadLine[];
  byObjects(scope: Scope, objects: readonly TermText[], predicate?: TermText): readonly QuadLine[];
  /**
   * What `byObjects` finds in any dataset, or undefined when that is more than about `most` lines, without reading more:
   * to choose the smaller of two ways to the same answer. A state that cannot tell cheaply leaves it out.
   */
  fewByObjects?(most: number, objects: readonly TermText[], predicate?: TermText): readonly QuadLine[] | undefined;
  /** Which of these lines (with their graph term) are in the state, by exact form. */
  present(lines: readonly QuadLine[]): ReadonlySet<QuadLine>;
  /**
   * Evaluates a SELECT. `defaultGraph` is what patterns outside GRAPH read: a list of scopes is their RDF merge (a
   * triple in several of them counts once), the empty list the empty graph. `namedGraphs` (default: every dataset)
   * is what GRAPH reads. Terms may come back in the engine's value-equal form.
   */
  select(query: string, options: SelectOptions): Iterable<Row>;
  /** Number of quads in a dataset. */
  count(dataset: string): number;
}
