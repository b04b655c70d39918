import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type { JournalReader } from '../../graph/journal/journal.js';
import { rdf } from '../../rdf/prefixes.js';
import type { EntityVersion, VersionReader } from '../versions/contract.js';
import { lastClosing } from './closings.js';
import { DeltaWriter } from './deltaWriter.js';
import type { DumpRow, StreamRow } from './rows.js';
import { deltaFolder, openDelta } from './schema.js';
import { makeDump, removeStrayDumps } from './streamDump.js';
import { testStream, type DeltaStream } from './streams.js';
import { makeTestStream } from './testStream.js';

/** Which things a collection holds. */
export interface Membership {
  readonly name: string;
  readonly classes: readonly string[];
  readonly except?: readonly string[];
}

export interface FollowerOptions {
  readonly dataDir: string;
  readonly base: string;
  readonly streams: readonly DeltaStream[];
  readonly kinds: readonly Membership[];
  /** Milliseconds between two dumps of a stream that changes. */
  readonly dumpInterval: number;
  /** Milliseconds a file is kept at least; the newest dump never needs one that is not. */
  readonly retention: number;
  readonly now?: () => number;
}

/** What it reads; undefined as long as it is not there. */
export interface Sources {
  journal(): JournalReader | undefined;
  versions(): VersionReader | undefined;
}

/** Changes after which a new dump is worth more than the files since the last one, however young that is. */
const manyChanges = 10_000;
/** How long a dump stays that was replaced: somebody may be half-way, or about to resume. */
const replacedDumps = 60 * 60_000;
const mostDumps = 3;

/** Keeps the streams up to date with the log, dumps them and removes what is no longer needed. */
export class DeltaFollower {
  readonly #db: Database.Database;
  readonly #writer: DeltaWriter;
  readonly #options: FollowerOptions;
  readonly #sources: Sources;
  readonly #folder: string;
  readonly #now: () => number;

  constructor(options: FollowerOptions, sources: Sources) {
    this.#options = options;
    this.#sources = sources;
    this.#now = options.now ?? Date.now;
    this.#folder = join(options.dataDir, deltaFolder);
    this.#db = openDelta(this.#folder);
    const { base, streams, kinds } = options;
    this.#writer = new DeltaWriter(this.#db, { base, streams, isMember: membership(kinds), now: this.#now });
    this.#writer.forgetOthers([testStream]);
    removeStrayDumps(this.#db, this.#folder);
    makeTestStream(this.#db, { folder: this.#folder, base });
  }

  /** One step; true when there is more to do at once. */
  tick(): boolean {
    const journal = this.#sources.journal();
    const head = journal?.head?.number;
    if (!journal || head === undefined) return false;
    this.#close(journal, head);
    const versions = this.#sources.versions();
    if (!versions || versions.rules === '' || versions.commit < this.#number('closing')) return false;
    if (this.#newRules(versions.rules)) return true;
    if (this.#writer.advance(versions)) return true;
    if (versions.commit >= head) for (const { row } of this.#writer.streams()) this.#maintain(row);
    return false;
  }

  close(): void {
    this.#db.close();
  }

  /** What was public and may be no longer is taken away before anything else is done. */
  #close(journal: JournalReader, head: number): void {
    const scanned = this.#number('scanned');
    if (scanned === head) return;
    const closing = lastClosing(journal, Math.min(scanned, head));
    if (closing !== undefined) {
      this.#forgetAll();
      this.#set('closing', String(closing));
    }
    this.#set('scanned', String(head));
  }

  /**
   * Versions made by other rules have other sequences, and may tell more or less: what was made of those before is begun
   * anew. A past that was rewritten needs no more than this follower does anyhow: purges and restrictions were dealt with
   * before, and after anything else (a dataset that was dropped) the versions since say what is left.
   */
  #newRules(rules: string): boolean {
    const known = this.#setting('rules');
    if (known === rules) return false;
    // A store of before there were rules has a generation.
    const anew = known !== undefined || this.#setting('generation') !== undefined;
    if (anew) this.#forgetAll();
    this.#set('rules', rules);
    return anew;
  }

  #forgetAll(): void {
    this.#db.transaction(() => {
      for (const { row } of this.#writer.streams()) this.#writer.forget(row);
    })();
    removeStrayDumps(this.#db, this.#folder);
    // Freed pages are overwritten; what waits in the write-ahead log is so only once it is copied.
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
  }

  #maintain(row: StreamRow): void {
    const dumps = this.#db.prepare<[number], DumpRow>('SELECT * FROM dump WHERE stream = ? ORDER BY released DESC').all(row.id);
    const [newest] = dumps;
    if (!newest || (row.dirty === 1 && this.#isDue(row, newest))) makeDump(this.#db, this.#writer, row, { folder: this.#folder, base: this.#options.base });
    else this.#prune(row, newest, dumps);
  }

  #isDue({ id }: StreamRow, { released, statements, tagged }: DumpRow): boolean {
    if (this.#now() - released >= this.#options.dumpInterval) return true;
    const changes = this.#db.prepare<[number, number], number>('SELECT coalesce(sum(deletes + inserts), 0) FROM file WHERE stream = ? AND created > ? AND dump IS NULL').pluck().get(id, released) ?? 0;
    return changes > Math.max(manyChanges, statements + tagged);
  }

  #prune({ id, name }: StreamRow, newest: DumpRow, dumps: readonly DumpRow[]): void {
    const now = this.#now();
    const until = Math.min(newest.released, now - this.#options.retention);
    const last = this.#db.prepare<[number, number], number | null>('SELECT max(created) FROM file WHERE stream = ? AND created < ?').pluck().get(id, until);
    if (typeof last === 'number') {
      this.#db.transaction(() => {
        this.#db.prepare('DELETE FROM file WHERE stream = ? AND created <= ?').run(id, last);
        this.#db.prepare('UPDATE stream SET kept = max(kept, ?) WHERE id = ?').run(last, id);
      })();
    }
    const old = dumps.filter((_dump, index) => index >= mostDumps || (index > 0 && now - (dumps[index - 1]?.released ?? now) > replacedDumps));
    if (old.length === 0) return;
    this.#db.transaction(() => {
      for (const dump of old) {
        for (const gone of [dump.id, dump.distribution, dump.file]) this.#db.prepare('INSERT OR IGNORE INTO gone (id, stream) VALUES (?, ?)').run(gone, name);
        this.#db.prepare('DELETE FROM dump WHERE id = ?').run(dump.id);
      }
    })();
    removeStrayDumps(this.#db, this.#folder);
  }

  #setting(key: string): string | undefined {
    return this.#db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck().get(key);
  }

  #number(key: string): number {
    return Number(this.#setting(key) ?? 0);
  }

  #set(key: string, value: string): void {
    this.#db.prepare('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)').run(key, value);
  }
}

/** Whether the statements of a version make its entity one of a collection. */
function membership(kinds: readonly Membership[]): (collection: string, version: EntityVersion) => boolean {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  return (collection, { entity, lines }) => {
    const kind = byName.get(collection);
    if (!kind) return false;
    const start = `<${entity}> <${rdf('type')}> <`;
    const classes = new Set(lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length, -'> .'.length)));
    return kind.classes.some((iri) => classes.has(iri)) && !(kind.except ?? []).some((iri) => classes.has(iri));
  };
}
