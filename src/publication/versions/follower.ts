import type Database from 'better-sqlite3';
import { catalogueGraph } from '../../graph/catalogue.js';
import type { Change } from '../../graph/changeset.js';
import type { CommitHeader } from '../../graph/commit.js';
import { splitLine } from '../../rdf/nquads.js';
import type { JournalReader } from '../../graph/journal/journal.js';
import { lastPurgeOf } from '../../graph/journal/purged.js';
import { wipe } from '../../graph/journal/wipe.js';
import { mergedScope } from './contract.js';
import { commitsOf, publicPast, withdrawnEntities, type PublicPast } from './hidden.js';
import type { AlsoPublished, Published } from './published.js';
import { PublishedDatasets } from './publishedDatasets.js';
import { isSkolem } from '../../rdf/skolem.js';
import { edition, settingOf, storeFormat, tableNames } from './schema.js';
import { Subjects } from './subjects.js';
import { Telling } from './telling.js';
import { Touched } from './touched.js';
import { VersionWriter, type Kind } from './versionWriter.js';

export interface FollowerOptions {
  readonly db: Database.Database;
  readonly journal: JournalReader;
  readonly base: string;
  readonly also: AlsoPublished;
  readonly kinds: readonly Kind[];
}

/** Changes after which a batch of commits is put on disk. */
const batchChanges = 20_000;
const batchCommits = 200;

class PastRewritten extends Error {}

/**
 * Follows the log commit by commit and writes the versions it makes. What it writes is a function of the log (and of
 * what is published): a store that was thrown away comes back the same.
 */
export class Follower {
  readonly #options: FollowerOptions;
  #subjects!: Subjects;
  #writer!: VersionWriter;
  #datasets!: PublishedDatasets;
  #telling!: Telling;
  /** Datasets that became restricted, and the last commit until which the catalogue described them. */
  #described: ReadonlyMap<string, number> = new Map();
  #past: PublicPast | undefined;
  #commit = 0;

  constructor(options: FollowerOptions) {
    this.#options = options;
    if (settingOf(options.db, 'made-for') === this.#madeFor()) this.#resume();
    else this.#startOver();
  }

  /** The last commit whose versions are on disk. */
  get commit(): number {
    return this.#commit;
  }

  /**
   * Follows the next commits, at most about 20,000 changes of them. Answers true when there may be more. Everything
   * of a batch is on disk, or nothing.
   */
  follow(): boolean {
    const { db, journal } = this.#options;
    if (lastPurgeOf(journal) > Number(settingOf(db, 'last-purge') ?? 0)) this.#startOver();
    const headers = journal.headersFrom(this.#commit + 1, batchCommits);
    if (headers.length === 0) return false;
    try {
      db.transaction(() => {
        let changes = 0;
        for (const header of headers) {
          this.#apply(header);
          for (const { inserted, deleted } of header.parts) changes += inserted + deleted;
          if (changes >= batchChanges) break;
        }
        this.#put('commit', String(this.#commit));
        this.#put('last-time', String(this.#writer.lastTime));
      }).immediate();
    } catch (error) {
      if (error instanceof PastRewritten) this.#startOver();
      else {
        // What is in memory may be ahead of the disk.
        this.#resume();
        throw error;
      }
    }
    return true;
  }

  #madeFor(): string {
    const { base, also, kinds } = this.#options;
    return JSON.stringify({ storeFormat, edition, base, also: also.toSorted(), kinds: kinds.map(({ name, classes, except = [] }) => [name, classes, except]) });
  }

  /** Empties the store, every byte of it, and begins at the first commit. */
  #startOver(): void {
    const { db, journal, base, also } = this.#options;
    const past = publicPast(journal, base, also);
    const purge = lastPurgeOf(journal);
    db.transaction(() => {
      for (const table of tableNames) db.prepare(`DELETE FROM ${table}`).run();
      const rewritten = Math.max(purge, ...past.hiddenAt.values(), ...[...past.described.values()].map(({ until }) => until));
      this.#put('made-for', this.#madeFor());
      this.#put('generation', `${rewritten === 0 ? '' : rewritten}${also.toSorted().map((status) => status[0]).join('')}${edition}`);
      this.#put('last-purge', String(purge));
      this.#put('hidden', JSON.stringify([...past.hiddenAt]));
      this.#put('described', JSON.stringify([...past.described].map(([iri, { until }]) => [iri, until])));
      db.prepare('INSERT INTO scope (name) VALUES (?)').run(mergedScope);
    }).immediate();
    // A reader may be in the way of the moment; the deleted text is overwritten already.
    if (!wipe(db)) this.#put('wipe-pending', '1');
    this.#resume();
    this.#past = past;
  }

