import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import type { Changeset } from '../changeset.js';
import type { StagedChangeset } from '../changes/stagedChangeset.js';
import type { CommitHeader, CommitPart } from '../commit.js';
import { genesis, headerText, noteText, sealed, sha256 } from './chain.js';
import { eraseFrom } from './erase.js';
import type { CommitDraft, Erased, Erasure, IdempotencyEntry, Journal, Remembered, Touched } from './journal.js';
import { lastPurgeSetting } from './purged.js';
import { RememberedOutcomes } from './rememberedOutcomes.js';
import { rowCheck } from './schema.js';
import { SqliteJournalReader } from './sqliteReader.js';
import { orStorageFault, storageFault } from './storageFaults.js';
import { wipe } from './wipe.js';

/** Set while a purge has left the log but its text may still lie in freed space of the file. */
const wipePending = 'wipe-pending';

/** Text as UTF-8 keeps it: a cut through a surrogate pair becomes U+FFFD instead of failing the hash. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** The journal in SQLite with the right to write. Made by `openJournal`. */
export class SqliteJournal extends SqliteJournalReader implements Journal {
  readonly #path: string;
  readonly #now: () => number;
  readonly #release: () => void;
  readonly #remembered: RememberedOutcomes;
  readonly #insertCommit: Database.Statement<[number, string, string]>;
  readonly #insertNote: Database.Statement<[number, string]>;
  readonly #insertSetting: Database.Statement<[string, string, number]>;
  readonly #deleteSetting: Database.Statement<[string]>;

  constructor(db: Database.Database, options: { readonly path: string; readonly now: () => number; readonly release: () => void }) {
    super(db);
    this.#path = options.path;
    this.#now = options.now;
    this.#release = options.release;
    this.#remembered = new RememberedOutcomes(db);
    this.#insertCommit = db.prepare('INSERT INTO commits (number, hash, header) VALUES (?, ?, ?)');
    this.#insertNote = db.prepare('INSERT INTO note (number, note) VALUES (?, ?)');
    this.#insertSetting = db.prepare('INSERT OR REPLACE INTO setting (key, value, crc) VALUES (?, ?, ?)');
    this.#deleteSetting = db.prepare('DELETE FROM setting WHERE key = ?');
    if (this.setting(wipePending) !== undefined) this.#wipe();
  }

  append(draft: CommitDraft, changes: Changeset, touched: Iterable<Touched>, extra: { readonly idempotency?: IdempotencyEntry } = {}): CommitHeader {
    return this.#atOnce(() => {
      const header = this.#insert(draft, changes, touched);
      const { idempotency } = extra;
      if (idempotency) {
        this.#remembered.prune(this.#now());
        const { key, fingerprint, outcome } = idempotency;
        this.#remembered.put(key, draft.agent.token ?? '', this.#now(), { fingerprint, outcome: outcome(header), commit: header.number });
      }
      return header;
    });
  }

  setSetting(key: string, value: string): void {
    this.#atOnce(() => this.#putSetting(key, value));
  }

  recall(key: string, token: string): Remembered | undefined {
    return this.#remembered.recall(key, token, this.#now());
  }

  remember(key: string, token: string, entry: Omit<Remembered, 'commit'>): void {
    this.#atOnce(() => {
      this.#remembered.prune(this.#now());
      this.#remembered.put(key, token, this.#now(), entry);
    });
  }

  pruneRemembered(): void {
    this.#atOnce(() => this.#remembered.prune(this.#now()));
  }

  erase(erasure: Erasure, draft: Omit<CommitDraft, 'purged'>, touched: (removed: StagedChangeset) => Iterable<Touched>): Erased {
    const erased = this.#atOnce(() => {
      const { purged, notes, removed } = eraseFrom(this, { db: this.db, parts: this.parts, folder: dirname(this.#path), erasure });
      try {
        const commit = this.#insert({ ...draft, purged }, { counts: new Map(), size: 0, changes: () => [] }, kept(touched(removed), erasure));
        this.#putSetting(lastPurgeSetting, String(commit.number));
        this.#putSetting(wipePending, String(commit.number));
        return { commit, parts: purged.length, notes, removed };
      } catch (error) {
        removed.close();
        throw error;
      }
    });
    return { ...erased, wiped: this.#wipe() };
  }

  override close(): void {
    super.close();
    this.#release();
  }

  /** One transaction; on return it is on disk, on any error the journal is as before. */
  #atOnce<T>(action: () => T): T {
    return orStorageFault(() => this.db.transaction(action).immediate());
  }

  #insert(draft: CommitDraft, changes: Changeset, touched: Iterable<Touched>): CommitHeader {
    const { head } = this;
    const number = (head?.number ?? 0) + 1;
    const parts: CommitPart[] = [];
    for (const dataset of changes.counts.keys()) {
      const part = this.parts.write({ number, dataset: this.datasets.need(dataset) }, dataset, changes.changes(dataset));
      parts.push(dataset === draft.derived ? { ...part, derived: true } : part);
    }
    const { message, origin } = draft.note;
    const note = noteText({ message: wellFormed(message), ...(origin !== undefined && { origin: wellFormed(origin) }) });
    const header = sealed({
      format: 1,
      number,
      previous: head?.hash ?? genesis,
      time: new Date(Math.max(this.#now(), head ? Date.parse(head.time) + 1 : 0)).toISOString(),
      agent: draft.agent,
      source: draft.source,
      note: sha256(note),
      parts,
      ...(draft.purged && { purged: draft.purged }),
    });
    this.#insertCommit.run(number, header.hash, headerText(header));
    this.#insertNote.run(number, note);
    this.touchedEntities.add(number, touched);
    return header;
  }

  #putSetting(key: string, value: string): void {
    this.#insertSetting.run(key, value, rowCheck(key, value));
  }

  /** False when it has to be done again at the next start. */
  #wipe(): boolean {
    try {
      if (!wipe(this.db)) return false;
      this.#atOnce(() => this.#deleteSetting.run(wipePending));
      return true;
    } catch (error) {
      if (storageFault(error)) return false;
      throw error;
    }
  }
}

function* kept(touched: Iterable<Touched>, erasure: Erasure): Iterable<Touched> {
  for (const item of touched) if (!erasure.value(item.entity)) yield item;
}
