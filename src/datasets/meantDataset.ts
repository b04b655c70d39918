import type { FaultData } from '../faults.js';
import { isSlip, nearNames } from '../nearNames.js';

/** What people call a dataset: the part of its IRI that its pages go by. */
interface Named {
  readonly iri: string;
  readonly slug: string;
}

/** A dataset under the base of its service goes by the last part of its IRI, any other by its whole IRI. */
export function datasetName(dataset: string): string {
  return /\/id\/dataset\/([^/]+)$/.exec(dataset)?.[1] ?? dataset;
}

/** Datasets of whose name this is most likely a typing error; none when it is the name of one. */
export function slipsOf(dataset: string, known: readonly Named[]): readonly string[] {
  const name = datasetName(dataset);
  if (known.some(({ iri, slug }) => iri === dataset || slug === name)) return [];
  return known.filter(({ slug }) => isSlip(name, slug)).map(({ slug }) => slug);
}

/** What documents say of datasets that came to be by writing to them. */
export function createdDatasets(created: readonly string[], known: readonly Named[]): readonly { readonly dataset: string; readonly lijktOp?: readonly string[] }[] {
  const before = known.filter(({ iri }) => !created.includes(iri));
  return created.map((dataset) => {
    const near = slipsOf(dataset, before);
    return near.length === 0 ? { dataset } : { dataset, lijktOp: near };
  });
}

/** The fault of a dataset that is not there, with those it may have been among the ones the caller may see. */
export function withMeantDataset(fault: FaultData, known: readonly Named[]): FaultData {
  const dataset = fault.extra?.['dataset'];
  if (fault.code !== 'unknown-dataset' || typeof dataset !== 'string') return fault;
  const near = nearNames(datasetName(dataset), known.map(({ slug }) => slug));
  if (near.length === 0) return fault;
  return {
    ...fault,
    detail: { nl: `${fault.detail.nl} Bedoelde u ${near.join(', of ')}?`, en: `${fault.detail.en} Did you mean ${near.join(', or ')}?` },
    extra: { ...fault.extra, lijktOp: near },
  };
}
