import type { Change, Changeset, DatasetCount, QuadLine } from '../changeset.js';
import type { BuilderOptions } from './changesetBuilder.js';
import { ChangesetBuilder } from './changesetBuilder.js';
import type { StagedChangeset } from './stagedChangeset.js';

/** The change that takes a change back. */
export function opposite({ op, line }: Change): Change {
  return { op: op === '+' ? '-' : '+', line };
}

/** The changeset that takes `changeset` back. A view: it lives as long as the original. */
export function inverse(changeset: Changeset): Changeset {
  const counts = new Map<string, DatasetCount>();
  for (const [dataset, { deleted, inserted }] of changeset.counts) counts.set(dataset, { deleted: inserted, inserted: deleted });
  return {
    counts,
    size: changeset.size,
    *changes(dataset?: string): Iterable<Change> {
      for (const [name, { deleted, inserted }] of counts) {
        if (dataset !== undefined && name !== dataset) continue;
        // Twice over the original rather than a copy of it: it may be larger than memory.
        if (inserted > 0) for (const { op, line } of changeset.changes(name)) if (op === '-') yield { op: '+', line };
        if (deleted > 0) for (const { op, line } of changeset.changes(name)) if (op === '+') yield { op: '-', line };
      }
    },
  };
}

/** The changeset that leads from one state to another; each gives a line at most once. */
export function diff(before: Iterable<QuadLine>, after: Iterable<QuadLine>, options: BuilderOptions): StagedChangeset {
  using builder = new ChangesetBuilder(options);
  for (const line of before) builder.add('-', line);
  for (const line of after) builder.add('+', line);
  return builder.build();
}

/** Applies the changes to a set of lines, in place. */
export function applyTo(lines: Set<QuadLine>, changeset: Pick<Changeset, 'changes'>): Set<QuadLine> {
  for (const { op, line } of changeset.changes()) {
    if (op === '+') lines.add(line);
    else lines.delete(line);
  }
  return lines;
}
