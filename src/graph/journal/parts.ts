import type Database from 'better-sqlite3';
import { inBatches } from '../changes/batches.js';
import type { Change } from '../changeset.js';
import type { CommitPart } from '../commit.js';
import type { Block } from './block.js';
import { decodeBlock, encodeBlock } from './block.js';
import { PartDigest } from './chain.js';

/** A part's place: which commit, and which dataset by number. */
export interface PartKey {
  readonly number: number;
  readonly dataset: number;
}

/** The table of stored blocks. Reads one block at a time, never with an open cursor. */
export class Parts {
  readonly #block: Database.Statement<[number, number, number], Block>;
  readonly #next: Database.Statement<[number, number], PartKey>;
  readonly #lines: Database.Statement<[number, number], number>;
  readonly #insert: Database.Statement<[number, number, number, number, number, Uint8Array]>;
  readonly #update: Database.Statement<[number, number, Uint8Array, number, number, number]>;

  constructor(db: Database.Database) {
    this.#block = db.prepare('SELECT lines, crc, content FROM part WHERE number = ? AND dataset = ? AND block = ?');
    this.#next = db.prepare('SELECT number, dataset FROM part WHERE (number, dataset) > (?, ?) ORDER BY number, dataset LIMIT 1');
    this.#lines = db.prepare<[number, number], number>('SELECT coalesce(sum(lines), 0) FROM part WHERE number > ? AND number <= ?').pluck();
    this.#insert = db.prepare('INSERT INTO part (number, dataset, block, lines, crc, content) VALUES (?, ?, ?, ?, ?, ?)');
    this.#update = db.prepare('UPDATE part SET lines = ?, crc = ?, content = ? WHERE number = ? AND dataset = ? AND block = ?');
  }

  *blocks({ number, dataset }: PartKey): Iterable<Block> {
    for (let index = 0; ; index++) {
      const block = this.#block.get(number, dataset, index);
      if (!block) return;
      yield block;
    }
  }

  *changes(key: PartKey): Iterable<Change> {
    for (const block of this.blocks(key)) yield* decodeBlock(block);
  }

  /** Number of changes of the commits after one, up to and with another. */
  lines(after: number, upTo: number): number {
    return this.#lines.get(after, upTo) ?? 0;
  }

  /** The part after this one, by commit and dataset; the first one after `{ number: 0, dataset: 0 }`. */
  after({ number, dataset }: PartKey): PartKey | undefined {
    return this.#next.get(number, dataset);
  }

  write(key: PartKey, iri: string, changes: Iterable<Change>): CommitPart {
    const digest = new PartDigest();
    let index = 0;
    for (const lines of inBatches(changes, ({ line }) => line.length)) {
      for (const change of lines) digest.add(change);
      const { lines: count, crc, content } = encodeBlock(lines);
      this.#insert.run(key.number, key.dataset, index++, count, crc, content);
    }
    return { dataset: iri, ...digest.count, sha256: digest.hex() };
  }

  /** Replaces one block. */
  replace({ number, dataset }: PartKey, index: number, changes: readonly Change[]): void {
    const { lines, crc, content } = encodeBlock(changes);
    this.#update.run(lines, crc, content, number, dataset, index);
  }
}
