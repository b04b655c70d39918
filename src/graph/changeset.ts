/**
 * A quad in the kernel is its canonical N-Quads statement without the line end: the form `rdf/nquads.ts` writes
 * (canonical terms, single spaces, ` .` at the end). Equal quads are equal strings; blank nodes never occur
 * (they are skolem IRIs by then). The graph is always named: the unnamed graph of the outside world is the
 * dataset `{base}id/dataset/standaard`.
 */
export type QuadLine = string;

export type Operation = '-' | '+';

export interface Change {
  readonly op: Operation;
  readonly line: QuadLine;
}

export interface DatasetCount {
  readonly deleted: number;
  readonly inserted: number;
}

/**
 * The quads that really leave and really come: no quad in both, nothing deleted that was not there, nothing
 * inserted that was. May be larger than memory: iterate, never collect.
 */
export interface Changeset {
  /** Per dataset IRI, datasets in code-point order; datasets without changes are absent. */
  readonly counts: ReadonlyMap<string, DatasetCount>;
  /** Number of changes. */
  readonly size: number;
  /** Changes ordered by dataset, then by `op + line` in code-point order (the order the chain hashes). */
  changes(dataset?: string): Iterable<Change>;
}
