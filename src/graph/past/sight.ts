import { createHash } from 'node:crypto';
import { Fault } from '../../faults.js';
import type { DatasetSettings, Visibility } from '../dataset.js';
import { visibleDatasets, type ReaderContext } from '../engine/readerContext.js';
import type { JournalReader } from '../journal/journal.js';
import { lastPurgeOf } from '../journal/purged.js';

/** A state of the graph: after a commit, or after the last commit at or before a time (ISO 8601 UTC with milliseconds). */
export type Moment = { readonly commit: number } | { readonly time: string };

/** A commit as the past is told of it. */
export interface Instant {
  readonly number: number;
  readonly time: string;
}

/** A moment as one caller may look at it today. */
export interface Sight {
  readonly at: Instant;
  readonly head: Instant;
  /** What she may see today, description graphs of restricted datasets among them: nothing else is in her past either. */
  readonly datasets: readonly Pick<DatasetSettings, 'iri' | 'visibility'>[];
  /** Differs when what she may see today differs, or a purge took text out of the past. */
  readonly mark: string;
  /** A replica of that state holds at most about so many quads. */
  readonly quads: number;
}

/**
 * Looks a moment up. A time before the first commit and a commit there is none of are faults; a time after the last
 * one is the newest state.
 */
export function sight({ moment, visibility }: { readonly moment: Moment; readonly visibility: Visibility }, context: ReaderContext): Sight {
  const { journal, engine, commit: head } = context;
  const number = 'commit' in moment ? moment.commit : lastCommitAt(journal, head, moment.time);
  const at = number >= 1 && number <= head ? instant(journal, number) : undefined;
  if (!at) throw unknownMoment(moment, journal, head);
  const datasets = visibleDatasets(context, visibility).map(({ iri, visibility: own }) => ({ iri, visibility: own }));
  const mark = createHash('sha256').update(JSON.stringify([datasets, lastPurgeOf(journal)])).digest('hex').slice(0, 12);
  const since = journal.lines(number, head);
  return { at, head: instant(journal, head) ?? at, datasets, mark, quads: Math.min(engine.size + since, journal.lines(0, number)) };
}

/** The last commit at or before a time, 0 for none: commit times always increase. */
function lastCommitAt(journal: Pick<JournalReader, 'header'>, head: number, time: string): number {
  let [low, high] = [0, head];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((journal.header(middle)?.time ?? '') <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}

function instant(journal: JournalReader, number: number): Instant | undefined {
  const header = journal.header(number);
  return header && { number, time: header.time };
}

function unknownMoment(moment: Moment, journal: JournalReader, head: number): Fault {
  const first = journal.header(1)?.time ?? '';
  const extra = { nieuwsteVersie: head, eersteTijd: first };
  return 'commit' in moment
    ? new Fault('not-found', { nl: `Er is geen versie ${moment.commit}: de nieuwste is versie ${head}.`, en: `There is no version ${moment.commit}: the newest is version ${head}.` }, { extra })
    : new Fault('not-found', { nl: `Op ${moment.time} was er nog niets: de eerste versie is van ${first}.`, en: `There was nothing yet at ${moment.time}: the first version is of ${first}.` }, { extra });
}
