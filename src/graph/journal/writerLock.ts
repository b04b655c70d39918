import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Fault } from '../../faults.js';
import { orStorageFault } from './storageFaults.js';

/** Milliseconds to wait for a writer that is just going away. */
const patience = 1_000;

/**
 * Makes this the only writer of a data folder: an exclusive lock on an empty SQLite file beside the journal. The
 * system drops the lock with the process, so nothing has to be cleaned up after `kill -9`. Fault `conflict` when
 * another writer holds it.
 */
export function lockForWriting(folder: string): { release(): void } {
  return orStorageFault(() => {
    mkdirSync(folder, { recursive: true });
    const db = new Database(join(folder, 'journal.lock'), { timeout: patience });
    try {
      db.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      db.close();
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
        throw new Fault(
          'conflict',
          {
            nl: 'Een ander proces van Regiograaf schrijft al in deze gegevensmap. Stop dat proces of kies een andere map (DATA_DIR).',
            en: 'Another Regiograaf process already writes in this data folder. Stop it or choose another folder (DATA_DIR).',
          },
          { cause: error },
        );
      }
      throw error;
    }
    return { release: () => void db.close() };
  });
}
