import type { Change, QuadLine } from '../changeset.js';
import type { CommitRange, CommitView, DatasetInfo, EntityAnswer, Labels, QueryAnswer, QueryDocument, Reference } from '../api.js';
import type { Visibility } from '../dataset.js';
import { parseUpdate, rehearse, type Rehearsal } from '../update/index.js';
import type { ReaderContext } from './readerContext.js';
import { document, query, type QueryJob } from './readerQuery.js';
import { datasets } from './readerDatasets.js';
import { entity, references } from './readerEntities.js';
import { diff, type DiffArgs } from '../past/diff.js';
import { fromLog, type LogAnswer, type LogQuestion } from '../past/fromLog.js';
import { sight, type Moment, type Sight } from '../past/sight.js';
import { commit, commits } from './readerHistory.js';
import { identified, type IdentifierScheme } from './readerIdentifiers.js';
import { labels } from './readerLabels.js';
import type { Spooled } from './readerSpool.js';
import { changes, exportDataset } from './readerStreams.js';

interface Job<A, R> {
  readonly args: A & { readonly visibility: Visibility };
  readonly answer: R;
}

/** Every read of the facade, as a synchronous job on one replica; arguments and answers are plain data. */
export interface ReadJobs {
  readonly query: Job<Omit<QueryJob, 'visibility'>, QueryAnswer>;
  readonly document: Job<Omit<QueryJob, 'visibility'>, QueryDocument>;
  readonly entity: Job<{ readonly iri: string }, EntityAnswer | { readonly gone: number } | undefined>;
  readonly references: Job<{ readonly iri: string; readonly limit: number }, { readonly references: readonly Reference[]; readonly more: boolean }>;
  readonly labels: Job<{ readonly iris: readonly string[] }, Labels>;
  readonly identified: Job<{ readonly scheme: IdentifierScheme; readonly notation: string }, readonly string[]>;
  readonly datasets: Job<unknown, readonly DatasetInfo[]>;
  readonly commits: Job<{ readonly range: CommitRange }, readonly CommitView[]>;
  readonly commit: Job<{ readonly number: number }, CommitView | undefined>;
  readonly sight: Job<{ readonly moment: Moment }, Sight>;
  readonly loadSources: Job<{ readonly update: string }, readonly string[]>;
  readonly rehearse: Job<{ readonly rehearsals: readonly Rehearsal[]; readonly maxRows: number }, undefined>;
  readonly fromLog: Job<{ readonly number: number; readonly question: LogQuestion }, LogAnswer>;
  readonly diff: Job<DiffArgs, Spooled>;
  readonly export: Job<{ readonly dataset: string }, Spooled>;
  readonly changes: Job<{ readonly number: number; readonly entity?: string }, Spooled>;
}

export type ReadJobName = keyof ReadJobs;

/** The jobs whose answer may be long, and what one row of it is. */
export interface ReadStreams {
  readonly export: QuadLine;
  readonly changes: Change;
  readonly diff: Change;
}

export interface ReadRequest<K extends ReadJobName = ReadJobName> {
  readonly job: K;
  readonly args: ReadJobs[K]['args'];
}

type Handlers = { readonly [K in ReadJobName]: (args: ReadJobs[K]['args'], context: ReaderContext) => ReadJobs[K]['answer'] };

const handlers: Handlers = {
  query,
  document,
  entity,
  references,
  labels,
  identified,
  datasets,
  commits,
  commit,
  sight,
  fromLog,
  diff,
  loadSources: ({ update }, { base }) => parseUpdate(update, { base }).operations.flatMap((operation) => (operation.kind === 'load' ? [operation.source] : [])),
  rehearse: ({ rehearsals, maxRows }, { engine }) => rehearse(rehearsals, maxRows, engine),
  export: exportDataset,
  changes,
};

export function runJob<K extends ReadJobName>({ job, args }: ReadRequest<K>, context: ReaderContext): ReadJobs[K]['answer'] {
  return handlers[job](args, context);
}
