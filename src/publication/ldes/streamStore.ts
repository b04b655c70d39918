import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { mergedScope, type EntityVersion } from '../versions/contract.js';
import { catalogueGraph } from '../../graph/catalogue.js';
import { SqliteVersionReader, versionColumns, versionOf, type VersionRow } from '../versions/sqliteVersionReader.js';
import { sequencesPerCommit } from '../versions/versionWriter.js';

/** The stream of the catalogue: its activities are a feed by DCAT-AP Feeds. */
export const catalogueStream = 'catalogus';

/** The versions a stream is made of. */
export interface Source {
  readonly scope: number;
  readonly collection: number;
  readonly scopeName: string;
}

/** Some versions of a stream, next to each other in time. */
export interface StreamPage {
  readonly number: number;
  /** Milliseconds since 1970 of its first version. */
  readonly time: number;
  /** Sequences of its first and last version. */
  readonly first: number;
  readonly final: number;
  readonly members: number;
}

export interface StreamVersion extends EntityVersion {
  /** Sequence of the version of the entity after it in this stream; absent for the newest. */
  readonly next?: number;
  /** In views that keep the newest: the entity has a newer version, and what is left is that parts are gone. */
  readonly onlyGone?: boolean;
  /** Whether it is the last of its commit in this stream. */
  readonly lastHere: boolean;
  /** Of the stream of a collection only: its name, whether the entity left it, and the parts that did so. */
  readonly here?: { readonly collection: string; readonly left: boolean; readonly gone: readonly string[] };
}

/** A skolem node that a version told is gone. */
export interface GoneNode {
  readonly sequence: number;
  readonly node: string;
  /** Sequence of the version that tells that it is there again; null as long as none does. */
  readonly next: number | null;
}

interface MemberRow extends VersionRow {
  readonly lastHere: number;
  readonly present: number;
  readonly collection: string;
  readonly goneHere: string | null;
}

const memberColumns = `${versionColumns}, m.last AS lastHere, m.present, m.gone AS goneHere, (SELECT name FROM collection WHERE id = m.collection) AS collection`;

function streamVersion(row: MemberRow): StreamVersion {
  const { lastHere, present, collection, goneHere } = row;
  const version = Object.assign(versionOf(row), { lastHere: lastHere === 1 });
  if (collection === '') return version;
  return Object.assign(version, { here: { collection, left: present === 0 && version.kind !== 'delete', gone: goneHere?.split(' ') ?? [] } });
}

