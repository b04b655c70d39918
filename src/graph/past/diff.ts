import { Fault } from '../../faults.js';
import { datasetOf } from '../changes/datasetOf.js';
import { ChangesetBuilder } from '../changes/changesetBuilder.js';
import type { Change } from '../changeset.js';
import type { Visibility } from '../dataset.js';
import { visibleDatasets, type ReaderContext } from '../engine/readerContext.js';
import { unknownDataset } from '../unknownDataset.js';
import { spool, type Spooled } from '../engine/readerSpool.js';
import { holdsDescriptions, type Today } from './descriptions.js';
import { LogState, LogTooLong } from './logState.js';
import { changesBetween } from './pastReplica.js';

/** Changes of the log that are folded into one difference. */
const mostChanges = 200_000;

export interface DiffArgs {
  readonly from: number;
  readonly to: number;
  /** Only of this dataset. */
  readonly dataset?: string;
  /** Changes of the log that may be folded. */
  readonly most?: number;
  readonly visibility: Visibility;
}

/**
 * What leads from the state of one commit to that of another, as far as the caller may see today: each quad once, in
 * the order of the chain. Fault too-large when there is more between than one request may read.
 */
export function diff({ from, to, dataset, most = mostChanges, visibility }: DiffArgs, context: ReaderContext): Spooled {
  const today = new Map(visibleDatasets(context, visibility).map((one) => [one.iri, one.visibility]));
  if (dataset !== undefined && !today.has(dataset)) throw unknownDataset(dataset);
  const wanted = (graph: string): boolean => (dataset === undefined ? today.has(graph) : graph === dataset);
  using builder = new ChangesetBuilder({ folder: context.folder });
  let read = 0;
  for (const { op, line } of changesBetween(context.journal, from, to, (graph) => wanted(graph) && !holdsDescriptions(graph, context.base))) {
    read += 1;
    if (read > most) throw tooMuch(from, to, most, context);
    builder.add(op, line);
  }
  for (const { op, line } of descriptionChanges(from, to, most, today, context)) if (wanted(datasetOf(line))) builder.add(op, line);
  using changes = builder.build();
  return spool(
    (function* () {
      for (const { op, line } of changes.changes()) yield op + line;
    })(),
    context.folder,
  );
}

/** Descriptions are compared where they would stand today, as the states themselves show them. */
function* descriptionChanges(from: number, to: number, most: number, today: Today, context: ReaderContext): Generator<Change> {
  try {
    const [before, after] = [from, to].map((number) => new LogState({ context, number, today, budget: most }).descriptions);
    for (const line of before ?? []) yield { op: '-', line };
    for (const line of after ?? []) yield { op: '+', line };
  } catch (error) {
    throw error instanceof LogTooLong ? tooMuch(from, to, most, context) : error;
  }
}

function tooMuch(from: number, to: number, most: number, { journal }: ReaderContext): Fault {
  const between = journal.lines(Math.min(from, to), Math.max(from, to));
  return new Fault(
    'too-large',
    {
      nl: `Tussen versie ${from} en versie ${to} zijn er ${between} wijzigingen; een verschil kan er hoogstens ${most} samenvatten. Kies versies die dichter bij elkaar liggen, één dataset (dataset=) of één ding (entity=).`,
      en: `There are ${between} changes between version ${from} and version ${to}; a difference sums up ${most} at most. Choose versions that are closer together, one dataset (dataset=) or one thing (entity=).`,
    },
    { extra: { wijzigingen: between, hoogstens: most } },
  );
}
