import type { DatasetInfo } from '../../graph/api.js';

export type Texts = Readonly<Record<string, string>>;

/** Who answers for the catalogue and for datasets that name no owner of their own. */
export interface CataloguePublisher {
  readonly name: string;
  /** IRI of the organisation (an OVO address in Flanders), where it is known. */
  readonly iri?: string;
  /** A functional mailbox, or the address of a page with a form. */
  readonly contact?: string;
}

/** A file with the content of one dataset, or of all of them. */
export interface CataloguedDump {
  readonly url: string;
  /** IRI of the dataset; absent for the dump of everything. */
  readonly dataset?: string;
  readonly mediaType: string;
  readonly compressed: boolean;
  readonly bytes: number;
  /** SHA-256 in hexadecimal. */
  readonly sha256: string;
  /** ISO 8601. */
  readonly modified: string;
}

/** A stream of events or of delta files: a dataset of its own, with the view that serves it. */
export interface CataloguedStream {
  readonly iri: string;
  /** Entry page. */
  readonly view: string;
  readonly title: Texts;
  readonly description: Texts;
  /** IRI of the dataset it follows; absent when it follows several. */
  readonly dataset?: string;
  readonly mediaType: string;
  /** Name of the service that gives it; absent for an event stream, which is a service of its own. */
  readonly service?: string;
}

/** A way to reach data that is no file. */
export interface CataloguedService {
  /** Last part of its IRI: `{base}catalog#dienst-{name}`. */
  readonly name: string;
  readonly title: Texts;
  readonly description: Texts;
  readonly endpoint: string;
  readonly endpointDescription: string;
  readonly conformsTo: readonly string[];
}

/** Everything a catalogue is made of; nothing in it is kept by hand. */
export interface CatalogueModel {
  readonly base: string;
  readonly publisher: CataloguePublisher;
  /** Public datasets only. */
  readonly datasets: readonly DatasetInfo[];
  /** Names of the organisations that own datasets, by IRI and language. */
  readonly names: ReadonlyMap<string, Texts>;
  readonly dumps: readonly CataloguedDump[];
  readonly streams: readonly CataloguedStream[];
  readonly services: readonly CataloguedService[];
  /** When the newest of all this changed, ISO 8601. */
  readonly modified: string;
}

/** What the other channels of publication put in the catalogue. */
export interface CatalogueSources {
  dumps(): Promise<readonly CataloguedDump[]> | readonly CataloguedDump[];
  streams(): Promise<readonly CataloguedStream[]> | readonly CataloguedStream[];
}
