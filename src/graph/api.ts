/**
 * The facade's contract: what the layers above the kernel may ask of the graph. Every read takes the caller's
 * visibility; every write goes through `write`. Everything here is plain data, because it crosses threads.
 */
import type { Principal } from './principal.js';
import type { FaultData } from '../faults.js';
import type { ValidationReport } from './validation/report.js';
import type { Change, DatasetCount, QuadLine } from './changeset.js';
import type { CommitHeader, CommitNote, CommitSource } from './commit.js';
import type { DatasetSettings, Visibility } from './dataset.js';
import type { Moment, Sight } from './past/sight.js';

export type ResultFormat =
  | 'application/sparql-results+json'
  | 'application/sparql-results+xml'
  | 'text/csv'
  | 'text/tab-separated-values';

/** SPARQL query with what the protocol (SPARQL 1.1 Protocol §2.1) brings along. */
export interface QueryRequest {
  readonly query: string;
  /** Media type for SELECT/ASK results. */
  readonly resultFormat: ResultFormat;
  /** Media type for CONSTRUCT/DESCRIBE. */
  readonly graphFormat: string;
  readonly defaultGraphs?: readonly string[];
  readonly namedGraphs?: readonly string[];
  /** Datasets of status voorgesteld join the default graph (`bronstatus=alle`). */
  readonly withProposals?: boolean;
  /** Milliseconds; capped by the service. */
  readonly timeout?: number;
  /** Answer only from this commit on. */
  readonly minCommit?: number;
}

export interface QueryAnswer {
  readonly kind: 'solutions' | 'boolean' | 'graph';
  readonly mediaType: string;
  readonly body: string;
  /** The commit the reader had when it began. */
  readonly commit: number;
}

/** A query's answer in UTF-8, to be sent as it is. A long one is in a file: whoever gets it removes that. */
export type QueryDocument = Omit<QueryAnswer, 'body'> & ({ readonly bytes: Uint8Array<ArrayBuffer> } | { readonly path: string; readonly size: number });

/** What a read may bring along besides what it asks. */
export interface ReadOptions {
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
  /** Who asks (an address, a token): readers are shared out among clients. */
  readonly client?: string;
  /** The service wrote the query itself, for a page: it goes before what users wrote. */
  readonly own?: boolean;
  /** And it asks for little, from one thing: milliseconds, like the other reads of a page. */
  readonly brief?: boolean;
}

/** What a query text is, without running it: for negotiation. Throws Fault `query-syntax` with the place. */
export type QueryKind = QueryAnswer['kind'];

/** The description of one entity, per dataset that has one. */
export interface EntityAnswer {
  readonly iri: string;
  /** Quads of the entity and the skolem nodes below it, grouped by dataset; exact lexical forms. */
  readonly datasets: readonly { readonly dataset: string; readonly lines: readonly QuadLine[] }[];
  /** Last commit that touched the entity in a dataset the caller sees. */
  readonly changed: number;
  readonly commit: number;
}

/** One entity that points at another, for "verwijzingen". */
export interface Reference {
  readonly subject: string;
  readonly predicate: string;
  readonly dataset: string;
}

/** Preferred labels: IRI -> language -> text. */
export type Labels = ReadonlyMap<string, Readonly<Record<string, string>>>;

export interface DatasetInfo extends DatasetSettings {
  readonly slug: string;
  readonly title: Readonly<Record<string, string>>;
  readonly description: Readonly<Record<string, string>>;
  readonly owner?: string;
  readonly licence?: string;
  readonly issued?: string;
  readonly quads: number;
  /** Last commit that changed it; 0 when none did. */
  readonly changed: number;
  /** When that was, ISO 8601. */
  readonly modified?: string;
  /** Category of high-value datasets, when its steward put it in one. */
  readonly hvdCategory?: string;
}

/** The fields of a dataset's description that `/datasets` accepts; stored as DCAT in the catalogue. */
export interface DatasetDescription {
  readonly title: Readonly<Record<string, string>>;
  readonly description?: Readonly<Record<string, string>>;
  readonly status: DatasetSettings['status'];
  readonly mode: DatasetSettings['mode'];
  readonly visibility: DatasetSettings['visibility'];
  readonly owner?: string;
  readonly licence?: string;
  readonly source?: string;
  readonly issued?: string;
  /** Category of high-value datasets (Implementing Regulation (EU) 2023/138, DCAT-AP HVD): an IRI. */
  readonly hvdCategory?: string;
}

