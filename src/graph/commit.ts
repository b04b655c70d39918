import type { DatasetCount } from './changeset.js';

export type Role = 'reader' | 'steward' | 'administrator';

/** Who made a commit, as the chain keeps it: no name of a person (see `docs/decisions/`). */
export interface CommitAgent {
  readonly role: Role | 'system';
  readonly organisation?: string;
  /** Opaque id of the token; the name behind it lives in the access store, where it can be erased. */
  readonly token?: string;
}

export type CommitSource = 'seed' | 'update' | 'load' | 'entity' | 'graph-store' | 'catalogue' | 'shapes' | 'purge' | 'rebase' | 'derive' | 'undo';

export interface CommitPart extends DatasetCount {
  readonly dataset: string;
  /** SHA-256 (hex) over the part's `op + line + "\n"` in order, UTF-8. */
  readonly sha256: string;
  /** The part follows from the others by the rules; absent for what somebody stated. Undo leaves it to the rules. */
  readonly derived?: true;
}

/** What a purge did to an earlier commit's part: the part's content now has `after`, which `verify` accepts. */
export interface PurgedPart {
  readonly commit: number;
  readonly dataset: string;
  readonly before: string;
  readonly after: string;
}

/**
 * One link of the chain. `hash` = SHA-256 (hex) of the RFC 8785 canonical JSON of every other member; `previous`
 * is the hash of the commit before (64 zeros for the first).
 */
export interface CommitHeader {
  readonly format: 1;
  readonly number: number;
  readonly previous: string;
  /** ISO 8601 UTC with milliseconds; strictly increasing: max(now, last + 1 ms). */
  readonly time: string;
  readonly agent: CommitAgent;
  readonly source: CommitSource;
  /** SHA-256 (hex) of the canonical JSON of the `CommitNote`, so that a note can be erased without breaking the chain. */
  readonly note: string;
  readonly parts: readonly CommitPart[];
  readonly purged?: readonly PurgedPart[];
  readonly hash: string;
}

/** Free text about a commit, kept beside the chain. `null` once purged. */
export interface CommitNote {
  readonly message: string;
  /** Name of the loaded file, first words of the update, … */
  readonly origin?: string;
}