  #resume(): void {
    const { db, base, kinds, also } = this.#options;
    if (settingOf(db, 'wipe-pending') !== undefined && wipe(db)) db.prepare("DELETE FROM setting WHERE key = 'wipe-pending'").run();
    this.#commit = Number(settingOf(db, 'commit') ?? 0);
    const hiddenAt = new Map(JSON.parse(settingOf(db, 'hidden') ?? '[]') as [string, number][]);
    this.#described = new Map(JSON.parse(settingOf(db, 'described') ?? '[]') as [string, number][]);
    this.#subjects = new Subjects(db, base);
    this.#writer = new VersionWriter(db, kinds, { base, lastTime: Number(settingOf(db, 'last-time') ?? 0) });
    this.#datasets = new PublishedDatasets(db, { base, also, commit: this.#commit, hiddenAt });
    this.#telling = new Telling(this.#subjects, this.#writer, this.#datasets);
    this.#past = undefined;
  }

  #put(key: string, value: string): void {
    this.#options.db.prepare('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)').run(key, value);
  }

  /** @throws PastRewritten when what was published may no longer be read. */
  #apply(header: CommitHeader): void {
    const { number, time } = header;
    const touched = new Touched();
    const before = this.#datasets.now;
    const { hidden, restricted } = this.#datasets.apply(header, this.#options.journal);
    const known = this.#options.db.prepare<[string], number>('SELECT 1 FROM scope WHERE name = ?').pluck();
    if (hidden.some((iri) => (this.#datasets.hiddenAt(iri) ?? 0) < number && known.get(iri) !== undefined)) throw new PastRewritten();
    if (restricted.some((iri) => (this.#described.get(iri) ?? 0) < number && this.#isDescribed(iri))) throw new PastRewritten();
    this.#applyChanges(header, before, touched);
    for (const iri of hidden) if (this.#datasets.hiddenAt(iri) === number) this.#withdraw(iri, number, touched);
    for (const iri of restricted) if (this.#described.get(iri) === number) this.#withdrawDescription(iri, touched);
    this.#writer.begin(number, Date.parse(time));
    this.#telling.tell(touched);
    this.#writer.end();
    this.#commit = number;
  }

  #applyChanges({ number, source, parts }: CommitHeader, before: Published, touched: Touched): void {
    const after = this.#datasets.now;
    const changed = new Set(parts.map(({ dataset }) => dataset));
    for (const [iri, { merged }] of after) {
      const id = this.#datasets.number(iri);
      const was = before.get(iri);
      if (!was) {
        // It joins with all it has.
        this.#writer.scope(iri);
        for (const commit of commitsOf(this.#options.journal, iri, number)) this.#subjects.apply(id, this.#changes(commit, iri));
      } else if (changed.has(iri)) for (const node of this.#subjects.apply(id, this.#changes(number, iri))) touched.node(node, id);
      if (!was || was.merged !== merged) this.#touchAll(id, touched);
    }
    for (const iri of before.keys()) {
      if (after.has(iri)) continue;
      const id = this.#datasets.number(iri);
      this.#touchAll(id, touched);
      this.#subjects.drop(id);
    }
    if (changed.size === 0 && source !== 'purge') return;
    for (const { entity, dataset } of this.#options.journal.touchedIn(number)) {
      const part = after.get(dataset);
      if (!part || !before.has(dataset)) continue;
      touched.entity(entity, this.#datasets.number(dataset));
      // Its older versions may have lost something: who has them must hear what it is now.
      if (source === 'purge') touched.force(entity, part.merged ? [dataset, mergedScope] : [dataset], new Set());
    }
  }

  /** What a commit changed, but for what the catalogue said of datasets that are restricted since. */
  #changes(number: number, dataset: string): Iterable<Change> {
    const { journal, base } = this.#options;
    const all = journal.changes(number, dataset);
    if (this.#described.size === 0 || dataset !== catalogueGraph(base)) return all;
    return [...all].filter(({ line }) => number > (this.#described.get(splitLine(line).subject.slice(1, -1)) ?? 0));
  }

  /** Whether it was told what the catalogue says of a dataset. */
  #isDescribed(iri: string): boolean {
    const { db, base } = this.#options;
    return db.prepare<[string, string]>('SELECT 1 FROM current c JOIN scope s ON s.id = c.scope WHERE s.name = ? AND c.entity = ?').get(catalogueGraph(base), iri) !== undefined;
  }

  get #publicPast(): PublicPast {
    const { journal, base, also } = this.#options;
    return (this.#past ??= publicPast(journal, base, also));
  }

  #withdrawDescription(iri: string, touched: Touched): void {
    const catalogue = catalogueGraph(this.#options.base);
    const published = this.#datasets.now.get(catalogue);
    if (!published) return;
    touched.entity(iri, this.#datasets.number(catalogue));
    touched.force(iri, published.merged ? [catalogue, mergedScope] : [catalogue], this.#publicPast.described.get(iri)?.classes ?? new Set());
  }

  #withdraw(iri: string, number: number, touched: Touched): void {
    const { journal, base } = this.#options;
    const { entities, merged } = withdrawnEntities(journal, iri, number, this.#publicPast, base);
    this.#writer.scope(iri);
    for (const [entity, classes] of entities) {
      if (isSkolem(entity, base)) touched.node(entity, this.#datasets.number(iri));
      else touched.entity(entity, this.#datasets.number(iri));
      touched.force(entity, merged ? [iri, mergedScope] : [iri], classes);
    }
  }

  #touchAll(dataset: number, touched: Touched): void {
    for (const { iri, isNode } of this.#subjects.all(dataset)) {
      if (isNode) touched.node(iri, dataset);
      else touched.entity(iri, dataset);
    }
  }
}
