import type Database from 'better-sqlite3';
import { sha256 } from './chain.js';
import { expectedSchema, rowCheck, schemaOf } from './schema.js';

const page = 1_000;

/** Text that JSON.parse reads the same need not be the same bytes: the stored header itself must give the hash. */
function headersNotAsHashed(db: Database.Database): readonly string[] {
  const found: string[] = [];
  const next = db.prepare<[number], { number: number; hash: string; header: Buffer }>(
    `SELECT number, hash, CAST(header AS BLOB) AS header FROM commits WHERE number > ? ORDER BY number LIMIT ${page}`,
  );
  for (let rows = next.all(-1); rows.length > 0; rows = next.all(rows.at(-1)?.number ?? 0)) {
    for (const { number, hash, header } of rows) if (sha256(header) !== hash) found.push(`header ${number}: not the text that was hashed`);
  }
  return found;
}

function rowsWithWrongCheck(db: Database.Database): readonly string[] {
  const found: string[] = [];
  for (const { key, value, crc } of db.prepare<[], { key: string; value: string; crc: number }>('SELECT key, value, crc FROM setting').all()) {
    if (rowCheck(key, value) !== crc) found.push(`setting ${key}: changed outside the program`);
  }
  const outcomes = db
    .prepare<[], [string, string, number, string, string, number | null, number]>(
      'SELECT key, token, time, fingerprint, outcome, number, crc FROM remembered',
    )
    .raw()
    .all();
  for (const [key, token, time, fingerprint, outcome, number, crc] of outcomes) {
    if (rowCheck(key, token, time, fingerprint, outcome, number) !== crc) found.push('remembered outcome: changed outside the program');
  }
  return found;
}

/** Parts and notes of commits that do not exist: no header would ever ask for them. */
function strays(db: Database.Database): readonly string[] {
  const count = (sql: string): number => db.prepare<[], number>(`SELECT count(*) FROM ${sql}`).pluck().get() ?? 0;
  const found: string[] = [];
  if (count('part WHERE number NOT IN (SELECT number FROM commits) OR dataset NOT IN (SELECT id FROM dataset)') > 0) found.push('part: of no commit');
  if (count('note WHERE number NOT IN (SELECT number FROM commits)') > 0) found.push('note: of no commit');
  if (count('touched WHERE number NOT IN (SELECT number FROM commits) OR entity NOT IN (SELECT id FROM entity)') > 0) found.push('touched: of no commit');
  return found;
}

/** What is wrong with the file beyond the chain. Each check stands alone: one that cannot run is a finding itself. */
export function damageOf(db: Database.Database): readonly string[] {
  const checks: readonly (() => readonly string[])[] = [
    () => db.prepare<[], string>('PRAGMA integrity_check(20)').pluck().all().filter((line) => line !== 'ok'),
    () => (schemaOf(db) === expectedSchema() ? [] : ['schema: not the tables of this version']),
    () => headersNotAsHashed(db),
    () => rowsWithWrongCheck(db),
    () => strays(db),
  ];
  return checks.flatMap((check) => {
    try {
      return check();
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  });
}
