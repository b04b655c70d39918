import type { DatasetCount, Operation, QuadLine } from '../changeset.js';
import type { ChangeStore } from './changeStore.js';

/** The changes of several stores that have no dataset in common, where they lie. */
export class JoinedChanges implements Omit<ChangeStore, 'add'> {
  readonly #stores: readonly Omit<ChangeStore, 'add'>[];
  readonly #counts: ReadonlyMap<string, DatasetCount>;
  readonly #homes: ReadonlyMap<string, Omit<ChangeStore, 'add'>>;

  constructor(stores: readonly Omit<ChangeStore, 'add'>[]) {
    this.#stores = stores;
    const counts = new Map<string, DatasetCount>();
    const homes = new Map<string, Omit<ChangeStore, 'add'>>();
    for (const store of stores) {
      for (const [dataset, count] of store.counts()) {
        if (homes.has(dataset)) throw new Error(`two parts change ${dataset}`);
        counts.set(dataset, count);
        homes.set(dataset, store);
      }
    }
    this.#counts = counts;
    this.#homes = homes;
  }

  counts(): ReadonlyMap<string, DatasetCount> {
    return this.#counts;
  }

  effect(dataset: string, line: QuadLine): number {
    return this.#homes.get(dataset)?.effect(dataset, line) ?? 0;
  }

  lines(dataset: string, op: Operation): Iterable<QuadLine> {
    return this.#homes.get(dataset)?.lines(dataset, op) ?? [];
  }

  close(): void {
    for (const store of this.#stores) store.close();
  }
}
