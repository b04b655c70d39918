import type { DatasetCount, Operation, QuadLine } from '../changeset.js';

/**
 * Where the changes of a changeset lie while it grows and after. The effect on a line is a number: 1 inserted,
 * -1 deleted, 0 cancelled.
 */
export interface ChangeStore {
  add(dataset: string, line: QuadLine, effect: 1 | -1): void;
  effect(dataset: string, line: QuadLine): number;
  /** Datasets with changes, in any order. */
  counts(): ReadonlyMap<string, DatasetCount>;
  /** Lines of a dataset with this operation, in code-point order. */
  lines(dataset: string, op: Operation): Iterable<QuadLine>;
  close(): void;
}

/** What a repeated or opposite change makes of an effect: the same again stays, the opposite cancels. */
export function combine(before: number, effect: 1 | -1): number {
  return Math.max(-1, Math.min(1, before + effect));
}
