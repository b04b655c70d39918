import { Fault } from '../../faults.js';
import { opposite } from '../changes/algebra.js';
import { inBatches } from '../changes/batches.js';
import type { Change, QuadLine } from '../changeset.js';
import { catalogueGraph } from '../catalogue.js';
import { describedBy } from '../dataset.js';
import type { JournalReader } from '../journal/journal.js';
import type { Composition, Emit } from './composition.js';

/** Conflicts that are named; all are counted. */
const namedConflicts = 10;

export interface UndoOptions {
  readonly journal: Pick<JournalReader, 'header' | 'changes'>;
  /** Take back what can be, and leave what later commits changed. */
  readonly force: boolean;
}

/**
 * Takes back what a commit stated: not what was derived from it, which follows by itself, nor descriptions of datasets,
 * which are changed through `/datasets`. A dataset the caller may not see, or that is no more, takes no part.
 * @throws Fault conflict when later commits changed the same quads, unless forced.
 */
export function composeUndo(number: number, composition: Composition, { journal, force }: UndoOptions, emit: Emit): void {
  const header = journal.header(number);
  const parts = header?.parts.filter(({ dataset, derived }) => derived !== true && composition.known(dataset) !== undefined) ?? [];
  const catalogue = catalogueGraph(composition.base);
  const datasets = parts.map(({ dataset }) => dataset).filter((dataset) => dataset !== catalogue && describedBy(dataset) === undefined);
  if (header?.source === 'purge' || (parts.length > 0 && datasets.length === 0)) throw notUndoable(number);
  if (datasets.length === 0) throw new Fault('not-found', { nl: `Er is geen versie ${number} om ongedaan te maken.`, en: `There is no version ${number} to undo.` });
  const conflicts: QuadLine[] = [];
  let count = 0;
  for (const dataset of datasets) {
    for (const batch of inBatches(journal.changes(number, dataset), ({ line }) => line.length)) {
      const present = composition.engine.present(batch.map(({ line }) => line));
      for (const change of batch) {
        if (present.has(change.line) === (change.op === '+')) {
          const { op, line }: Change = opposite(change);
          emit(op, line);
        } else {
          count += 1;
          if (conflicts.length < namedConflicts) conflicts.push(change.line);
        }
      }
    }
  }
  if (count > 0 && !force) throw changedSince(number, count, conflicts);
}

function notUndoable(number: number): Fault {
  return new Fault('operation-refused', {
    nl: `Versie ${number} kan niet ongedaan worden gemaakt: ze wiste gegevens definitief, of ze wijzigde alleen beschrijvingen van datasets. Die wijzigt u via /datasets.`,
    en: `Version ${number} cannot be undone: it erased data for good, or it changed only descriptions of datasets. Change those through /datasets.`,
  });
}

function changedSince(number: number, count: number, conflicts: readonly QuadLine[]): Fault {
  return new Fault(
    'conflict',
    {
      nl: `Versie ${number} kan niet helemaal ongedaan worden gemaakt: ${count === 1 ? 'één van haar uitspraken is' : `${count} van haar uitspraken zijn`} sindsdien opnieuw gewijzigd. Kijk ze na, of maak met force alleen de rest ongedaan (force=1 in een verzoek, --force op de opdrachtregel).`,
      en: `Version ${number} cannot be undone as a whole: ${count === 1 ? 'one of its statements was' : `${count} of its statements were`} changed again since. Look them over, or undo only the rest with force (force=1 in a request, --force on the command line).`,
    },
    { extra: { botsingen: count, voorbeelden: conflicts } },
  );
}
