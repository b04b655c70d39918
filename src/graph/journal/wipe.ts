import type Database from 'better-sqlite3';

/** Moves the write-ahead log into the file and empties it; false when a reader is in the way. */
function checkpoint(db: Database.Database): boolean {
  const busy = db.prepare<[], number>('PRAGMA wal_checkpoint(TRUNCATE)').pluck().get();
  return busy === 0;
}

/**
 * Rewrites the file so that nothing deleted stays in it: `secure_delete` zeroes what leaves a page, but the
 * write-ahead log keeps the older pages until it is emptied.
 */
export function wipe(db: Database.Database): boolean {
  if (!checkpoint(db)) return false;
  db.exec('VACUUM');
  return checkpoint(db);
}
