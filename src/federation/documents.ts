import type { StageOptions } from '../datasets/stager.js';
import type { StagedDocument } from '../graph/api.js';
import { Fault } from '../faults.js';
import { formatByExtension, formatByMediaType, type RdfFormat } from '../rdf/mediaTypes.js';
import type { GuardedFetch } from './guardedFetch.js';

type Stage = (input: AsyncIterable<Uint8Array>, options: StageOptions) => Promise<StagedDocument>;

const accept = 'text/turtle, application/n-triples;q=0.9, application/ld+json;q=0.8, application/rdf+xml;q=0.7, application/trig;q=0.5, application/n-quads;q=0.5';
/** Types that say nothing of what is in a file: then its name does. */
const vague: ReadonlySet<string> = new Set(['', 'text/plain', 'application/octet-stream', 'application/xml', 'text/xml']);

/** Fetches RDF documents of other hosts and stages them, as uploads are. */
export class DocumentFetcher {
  readonly #fetch: GuardedFetch;
  readonly #stage: Stage;

  constructor(fetch: GuardedFetch, stage: Stage) {
    this.#fetch = fetch;
    this.#stage = stage;
  }

  /** @throws Fault address-refused, source-unavailable, unsupported-media-type, too-large; the Faults of the parser. */
  async fetch(iri: string): Promise<StagedDocument> {
    const { url, mediaType, body } = await this.#fetch.fetch(iri, accept);
    return this.#stage(body, { format: formatOf(url, mediaType), baseIri: url, file: url.slice(0, 200) });
  }
}

function formatOf(url: string, mediaType: string): RdfFormat {
  const extension = /\.([a-z]+)$/i.exec(new URL(url).pathname)?.[1]?.toLowerCase();
  const byName = extension === undefined ? undefined : formatByExtension(extension);
  const format = vague.has(mediaType) ? byName : formatByMediaType(mediaType);
  if (format?.canParse) return format;
  throw new Fault('unsupported-media-type', {
    nl: `${url.slice(0, 200)} is geen RDF-document (Content-Type "${mediaType}").`,
    en: `${url.slice(0, 200)} is no RDF document (Content-Type "${mediaType}").`,
  });
}
