import type { Change, Changeset, DatasetCount, Operation, QuadLine } from '../changeset.js';
import type { ChangeStore } from './changeStore.js';
import { JoinedChanges } from './joinedChanges.js';
import { sortedByCodePoint } from './codePoints.js';
import { datasetOf } from './datasetOf.js';

/** A changeset that may lie on disk. Close it when done: that removes the file. */
export class StagedChangeset implements Changeset {
  readonly counts: ReadonlyMap<string, DatasetCount>;
  readonly size: number;
  readonly #store: Omit<ChangeStore, 'add'>;
  #closed = false;

  constructor(store: Omit<ChangeStore, 'add'>) {
    this.#store = store;
    const counts = store.counts();
    this.counts = new Map(sortedByCodePoint([...counts.keys()]).map((dataset) => [dataset, counts.get(dataset) ?? { deleted: 0, inserted: 0 }]));
    let size = 0;
    for (const { deleted, inserted } of counts.values()) size += deleted + inserted;
    this.size = size;
  }

  /** One changeset of several that share no dataset, without a copy; closing it closes them. */
  static joined(parts: readonly StagedChangeset[]): StagedChangeset {
    return new StagedChangeset(new JoinedChanges(parts.map((part) => part.#store)));
  }

  *changes(dataset?: string): Iterable<Change> {
    for (const [name, { deleted, inserted }] of this.counts) {
      if (dataset !== undefined && name !== dataset) continue;
      // '+' is U+002B and '-' is U+002D: insertions sort first.
      if (inserted > 0) for (const line of this.#store.lines(name, '+')) yield { op: '+', line };
      if (deleted > 0) for (const line of this.#store.lines(name, '-')) yield { op: '-', line };
    }
  }

  /** What the changeset does with this line, or undefined. */
  operation(line: QuadLine): Operation | undefined {
    const effect = this.#store.effect(datasetOf(line), line);
    return effect === 0 ? undefined : effect > 0 ? '+' : '-';
  }

  has(line: QuadLine): boolean {
    return this.operation(line) !== undefined;
  }

  /** May be called more than once. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#store.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
