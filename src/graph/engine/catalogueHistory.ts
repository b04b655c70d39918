import { splitLine } from '../../rdf/nquads.js';
import { catalogueGraph } from '../catalogue.js';
import type { Change } from '../changeset.js';
import type { CommitPart } from '../commit.js';
import type { ReaderContext } from './readerContext.js';

type Log = Pick<ReaderContext, 'journal' | 'base'>;

/**
 * Changes of one part of a commit, as far as the caller may see them today. The public catalogue remembers what it
 * said of a dataset that became restricted since: of that she sees nothing. `visible` undefined: everything.
 */
export function* seenChanges(number: number, dataset: string, visible: ReadonlySet<string> | undefined, { journal, base }: Log): Generator<Change> {
  const all = journal.changes(number, dataset);
  if (visible === undefined || dataset !== catalogueGraph(base)) return yield* all;
  for (const change of all) if (visible.has(splitLine(change.line).subject.slice(1, -1))) yield change;
}

/** A part with the counts of what is seen of it; undefined when that is nothing. */
export function seenPart(number: number, part: CommitPart, visible: ReadonlySet<string> | undefined, log: Log): CommitPart | undefined {
  if (visible === undefined || part.dataset !== catalogueGraph(log.base)) return part;
  let [deleted, inserted] = [0, 0];
  for (const { op } of seenChanges(number, part.dataset, visible, log)) {
    if (op === '-') deleted += 1;
    else inserted += 1;
  }
  if (deleted === part.deleted && inserted === part.inserted) return part;
  return deleted + inserted === 0 ? undefined : { ...part, deleted, inserted };
}
