import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import type { EntityVersion, VersionReader } from '../versions/contract.js';
import { DeltaFiles, deltaText, type LineChanges } from './deltaFile.js';
import { encode, type Encoded } from './encode.js';
import { HeldState } from './heldState.js';
import { isSkolem } from '../../rdf/skolem.js';
import { fileId } from './names.js';
import type { StreamRow } from './rows.js';
import type { DeltaStream } from './streams.js';

export interface WriterOptions {
  readonly base: string;
  readonly streams: readonly DeltaStream[];
  /** Whether these statements make the entity one of the collection. */
  readonly isMember: (collection: string, version: EntityVersion) => boolean;
  readonly now?: () => number;
}

/** Versions read at a time, and about as many in one transaction. */
const batch = 500;
const nothing: Encoded = { lines: new Set(), omitted: 0 };

/**
 * Makes delta files of versions: the difference each makes to what a stream says. A file and the state after it are
 * stored in one transaction, so that a stream goes on after a crash where it was, and no listed file ever changes.
 */
export class DeltaWriter {
  readonly state: HeldState;
  readonly #db: Database.Database;
  readonly #options: WriterOptions;
  readonly #now: () => number;

  constructor(db: Database.Database, options: WriterOptions) {
    this.#db = db;
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.state = new HeldState(db, options.base);
    db.transaction(() => {
      for (const stream of options.streams) this.#declare(stream);
    })();
  }

  /** The streams this installation has, with where they are. */
  streams(): readonly { readonly row: StreamRow; readonly stream: DeltaStream }[] {
    return this.#options.streams.map((stream) => ({ stream, row: this.row(stream.name) }));
  }

  row(name: string): StreamRow {
    const row = this.#db.prepare<[string], StreamRow>('SELECT * FROM stream WHERE name = ?').get(name);
    if (!row) throw new Error(`no stream ${name}`);
    return row;
  }

