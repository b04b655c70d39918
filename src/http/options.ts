import type { Principal } from '../graph/principal.js';
import type { KnowledgeGraph, StagedDocument } from '../graph/api.js';
import type { CatalogueSources } from '../publication/catalogue/model.js';
import type { RdfFormat } from '../rdf/mediaTypes.js';
import type { DeltaPublication } from '../publication/delta/deltaPublication.js';
import type { Streams } from '../publication/ldes/streams.js';
import type { DumpPublication } from '../publication/dump/dumpPublication.js';
import type { Publisher } from '../publication/versions/publisher.js';
import type { DocumentWriter } from './documents/documentWriter.js';

/** Limits and names of the HTTP layer; `defaultHttpConfig` holds the safe defaults. */
export interface HttpConfig {
  /** Milliseconds a query may run, for anybody and for who has a token. */
  readonly queryTimeout: number;
  readonly maxQueryTimeout: number;
  /** Bytes of answers kept in memory for who asks the same again. */
  readonly cacheBytes: number;
  /** Largest query, form or JSON body in bytes. */
  readonly maxQueryBytes: number;
  /** Largest SPARQL update in bytes. */
  readonly maxUpdateBytes: number;
  /** Largest uploaded document in bytes; it is streamed to disk, never held in memory. */
  readonly maxUploadBytes: number;
  /** Largest document of one entity in bytes. */
  readonly maxEntityBytes: number;
  /** Longest request target in characters. */
  readonly maxUrlLength: number;
  /** False: queries see the plain default graph of the specifications. */
  readonly unionDefaultGraph?: boolean;
  /** Requests a minute per client. */
  readonly rateLimit: 'off' | number;
  /** Number of reverse proxies whose X-Forwarded-For may be believed. */
  readonly trustedProxies: number;
  /** Organisation that answers for this service, once there is one. */
  readonly owner?: string;
  /** Functional mailbox or page for questions. */
  readonly contact?: string;
}

export const defaultHttpConfig: HttpConfig = {
  queryTimeout: 10_000,
  maxQueryTimeout: 60_000,
  cacheBytes: 64 * 1024 ** 2,
  maxQueryBytes: 1_000_000,
  maxUpdateBytes: 16_000_000,
  maxUploadBytes: 1_000_000_000,
  maxEntityBytes: 5_000_000,
  maxUrlLength: 16_000,
  rateLimit: 'off',
  trustedProxies: 0,
};

/** The part of a pino logger that is used here. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface StageOptions {
  readonly format: RdfFormat;
  readonly fileName: string;
  readonly baseIri?: string;
  /** From somebody without a token: less may be sent, and nobody else waits for it. */
  readonly anonymous?: boolean;
}

/** Everything the HTTP layer is given. It knows nothing of stores, threads or files. */
export interface AppOptions {
  readonly graph: KnowledgeGraph;
  verifyToken(token: string): Principal | undefined | Promise<Principal | undefined>;
  /** Parses an upload to a file on disk; throws Faults with the place of an error. */
  stage(stream: AsyncIterable<Uint8Array>, options: StageOptions): Promise<StagedDocument>;
  /** Fetches and stages a document of another host (LOAD); Faults address-refused, source-unavailable, those of the parser. */
  fetchDocument(iri: string): Promise<StagedDocument>;
  /** Writes RDF documents without keeping other requests waiting. */
  readonly documents: DocumentWriter;
  /** Follows the log for streams, delta files, dumps and feeds. */
  readonly publisher: Publisher;
  readonly streams: Streams;
  /** LBLOD delta streams. */
  readonly delta: DeltaPublication;
  /** Full downloads. */
  readonly dumps: DumpPublication;
  /** What the channels of publication put in the catalogue. */
  readonly catalogue: CatalogueSources;
  readonly config: HttpConfig;
  readonly log: Log;
}
