import type Database from 'better-sqlite3';
import type { CommitHeader } from '../commit.js';
import { lastPurgeSetting } from './purged.js';

/** Which purges took something out of a dataset: a purge has no parts of its own by which it could be found. */
export class Purges {
  readonly #last: Database.Statement<[string], string>;
  readonly #headers: Database.Statement<[], string>;
  #known: { readonly last: string | undefined; readonly numbers: ReadonlyMap<string, readonly number[]> } = { last: undefined, numbers: new Map() };

  constructor(db: Database.Database) {
    this.#last = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
    this.#headers = db.prepare<[], string>("SELECT header FROM commits WHERE json_extract(header, '$.source') = 'purge' ORDER BY number").pluck();
  }

  of(datasets: readonly string[]): readonly number[] {
    const last = this.#last.get(lastPurgeSetting);
    if (last !== this.#known.last) this.#known = { last, numbers: this.#read() };
    return datasets.flatMap((dataset) => this.#known.numbers.get(dataset) ?? []);
  }

  #read(): ReadonlyMap<string, readonly number[]> {
    const numbers = new Map<string, number[]>();
    for (const text of this.#headers.all()) {
      const { number, purged = [] } = JSON.parse(text) as CommitHeader;
      for (const dataset of new Set(purged.map((part) => part.dataset))) numbers.set(dataset, [...(numbers.get(dataset) ?? []), number]);
    }
    return numbers;
  }
}
