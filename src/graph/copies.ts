import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pruneSnapshots, snapshotName, snapshotNames } from './snapshot/snapshots.js';

/** Folder of the data folder with the snapshots. */
export const snapshotsFolder = 'snapshots';
/** Folder in which a move to another BASE_IRI writes the new log. */
export const rebaseFolder = 'rebase';
/** How the logs that such moves left are named. */
export const keptLogPrefix = 'journal-before-rebase-';

/**
 * Removes what was copied from the log before its last purge: snapshots, logs that a rebase kept, and what an
 * interrupted rebase left. A log that was never purged (`lastPurge` 0) has no such copies.
 */
export function removeStaleCopies(dataDir: string, lastPurge: number): void {
  if (lastPurge === 0) return;
  const snapshots = join(dataDir, snapshotsFolder);
  pruneSnapshots(snapshots, snapshotNames(snapshots).filter((name) => name >= snapshotName(lastPurge)).length);
  rmSync(join(dataDir, rebaseFolder), { recursive: true, force: true });
  // A rebase starts a log without purges, so whatever it kept is older than the purge of this one.
  for (const name of readdirSync(dataDir)) if (name.startsWith(keptLogPrefix)) rmSync(join(dataDir, name), { force: true });
}
