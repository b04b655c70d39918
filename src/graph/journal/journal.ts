import type { Change, Changeset } from '../changeset.js';
import type { CommitAgent, CommitHeader, CommitNote, CommitSource, PurgedPart } from '../commit.js';
import type { StagedChangeset } from '../changes/stagedChangeset.js';

/** The newest commit, as `/status` publishes it. */
export interface Head {
  readonly number: number;
  readonly hash: string;
  readonly time: string;
}

/** An entity whose description in a dataset a commit changed. */
export interface Touched {
  readonly entity: string;
  readonly dataset: string;
}

export interface HeaderQuery {
  /** Only commits with a lower number. */
  readonly before?: number;
  /** Only commits with a higher number. */
  readonly after?: number;
  /** Oldest first, not newest. */
  readonly oldest?: boolean;
  readonly limit: number;
  /** Only commits with a part in this dataset. */
  readonly dataset?: string;
  /** Only commits with a part in one of these datasets (what the caller may see). */
  readonly datasets?: readonly string[];
  /** Only commits that touched this entity, in one of the datasets asked for. */
  readonly entity?: string;
}

/** Reading the log. Synchronous; any number of readers beside the one writer, in other threads or processes. */
export interface JournalReader {
  /** Always fresh: asks the storage each time. `null` before the first commit. */
  readonly head: Head | null;
  header(number: number): CommitHeader | undefined;
  /** `null` when erased by a purge; undefined when there is no such commit. */
  note(number: number): CommitNote | null | undefined;
  /** Newest first, unless asked otherwise. */
  headers(query: HeaderQuery): readonly CommitHeader[];
  /** Oldest first, from commit `number` on. */
  headersFrom(number: number, limit: number): readonly CommitHeader[];
  /**
   * Changes of a commit in the order of the chain, at most one stored block in memory. Throws Fault `internal`
   * when the stored block is damaged.
   */
  changes(number: number, dataset?: string): Iterable<Change>;
  /** Number of changes stored of the commits after one, up to and with another. */
  lines(after: number, upTo: number): number;
  /** The last commit that touched the entity, in one of these datasets (default: in any). */
  touched(entity: string, datasets?: readonly string[]): { readonly commit: number } | undefined;
  /** Everything a commit touched, in no particular order; at most a thousand in memory. */
  touchedIn(number: number): Iterable<Touched>;
  setting(key: string): string | undefined;
  /** What the storage itself finds wrong beyond the chain (`verify` asks); empty when sound. */
  damage(): readonly string[];
  close(): void;
}

export interface CommitDraft {
  readonly agent: CommitAgent;
  readonly source: CommitSource;
  readonly note: CommitNote;
  readonly purged?: readonly PurgedPart[];
  /** The dataset whose part was derived by rules. */
  readonly derived?: string;
}

/** The answer to a request with an Idempotency-Key, kept a day for a repeated request of the same token. */
export interface Remembered {
  /** Digest of the request: another request under the same key is a mistake of the client. */
  readonly fingerprint: string;
  /** JSON. */
  readonly outcome: string;
  /** The commit it became, when it became one. */
  readonly commit?: number;
}

export interface IdempotencyEntry {
  readonly key: string;
  readonly fingerprint: string;
  /** The outcome as JSON; called inside the transaction, once the header exists. */
  readonly outcome: (commit: CommitHeader) => string;
}

/** What to erase, as tests over stored text. */
export interface Erasure {
  /** Cheap test over many lines at once: false means that no line of the block has to go. */
  block(lines: string): boolean;
  line(line: string): boolean;
  /** Notes, IRIs of entities, keys and outcomes. */
  value(text: string): boolean;
}

export interface Erased {
  readonly commit: CommitHeader;
  /** Number of parts that were rewritten. */
  readonly parts: number;
  /** Numbers of the commits whose note was erased. */
  readonly notes: readonly number[];
  /**
   * False when a full disk or a reader stood in the way of rewriting the storage: the log no longer holds the text
   * but freed space may, until the next start of a writer rewrites it.
   */
  readonly wiped: boolean;
  /** Every line that left the log, once, as deletions; the caller works out which are live, and closes it. */
  readonly removed: StagedChangeset;
}

/** The log with the right to write; at most one per data directory. */
export interface Journal extends JournalReader {
  /**
   * Appends a commit in one transaction: on return it is on disk. Fault `storage-full` or `read-only` leaves the
   * log as it was and usable.
   */
  append(draft: CommitDraft, changes: Changeset, touched: Iterable<Touched>, extra?: { readonly idempotency?: IdempotencyEntry }): CommitHeader;
  setSetting(key: string, value: string): void;
  /** The outcome remembered for a key of a token (`''` for none), at most a day old. */
  recall(key: string, token: string): Remembered | undefined;
  /** Remembers an outcome that made no commit. */
  remember(key: string, token: string, entry: Omit<Remembered, 'commit'>): void;
  /** Forgets the remembered outcomes of more than a day ago. */
  pruneRemembered(): void;
  /**
   * Rewrites the stored parts without what `erasure` names and appends the purge commit that declares it, in one
   * transaction; then rewrites the storage so that nothing of it stays in freed space. Use `purgeText`.
   */
  erase(erasure: Erasure, draft: Omit<CommitDraft, 'purged'>, touched: (removed: StagedChangeset) => Iterable<Touched>): Erased;
}
