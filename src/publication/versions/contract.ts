/**
 * What every channel of publication reads (event streams, delta files, dumps, feeds): the versions of entities,
 * derived from the log by one follower, in one order. Nothing here is a truth of its own: the store can be thrown
 * away and is rebuilt from the log, version by version the same.
 */

/**
 * The state a version belongs to: one public dataset (its IRI), or `merged`, the RDF merge of the public datasets of
 * status aangenomen (others when configured). Restricted datasets are in no scope.
 */
export type Scope = string;
export const mergedScope: Scope = 'merged';

/** Most versions of a scope that share a time; the skolem nodes in them count too. */
export const sliceSize = 250;

export type VersionKind = 'create' | 'update' | 'delete';

/** One version of one entity in one scope, made by one commit. */
export interface EntityVersion {
  /**
   * Order of publication over all scopes, strictly increasing; those of a later commit are always higher. Holds the
   * commit: `floor(sequence / 2^24)`.
   */
  readonly sequence: number;
  readonly commit: number;
  /**
   * ISO 8601 UTC with milliseconds. At most 250 versions of a scope share one: a bulk commit takes its own time for
   * the first slice and the next milliseconds for those after it, and a later commit is always later than the last.
   */
  readonly time: string;
  /** True for the last version of its commit in this scope: the transaction is complete with it. */
  readonly lastOfCommit: boolean;
  readonly scope: Scope;
  /**
   * IRI of the entity; a skolem IRI only for a node that no entity leads to: that is described by itself, and belongs
   * to no collection.
   */
  readonly entity: string;
  /** Names of the collections the entity belongs to (actoren, initiatieven, …), before or after; sorted. */
  readonly collections: readonly string[];
  readonly kind: VersionKind;
  /** Its triples and those of the skolem nodes below it, as canonical N-Triples lines, sorted; empty after a delete. */
  readonly lines: readonly string[];
  /** Skolem nodes of the version before that are not in the scope any more; absent when there are none. */
  readonly gone?: readonly string[];
  /** Sequence of the version before it in the scope; absent for the first. */
  readonly previous?: number;
}

/** What a channel asks for: all of a scope, or one collection of it. */
export interface VersionFilter {
  readonly scope: Scope;
  readonly collection?: string;
}

/** Reading the versions; any number of readers, in any thread, beside the one follower. Synchronous. */
export interface VersionReader {
  /** The last commit whose versions are all here; 0 before the first. */
  readonly commit: number;
  /**
   * Names the past the versions tell. It changes when the past is rewritten (a purge, a dataset that became restricted
   * or was dropped): what was derived from versions of another generation must be made anew, and copies thrown away.
   * Sequences go on from where they were, so `after` with an older sequence still misses nothing that is new.
   */
  readonly generation: string;
  /**
   * Names the rules by which versions follow from the log (what is published, which kinds there are, the software).
   * Under other rules a sequence names another version: begin again at the first.
   */
  readonly rules: string;
  /** Every scope that ever had a version. */
  scopes(): readonly Scope[];
  /** Oldest first, those with a higher sequence; at most `limit`. */
  after(filter: VersionFilter, sequence: number, limit: number): readonly EntityVersion[];
  version(sequence: number): EntityVersion | undefined;
  /** The current version of each entity that still exists, in order of entity IRI, those after `entity`. */
  current(filter: VersionFilter, entity: string | undefined, limit: number): readonly EntityVersion[];
  close(): void;
}
