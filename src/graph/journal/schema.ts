import Database from 'better-sqlite3';
import { crc32 } from 'node:zlib';
import { Fault } from '../../faults.js';

/** Version of the tables below; a journal of a newer version is refused. */
export const journalFormat = 1;

/**
 * - `commits.header` is the canonical JSON that is hashed, so its SHA-256 is `hash`.
 * - `part` holds blocks of a commit's part of one dataset; `part_of_dataset` finds the commits of a dataset.
 * - `touched` answers "last commit of an entity" and, by its index, "what did a commit touch"; the two hold each
 *   other's check.
 * - Rows outside the chain carry a CRC-32 of their text.
 */
export const tables = `
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL, crc INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE commits (number INTEGER PRIMARY KEY, hash TEXT NOT NULL, header TEXT NOT NULL);
CREATE TABLE note (number INTEGER PRIMARY KEY, note TEXT);
CREATE TABLE dataset (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE entity (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE part (number INTEGER NOT NULL, dataset INTEGER NOT NULL, block INTEGER NOT NULL,
  lines INTEGER NOT NULL, crc INTEGER NOT NULL, content BLOB NOT NULL);
CREATE UNIQUE INDEX part_block ON part (number, dataset, block);
CREATE INDEX part_of_dataset ON part (dataset, number) WHERE block = 0;
CREATE TABLE touched (entity INTEGER NOT NULL, dataset INTEGER NOT NULL, number INTEGER NOT NULL,
  PRIMARY KEY (entity, dataset, number)) WITHOUT ROWID;
CREATE INDEX touched_in ON touched (number, dataset, entity);
CREATE TABLE remembered (key TEXT NOT NULL, token TEXT NOT NULL, time INTEGER NOT NULL, fingerprint TEXT NOT NULL,
  outcome TEXT NOT NULL, number INTEGER, crc INTEGER NOT NULL, PRIMARY KEY (key, token)) WITHOUT ROWID;
CREATE INDEX remembered_time ON remembered (time);
`;

/** Check over a row whose text no hash covers. */
export function rowCheck(...values: readonly (string | number | null)[]): number {
  return crc32(JSON.stringify(values));
}

/** The statements a database was made with, to compare with those it ought to have. */
export function schemaOf(db: Database.Database): string {
  return db.prepare<[], string>("SELECT type || name || tbl_name || coalesce(sql, '') FROM sqlite_schema ORDER BY name").pluck().all().join('\n');
}

/** The schema a sound journal has. */
export function expectedSchema(): string {
  const db = new Database(':memory:');
  try {
    db.exec(tables);
    return schemaOf(db);
  } finally {
    db.close();
  }
}

/** Refuses what this version cannot read. */
export function checkFormat(found: string | undefined): void {
  if (found === String(journalFormat)) return;
  if (found !== undefined && Number(found) > journalFormat) {
    throw new Fault('conflict', {
      nl: `Het logboek is gemaakt door een nieuwere versie van Regiograaf (formaat ${found}, deze versie kent ${journalFormat}). Installeer die versie.`,
      en: `The log was made by a newer version of Regiograaf (format ${found}, this version knows ${journalFormat}). Install that version.`,
    });
  }
  throw new Fault('internal', {
    nl: 'journal.sqlite is geen logboek van Regiograaf of is beschadigd. Zet een reservekopie terug.',
    en: 'journal.sqlite is not a log of Regiograaf or is damaged. Restore a backup.',
  });
}
