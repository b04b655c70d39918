import type { DatasetCount, Operation, QuadLine } from '../changeset.js';
import type { ChangeStore } from './changeStore.js';
import { combine } from './changeStore.js';
import { sortedByCodePoint } from './codePoints.js';

/** Changes in maps: every changeset of an ordinary update. */
export class MemoryChanges implements ChangeStore {
  readonly #datasets = new Map<string, Map<QuadLine, number>>();
  #held = 0;
  #characters = 0;

  /** Number of lines: what decides to spill. */
  get held(): number {
    return this.#held;
  }

  /** Total length of the lines: a changeset of few but huge literals must spill as well. */
  get characters(): number {
    return this.#characters;
  }

  add(dataset: string, line: QuadLine, effect: 1 | -1): void {
    let lines = this.#datasets.get(dataset);
    if (!lines) this.#datasets.set(dataset, (lines = new Map()));
    const before = lines.get(line);
    if (before === undefined) {
      this.#held++;
      this.#characters += line.length;
      lines.set(line, effect);
      return;
    }
    const after = combine(before, effect);
    if (after !== 0) return;
    lines.delete(line);
    this.#held--;
    this.#characters -= line.length;
  }

  effect(dataset: string, line: QuadLine): number {
    return this.#datasets.get(dataset)?.get(line) ?? 0;
  }

  counts(): ReadonlyMap<string, DatasetCount> {
    const counts = new Map<string, DatasetCount>();
    for (const [dataset, lines] of this.#datasets) {
      if (lines.size === 0) continue;
      let inserted = 0;
      for (const effect of lines.values()) if (effect > 0) inserted++;
      counts.set(dataset, { deleted: lines.size - inserted, inserted });
    }
    return counts;
  }

  lines(dataset: string, op: Operation): readonly QuadLine[] {
    const wanted = op === '+' ? 1 : -1;
    const found: QuadLine[] = [];
    for (const [line, effect] of this.#datasets.get(dataset) ?? []) if (effect === wanted) found.push(line);
    return sortedByCodePoint(found);
  }

  /** Everything held, for the move to disk. */
  *all(): Iterable<{ readonly dataset: string; readonly line: QuadLine; readonly effect: 1 | -1 }> {
    for (const [dataset, lines] of this.#datasets) {
      for (const line of sortedByCodePoint([...lines.keys()])) yield { dataset, line, effect: lines.get(line) === 1 ? 1 : -1 };
    }
  }

  close(): void {
    this.#datasets.clear();
  }
}
