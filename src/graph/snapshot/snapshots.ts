import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Ending of a snapshot that is being written, or was when the process ended. */
export const unfinishedSuffix = '.tmp';
const named = /^snapshot-\d{12}$/;

/** Name of the folder of a snapshot; names sort like commits. */
export function snapshotName(commit: number): string {
  return `snapshot-${String(commit).padStart(12, '0')}`;
}

/** Names of the snapshots in a folder, newest first. */
export function snapshotNames(folder: string): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => named.test(name))
        .toSorted()
        .toReversed()
    : [];
}

/** Removes what an interrupted process left. Only for the one writer of the folder. */
export function removeUnfinished(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (name.startsWith('snapshot-') && name.endsWith(unfinishedSuffix)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Keeps the newest `keep` snapshots; 0 removes all of them, as a purge must. */
export function pruneSnapshots(folder: string, keep: number): void {
  removeUnfinished(folder);
  for (const name of snapshotNames(folder).slice(keep)) rmSync(join(folder, name), { recursive: true, force: true });
}
