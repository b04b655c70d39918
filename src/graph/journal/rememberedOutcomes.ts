import type Database from 'better-sqlite3';
import type { Remembered } from './journal.js';
import { rowCheck } from './schema.js';

const day = 24 * 60 * 60 * 1_000;

interface Row {
  readonly fingerprint: string;
  readonly outcome: string;
  readonly number: number | null;
}

/** Outcomes kept a day for repeated requests (draft-ietf-httpapi-idempotency-key-header). */
export class RememberedOutcomes {
  readonly #get: Database.Statement<[string, string, number], Row>;
  readonly #put: Database.Statement<[string, string, number, string, string, number | null, number]>;
  readonly #prune: Database.Statement<[number]>;

  constructor(db: Database.Database) {
    this.#get = db.prepare('SELECT fingerprint, outcome, number FROM remembered WHERE key = ? AND token = ? AND time > ?');
    this.#put = db.prepare('INSERT OR REPLACE INTO remembered (key, token, time, fingerprint, outcome, number, crc) VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#prune = db.prepare('DELETE FROM remembered WHERE time <= ?');
  }

  recall(key: string, token: string, now: number): Remembered | undefined {
    const row = this.#get.get(key, token, now - day);
    return row && { fingerprint: row.fingerprint, outcome: row.outcome, ...(row.number !== null && { commit: row.number }) };
  }

  put(key: string, token: string, now: number, { fingerprint, outcome, commit = null }: Omit<Remembered, 'commit'> & { commit?: number | null }): void {
    this.#put.run(key, token, now, fingerprint, outcome, commit, rowCheck(key, token, now, fingerprint, outcome, commit));
  }

  prune(now: number): void {
    this.#prune.run(now - day);
  }
}
