import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';

/** Version of the tables below and of what is in them; a store of another version is thrown away. */
export const storeFormat = 4;

/**
 * Ends the name of every generation. A page that was called immutable never changes: when other rules give the same log
 * other pages (another size, another kind of things), set this to a letter that was not used before, so that pages get
 * new addresses.
 */
export const edition = '';

/** The whole of a scope, as a collection. */
export const wholeScope = 0;

/** Name of the store in the data folder. */
export const publicationFile = 'publication.sqlite';

/**
 * - `subject` is the state of the published datasets: the triples of a subject in a dataset, one text.
 * - `settings_line` holds what the catalogues say of status and visibility.
 * - `version.content` is shared by the scopes that say the same; null after a delete. `gone` lists the skolem nodes
 *   that were part of the version before and are not in the scope any more.
 * - `member` lists the versions of a collection in a scope; `present` when the entity still belongs to it, `last`
 *   when the version is the last of its commit there, `next` the version of the entity after it in the same collection,
 *   `gone` the skolem nodes that left this collection but are in the scope still. The collection '' is the whole scope.
 * - `part` says which entities a skolem node is part of now.
 * - `gone` says which version told a collection that a skolem node is gone, and with `next` which tells that it is
 *   there again.
 * - `current` leads to the newest version of an entity.
 * - `page` cuts the versions of a collection in a scope into pages; `members` counts the skolem nodes in them too.
 */
const tables = `
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE settings_line (line TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE dataset (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE collection (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE scope (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE subject (iri TEXT NOT NULL, dataset INTEGER NOT NULL, lines TEXT NOT NULL);
CREATE UNIQUE INDEX subject_of_dataset ON subject (iri, dataset);
CREATE TABLE content (id INTEGER PRIMARY KEY, lines TEXT NOT NULL);
CREATE TABLE version (sequence INTEGER PRIMARY KEY, scope INTEGER NOT NULL, entity TEXT NOT NULL, time INTEGER NOT NULL,
  kind INTEGER NOT NULL, content INTEGER, previous INTEGER, gone TEXT);
CREATE TABLE member (scope INTEGER NOT NULL, collection INTEGER NOT NULL, sequence INTEGER NOT NULL,
  present INTEGER NOT NULL, last INTEGER NOT NULL DEFAULT 0, next INTEGER, gone TEXT, PRIMARY KEY (scope, collection, sequence)) WITHOUT ROWID;
CREATE INDEX member_of ON member (sequence, collection);
CREATE TABLE current (scope INTEGER NOT NULL, entity TEXT NOT NULL, sequence INTEGER NOT NULL, exists_now INTEGER NOT NULL,
  PRIMARY KEY (scope, entity)) WITHOUT ROWID;
CREATE TABLE part (scope INTEGER NOT NULL, node TEXT NOT NULL, entity TEXT NOT NULL, PRIMARY KEY (scope, node, entity)) WITHOUT ROWID;
CREATE INDEX part_of ON part (scope, entity);
CREATE TABLE gone (scope INTEGER NOT NULL, collection INTEGER NOT NULL, sequence INTEGER NOT NULL, node TEXT NOT NULL, next INTEGER,
  PRIMARY KEY (scope, collection, sequence, node)) WITHOUT ROWID;
CREATE INDEX still_gone ON gone (scope, node, collection) WHERE next IS NULL;
CREATE TABLE page (scope INTEGER NOT NULL, collection INTEGER NOT NULL, number INTEGER NOT NULL, time INTEGER NOT NULL,
  first INTEGER NOT NULL, final INTEGER NOT NULL, members INTEGER NOT NULL,
  PRIMARY KEY (scope, collection, number)) WITHOUT ROWID;
`;

/** Every table, for emptying. */
export const tableNames = ['setting', 'settings_line', 'dataset', 'collection', 'scope', 'subject', 'content', 'version', 'member', 'current', 'part', 'gone', 'page'] as const;

/** Beyond this the write-ahead log of a bulk commit is cut back once it is copied. */
const walBytes = 64 * 1024 * 1024;

/** Removes a store with everything that belongs to it; nobody may have it open. */
export function removeStore(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

/** Opens the store to write, making the tables of a new one; one of another format is made anew. */
export function openStore(path: string): Database.Database {
  const db = new Database(path);
  try {
    const made = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()) > 0;
    if (made && Number(db.pragma('user_version', { simple: true })) !== storeFormat) {
      db.close();
      removeStore(path);
      return openStore(path);
    }
    db.pragma('journal_mode = WAL');
    // What is lost with the power is derived again.
    db.pragma('synchronous = NORMAL');
    db.pragma('secure_delete = ON');
    db.pragma(`journal_size_limit = ${walBytes}`);
    db.pragma('cache_size = -16000');
    if (!made) db.transaction(() => db.exec(`${tables}PRAGMA user_version = ${storeFormat};`)).immediate();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A setting of the store; undefined without one. */
export function settingOf(db: Database.Database, key: string): string | undefined {
  return db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck().get(key);
}
