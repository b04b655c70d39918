import { catalogueGraph, describedBy, readSettings } from '../catalogue.js';
import type { Change, QuadLine } from '../changeset.js';
import { datasetOf } from '../changes/datasetOf.js';
import type { CommitHeader } from '../commit.js';
import type { DatasetSettings } from '../dataset.js';
import type { ReaderContext } from './readerContext.js';
import type { Engine } from './engine.js';
import type { JournalReader } from '../journal/journal.js';

/** Whom a replica may answer: everybody, or callers with rights on restricted datasets. */
export type Audience = 'public' | 'privileged';

/** A commit as the main thread announces it; without `changes` they are read from the log. */
export interface ReaderPatch {
  readonly number: number;
  readonly changes?: readonly Change[];
}

/** What a replica needs of a snapshot: its commit, and the quads of the datasets wanted. */
export interface LoadSource {
  readonly commit: number;
  read(wanted: (dataset: string) => boolean): Iterable<{ readonly lines: readonly QuadLine[] }>;
}

export interface ReplicaParts {
  readonly engine: Engine;
  readonly journal: JournalReader;
  readonly audience: Audience;
  readonly base: string;
  readonly folder: string;
}

/** Headers read from the log at a time. */
const page = 500;

/**
 * One copy of the graph for one audience, kept up with the log. The public one holds only what the public catalogue
 * describes as public (and the catalogue): a graph nobody described, or described badly, is not there to be leaked.
 */
export class ReaderReplica implements ReaderContext {
  readonly engine: Engine;
  readonly journal: JournalReader;
  readonly base: string;
  readonly folder: string;
  readonly #audience: Audience;
  readonly #catalogue: string;
  #held = new Set<string>();
  #commit = 0;

  constructor({ engine, journal, audience, base, folder }: ReplicaParts) {
    this.engine = engine;
    this.journal = journal;
    this.base = base;
    this.folder = folder;
    this.#audience = audience;
    this.#catalogue = catalogueGraph(base);
  }

  get commit(): number {
    return this.#commit;
  }

  /** Fills the replica: what it may hold of the snapshot, then the log after it. */
  load(snapshot: LoadSource | undefined, progress: (commit: number, head: number) => void): void {
    const head = this.journal.head?.number ?? 0;
    if (snapshot) {
      // The catalogue goes first: it says which of the others may be held.
      this.engine.load(linesOf(snapshot, (dataset) => dataset === this.#catalogue));
      this.#held = new Set(this.#settings().map((dataset) => dataset.iri));
      this.engine.load(linesOf(snapshot, (dataset) => dataset !== this.#catalogue && this.#holds(dataset)));
      this.#commit = snapshot.commit;
    }
    this.engine.setDatasets(this.#settings());
    this.#catchUp(head, { purges: 'done' }, progress);
    progress(this.#commit, head);
  }

  /** Brings the replica to a commit: in order, once each; what the patches skipped comes from the log. */
  apply({ number, changes }: ReaderPatch): void {
    if (number <= this.#commit) return;
    this.#catchUp(number - 1, { purges: 'refuse' });
    const header = this.journal.header(number);
    if (!header) throw new Error(`commit ${number} is not in the log`);
    this.#applyCommit(header, { purges: 'refuse' }, changes);
  }

  #catchUp(to: number, options: { readonly purges: 'done' | 'refuse' }, progress?: (commit: number, head: number) => void): void {
    while (this.#commit < to) {
      const headers = this.journal.headersFrom(this.#commit + 1, Math.min(page, to - this.#commit));
      if (headers[0]?.number !== this.#commit + 1) throw new Error(`commit ${this.#commit + 1} is not in the log`);
      for (const header of headers) this.#applyCommit(header, options);
      progress?.(this.#commit, to);
    }
  }

  #applyCommit(header: CommitHeader, options: { readonly purges: 'done' | 'refuse' }, inline?: readonly Change[]): void {
    // A purge rewrites the past, and its text must not stay in this thread's memory either: begin afresh from the log.
    if (header.source === 'purge' && options.purges === 'refuse') throw new Error('a purge asks for a fresh reader');
    const changesIn = (dataset: string): Iterable<Change> =>
      inline ? inline.filter((change) => datasetOf(change.line) === dataset) : this.journal.changes(header.number, dataset);
    const touched = header.parts.map((part) => part.dataset);
    if (this.#audience === 'privileged') this.#applyAll(header.number, touched, inline);
    else this.#applyHeld(header.number, touched, changesIn);
    this.#commit = header.number;
  }

  #applyAll(number: number, touched: readonly string[], inline: readonly Change[] | undefined): void {
    this.engine.apply(inline ?? this.journal.changes(number));
    if (touched.some((dataset) => dataset === this.#catalogue || describedBy(dataset) !== undefined)) {
      this.engine.setDatasets(this.#settings());
    }
  }

  #applyHeld(number: number, touched: readonly string[], changesIn: (dataset: string) => Iterable<Change>): void {
    const before = this.#held;
    const catalogueTouched = touched.includes(this.#catalogue);
    if (catalogueTouched) {
      this.engine.apply(changesIn(this.#catalogue));
      this.#held = new Set(this.#settings().map((dataset) => dataset.iri));
      for (const dataset of before) if (!this.#holds(dataset)) this.#drop(dataset);
      for (const dataset of this.#held) if (!before.has(dataset) && dataset !== this.#catalogue) this.#replay(dataset, number);
    }
    for (const dataset of touched) {
      if (dataset !== this.#catalogue && before.has(dataset) && this.#held.has(dataset)) this.engine.apply(changesIn(dataset));
    }
    if (catalogueTouched) this.engine.setDatasets(this.#settings());
  }

  #holds(dataset: string): boolean {
    return this.#audience === 'privileged' || dataset === this.#catalogue || this.#held.has(dataset);
  }

  #settings(): readonly DatasetSettings[] {
    if (this.#audience === 'privileged') return readSettings(this.engine, this.base);
    // Only the catalogue counts here: a public dataset must not be able to describe another one.
    const catalogue = { dataset: this.#catalogue };
    const settings = readSettings({ match: (_, pattern) => this.engine.match(catalogue, pattern) }, this.base);
    // Nor may a graph with the name of a restricted description ever count as a public dataset.
    return settings.filter((dataset) => dataset.visibility === 'public' && describedBy(dataset.iri) === undefined);
  }

  /** Brings in a dataset that became public: its own history, up to and with this commit. */
  #replay(dataset: string, upTo: number): void {
    const numbers: number[] = [];
    for (let before = upTo + 1; ; before = numbers.at(-1) ?? 0) {
      const headers = this.journal.headers({ dataset, before, limit: page });
      numbers.push(...headers.map((header) => header.number));
      if (headers.length < page) break;
    }
    for (const number of numbers.toReversed()) this.engine.apply(this.journal.changes(number, dataset));
  }

  /** Takes out a dataset that is not public any more, a batch at a time: the rest is asked for anew. */
  #drop(dataset: string): void {
    for (;;) {
      const [batch] = this.engine.lines(dataset);
      if (batch === undefined || batch.length === 0) return;
      this.engine.apply(batch.map((line) => ({ op: '-', line })));
    }
  }
}

function* linesOf(snapshot: LoadSource, wanted: (dataset: string) => boolean): Generator<QuadLine> {
  for (const { lines } of snapshot.read(wanted)) yield* lines;
}
