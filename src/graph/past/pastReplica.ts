import { join } from 'node:path';
import { opposite } from '../changes/algebra.js';
import type { Change, QuadLine } from '../changeset.js';
import { snapshotsFolder } from '../copies.js';
import type { Engine } from '../engine/engine.js';
import type { ReaderContext } from '../engine/readerContext.js';
import type { JournalReader } from '../journal/journal.js';
import { readSnapshot, snapshotsOf, trustOf } from '../snapshot/readSnapshot.js';
import { descriptionsAsToday, holdsDescriptions, settingsAsToday, todayOf } from './descriptions.js';
import type { Sight } from './sight.js';

/** Headers read from the log at a time. */
const page = 500;

export interface PastParts {
  readonly engine: Engine;
  readonly journal: JournalReader;
  readonly base: string;
  readonly dataDir: string;
  readonly folder: string;
  readonly sight: Sight;
}

/**
 * The graph as it was after a commit, as far as one caller may see it today: nothing else is ever loaded. Made from
 * the snapshot that is nearest in the log, before or after the commit, or from nothing.
 */
export function pastReplica({ engine, journal, base, dataDir, folder, sight }: PastParts): ReaderContext {
  const { number } = sight.at;
  const today = todayOf(sight);
  const start = nearest(journal, join(dataDir, snapshotsFolder), number);
  const descriptions = new Set<QuadLine>();
  const read = function* (wanted: (dataset: string) => boolean): Generator<Change> {
    if (start.path !== undefined) for (const { lines } of readSnapshot(start.path, wanted)) for (const line of lines) yield { op: '+', line };
    yield* changesBetween(journal, start.commit, number, wanted);
  };
  const isDescription = (dataset: string): boolean => holdsDescriptions(dataset, base);
  // The descriptions are few and decide what is merged: first, so that the rest is merged as it comes in.
  for (const { op, line } of read(isDescription)) {
    if (op === '+') descriptions.add(line);
    else descriptions.delete(line);
  }
  const placed = descriptionsAsToday(descriptions, today, base);
  engine.setDatasets(settingsAsToday(placed, today, base));
  engine.load(placed);
  engine.apply(read((dataset) => today.has(dataset) && !isDescription(dataset)));
  return { engine, journal, base, folder, commit: number };
}

interface Start {
  readonly commit: number;
  readonly path?: string;
}

/** Where a replica of a commit begins with the least to read. */
function nearest(journal: JournalReader, folder: string, number: number): Start {
  let best: Start & { readonly cost: number } = { commit: 0, cost: journal.lines(0, number) };
  for (const { path, commit, quads } of snapshotsOf(folder, trustOf(journal))) {
    const cost = quads + journal.lines(Math.min(commit, number), Math.max(commit, number));
    if (cost < best.cost) best = { commit, path, cost };
  }
  return best;
}

/** What leads from the state of one commit to that of another, forwards or back; each line ends as its last change says. */
export function* changesBetween(journal: JournalReader, from: number, to: number, wanted: (dataset: string) => boolean): Generator<Change> {
  if (from <= to) {
    for (let next = from + 1; next <= to; ) {
      const headers = journal.headersFrom(next, Math.min(page, to - next + 1));
      if (headers[0]?.number !== next) throw new Error(`commit ${next} is not in the log`);
      for (const { number, parts } of headers) for (const { dataset } of parts) if (wanted(dataset)) yield* journal.changes(number, dataset);
      next += headers.length;
    }
    return;
  }
  for (let before = from + 1; before > to + 1; ) {
    const headers = journal.headers({ before, limit: Math.min(page, before - to - 1) });
    for (const { number, parts } of headers) {
      for (const { dataset } of parts) if (wanted(dataset)) for (const change of journal.changes(number, dataset)) yield opposite(change);
    }
    before -= headers.length;
    if (headers.length === 0) throw new Error(`commit ${before - 1} is not in the log`);
  }
}
