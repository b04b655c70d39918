import { describedBy, isVisible, type DatasetSettings, type Visibility } from '../dataset.js';
import type { JournalReader } from '../journal/journal.js';
import type { Engine } from './engine.js';

/** What a read job works on: a replica at one commit, and the log beside it. */
export interface ReaderContext {
  readonly engine: Engine;
  readonly journal: JournalReader;
  readonly base: string;
  /** The commit the replica has. The log may be further: nothing after this commit may be shown. */
  readonly commit: number;
  /** Folder for answers that are too large for a message, and for sorting. */
  readonly folder: string;
}

/** What reads of descriptions need of an engine: of an old state the log gives that too. */
export type DescriptionEngine = Pick<Engine, 'datasets' | 'bySubjects' | 'count'>;

export interface DescriptionContext extends Omit<ReaderContext, 'engine'> {
  readonly engine: DescriptionEngine;
}

/** The datasets a caller sees today, restricted descriptions among them. */
export function visibleDatasets({ engine }: { readonly engine: Pick<Engine, 'datasets'> }, visibility: Visibility): readonly DatasetSettings[] {
  return engine.datasets.filter((dataset) => isVisible(dataset, visibility));
}

export function visibleIris(context: { readonly engine: Pick<Engine, 'datasets'> }, visibility: Visibility): ReadonlySet<string> {
  return new Set(visibleDatasets(context, visibility).map((dataset) => dataset.iri));
}

/** Whether settings stand for the graph that describes a restricted dataset, not for a dataset of its own. */
export function isDescriptionGraph(dataset: DatasetSettings): boolean {
  return dataset.visibility === 'restricted' && describedBy(dataset.iri) !== undefined;
}
