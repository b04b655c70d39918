/** Source status of a dataset (design: Words). `voorgesteld` stays out of the merged default graph. */
export type SourceStatus = 'aangenomen' | 'voorgesteld' | 'extern' | 'afgeleid';
export type ValidationMode = 'enforce' | 'report' | 'off';
export type DatasetVisibility = 'public' | 'restricted';

/** What the kernel must know of a dataset; read from its description in the catalogue. */
export interface DatasetSettings {
  /** IRI of the dataset, which is the IRI of its named graph. */
  readonly iri: string;
  readonly status: SourceStatus;
  readonly mode: ValidationMode;
  readonly visibility: DatasetVisibility;
}

/** True when the dataset's triples belong to the merged default graph everybody sees. */
export function isMerged(dataset: DatasetSettings): boolean {
  return dataset.visibility === 'public' && dataset.status !== 'voorgesteld';
}

/**
 * What a reader may see: every public dataset plus the restricted ones listed. A parameter of every read.
 * `'*'` is an administrator.
 */
export interface Visibility {
  readonly restricted: '*' | readonly string[];
}

export const publicOnly: Visibility = { restricted: [] };

const descriptionSuffix = '/beschrijving';

/**
 * The graph that holds the description of a restricted dataset, visible exactly to who sees the dataset.
 * (Public descriptions stand in the public catalogue.)
 */
export function restrictedDescriptionGraph(dataset: string): string {
  return dataset + descriptionSuffix;
}

/** The dataset a restricted description graph belongs to, or undefined when `graph` is none. */
export function describedBy(graph: string): string | undefined {
  return graph.endsWith(descriptionSuffix) ? graph.slice(0, -descriptionSuffix.length) : undefined;
}

/** True when `dataset` (or the description graph of one) may be shown to somebody with this visibility. */
export function isVisible(dataset: Pick<DatasetSettings, 'iri' | 'visibility'>, visibility: Visibility): boolean {
  if (dataset.visibility === 'public' || visibility.restricted === '*') return true;
  return visibility.restricted.includes(describedBy(dataset.iri) ?? dataset.iri);
}
