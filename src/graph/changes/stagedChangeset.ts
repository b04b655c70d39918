import type { Changeset, Operation, QuadLine } from '../changeset.js';

/** A changeset that may lie on disk. Close it when done: that removes the file. */
export interface StagedChangeset extends Changeset {
  /** What the changeset does with this line, or undefined. */
  operation(line: QuadLine): Operation | undefined;
  has(line: QuadLine): boolean;
  /** May be called more than once. */
  close(): void;
  [Symbol.dispose](): void;
}
