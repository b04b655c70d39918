import type Database from 'better-sqlite3';
import type { CommitHeader } from '../../graph/commit.js';
import type { JournalReader } from '../../graph/journal/journal.js';
import { lastPurgeOf } from '../../graph/journal/purged.js';
import { wipe } from '../../graph/journal/wipe.js';
import { sortedByCodePoint } from '../../graph/changes/codePoints.js';
import { mergedScope } from './contract.js';
import { commitsOf, publicPast, withdrawnEntities, type PublicPast } from './hidden.js';
import { holdsSettings, SettingsLines, type AlsoPublished, type Published } from './published.js';
import { isSkolem } from '../../rdf/skolem.js';
import { settingOf, storeFormat, tableNames } from './schema.js';
import { Subjects } from './subjects.js';
import { VersionWriter, type Emphasis, type Kind } from './versionWriter.js';

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

/** What a commit touches, before it is compared with what was said before. */
interface Touched {
  /** Entity -> numbers of the datasets whose scope is affected. */
  readonly entities: Map<string, number[]>;
  /** Skolem node -> numbers of the datasets that say something else of it. */
  readonly nodes: Map<string, number[]>;
  /** Entities and nodes that get a version whatever happened: in these scopes. */
  readonly forced: Map<string, { readonly scopes: Set<string>; classes: ReadonlySet<string> }>;
}

class PastRewritten extends Error {}

/**
 * Follows the log commit by commit and writes the versions it makes. What it writes is a function of the log (and of
 * what is published): a store that was thrown away comes back the same.
 */
