import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../faults.js';
import type { ValidationReport } from './validation/report.js';
import type { KnowledgeGraph, PastGraph, QueryAnswer, QueryDocument, QueryRequest, ReadOptions, Status, WriteOutcome, WriteRequest } from './api.js';
import { publicOnly, type Visibility } from './dataset.js';
import { Validation } from './validation/validation.js';
import { ReaderPool } from './engine/readerPool.js';
import { queryRun, type RunOptions } from './engine/readerPoolOptions.js';
import type { ResultLimits } from './engine/queryLimits.js';
import type { Publication } from './engine/readerPublisher.js';
import type { ReadJobName, ReadJobs } from './engine/readJobs.js';
import type { Head } from './journal/journal.js';
import { journalFile, openJournalReader } from './journal/openJournal.js';
import type { GraphOptions } from './graphOptions.js';
import { allRights, type Principal } from './principal.js';
import { PastReaders } from './past/pastReaders.js';
import { PastState } from './past/pastState.js';
import type { Moment } from './past/sight.js';
import { SnapshotPlan } from './snapshotPlan.js';
import { Rehearsing } from './writer/rehearsing.js';
import { WriterClient } from './writer/writerClient.js';
import type { Purged } from './writer/protocol.js';

const shortTimeout = 10_000;
const privilegedIdle = 10 * 60_000;
/** These readers load when somebody asks: of a large graph that takes a while. */
const privilegedPatience = 5 * 60_000;
const reportLimit = 1000;

const short: RunOptions = { lane: 'short' };

/**
 * The graph: one writer, readers for everybody, and readers for callers with rights on restricted datasets (started
 * when one comes). Reads go to the readers of the caller's audience and carry her visibility; writes go to the
 * writer, and count when they are on disk and posted to every reader.
 */
export class Graph implements KnowledgeGraph {
  readonly base: string;
  readonly #options: GraphOptions;
  readonly #writer: WriterClient;
  readonly #public: ReaderPool;
  readonly #privileged: ReaderPool;
  readonly #past: PastReaders;
  readonly #validation: Validation;
  #head: Head | null = null;
  readonly #snapshots: SnapshotPlan;
  #writable = true;

