import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type { DumpRow, FileRow, StreamRow } from './rows.js';
import { deltaFolder, openDeltaReader } from './schema.js';
import { dumpPath } from './streamDump.js';
import { testEnd, type TestEnd } from './testStream.js';

export interface Listing {
  readonly files: readonly FileRow[];
  /** Moment of the oldest file kept that lists changes. */
  readonly oldest: number | undefined;
  /** There are more than were asked for. */
  readonly more: boolean;
}

export interface StreamFigures {
  readonly files: number;
  /** Statements left out because they cannot be said in a way consumers take. */
  readonly omitted: number;
}

const fileColumns = 'id, stream, created, number, dump, changesets, deletes, inserts, bytes, sha256';

/** Reading the streams: short statements, so from any thread, main included. */
export class DeltaSource {
  readonly #folder: string;
  #db: Database.Database | undefined;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, deltaFolder);
  }

  /** The commit up to which was looked whether something public had to be taken away. */
  get scanned(): number {
    return Number(this.#one<string>("SELECT value FROM setting WHERE key = 'scanned'") ?? 0);
  }

  stream(name: string): StreamRow | undefined {
    return this.#row<StreamRow>('SELECT * FROM stream WHERE name = ?', name);
  }

  streamById(id: number): StreamRow | undefined {
    return this.#row<StreamRow>('SELECT * FROM stream WHERE id = ?', id);
  }

  figures({ id }: StreamRow): StreamFigures {
    return {
      files: this.#one<number>('SELECT count(*) FROM file WHERE stream = ?', id) ?? 0,
      omitted: this.#one<number>('SELECT coalesce(sum(omitted), 0) FROM held INDEXED BY omitted WHERE stream = ? AND omitted > 0', id) ?? 0,
    };
  }

  /** Dumps, the newest of a stream first. */
  dumps({ id }: StreamRow): readonly DumpRow[] {
    return this.#rows<DumpRow>('SELECT * FROM dump WHERE stream = ? ORDER BY released DESC', id);
  }

  dump(by: 'id' | 'distribution' | 'file', id: string): DumpRow | undefined {
    return this.#row<DumpRow>(`SELECT * FROM dump WHERE ${by} = ?`, id);
  }

  /** Path of the file of a dump; undefined when it was just removed. */
  dumpPath({ file }: DumpRow): string | undefined {
    const path = dumpPath(this.#folder, file);
    return existsSync(path) ? path : undefined;
  }

  /**
   * Files later than a moment, oldest first. Those that complete a dump are only for who took that dump or a later one:
   * who is older has had what they say.
   */
  files({ id }: StreamRow, since: number, limit: number): Listing {
    const files = this.#rows<FileRow>(`SELECT ${fileColumns} FROM file WHERE stream = ? AND created > ? AND (dump IS NULL OR dump <= ?) ORDER BY created LIMIT ?`, id, since, since, limit + 1);
    return { files: files.slice(0, limit), oldest: this.#one<number | null>('SELECT min(created) FROM file WHERE stream = ?', id) ?? undefined, more: files.length > limit };
  }

  file(id: string): (FileRow & { readonly content: Buffer }) | undefined {
    return this.#row<FileRow & { content: Buffer }>(`SELECT ${fileColumns}, content FROM file WHERE id = ?`, id);
  }

  /** The stream of something that was taken away. */
  gone(id: string): string | undefined {
    return this.#one<string>('SELECT stream FROM gone WHERE id = ?', id);
  }

  testEnd(): TestEnd | undefined {
    const db = this.#open();
    return db && testEnd(db);
  }

  close(): void {
    this.#db?.close();
    this.#db = undefined;
  }

  #open(): Database.Database | undefined {
    return (this.#db ??= openDeltaReader(this.#folder));
  }

  #row<T>(sql: string, ...values: readonly (string | number)[]): T | undefined {
    return this.#open()?.prepare<(string | number)[], T>(sql).get(...values);
  }

  #rows<T>(sql: string, ...values: readonly (string | number)[]): readonly T[] {
    return this.#open()?.prepare<(string | number)[], T>(sql).all(...values) ?? [];
  }

  #one<T>(sql: string, ...values: readonly (string | number)[]): T | undefined {
    return this.#open()?.prepare<(string | number)[], T>(sql).pluck().get(...values) as T | undefined;
  }
}
