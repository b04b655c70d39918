import type { DatasetCount, Operation, QuadLine } from '../changeset.js';
import { datasetOf } from './datasetOf.js';
import { MemoryChanges } from './memoryChanges.js';
import { SpilledChanges } from './spilledChanges.js';
import { StagedChangeset } from './stagedChangeset.js';

export interface BuilderOptions {
  /** Where a changeset that is too large for memory is staged. */
  readonly folder: string;
  /** Number of lines above which it moves to disk. */
  readonly spillAbove?: number;
}

/** Moves to disk above this much text too, whatever the number of lines. */
const charactersInMemory = 64 * 1024 * 1024;

/**
 * Collects changes into a changeset without contradictions: the same change twice is one, a change and its opposite
 * are none. Effectiveness against a state is the caller's business. Up to `spillAbove` lines it is a few maps.
 */
export class ChangesetBuilder {
  readonly #folder: string;
  readonly #spillAbove: number;
  #store: MemoryChanges | SpilledChanges = new MemoryChanges();
  #done = false;

  constructor({ folder, spillAbove = 50_000 }: BuilderOptions) {
    this.#folder = folder;
    this.#spillAbove = spillAbove;
  }

  add(op: Operation, line: QuadLine): void {
    const store = this.#store;
    store.add(datasetOf(line), line, op === '+' ? 1 : -1);
    if (store instanceof MemoryChanges && (store.held > this.#spillAbove || store.characters > charactersInMemory)) this.#spill(store);
  }

  has(op: Operation, line: QuadLine): boolean {
    return this.#store.effect(datasetOf(line), line) === (op === '+' ? 1 : -1);
  }

  /** What would be changed in each dataset, so far. */
  counts(): ReadonlyMap<string, DatasetCount> {
    return this.#store.counts();
  }

  /** Hands the changes over: the changeset has to be closed from now on, and nothing can be added. */
  build(): StagedChangeset {
    if (this.#done) throw new Error('the changeset was already built or closed');
    this.#done = true;
    return new StagedChangeset(this.#store);
  }

  /** Drops what was collected; does nothing after `build()`. */
  close(): void {
    if (this.#done) return;
    this.#done = true;
    this.#store.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #spill(memory: MemoryChanges): void {
    const spilled = new SpilledChanges(this.#folder);
    try {
      for (const { dataset, line, effect } of memory.all()) spilled.add(dataset, line, effect);
    } catch (error) {
      spilled.close();
      throw error;
    }
    memory.close();
    this.#store = spilled;
  }
}
