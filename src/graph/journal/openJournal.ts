import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Fault } from '../../faults.js';
import type { Journal, JournalReader } from './journal.js';
import { checkFormat, journalFormat, rowCheck, tables } from './schema.js';
import { SqliteJournal } from './sqliteJournal.js';
import { SqliteJournalReader } from './sqliteReader.js';
import { orStorageFault } from './storageFaults.js';
import { lockForWriting } from './writerLock.js';

/** Name of the journal in the data folder. */
export const journalFile = 'journal.sqlite';

export interface WriterOptions {
  /** Milliseconds since 1970; for tests and for loading history. */
  readonly now?: () => number;
  /** Refuse to grow past this size, with Fault `storage-full`. */
  readonly maxBytes?: number;
}

/** Beyond this the write-ahead log of a large load is cut back once it is copied. */
const walBytes = 64 * 1024 * 1024;

/** Opens the journal to read, beside a writer or without one. Fault `not-found` when there is none. */
export function openJournalReader(path: string): JournalReader {
  if (!existsSync(path)) {
    throw new Fault('not-found', {
      nl: `In de gegevensmap ${dirname(path)} is nog geen logboek. Start de dienst eerst een keer, of kijk de map (DATA_DIR) na.`,
      en: `There is no log in the data folder ${dirname(path)} yet. Start the service once first, or check the folder (DATA_DIR).`,
    });
  }
  return orDamaged(() => {
    const db = new Database(path, { readonly: true });
    return closingOnError(db, () => {
      checkFormat(formatOf(db));
      return new SqliteJournalReader(db);
    });
  });
}

/**
 * Opens the journal to write, making it when there is none. Fault `conflict` when another writer has the folder or
 * the journal is of a newer version. While it is open, never open its files in this process by other means (to copy
 * them, say): closing any handle of a file drops the POSIX locks that SQLite holds on it.
 */
export function openJournal(path: string, { now = Date.now, maxBytes }: WriterOptions = {}): Journal {
  const lock = lockForWriting(dirname(path));
  try {
    return orDamaged(() => {
      const db = new Database(path);
      return closingOnError(db, () => {
        prepare(db, maxBytes);
        return new SqliteJournal(db, { path, now, release: () => lock.release() });
      });
    });
  } catch (error) {
    lock.release();
    throw error;
  }
}

function prepare(db: Database.Database, maxBytes: number | undefined): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('secure_delete = ON');
  db.pragma(`journal_size_limit = ${walBytes}`);
  if (maxBytes !== undefined) db.pragma(`max_page_count = ${Math.floor(maxBytes / Number(db.pragma('page_size', { simple: true })))}`);
  const made = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()) > 0;
  if (made) return checkFormat(formatOf(db));
  db.transaction(() => {
    db.exec(tables);
    const format = String(journalFormat);
    db.prepare('INSERT INTO setting (key, value, crc) VALUES (?, ?, ?)').run('format', format, rowCheck('format', format));
  }).immediate();
}

function formatOf(db: Database.Database): string | undefined {
  const known = db.prepare<[], number>("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'setting'").pluck().get();
  return known ? db.prepare<[], string>("SELECT value FROM setting WHERE key = 'format'").pluck().get() : undefined;
}

function closingOnError<T>(db: Database.Database, action: () => T): T {
  try {
    return action();
  } catch (error) {
    db.close();
    throw error;
  }
}

function orDamaged<T>(action: () => T): T {
  try {
    return orStorageFault(action);
  } catch (error) {
    if (error instanceof Database.SqliteError && !error.code.startsWith('SQLITE_BUSY')) {
      throw new Fault(
        'internal',
        {
          nl: `Het logboek kan niet worden geopend: het bestand is beschadigd (${error.code}). Zet een reservekopie terug.`,
          en: `The log cannot be opened: the file is damaged (${error.code}). Restore a backup.`,
        },
        { cause: error },
      );
    }
    throw error;
  }
}