/** A parsed document waiting on disk: N-Quads lines as parsed (blank nodes skolemised to fresh IRIs). */
export interface StagedDocument {
  /** Path of the staged file: one `line-number TAB quad-line` per row; line-number 0 when unknown. */
  readonly path: string;
  readonly quads: number;
  /** Whether skolem IRIs in it stand for blank nodes of the document, to be matched with the dataset's. */
  readonly blankNodes: boolean;
  /** SHA-256 (hex) of the document as it came in. */
  readonly digest: string;
}

/** What LOAD got for an address: a document, or why there is none (LOAD SILENT goes on). */
export interface LoadedDocument {
  readonly iri: string;
  readonly document: StagedDocument | { readonly fault: FaultData };
}

/** What a write may be. Every kind ends in the same choke point: compose, validate, journal, publish. */
export type WriteAction =
  | {
      readonly kind: 'update';
      readonly update: string;
      readonly usingGraphs?: readonly string[];
      readonly usingNamedGraphs?: readonly string[];
      /** The graph that is the default graph of the update, and the only one it may read and change (a patch of it). */
      readonly onlyGraph?: string;
      /** Documents that LOAD operations name, fetched before: in the order of the operations. */
      readonly loads?: readonly LoadedDocument[];
    }
  /** Load a document into one dataset. */
  | { readonly kind: 'load'; readonly dataset: string; readonly mode: 'add' | 'replace'; readonly document: StagedDocument }
  | { readonly kind: 'clear'; readonly dataset: string }
  /** Resource PUT/DELETE: `lines` replace the entity's description in the dataset. */
  | { readonly kind: 'entity'; readonly iri: string; readonly dataset: string; readonly lines: readonly QuadLine[] }
  /** Describe (create or change) a dataset. */
  | { readonly kind: 'describe'; readonly dataset: string; readonly description: DatasetDescription }
  /** Take back what a commit stated. */
  | { readonly kind: 'undo'; readonly commit: number }
  /** Remove a dataset: content and description. */
  | { readonly kind: 'drop'; readonly dataset: string }
  /** Run every rule in full: when the rules changed, or to check (dry run). Nobody outside may ask for it. */
  | { readonly kind: 'derive' }
  /** Several actions as one commit (first start). */
  | { readonly kind: 'all'; readonly actions: readonly WriteAction[] };

export interface WriteRequest {
  readonly action: WriteAction;
  readonly source: CommitSource;
  readonly note: CommitNote;
  /** Compose and validate, then take everything back. */
  readonly dryRun?: boolean;
  /** With a dry run: at most this many changes are returned. */
  readonly showChanges?: number;
  /** Head commit number the caller saw (`If-Match` on the head). */
  readonly ifHead?: number;
  /** Last commit of the entity in the dataset the caller saw (`If-Match` on an entity). */
  readonly ifEntity?: { readonly iri: string; readonly dataset: string; readonly commit: number };
  /** Last commit of a dataset the caller saw (`If-Match` on its content). */
  readonly ifDataset?: { readonly iri: string; readonly commit: number };
  readonly idempotencyKey?: string;
  /** What is wrong with the request, unless its key says that it was done before. */
  readonly unlessRepeated?: FaultData;
  /** Delete an entity although others refer to it. */
  readonly force?: boolean;
}

/** Profiles under `shapes/profiles` that a document can be held against. */
export const shapesProfiles = ['oslo'] as const;
export type ShapesProfile = (typeof shapesProfiles)[number];

/** What an update found and what it changed (they differ where the merged graph matched quads stored elsewhere). */
export interface OperationCount {
  readonly matched: number;
  readonly changed: number;
}

interface Composed {
  readonly counts: ReadonlyMap<string, DatasetCount>;
  /** Datasets that were not there before: absent when there are none. */
  readonly created?: readonly string[];
  readonly report: ValidationReport;
  readonly operations?: readonly OperationCount[];
}

/** Expected outcomes of a write; faults (rights, syntax, preconditions, disk) are thrown. */
export type WriteOutcome =
  | (Composed & { readonly outcome: 'committed'; readonly commit: CommitHeader })
  | { readonly outcome: 'unchanged'; readonly head: number; readonly report: ValidationReport; readonly operations?: readonly OperationCount[] }
  | (Composed & { readonly outcome: 'rejected' })
  | (Composed & {
      readonly outcome: 'dry-run';
      readonly wouldCommit: boolean;
      readonly changes: readonly Change[];
      readonly more: boolean;
    });

