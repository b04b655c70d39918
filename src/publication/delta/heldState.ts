import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import { isSkolem } from '../../rdf/skolem.js';
import type { Encoded } from './encode.js';

type Emit = (op: '-' | '+', line: string) => void;

const page = 500;

/**
 * What streams now say, as the consumers that follow them have it. A statement about an entity belongs to that entity
 * alone; one about a skolem node may be held by several, and leaves with the last of them.
 */
export class HeldState {
  readonly #db: Database.Database;
  readonly #base: string;
  readonly #get: Database.Statement<[number, string], { lines: Buffer }>;
  readonly #put: Database.Statement<[number, string, Buffer, number]>;
  readonly #drop: Database.Statement<[number, string]>;
  readonly #note: Database.Statement<[number, string, number, string]>;
  readonly #count: Database.Statement<[number, string, number]>;
  readonly #changed: Database.Statement<[number, string], { line: string; before: number; holders: number }>;
  readonly #entities: Database.Statement<[number, string], { entity: string; lines: Buffer }>;
  readonly #shared: Database.Statement<[number, string], string>;

  constructor(db: Database.Database, base: string) {
    this.#db = db;
    this.#base = base;
    this.#get = db.prepare('SELECT lines FROM held WHERE stream = ? AND entity = ?');
    this.#put = db.prepare('INSERT OR REPLACE INTO held (stream, entity, lines, omitted) VALUES (?, ?, ?, ?)');
    this.#drop = db.prepare('DELETE FROM held WHERE stream = ? AND entity = ?');
    this.#note = db.prepare('INSERT OR IGNORE INTO seen SELECT ?, ?, coalesce((SELECT holders FROM shared WHERE stream = ? AND line = ?), 0)');
    this.#count = db.prepare('INSERT INTO shared VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET holders = holders + excluded.holders');
    this.#changed = db.prepare(`SELECT line, before, holders FROM seen JOIN shared USING (stream, line) WHERE stream = ? AND line > ? ORDER BY line LIMIT ${page}`);
    this.#entities = db.prepare(`SELECT entity, lines FROM held WHERE stream = ? AND entity > ? ORDER BY entity LIMIT ${page}`);
    this.#shared = db.prepare<[number, string], string>(`SELECT line FROM shared WHERE stream = ? AND line > ? AND holders > 0 ORDER BY line LIMIT ${page}`).pluck();
  }

  /** Takes in what the stream says of an entity from now on; nothing when it leaves. Tells what changes at once. */
  replace(stream: number, entity: string, { lines, omitted }: Encoded, emit: Emit): void {
    const row = this.#get.get(stream, entity);
    const before = row ? unpacked(row.lines) : new Set<string>();
    const own = this.#own(entity);
    for (const line of before) if (!lines.has(line)) this.#take(stream, '-', line, line.startsWith(own), emit);
    for (const line of lines) if (!before.has(line)) this.#take(stream, '+', line, line.startsWith(own), emit);
    if (lines.size > 0 || omitted > 0) this.#put.run(stream, entity, packed(lines), omitted);
    else if (row) this.#drop.run(stream, entity);
  }

  /** At the end of a commit: tells which shared statements left or came with it. */
  settle(stream: number, emit: Emit): void {
    for (let last = ''; ; ) {
      const rows = this.#changed.all(stream, last);
      for (const { line, before, holders } of rows) {
        if (before === 0 && holders > 0) emit('+', line);
        if (before > 0 && holders === 0) emit('-', line);
      }
      const end = rows.at(-1);
      if (end === undefined) break;
      last = end.line;
    }
    this.#db.prepare('DELETE FROM shared WHERE stream = ? AND holders = 0').run(stream);
    this.#db.prepare('DELETE FROM seen WHERE stream = ?').run(stream);
  }

  /** Every statement of a stream, each once. */
  *statements(stream: number): Generator<string> {
    for (let last = ''; ; ) {
      const rows = this.#entities.all(stream, last);
      for (const { entity, lines } of rows) {
        const own = this.#own(entity);
        for (const line of unpacked(lines)) if (line.startsWith(own)) yield line;
      }
      const end = rows.at(-1);
      if (end === undefined) break;
      last = end.entity;
    }
    for (let last = ''; ; ) {
      const lines = this.#shared.all(stream, last);
      yield* lines;
      const end = lines.at(-1);
      if (end === undefined) return;
      last = end;
    }
  }

  /** How the statements begin that nothing else holds. */
  #own(entity: string): string {
    return isSkolem(entity, this.#base) ? ' ' : `<${entity}> `;
  }

  clear(stream: number): void {
    for (const table of ['held', 'shared', 'seen']) this.#db.prepare(`DELETE FROM ${table} WHERE stream = ?`).run(stream);
  }

  #take(stream: number, op: '-' | '+', line: string, own: boolean, emit: Emit): void {
    if (own) return emit(op, line);
    this.#note.run(stream, line, stream, line);
    this.#count.run(stream, line, op === '+' ? 1 : -1);
  }
}

function packed(lines: ReadonlySet<string>): Buffer {
  return deflateRawSync([...lines].toSorted().join('\n'), { level: 3 });
}

function unpacked(content: Buffer): ReadonlySet<string> {
  const text = inflateRawSync(content).toString();
  return new Set(text === '' ? [] : text.split('\n'));
}
