import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { EntityVersion, Scope, VersionFilter, VersionReader } from './contract.js';
import { settingOf, wholeScope } from './schema.js';
import { kindNumbers, sequencesPerCommit } from './versionWriter.js';

export interface VersionRow {
  readonly sequence: number;
  readonly scope: string;
  readonly entity: string;
  readonly time: number;
  readonly kind: number;
  readonly lines: string | null;
  readonly previous: number | null;
  readonly gone: string | null;
  readonly last: number;
  readonly collections: string | null;
}

/** The columns of a version, from the tables `m` (member), `v` (version) and `c` (content). */
export const versionColumns = `v.sequence, (SELECT name FROM scope WHERE id = v.scope) AS scope, v.entity, v.time, v.kind, c.lines, v.previous, v.gone,
  (SELECT last FROM member w WHERE w.scope = v.scope AND w.collection = ${wholeScope} AND w.sequence = v.sequence) AS last,
  (SELECT json_group_array(name) FROM member x JOIN collection ON id = x.collection WHERE x.sequence = v.sequence AND x.collection <> ${wholeScope}) AS collections`;

export function versionOf({ sequence, scope, entity, time, kind, lines, previous, gone, last, collections }: VersionRow): EntityVersion {
  const names: string[] = JSON.parse(collections ?? '[]');
  return {
    sequence,
    commit: Math.floor(sequence / sequencesPerCommit),
    time: new Date(time).toISOString(),
    lastOfCommit: last === 1,
    scope,
    entity,
    collections: names.toSorted(),
    kind: kindNumbers[kind] ?? 'update',
    lines: lines === null ? [] : lines.split('\n'),
    ...(gone === null ? {} : { gone: gone.split(' ') }),
    ...(previous === null ? {} : { previous }),
  };
}

/** Opens the store to read, in any thread; undefined as long as nobody has made it. */
export function openVersionReader(path: string): SqliteVersionReader | undefined {
  if (!existsSync(path)) return undefined;
  const db = new Database(path, { readonly: true });
  if (Number(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'page'").pluck().get()) > 0) return new SqliteVersionReader(db);
  db.close();
  return undefined;
}

/** The versions in SQLite, read side. Every method is a short statement: an open cursor would keep text from being erased. */
export class SqliteVersionReader implements VersionReader {
  protected readonly db: Database.Database;
  readonly #after: Database.Statement<[Scope, string, number, number], VersionRow>;
  readonly #current: Database.Statement<[Scope, string, string, number], VersionRow>;
  readonly #one: Database.Statement<[number], VersionRow>;

  constructor(db: Database.Database) {
    this.db = db;
    const ids = '(SELECT id FROM scope WHERE name = ?) AND m.collection = (SELECT id FROM collection WHERE name = ?)';
    const joined = 'JOIN version v ON v.sequence = m.sequence LEFT JOIN content c ON c.id = v.content';
    this.#after = db.prepare(`SELECT ${versionColumns} FROM member m ${joined} WHERE m.scope = ${ids} AND m.sequence > ? ORDER BY m.sequence LIMIT ?`);
    this.#current = db.prepare(
      `SELECT ${versionColumns} FROM current u CROSS JOIN member m ON m.scope = u.scope AND m.sequence = u.sequence AND m.present = 1 ${joined}
       WHERE u.exists_now = 1 AND u.scope = ${ids} AND u.entity > ? ORDER BY u.entity LIMIT ?`,
    );
    this.#one = db.prepare(`SELECT ${versionColumns} FROM version v LEFT JOIN content c ON c.id = v.content WHERE v.sequence = ?`);
  }

  get commit(): number {
    return Number(settingOf(this.db, 'commit') ?? 0);
  }

  get generation(): string {
    return settingOf(this.db, 'generation') ?? '';
  }

  get rules(): string {
    return settingOf(this.db, 'made-for') ?? '';
  }

  scopes(): readonly Scope[] {
    return this.db.prepare<[], string>('SELECT name FROM scope ORDER BY name').pluck().all();
  }

  after({ scope, collection = '' }: VersionFilter, sequence: number, limit: number): readonly EntityVersion[] {
    return this.#after.all(scope, collection, sequence, limit).map(versionOf);
  }

  version(sequence: number): EntityVersion | undefined {
    const row = this.#one.get(sequence);
    return row && versionOf(row);
  }

  current({ scope, collection = '' }: VersionFilter, entity: string | undefined, limit: number): readonly EntityVersion[] {
    return this.#current.all(scope, collection, entity ?? '', limit).map(versionOf);
  }

  close(): void {
    this.db.close();
  }
}