/** A commit as a caller with some visibility may see it: parts of invisible datasets are left out. */
export interface CommitView extends Omit<CommitHeader, 'agent'> {
  readonly agent: { readonly role: string; readonly organisation?: string };
  readonly message: string | null;
}

/** Which commits, newest first. */
export interface CommitRange {
  /** Only with a lower number. */
  readonly before?: number;
  /** Only with a higher number. */
  readonly after?: number;
  readonly limit: number;
  /** Oldest first. */
  readonly oldest?: boolean;
  readonly entity?: string;
  readonly dataset?: string;
}

export interface Status {
  readonly ready: boolean;
  readonly commit: number;
  readonly hash: string;
  readonly time: string | null;
  readonly base: string;
  readonly version: string;
  readonly writable: boolean;
  readonly readers: number;
  readonly quads: number;
  readonly memory: { readonly rssBytes: number; readonly share: number };
}

/** The graph as it was: it answers every read as it would have then, of what the caller may see today, and takes no writes. */
export interface PastGraph extends KnowledgeGraph {
  readonly sight: Sight;
}

export interface KnowledgeGraph {
  readonly base: string;
  /** Number of the newest commit that every read from now on sees. */
  readonly head: number;
  status(): Promise<Status>;

  // Reads. `visibility` decides what exists.
  query(request: QueryRequest, visibility: Visibility, options?: ReadOptions): Promise<QueryAnswer>;
  /** As `query`, for an answer that is only passed on. */
  document(request: QueryRequest, visibility: Visibility, options?: ReadOptions): Promise<QueryDocument>;
  /** undefined: never heard of; `gone`: existed in a dataset the caller sees. */
  entity(iri: string, visibility: Visibility): Promise<EntityAnswer | { readonly gone: number } | undefined>;
  references(iri: string, limit: number, visibility: Visibility): Promise<{ readonly references: readonly Reference[]; readonly more: boolean }>;
  labels(iris: readonly string[], visibility: Visibility): Promise<Labels>;
  /** Finds the entity that carries this identifier notation (KBO, OVO, NIS): IRIs, usually one. */
  identified(scheme: 'kbo' | 'ovo' | 'nis', notation: string, visibility: Visibility): Promise<readonly string[]>;
  datasets(visibility: Visibility): Promise<readonly DatasetInfo[]>;
  /** All quads of a dataset in canonical order, in batches; Fault `unknown-dataset` when not visible. */
  export(dataset: string, visibility: Visibility): AsyncIterable<readonly QuadLine[]>;
  commits(range: CommitRange, visibility: Visibility): Promise<readonly CommitView[]>;
  commit(number: number, visibility: Visibility): Promise<CommitView | undefined>;
  /** Changes of a commit in visible datasets, in batches. */
  changes(number: number, visibility: Visibility, entity?: string): AsyncIterable<readonly Change[]>;

  /** What leads from the state after one commit to that after another, in batches; Fault too-large when too much lies between. */
  diff(range: { readonly from: number; readonly to: number; readonly dataset?: string }, visibility: Visibility): AsyncIterable<readonly Change[]>;
  /** The graph at a moment, for a caller with this visibility; Fault not-found when there is no such moment. */
  at(moment: Moment, visibility: Visibility): Promise<PastGraph>;

  // Writes. Rights come with the principal.
  write(request: WriteRequest, principal: Principal): Promise<WriteOutcome>;
  /** The addresses that the LOAD operations of an update name, in their order; the Faults of its parser. */
  loadSources(update: string): Promise<readonly string[]>;
  /** Validates without writing. With `dataset`: as if loaded there; else the document on its own. `shapes`: only those. */
  validate(
    request: { readonly document: StagedDocument; readonly dataset?: string; readonly shapes?: StagedDocument; readonly profile?: ShapesProfile },
    principal: Principal,
  ): Promise<ValidationReport>;
  /** Erases a text from log, state and snapshots (AVG art. 17); administrators only. */
  purge(request: { readonly text: string; readonly note: CommitNote }, principal: Principal): Promise<{ readonly commit: CommitHeader; readonly parts: number; readonly quads: number }>;
  close(): Promise<void>;
}
