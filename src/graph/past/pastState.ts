import { Fault } from '../../faults.js';
import type { KnowledgeGraph, PastGraph, QueryAnswer, QueryDocument, QueryRequest, ReadOptions, Status } from '../api.js';
import type { Visibility } from '../dataset.js';
import { queryRun, type RunOptions } from '../engine/readerPoolOptions.js';
import type { ReadJobName, ReadJobs } from '../engine/readJobs.js';
import type { LogAnswer, LogJobs, LogQuestion } from './fromLog.js';
import type { PastReaders } from './pastReaders.js';
import type { Moment, Sight } from './sight.js';

export interface PastStateOptions {
  readonly sight: Sight;
  /** Of whom the sight is: answers are hers alone. */
  readonly visibility: Visibility;
  readonly live: KnowledgeGraph;
  readonly states: PastReaders;
  /** Answers from the live replica and the log since. */
  readonly sinceThen: (args: ReadJobs['fromLog']['args']) => Promise<LogAnswer>;
}

const short: RunOptions = { lane: 'short' };

/** One moment of the graph for one caller. What it holds was decided by her sight; the visibility of a call must be hers. */
export class PastState implements PastGraph {
  readonly sight: Sight;
  readonly #options: PastStateOptions;

  constructor(options: PastStateOptions) {
    this.sight = options.sight;
    this.#options = options;
  }

  get base(): string {
    return this.#options.live.base;
  }

  /** Of the service as it is, with the commit of this moment. */
  async status(): Promise<Status> {
    const { number, time } = this.sight.at;
    return { ...(await this.#options.live.status()), commit: number, time };
  }

  get head(): number {
    return this.sight.at.number;
  }

  query(request: QueryRequest, visibility: Visibility, options: ReadOptions = {}): Promise<QueryAnswer> {
    return this.#run('query', { request, visibility }, queryRun(request, options));
  }

  document(request: QueryRequest, visibility: Visibility, options: ReadOptions = {}): Promise<QueryDocument> {
    return this.#run('document', { request, visibility }, queryRun(request, options));
  }

  entity(iri: string, visibility: Visibility): ReturnType<KnowledgeGraph['entity']> {
    return this.#described('entity', { iri }, visibility);
  }

  references(iri: string, limit: number, visibility: Visibility): ReturnType<KnowledgeGraph['references']> {
    return this.#run('references', { iri, limit, visibility }, short);
  }

  labels(iris: readonly string[], visibility: Visibility): ReturnType<KnowledgeGraph['labels']> {
    return this.#described('labels', { iris }, visibility);
  }

  identified(scheme: 'kbo' | 'ovo' | 'nis', notation: string, visibility: Visibility): ReturnType<KnowledgeGraph['identified']> {
    return this.#run('identified', { scheme, notation, visibility }, short);
  }

  datasets(visibility: Visibility): ReturnType<KnowledgeGraph['datasets']> {
    return this.#described('datasets', {}, visibility);
  }

  async *export(dataset: string, visibility: Visibility): ReturnType<KnowledgeGraph['export']> {
    using lease = await this.#options.states.lease(this.sight);
    yield* lease.pool.stream('export', { dataset, visibility: this.#own(visibility) }, { lane: 'query' });
  }

  commits(range: Parameters<KnowledgeGraph['commits']>[0], visibility: Visibility): ReturnType<KnowledgeGraph['commits']> {
    const before = Math.min(range.before ?? Number.MAX_SAFE_INTEGER, this.sight.at.number + 1);
    return this.#options.live.commits({ ...range, before }, this.#own(visibility));
  }

  async commit(number: number, visibility: Visibility): ReturnType<KnowledgeGraph['commit']> {
    return number > this.sight.at.number ? undefined : this.#options.live.commit(number, this.#own(visibility));
  }

  changes(number: number, visibility: Visibility, entity?: string): ReturnType<KnowledgeGraph['changes']> {
    return this.#options.live.changes(Math.min(number, this.sight.at.number), this.#own(visibility), entity);
  }

  diff(range: Parameters<KnowledgeGraph['diff']>[0], visibility: Visibility): ReturnType<KnowledgeGraph['diff']> {
    return this.#options.live.diff(range, this.#own(visibility));
  }

  at(moment: Moment, visibility: Visibility): Promise<PastGraph> {
    return this.#options.live.at(moment, visibility);
  }

  loadSources(update: string): Promise<readonly string[]> {
    return this.#options.live.loadSources(update);
  }

  write(): Promise<never> {
    return Promise.reject(unchangeable());
  }

  validate(): Promise<never> {
    return Promise.reject(unchangeable());
  }

  purge(): Promise<never> {
    return Promise.reject(unchangeable());
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #run<K extends ReadJobName>(job: K, args: ReadJobs[K]['args'], options: RunOptions): Promise<ReadJobs[K]['answer']> {
    this.#own(args.visibility);
    return this.#options.states.use(this.sight, (pool) => pool.run(job, args, options));
  }

  /** From the log, unless the state is there already or the log since is long. */
  async #described<K extends keyof LogJobs>(job: K, args: LogJobs[K]['args'], visibility: Visibility): Promise<LogJobs[K]['answer']> {
    const { states, sinceThen } = this.#options;
    if (!states.has(this.sight)) {
      const found = await sinceThen({ number: this.sight.at.number, question: { job, args } as LogQuestion, visibility: this.#own(visibility) });
      if ('answer' in found) return found.answer as LogJobs[K]['answer'];
    }
    return this.#run(job, { ...args, visibility } as ReadJobs[K]['args'], short);
  }

  /** What another caller may see was never asked. */
  #own(visibility: Visibility): Visibility {
    if (JSON.stringify(visibility) !== JSON.stringify(this.#options.visibility)) throw new Error('an old state is of one caller');
    return visibility;
  }
}

function unchangeable(): Fault {
  return new Fault('operation-refused', { nl: 'Het verleden kan niet gewijzigd worden.', en: 'The past cannot be changed.' });
}