  private constructor(options: GraphOptions) {
    this.base = options.base;
    this.#options = options;
    const { dataDir, base, unionDefaultGraph, queryTimeout, maxQueryTimeout = queryTimeout, updateTimeout, log, progress } = options;
    // Writer, public readers and those of callers with rights: none may take what the others need.
    const engineBytes = options.memory.share(options.readers + 2);
    const shared = { dataDir, base, unionDefaultGraph, queryTimeout, maxQueryTimeout, shortTimeout, engineBytes, log };
    this.#public = new ReaderPool({ ...shared, count: options.readers, audience: 'public' });
    this.#privileged = new ReaderPool({ ...shared, count: 1, audience: 'privileged', idleClose: privilegedIdle, patience: privilegedPatience });
    this.#past = new PastReaders({ ...shared, memory: options.memory });
    const rehearsing = new Rehearsing(this.#public, options);
    this.#writer = new WriterClient({
      dataDir,
      base,
      unionDefaultGraph,
      reportLimit,
      maxUpdateRows: options.maxUpdateRows,
      updateTimeout,
      loadTimeout: options.loadTimeout,
      engineBytes,
      rehearse: (rehearsals) => rehearsing.run(rehearsals),
      entry: options.writerEntry,
      publish: (publication) => this.#publish(publication),
      renewing: (state) => log.info({ ...state }, 'writer outgrew its quads and is replaced'),
      ...(progress ? { progress: (commit) => progress('writer', commit) } : {}),
    });
    this.#validation = new Validation({
      entry: options.validatorEntry,
      anonymousTimeout: queryTimeout,
      knownTimeout: options.validationTimeout,
      base,
      unionDefaultGraph,
      limit: reportLimit,
      inDataset: (args) => this.#writer.validate(args),
      linesOf: (dataset, visibility) => this.export(dataset, visibility),
    });
    this.#snapshots = new SnapshotPlan(() => this.#writer.call('snapshot', {}), log);
  }

  /** Opens the data folder and brings writer and readers to the head. Faults: conflict, read-only, storage-full, internal. */
  static async open(options: GraphOptions): Promise<Graph> {
    const graph = new Graph(options);
    try {
      const readers = (): Promise<void> => graph.#public.start((_reader, { commit }) => options.progress?.('readers', commit));
      // Where there is a log, readers need not wait for the writer to read it.
      const early = existsSync(join(options.dataDir, journalFile)) ? readers() : undefined;
      early?.catch(() => undefined);
      let stale = false;
      graph.#head = await graph.#writer.start().then((state) => {
        stale = state.stale;
        return state.head;
      }, (error: unknown) => graph.#headToRead(error));
      await (early ?? readers());
      if (stale) await graph.#deriveAnew('Afgeleid volgens de regels van deze versie');
      return graph;
    } catch (error) {
      await graph.close();
      throw error;
    }
  }

  /** A folder that takes no writes can still be read, if there is anything in it: the first write that works starts the writer. */
  #headToRead(error: unknown): Head {
    if (!takesNoWrites(error)) throw error;
    const head = headOf(join(this.#options.dataDir, journalFile));
    if (head === null) throw error;
    this.#options.log.warn({ err: error }, 'the data folder takes no writes: reading only');
    this.#writable = false;
    return head;
  }

  /** Whether anything was ever written: a new folder gets its first commit. */
  get isEmpty(): boolean {
    return this.#head === null;
  }

  get head(): number {
    return this.#head?.number ?? 0;
  }

  async status(): Promise<Status> {
    const { ready, quads } = this.#public.status();
    return {
      ready: ready > 0 && this.#head !== null,
      commit: this.#head?.number ?? 0,
      hash: this.#head?.hash ?? '',
      time: this.#head?.time ?? null,
      base: this.base,
      version: this.#options.version,
      writable: this.#writable,
      readers: ready,
      quads,
      memory: this.#options.memory.usage(),
    };
  }

  async query(request: QueryRequest, visibility: Visibility, options: ReadOptions = {}): Promise<QueryAnswer> {
    return this.#run('query', { request, visibility, ...this.#limits }, queryRun(request, options));
  }

  async document(request: QueryRequest, visibility: Visibility, options: ReadOptions = {}): Promise<QueryDocument> {
    return this.#run('document', { request, visibility, ...this.#limits }, queryRun(request, options));
  }

  entity(iri: string, visibility: Visibility): ReturnType<KnowledgeGraph['entity']> {
    return this.#run('entity', { iri, visibility }, short);
  }

  references(iri: string, limit: number, visibility: Visibility): ReturnType<KnowledgeGraph['references']> {
    return this.#run('references', { iri, limit, visibility }, short);
  }

  labels(iris: readonly string[], visibility: Visibility): ReturnType<KnowledgeGraph['labels']> {
    return this.#run('labels', { iris, visibility }, short);
  }

  identified(scheme: 'kbo' | 'ovo' | 'nis', notation: string, visibility: Visibility): ReturnType<KnowledgeGraph['identified']> {
    return this.#run('identified', { scheme, notation, visibility }, short);
  }

  datasets(visibility: Visibility): ReturnType<KnowledgeGraph['datasets']> {
    return this.#run('datasets', { visibility }, short);
  }

  export(dataset: string, visibility: Visibility): ReturnType<KnowledgeGraph['export']> {
    return this.#pool(visibility).stream('export', { dataset, visibility }, { lane: 'query' });
  }

  commits(range: Parameters<KnowledgeGraph['commits']>[0], visibility: Visibility): ReturnType<KnowledgeGraph['commits']> {
    return this.#run('commits', { range, visibility }, short);
  }

  commit(number: number, visibility: Visibility): ReturnType<KnowledgeGraph['commit']> {
    return this.#run('commit', { number, visibility }, short);
  }

  changes(number: number, visibility: Visibility, entity?: string): ReturnType<KnowledgeGraph['changes']> {
    return this.#pool(visibility).stream('changes', { number, visibility, ...(entity === undefined ? {} : { entity }) }, { lane: 'query' });
  }

  diff(range: Parameters<KnowledgeGraph['diff']>[0], visibility: Visibility): ReturnType<KnowledgeGraph['diff']> {
    return this.#pool(visibility).stream('diff', { ...range, visibility }, { lane: 'query' });
  }

  async at(moment: Moment, visibility: Visibility): Promise<PastGraph> {
    const sight = await this.#run('sight', { moment, visibility }, short);
    return new PastState({ sight, visibility, live: this, states: this.#past, sinceThen: (args) => this.#run('fromLog', args, { lane: 'query' }) });
  }

  async write(request: WriteRequest, principal: Principal): Promise<WriteOutcome> {
    this.#options.memory.admitWrite();
    try {
      const outcome = await this.#writer.write(request, principal);
      if (outcome.outcome === 'committed') this.#writable = true;
      return outcome;
    } catch (error) {
      if (takesNoWrites(error)) this.#writable = false;
      throw error;
    } finally {
      this.#snapshots.plan();
    }
  }

  loadSources(update: string): ReturnType<KnowledgeGraph['loadSources']> {
    return this.#run('loadSources', { update, visibility: publicOnly }, { lane: 'query' });
  }

  validate(...[request, principal]: Parameters<KnowledgeGraph['validate']>): Promise<ValidationReport> {
    return this.#validation.validate(request, principal);
  }

  async purge({ text, note }: Parameters<KnowledgeGraph['purge']>[0], principal: Principal): Promise<Purged> {
    const purged = await this.#writer.purge({ text, note, principal });
    await this.#deriveAnew('Opnieuw afgeleid na het wissen');
    return purged;
  }

  /** What an earlier version, or erased data, derived. A log that takes no writes stays as it is, and is read. */
  async #deriveAnew(message: string): Promise<void> {
    try {
      await this.#writer.write({ action: { kind: 'derive' }, source: 'derive', note: { message } }, allRights);
    } catch (error) {
      this.#options.log.warn({ err: error }, 'the rules could not be run in full; the next start tries again');
    }
  }

  async close(): Promise<void> {
    this.#snapshots.close();
    await this.#writer.close();
    await Promise.all([this.#validation.close(), this.#public.close(), this.#privileged.close(), this.#past.close()]);
  }

  get #limits(): { readonly limits?: ResultLimits } {
    const { resultLimits } = this.#options;
    return resultLimits ? { limits: resultLimits } : {};
  }

  #pool(visibility: Visibility): ReaderPool {
    return visibility.restricted === '*' || visibility.restricted.length > 0 ? this.#privileged : this.#public;
  }

  #run<K extends ReadJobName>(job: K, args: ReadJobs[K]['args'], options: RunOptions): Promise<ReadJobs[K]['answer']> {
    return this.#pool(args.visibility).run(job, args, options);
  }

  async #publish(publication: Publication & { readonly head: Head }): Promise<void> {
    if (publication.reload) await this.#past.forget();
    await Promise.all([this.#public.publish(publication), this.#privileged.publish(publication)]);
    this.#head = publication.head;
    const told = this.#options.published?.(publication);
    if (publication.reload) await told;
    this.#snapshots.grown(publication.size);
  }
}

function takesNoWrites(error: unknown): boolean {
  return error instanceof Fault && (error.code === 'read-only' || error.code === 'storage-full');
}

function headOf(journal: string): Head | null {
  try {
    const reader = openJournalReader(journal);
    const { head } = reader;
    reader.close();
    return head;
  } catch {
    return null;
  }
}
