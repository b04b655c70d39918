import type { ShapesProfile } from '../graph/api.js';
import type { RdfFormat } from '../rdf/mediaTypes.js';
import type { DatasetDocument, DatasetName, OutcomeDocument, Reported, VersionDocument } from './documents.js';

/** A document on disk. `opened` gives its bytes, telling how many went by. */
export interface Upload {
  readonly name: string;
  readonly format: RdfFormat;
  readonly bytes: number;
  opened(onBytes?: (done: number) => void): AsyncIterable<Uint8Array>;
}

/** What any write may ask for. */
export interface WriteFlags {
  readonly dryRun?: boolean;
  readonly message?: string;
  /** Only when this is still the newest version. */
  readonly ifVersion?: number;
}

export interface QueryForms {
  /** Media type for SELECT and ASK. */
  readonly results: string;
  /** Media type for CONSTRUCT and DESCRIBE. */
  readonly graph: string;
  readonly withProposals?: boolean;
  /** The graph as it was: the number of a version, a day or a time. */
  readonly at?: string;
}

/**
 * What commands ask of a graph, whether it is a folder on this machine or a service somewhere. Datasets are named by
 * slug or IRI. Faults are thrown; an address without an answer is `Unreachable`.
 */
export interface Client {
  /** What the IRIs of the graph start with, as far as this is known. */
  readonly base: string;
  query(text: string, forms: QueryForms): Promise<{ readonly mediaType: string; readonly body: string }>;
  update(text: string, flags: WriteFlags): Promise<OutcomeDocument>;
  load(file: Upload, dataset: string, options: WriteFlags & { readonly replace: boolean; readonly onBytes?: (done: number) => void }): Promise<OutcomeDocument>;
  validate(file: Upload, options: { readonly dataset?: string; readonly shapes?: Upload; readonly profile?: ShapesProfile }): Promise<Reported>;
  datasets(): Promise<readonly DatasetDocument[]>;
  /** Which datasets there are, for as little as possible. */
  datasetNames(): Promise<readonly DatasetName[]>;
  export(dataset: string, format: RdfFormat): AsyncIterable<string>;
  history(iri: string, limit: number): Promise<readonly VersionDocument[]>;
  commit(number: number): Promise<VersionDocument>;
  /** Takes back what a version stated. */
  undo(number: number, flags: WriteFlags & { readonly force?: boolean }): Promise<OutcomeDocument>;
  /** What differs between two moments, as RDF Patch. */
  diff(from: string, to: string | undefined, only: { readonly entity?: string; readonly dataset?: string }): AsyncIterable<string>;
  close(): Promise<void>;
}
