import type { Change } from '../changeset.js';
import type { CommitHeader } from '../commit.js';
import type { JournalReader } from './journal.js';
import { allHeaders } from './purged.js';

export interface ReplayedCommit {
  readonly header: CommitHeader;
  /** Read while it is iterated; at most one stored block in memory. */
  readonly changes: Iterable<Change>;
}

/**
 * Every commit after commit `after` (0: from nothing, or the commit of a snapshot), oldest first. A purge commit
 * changes nothing here: the parts before it no longer hold what it erased.
 */
export function* replay(reader: JournalReader, after = 0): Iterable<ReplayedCommit> {
  for (const header of allHeaders(reader, after + 1)) yield { header, changes: reader.changes(header.number) };
}