  /**
   * Takes in the versions that came since: whole commits, about `batch` versions in a transaction, and of what a commit
   * changes as much on disk as needed. True when there is more.
   */
  advance(reader: Pick<VersionReader, 'after'>): boolean {
    let more = false;
    for (const scope of new Set(this.#options.streams.map((stream) => stream.scope))) {
      if (this.#db.transaction(() => this.#scope(reader, scope)).immediate()) more = true;
    }
    return more;
  }

  #scope(reader: Pick<VersionReader, 'after'>, scope: string): boolean {
    const targets = this.streams()
      .filter(({ stream }) => stream.scope === scope)
      .map(({ stream, row }) => new Target(stream, row, (changesets, number) => this.addFile(stream.name, changesets, number)));
    let position = Math.min(...targets.map(({ row }) => row.position));
    let open = false;
    for (let taken = 0; ; ) {
      const versions = reader.after({ scope }, position, batch);
      for (const version of versions) {
        for (const target of targets) if (version.sequence > target.row.position) this.#take(target, version);
        position = version.sequence;
        open = !version.lastOfCommit;
        if (!open) this.#settle(targets);
      }
      taken += versions.length;
      if (versions.length > 0 && (open || taken < batch)) continue;
      this.#settle(targets);
      for (const target of targets) target.files.flush();
      return versions.length > 0;
    }
  }

  #take(target: Target, version: EntityVersion): void {
    const { stream, row, emit } = target;
    target.row = { ...row, position: version.sequence, number: version.commit };
    const isIn = version.kind !== 'delete' && (stream.collection === undefined || (!isSkolem(version.entity, this.#options.base) && this.#options.isMember(stream.collection, version)));
    this.state.replace(row.id, version.entity, isIn ? encode(version.lines) : nothing, emit);
    target.isTouched = true;
  }

  #settle(targets: readonly Target[]): void {
    for (const target of targets) {
      if (!target.isTouched) continue;
      const { row, emit } = target;
      this.state.settle(row.id, emit);
      target.files.endCommit();
      this.#db.prepare('UPDATE stream SET position = ?, number = ? WHERE id = ?').run(row.position, row.number, row.id);
      target.isTouched = false;
    }
  }

  /** Stores a file under the next free moment of its stream. Only inside a transaction with the state it leads to. */
  addFile(name: string, changesets: readonly LineChanges[], number: number, dump: number | null = null): void {
    const row = this.row(name);
    const created = dump === null ? this.nextMoment(row) : row.last + 1;
    const text = Buffer.from(deltaText(changesets));
    const sum = (of: 'deletes' | 'inserts'): number => changesets.reduce((total, changeset) => total + changeset[of].length, 0);
    this.#db
      .prepare('INSERT INTO file (id, stream, created, number, dump, changesets, deletes, inserts, bytes, sha256, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(
        fileId(this.#options.base, name, created),
        row.id,
        created,
        number,
        dump,
        changesets.length,
        sum('deletes'),
        sum('inserts'),
        text.length,
        createHash('sha256').update(text).digest('hex'),
        gzipSync(text),
      );
    this.#db.prepare('UPDATE stream SET last = ?, dirty = max(dirty, ?) WHERE id = ?').run(created, dump === null ? 1 : 0, row.id);
  }

  /**
   * The moment of what is published now: later than everything published before, also when the clock went back. Not the
   * time of the commit: a consumer that asked since must not find something older that it has not had.
   */
  nextMoment({ last }: Pick<StreamRow, 'last'>): number {
    return Math.max(this.#now(), last + 1);
  }

  #declare(stream: DeltaStream): void {
    const definition = JSON.stringify([stream.scope, stream.collection ?? null]);
    const known = this.#db.prepare<[string], StreamRow>('SELECT * FROM stream WHERE name = ?').get(stream.name);
    if (!known) this.#db.prepare('INSERT INTO stream (name, definition, position, number, last, dirty) VALUES (?, ?, 0, 0, 0, 1)').run(stream.name, definition);
    else if (known.definition !== definition) {
      this.forget(known);
      this.#db.prepare('UPDATE stream SET definition = ? WHERE id = ?').run(definition, known.id);
    }
  }

  /** Takes away what belongs to streams that are no longer configured: a purge would not find it. */
  forgetOthers(kept: readonly string[]): void {
    const known = new Set([...kept, ...this.#options.streams.map(({ name }) => name)]);
    this.#db.transaction(() => {
      for (const row of this.#db.prepare<[], StreamRow>('SELECT * FROM stream').all()) {
        if (known.has(row.name)) continue;
        this.forget(row);
        this.#db.prepare('DELETE FROM stream WHERE id = ?').run(row.id);
      }
    })();
  }

  /** Takes everything of a stream away; it begins anew, later than all there was. Its files answer 410 from then on. */
  forget({ id, name }: Pick<StreamRow, 'id' | 'name'>): void {
    for (const [table, column] of [['file', 'id'], ['dump', 'id'], ['dump', 'distribution'], ['dump', 'file']] as const) {
      this.#db.prepare(`INSERT OR IGNORE INTO gone (id, stream) SELECT ${column}, ? FROM ${table} WHERE stream = ?`).run(name, id);
    }
    for (const table of ['file', 'dump']) this.#db.prepare(`DELETE FROM ${table} WHERE stream = ?`).run(id);
    this.state.clear(id);
    this.#db.prepare('UPDATE stream SET position = 0, number = 0, kept = NULL, dirty = 1 WHERE id = ?').run(id);
  }
}

/** One stream during a transaction. */
class Target {
  readonly stream: DeltaStream;
  readonly files: DeltaFiles;
  row: StreamRow;
  isTouched = false;
  readonly emit: (op: '-' | '+', line: string) => void;

  constructor(stream: DeltaStream, row: StreamRow, write: (changesets: readonly LineChanges[], number: number) => void) {
    this.stream = stream;
    this.row = row;
    this.files = new DeltaFiles((changesets) => write(changesets, this.row.number));
    // While a stream is being made it has no consumers: its first dump says it all.
    this.emit = row.kept === null ? () => undefined : (op, line) => this.files.add(op, line);
  }
}
