import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { DatasetCount, Operation, QuadLine } from '../changeset.js';
import { orStorageFault } from '../journal/storageFaults.js';
import type { ChangeStore } from './changeStore.js';

const page = 1_000;

const tables = `
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -32000;
CREATE TABLE change (dataset INTEGER, line TEXT, effect INTEGER, PRIMARY KEY (dataset, line)) WITHOUT ROWID;
BEGIN`;

/**
 * Changes in a temporary SQLite file, for changesets larger than memory should hold. Nothing here has to survive a
 * crash, so there is no journal and no sync. The file is removed at once where the system allows it (it lives on
 * while open), so that a killed process leaves nothing behind; else at `close()`.
 */
export class SpilledChanges implements ChangeStore {
  readonly #path: string;
  readonly #db: Database.Database;
  readonly #ids = new Map<string, number>();
  readonly #add: Database.Statement<[number, string, number]>;
  readonly #effect: Database.Statement<[number, string], number>;
  readonly #page: Database.Statement<[number, number, string], string>;

  constructor(folder: string) {
    this.#path = join(folder, `wijziging-${randomUUID()}.tmp`);
    this.#db = orStorageFault(() => {
      mkdirSync(folder, { recursive: true });
      return new Database(this.#path);
    });
    try {
      orStorageFault(() => this.#db.exec(tables));
    } catch (error) {
      this.close();
      throw error;
    }
    this.#remove();
    this.#add = this.#db.prepare(
      'INSERT INTO change VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET effect = max(-1, min(1, effect + excluded.effect))',
    );
    this.#effect = this.#db.prepare<[number, string], number>('SELECT effect FROM change WHERE dataset = ? AND line = ?').pluck();
    // Pages, not one open cursor: readers may interleave, stop half-way or come back.
    this.#page = this.#db
      .prepare<[number, number, string], string>(
        `SELECT line FROM change WHERE dataset = ? AND effect = ? AND line > ? ORDER BY line LIMIT ${page}`,
      )
      .pluck();
  }

  add(dataset: string, line: QuadLine, effect: 1 | -1): void {
    let id = this.#ids.get(dataset);
    if (id === undefined) this.#ids.set(dataset, (id = this.#ids.size + 1));
    const known = id;
    orStorageFault(() => this.#add.run(known, line, effect));
  }

  effect(dataset: string, line: QuadLine): number {
    const id = this.#ids.get(dataset);
    return id === undefined ? 0 : (this.#effect.get(id, line) ?? 0);
  }

  counts(): ReadonlyMap<string, DatasetCount> {
    const names = new Map([...this.#ids].map(([name, id]) => [id, name]));
    const rows = this.#db
      .prepare<[], { id: number; deleted: number; inserted: number }>(
        'SELECT dataset AS id, sum(effect = -1) AS deleted, sum(effect = 1) AS inserted FROM change WHERE effect <> 0 GROUP BY dataset',
      )
      .all();
    return new Map(rows.map(({ id, deleted, inserted }) => [names.get(id) ?? '', { deleted, inserted }]));
  }

  *lines(dataset: string, op: Operation): Iterable<QuadLine> {
    const id = this.#ids.get(dataset);
    if (id === undefined) return;
    let last = '';
    for (;;) {
      const lines = this.#page.all(id, op === '+' ? 1 : -1, last);
      yield* lines;
      const end = lines.at(-1);
      if (end === undefined || lines.length < page) return;
      last = end;
    }
  }

  close(): void {
    this.#db.close();
    this.#remove();
  }

  #remove(): void {
    try {
      rmSync(this.#path, { force: true });
    } catch {
      // Windows keeps open files: close() removes it.
    }
  }
}
