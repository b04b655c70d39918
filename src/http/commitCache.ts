import { LRUCache } from 'lru-cache';

/**
 * Answers to anonymous callers, each valid for one state of the graph: an entry made at another commit is no entry.
 * So nothing has to be invalidated, and a change of visibility or status, being a commit, takes effect at once.
 */
export class CommitCache<T> {
  readonly #entries: LRUCache<string, { readonly commit: number; readonly value: T }>;
  readonly #sizeOf: (value: T) => number;
  readonly #largest: number;

  /** `maxSize` in characters, over all entries; an answer above `share` of it is not kept. */
  constructor(maxSize: number, sizeOf: (value: T) => number, share = 1 / 16) {
    this.#sizeOf = sizeOf;
    this.#largest = maxSize * share;
    this.#entries = new LRUCache({ maxSize });
  }

  get(key: string, commit: number): T | undefined {
    const entry = this.#entries.get(key);
    return entry?.commit === commit ? entry.value : undefined;
  }

  set(key: string, commit: number, value: T): void {
    const size = this.#sizeOf(value) + key.length + 200;
    if (size <= this.#largest) this.#entries.set(key, { commit, value }, { size });
  }
}
