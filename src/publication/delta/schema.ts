import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Folder of the data folder with everything of the delta streams; it can be thrown away and is made anew. */
export const deltaFolder = 'delta';
/** Folder in it with the dumps. */
export const dumpsOf = (folder: string): string => join(folder, 'dumps');
const databaseFile = 'delta.sqlite';
/** Version of the layout and of the encoding: files of another one are not continued. */
const format = 2;

/*
 * file: what consumers fetch; a row is never changed. held: what a stream now says of an entity. shared: statements
 * about nodes that several entities may share, with the number of entities that hold them.
 */
const tables = `
CREATE TABLE stream (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, definition TEXT NOT NULL,
  position INTEGER NOT NULL, number INTEGER NOT NULL, last INTEGER NOT NULL, kept INTEGER, dirty INTEGER NOT NULL
);
CREATE TABLE file (
  id TEXT PRIMARY KEY, stream INTEGER NOT NULL, created INTEGER NOT NULL, number INTEGER NOT NULL, dump INTEGER,
  changesets INTEGER NOT NULL, deletes INTEGER NOT NULL, inserts INTEGER NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, content BLOB NOT NULL,
  UNIQUE (stream, created)
);
CREATE TABLE held (stream INTEGER, entity TEXT, lines BLOB NOT NULL, omitted INTEGER NOT NULL, PRIMARY KEY (stream, entity)) WITHOUT ROWID;
CREATE INDEX omitted ON held (stream, omitted) WHERE omitted > 0;
CREATE TABLE shared (stream INTEGER, line TEXT, holders INTEGER NOT NULL, PRIMARY KEY (stream, line)) WITHOUT ROWID;
CREATE TABLE dump (
  id TEXT PRIMARY KEY, stream INTEGER NOT NULL, distribution TEXT NOT NULL UNIQUE, file TEXT NOT NULL UNIQUE, released INTEGER NOT NULL, number INTEGER NOT NULL,
  statements INTEGER NOT NULL, tagged INTEGER NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, previous TEXT
);
CREATE TABLE gone (id TEXT PRIMARY KEY, stream TEXT NOT NULL);
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL);
PRAGMA user_version = ${format};
`;

/** Opens the store of the streams to write; at most one per data folder. One of another format starts anew. */
export function openDelta(folder: string): Database.Database {
  mkdirSync(dumpsOf(folder), { recursive: true });
  const db = new Database(join(folder, databaseFile));
  db.pragma('journal_mode = WAL');
  // The log is what must survive a power cut; files that are made again then carry a later moment, so consumers get them.
  db.pragma('synchronous = NORMAL');
  // What a purge takes away must not stay in freed pages.
  db.pragma('secure_delete = ON');
  if (db.pragma('user_version', { simple: true }) !== format) {
    const names = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").pluck().all();
    db.transaction(() => {
      for (const name of names) db.exec(`DROP TABLE "${name}"`);
      db.exec(tables);
    })();
  }
  db.exec('CREATE TEMP TABLE seen (stream INTEGER, line TEXT, before INTEGER NOT NULL, PRIMARY KEY (stream, line)) WITHOUT ROWID');
  return db;
}

/** Opens it to read, beside the writer; undefined while there is none. */
export function openDeltaReader(folder: string): Database.Database | undefined {
  try {
    const db = new Database(join(folder, databaseFile), { readonly: true, fileMustExist: true });
    if (db.pragma('user_version', { simple: true }) === format) return db;
    db.close();
  } catch {
    // Not made yet: the thread that writes it is starting.
  }
  return undefined;
}