/** Opens the store for streams, in any thread; undefined as long as nobody has made it. */
export function openStreamStore(path: string, base: string): StreamStore | undefined {
  if (!existsSync(path)) return undefined;
  const db = new Database(path, { readonly: true });
  if (Number(db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'page'").pluck().get()) > 0) return new StreamStore(db, base);
  db.close();
  return undefined;
}

/** What streams read of the store: short statements, cheap enough for the main thread except `versions`. */
export class StreamStore extends SqliteVersionReader {
  readonly #base: string;
  readonly #source: Database.Statement<[string, string], { scope: number; collection: number }>;
  readonly #last: Database.Statement<[number, number], StreamPage>;
  readonly #page: Database.Statement<[number, number, number], StreamPage>;
  readonly #pages: Database.Statement<[number, number, number, number], StreamPage>;
  readonly #at: Database.Statement<[number, number, number], StreamPage>;
  readonly #versions: Database.Statement<[number, number, number, number], MemberRow & { readonly next: number | null }>;
  readonly #described: Database.Statement<[string, string], string>;
  readonly #newest: Database.Statement<[number, number, { readonly at: number }], number>;
  readonly #gone: Database.Statement<[number, number, number, number], GoneNode>;
  readonly #ofCommit: Database.Statement<[number, number], MemberRow>;

  constructor(db: Database.Database, base: string) {
    super(db);
    this.#base = base;
    this.#source = db.prepare('SELECT s.id AS scope, c.id AS collection FROM scope s, collection c WHERE s.name = ? AND c.name = ?');
    const columns = 'SELECT number, time, first, final, members FROM page WHERE scope = ? AND collection = ?';
    this.#last = db.prepare(`${columns} ORDER BY number DESC LIMIT 1`);
    this.#page = db.prepare(`${columns} AND number = ?`);
    this.#pages = db.prepare(`${columns} AND number BETWEEN ? AND ? ORDER BY number`);
    this.#at = db.prepare(`${columns} AND number = (SELECT max(number) FROM page p WHERE p.scope = page.scope AND p.collection = page.collection AND p.time <= ?)`);
    this.#versions = db.prepare(
      `SELECT ${memberColumns}, m.next FROM member m JOIN version v ON v.sequence = m.sequence LEFT JOIN content c ON c.id = v.content
       WHERE m.scope = ? AND m.collection = ? AND m.sequence BETWEEN ? AND ? ORDER BY m.sequence`,
    );
    this.#described = db
      .prepare<[string, string], string>(
        'SELECT lines FROM content WHERE id = (SELECT content FROM version WHERE sequence = (SELECT sequence FROM current WHERE scope = (SELECT id FROM scope WHERE name = ?) AND entity = ?))',
      )
      .pluck();
    this.#newest = db
      .prepare<[number, number, { readonly at: number }], number>(
        `SELECT p.number FROM page p WHERE p.scope = ? AND p.collection = ? AND (
           EXISTS (SELECT 1 FROM member m WHERE m.scope = p.scope AND m.collection = p.collection AND m.sequence BETWEEN p.first AND p.final AND (m.next IS NULL OR m.next > :at))
           OR EXISTS (SELECT 1 FROM gone g WHERE g.scope = p.scope AND g.collection = p.collection AND g.sequence BETWEEN p.first AND p.final AND (g.next IS NULL OR g.next > :at))
         ) ORDER BY p.number`,
      )
      .pluck();
    this.#gone = db.prepare('SELECT sequence, node, next FROM gone WHERE scope = ? AND collection = ? AND sequence BETWEEN ? AND ?');
    this.#ofCommit = db.prepare(
      `SELECT ${memberColumns} FROM member m JOIN version v ON v.sequence = m.sequence LEFT JOIN content c ON c.id = v.content
       WHERE m.sequence BETWEEN ? AND ? AND m.scope = v.scope ORDER BY m.sequence, m.collection`,
    );
  }

  /** The versions behind the name of a stream; undefined when there is no such stream. */
  source(stream: string): Source | undefined {
    const slug = stream === catalogueStream ? catalogueStream : /^dataset\/(.+)$/.exec(stream)?.[1];
    if (slug === undefined) {
      const row = this.#source.get(mergedScope, stream === 'alles' ? '' : stream);
      // Before the first version of all there is no scope yet.
      return row && { ...row, scopeName: mergedScope };
    }
    const scopeName = [`${this.#base}id/dataset/${slug}`, decoded(slug)].find((name) => name !== mergedScope && this.#source.get(name, '') !== undefined);
    const row = scopeName === undefined ? undefined : this.#source.get(scopeName, '');
    return row && scopeName !== undefined ? { ...row, scopeName } : undefined;
  }

  /** The name of every stream there is. */
  streams(): readonly string[] {
    const collections = this.db.prepare<[], string>("SELECT name FROM collection WHERE name <> '' ORDER BY id").pluck().all();
    const datasets = this.scopes().filter((scope) => scope !== mergedScope);
    const catalogue = datasets.includes(catalogueGraph(this.#base)) ? [catalogueStream] : [];
    return ['alles', ...collections, ...catalogue, ...datasets.map((iri) => this.streamOf(iri))];
  }

  /** Reads several things of one moment. */
  steady<T>(read: () => T): T {
    return this.db.transaction(read).deferred();
  }

  /** What a scope says of an entity now. */
  describe(scope: string, entity: string): readonly string[] {
    return this.#described.get(scope, entity)?.split('\n') ?? [];
  }

  lastPage({ scope, collection }: Source): StreamPage | undefined {
    return this.#last.get(scope, collection);
  }

  page({ scope, collection }: Source, number: number): StreamPage | undefined {
    return this.#page.get(scope, collection, number);
  }

  pages({ scope, collection }: Source, from: number, to: number): readonly StreamPage[] {
    return this.#pages.all(scope, collection, from, to);
  }

  /** The page whose interval holds a moment (milliseconds since 1970). */
  pageAt({ scope, collection }: Source, time: number): StreamPage | undefined {
    return this.#at.get(scope, collection, time);
  }

  /** Numbers of the pages that tell the newest of something, or did at a sequence. */
  newestPages({ scope, collection }: Source, at = Number.MAX_SAFE_INTEGER): readonly number[] {
    return this.#newest.all(scope, collection, { at });
  }

  /** The nodes that the versions of a page told are gone. */
  goneNodes({ scope, collection }: Source, { first, final }: StreamPage): readonly GoneNode[] {
    return this.#gone.all(scope, collection, first, final);
  }

  /** The name of the stream with everything a scope says. */
  streamOf(scope: string): string {
    const prefix = `${this.#base}id/dataset/`;
    if (scope === mergedScope) return 'alles';
    return `dataset/${scope.startsWith(prefix) && scope.length > prefix.length ? scope.slice(prefix.length) : encodeURIComponent(scope)}`;
  }

  /** The versions a commit made, as each stream has them, in order, a few at a time. */
  *ofCommit(commit: number): Generator<StreamVersion> {
    const first = commit * sequencesPerCommit + 1;
    for (let from = first; ; from += 100) {
      const rows = this.#ofCommit.all(from, from + 99);
      if (rows.length === 0) return;
      yield* rows.map(streamVersion);
    }
  }

  versions({ scope, collection }: Source, { first, final }: StreamPage): readonly StreamVersion[] {
    return this.#versions
      .all(scope, collection, first, final)
      .map((row) => Object.assign(streamVersion(row), row.next === null ? {} : { next: row.next }));
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
