import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { JournalReader } from '../../graph/journal/journal.js';
import { journalFile, openJournalReader } from '../../graph/journal/openJournal.js';
import { giveWay } from '../../graph/threads/giveWay.js';
import type { VersionReader } from '../versions/contract.js';
import { publicationFile } from '../versions/schema.js';
import { openVersionReader } from '../versions/sqliteVersionReader.js';
import { DeltaFollower, type FollowerOptions } from './deltaFollower.js';

/** Milliseconds between two looks at the log: a change is to be listed within a second of its commit. */
const pause = 150;
const pauseAfterFault = 5000;

/** The thread that follows the log: it ends when it is told to, or at the next start after a kill goes on where it was. */
function follow(options: FollowerOptions, port: NonNullable<typeof parentPort>): void {
  let journal: JournalReader | undefined;
  let versions: { readonly inode: number; readonly reader: VersionReader } | undefined;
  let follower: DeltaFollower | undefined;
  let timer: NodeJS.Timeout | undefined;
  const journalPath = join(options.dataDir, journalFile);
  const versionsPath = join(options.dataDir, publicationFile);
  const closeAll = (): void => {
    follower?.close();
    versions?.reader.close();
    journal?.close();
    [follower, versions, journal] = [undefined, undefined, undefined];
  };
  /** The store of versions can be thrown away and made anew under the same name. */
  const openVersions = (): VersionReader | undefined => {
    const inode = statSync(versionsPath, { throwIfNoEntry: false })?.ino;
    if (versions && versions.inode !== inode) {
      versions.reader.close();
      versions = undefined;
    }
    if (versions || inode === undefined) return versions?.reader;
    const reader = openVersionReader(versionsPath);
    if (reader) versions = { inode, reader };
    return reader;
  };
  const step = (): void => {
    let wait = pause;
    try {
      follower ??= new DeltaFollower(options, {
        journal: () => (journal ??= existsSync(journalPath) ? openJournalReader(journalPath) : undefined),
        versions: openVersions,
      });
      if (follower.tick()) wait = 0;
    } catch (error) {
      // A full disk, a store that is being replaced: everything is opened anew, and nothing half done was kept.
      port.postMessage({ fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      closeAll();
      wait = pauseAfterFault;
    }
    timer = setTimeout(step, wait);
  };
  port.once('message', () => {
    clearTimeout(timer);
    closeAll();
    port.close();
  });
  step();
}

if (parentPort) {
  giveWay('background');
  follow(workerData as FollowerOptions, parentPort);
}