export class Follower {
  readonly #options: FollowerOptions;
  #subjects!: Subjects;
  #writer!: VersionWriter;
  #settings!: SettingsLines;
  #published: Published = new Map();
  #visible: ReadonlySet<string> = new Set();
  #hiddenAt: ReadonlyMap<string, number> = new Map();
  #past: PublicPast | undefined;
  readonly #datasets = new Map<string, number>();
  readonly #iris = new Map<number, string>();
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
    return JSON.stringify({ storeFormat, base, also: also.toSorted(), kinds: kinds.map(({ name, classes, except = [] }) => [name, classes, except]) });
  }

  /** Empties the store, every byte of it, and begins at the first commit. */
  #startOver(): void {
    const { db, journal, base, also } = this.#options;
    const past = publicPast(journal, base, also);
    const purge = lastPurgeOf(journal);
    db.transaction(() => {
      for (const table of tableNames) db.prepare(`DELETE FROM ${table}`).run();
      const rewritten = Math.max(purge, ...past.hiddenAt.values());
      this.#put('made-for', this.#madeFor());
      this.#put('generation', `${rewritten === 0 ? '' : rewritten}${also.toSorted().map((status) => status[0]).join('')}`);
      this.#put('last-purge', String(purge));
      this.#put('hidden', JSON.stringify([...past.hiddenAt]));
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
    this.#hiddenAt = new Map(JSON.parse(settingOf(db, 'hidden') ?? '[]') as [string, number][]);
    this.#settings = new SettingsLines(base, db.prepare<[], string>('SELECT line FROM settings_line').pluck().all());
    this.#subjects = new Subjects(db, base);
    this.#writer = new VersionWriter(db, kinds, { base, lastTime: Number(settingOf(db, 'last-time') ?? 0) });
    this.#past = undefined;
    this.#datasets.clear();
    this.#iris.clear();
    this.#visible = this.#settings.visible();
    this.#published = this.#publishedAt(this.#commit, also);
  }

  #put(key: string, value: string): void {
    this.#options.db.prepare('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)').run(key, value);
  }

  /** A dataset that was taken away later is out of every version before that. */
  #publishedAt(commit: number, also: AlsoPublished): Published {
    return new Map([...this.#settings.published(also)].filter(([iri]) => commit >= (this.#hiddenAt.get(iri) ?? 0)));
  }

  #dataset(iri: string): number {
    let id = this.#datasets.get(iri);
    if (id === undefined) {
      const { db } = this.#options;
      db.prepare('INSERT OR IGNORE INTO dataset (iri) VALUES (?)').run(iri);
      id = db.prepare<[string], number>('SELECT id FROM dataset WHERE iri = ?').pluck().get(iri) ?? 0;
      this.#datasets.set(iri, id);
      this.#iris.set(id, iri);
    }
    return id;
  }

  /** @throws PastRewritten when what was published may no longer be read. */
  #apply(header: CommitHeader): void {
    const { number, time } = header;
    const touched: Touched = { entities: new Map(), nodes: new Map(), forced: new Map() };
    const before = this.#published;
    const hidden = this.#applySettings(header);
    const { db } = this.#options;
    const known = db.prepare<[string], number>('SELECT 1 FROM scope WHERE name = ?').pluck();
    if (hidden.some((iri) => (this.#hiddenAt.get(iri) ?? 0) < number && known.get(iri) !== undefined)) throw new PastRewritten();
    this.#applyChanges(header, before, touched);
    for (const iri of hidden) if (this.#hiddenAt.get(iri) === number) this.#withdraw(iri, number, touched);
    this.#writer.begin(number, Date.parse(time));
    const entities = sortedByCodePoint([...touched.entities.keys()]);
    const nodes = this.#looseNodes(entities, touched);
    for (const [node, scopes] of nodes) for (const scope of scopes) if (this.#writer.isOwned(scope, node)) this.#writer.adopt(scope, node);
    for (const entity of entities) this.#emit(entity, touched);
    for (const [node, scopes] of nodes) for (const scope of scopes) if (!this.#writer.isOwned(scope, node)) this.#emitNode(scope, node, touched);
    this.#writer.end();
    this.#commit = number;
  }

  /** Reads what the commit says of datasets; answers those that are no longer for everybody. */
  #applySettings({ number, parts }: CommitHeader): readonly string[] {
    const { db, journal, base, also } = this.#options;
    const remove = db.prepare('DELETE FROM settings_line WHERE line = ?');
    const add = db.prepare('INSERT OR IGNORE INTO settings_line (line) VALUES (?)');
    const before = new Set(this.#settings.lines);
    let changed = false;
    for (const { dataset } of parts) if (holdsSettings(dataset, base)) changed = this.#settings.apply(journal.changes(number, dataset)) || changed;
    if (!changed) return [];
    const after = new Set(this.#settings.lines);
    for (const line of before) if (!after.has(line)) remove.run(line);
    for (const line of after) if (!before.has(line)) add.run(line);
    const seen = this.#visible;
    this.#visible = this.#settings.visible();
    this.#published = this.#publishedAt(number, also);
    return [...seen].filter((iri) => !this.#visible.has(iri));
  }

  #applyChanges({ number, source, parts }: CommitHeader, before: Published, touched: Touched): void {
    const { journal } = this.#options;
    const after = this.#published;
    const changed = new Set(parts.map(({ dataset }) => dataset));
    for (const [iri, { merged }] of after) {
      const id = this.#dataset(iri);
      const was = before.get(iri);
      if (!was) {
        // It joins with all it has.
        this.#writer.scope(iri);
        for (const commit of commitsOf(journal, iri, number)) this.#subjects.apply(id, journal.changes(commit, iri));
      } else if (changed.has(iri)) for (const node of this.#subjects.apply(id, journal.changes(number, iri))) touch(touched.nodes, node, id);
      if (!was || was.merged !== merged) this.#touchAll(id, touched);
    }
    for (const iri of before.keys()) {
      if (after.has(iri)) continue;
      const id = this.#dataset(iri);
      this.#touchAll(id, touched);
      this.#subjects.drop(id);
    }
    if (changed.size === 0 && source !== 'purge') return;
    for (const { entity, dataset } of journal.touchedIn(number)) {
      const part = after.get(dataset);
      if (!part || !before.has(dataset)) continue;
      touch(touched.entities, entity, this.#dataset(dataset));
      // Its older versions may have lost something: who has them must hear what it is now.
      if (source === 'purge') force(touched, entity, part.merged ? [dataset, mergedScope] : [dataset], new Set());
    }
  }

  #withdraw(iri: string, number: number, touched: Touched): void {
    const { journal, base, also } = this.#options;
    this.#past ??= publicPast(journal, base, also);
    const { entities, merged } = withdrawnEntities(journal, iri, number, this.#past, base);
    this.#writer.scope(iri);
    for (const [entity, classes] of entities) {
      touch(isSkolem(entity, base) ? touched.nodes : touched.entities, entity, this.#dataset(iri));
      force(touched, entity, merged ? [iri, mergedScope] : [iri], classes);
    }
  }

  #touchAll(dataset: number, { entities, nodes }: Touched): void {
    for (const { iri, isNode } of this.#subjects.all(dataset)) touch(isNode ? nodes : entities, iri, dataset);
  }

  /** Keeps who has which node; answers those that may have come loose or may be so no longer, with the scopes. */
  #looseNodes(entities: readonly string[], touched: Touched): ReadonlyMap<string, ReadonlySet<string>> {
    const nodes = new Map<string, Set<string>>();
    const add = (node: string, ...scopes: readonly string[]): void => {
      const known = nodes.get(node);
      if (!known) nodes.set(node, new Set(scopes));
      else for (const scope of scopes) known.add(scope);
    };
    for (const [node, datasets] of touched.nodes) add(node, mergedScope, ...datasets.map((dataset) => this.#iris.get(dataset) ?? ''));
    for (const entity of entities) for (const [scope, lines] of this.#descriptions(entity, touched)) for (const node of this.#writer.own(scope, entity, lines)) add(node, scope);
    return new Map(sortedByCodePoint([...nodes.keys()]).map((node) => [node, nodes.get(node) ?? new Set()]));
  }

  #isMerged(dataset: number): boolean {
    return this.#published.get(this.#iris.get(dataset) ?? '')?.merged ?? false;
  }

  /** What each scope that is affected says of an entity, the merged one first. */
  #descriptions(entity: string, touched: Touched): readonly (readonly [scope: string, lines: readonly string[]])[] {
    const found = new Map(this.#subjects.rows(entity).map(({ dataset, lines }) => [dataset, this.#subjects.describe(dataset, lines)]));
    const merged = [...found].filter(([dataset]) => this.#isMerged(dataset)).map(([, lines]) => lines);
    return [
      [mergedScope, merged.length === 1 ? (merged[0] ?? []) : [...new Set(merged.flat())]],
      ...(touched.entities.get(entity) ?? []).map((dataset) => [this.#iris.get(dataset) ?? '', found.get(dataset) ?? []] as const),
    ];
  }

  #emit(entity: string, touched: Touched): void {
    for (const [scope, lines] of this.#descriptions(entity, touched)) this.#writer.emit(scope, entity, lines, emphasisOf(touched, entity, scope));
  }

  /** A node that no entity leads to is described by itself: only its own triples, because those below it are loose too. */
  #emitNode(scope: string, node: string, touched: Touched): void {
    const rows = this.#subjects.rows(node).filter(({ dataset }) => (scope === mergedScope ? this.#isMerged(dataset) : this.#iris.get(dataset) === scope));
    this.#writer.emit(scope, node, [...new Set(rows.flatMap(({ lines }) => lines.split('\n')))], emphasisOf(touched, node, scope));
  }
}

function emphasisOf({ forced }: Touched, entity: string, scope: string): Emphasis {
  const force = forced.get(entity);
  return { forced: force?.scopes.has(scope) ?? false, ...(force ? { classes: force.classes } : {}) };
}

function touch(touched: Map<string, number[]>, iri: string, dataset: number): void {
  const datasets = touched.get(iri);
  if (!datasets) touched.set(iri, [dataset]);
  else if (!datasets.includes(dataset)) datasets.push(dataset);
}

function force({ forced }: Touched, entity: string, scopes: readonly string[], classes: ReadonlySet<string>): void {
  const known = forced.get(entity);
  if (!known) forced.set(entity, { scopes: new Set(scopes), classes });
  else {
    for (const scope of scopes) known.scopes.add(scope);
    known.classes = new Set([...known.classes, ...classes]);
  }
}
