import type Database from 'better-sqlite3';
import type { Change } from '../changeset.js';
import type { CommitHeader, CommitNote } from '../commit.js';
import { damageOf } from './damage.js';
import type { Head, HeaderQuery, JournalReader, Touched } from './journal.js';
import { Names } from './names.js';
import { Parts } from './parts.js';
import { Purges } from './purges.js';
import { TouchedEntities } from './touchedEntities.js';

interface HeaderRow {
  readonly hash: string;
  readonly header: string;
}

function parsed({ hash, header }: HeaderRow): CommitHeader {
  return { ...JSON.parse(header), hash };
}

/**
 * The journal in SQLite, read side. Every method is a few short statements: an open cursor would keep the writer
 * from truncating its write-ahead log.
 */
export class SqliteJournalReader implements JournalReader {
  protected readonly db: Database.Database;
  protected readonly datasets: Names;
  protected readonly parts: Parts;
  protected readonly touchedEntities: TouchedEntities;
  readonly #head: Database.Statement<[], Head>;
  readonly #header: Database.Statement<[number], HeaderRow>;
  readonly #note: Database.Statement<[number], string | null>;
  readonly #from: Database.Statement<[number, number], HeaderRow>;
  readonly #setting: Database.Statement<[string], string>;
  readonly #purges: Purges;

  constructor(db: Database.Database) {
    this.db = db;
    this.datasets = new Names(db, 'dataset');
    this.parts = new Parts(db);
    this.touchedEntities = new TouchedEntities(db, this.datasets, new Names(db, 'entity'));
    this.#head = db.prepare("SELECT number, hash, json_extract(header, '$.time') AS time FROM commits ORDER BY number DESC LIMIT 1");
    this.#header = db.prepare('SELECT hash, header FROM commits WHERE number = ?');
    this.#note = db.prepare<[number], string | null>('SELECT note FROM note WHERE number = ?').pluck();
    this.#from = db.prepare('SELECT hash, header FROM commits WHERE number >= ? ORDER BY number LIMIT ?');
    this.#purges = new Purges(db);
    this.#setting = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  }

  get head(): Head | null {
    return this.#head.get() ?? null;
  }

  header(number: number): CommitHeader | undefined {
    const row = this.#header.get(number);
    return row && parsed(row);
  }

  note(number: number): CommitNote | null | undefined {
    const text = this.#note.get(number);
    return typeof text === 'string' ? JSON.parse(text) : text;
  }

  headers({ before = Number.MAX_SAFE_INTEGER, after = 0, oldest = false, limit, dataset, datasets, entity }: HeaderQuery): readonly CommitHeader[] {
    const wanted = dataset === undefined ? datasets : [dataset].filter((iri) => datasets?.includes(iri) ?? true);
    const list = wanted && JSON.stringify(wanted);
    const among = 'IN (SELECT id FROM dataset WHERE iri IN (SELECT value FROM json_each(:list)))';
    const order = oldest ? 'ASC' : 'DESC';
    let where = '';
    if (entity !== undefined) {
      where = `AND number IN (SELECT number FROM touched WHERE entity = (SELECT id FROM entity WHERE iri = :entity) ${list ? `AND dataset ${among}` : ''})`;
    } else if (wanted?.length === 1) {
      where = `AND (number IN (SELECT number FROM part WHERE block = 0 AND dataset ${among} AND number < :before AND number > :after ORDER BY number ${order} LIMIT :limit) OR number IN (SELECT value FROM json_each(:purges)))`;
    } else if (list) {
      where = `AND (EXISTS (SELECT 1 FROM part WHERE part.number = commits.number AND block = 0 AND dataset ${among}) OR number IN (SELECT value FROM json_each(:purges)))`;
    }
    return this.db
      .prepare<[object], HeaderRow>(`SELECT hash, header FROM commits WHERE number < :before AND number > :after ${where} ORDER BY number ${order} LIMIT :limit`)
      .all({ before, after, limit, ...(list && { list }), ...(wanted && entity === undefined && { purges: JSON.stringify(this.#purges.of(wanted)) }), ...(entity !== undefined && { entity }) })
      .map(parsed);
  }

  headersFrom(number: number, limit: number): readonly CommitHeader[] {
    return this.#from.all(number, limit).map(parsed);
  }

  *changes(number: number, dataset?: string): Iterable<Change> {
    for (const part of this.header(number)?.parts ?? []) {
      if (dataset !== undefined && part.dataset !== dataset) continue;
      const id = this.datasets.id(part.dataset);
      if (id !== undefined) yield* this.parts.changes({ number, dataset: id });
    }
  }

  lines(after: number, upTo: number): number {
    return this.parts.lines(after, upTo);
  }

  touched(entity: string, datasets?: readonly string[]): { readonly commit: number } | undefined {
    const commit = this.touchedEntities.last(entity, datasets);
    return commit === undefined ? undefined : { commit };
  }

  touchedIn(number: number): Iterable<Touched> {
    return this.touchedEntities.of(number);
  }

  setting(key: string): string | undefined {
    return this.#setting.get(key);
  }

  damage(): readonly string[] {
    return damageOf(this.db);
  }

  close(): void {
    this.db.close();
  }
}
