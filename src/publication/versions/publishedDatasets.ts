import type Database from 'better-sqlite3';
import type { CommitHeader } from '../../graph/commit.js';
import type { JournalReader } from '../../graph/journal/journal.js';
import { holdsSettings, SettingsLines, type AlsoPublished, type Published } from './published.js';

interface Options {
  readonly base: string;
  readonly also: AlsoPublished;
  /** The last commit that was followed. */
  readonly commit: number;
  /** Datasets that were taken away from the public, and when last. */
  readonly hiddenAt: ReadonlyMap<string, number>;
}

/** Which datasets are published as of the commit that is followed, and the numbers they have in the store. */
export class PublishedDatasets {
  readonly #db: Database.Database;
  readonly #options: Options;
  readonly #settings: SettingsLines;
  readonly #numbers = new Map<string, number>();
  readonly #iris = new Map<number, string>();
  #visible: ReadonlySet<string>;
  #restricted: ReadonlySet<string>;
  #now: Published;

  constructor(db: Database.Database, options: Options) {
    this.#db = db;
    this.#options = options;
    this.#settings = new SettingsLines(options.base, db.prepare<[], string>('SELECT line FROM settings_line').pluck().all());
    this.#visible = this.#settings.visible();
    this.#restricted = this.#settings.restricted();
    this.#now = this.#at(options.commit);
  }

  get now(): Published {
    return this.#now;
  }

  /** Reads what a commit says of datasets; answers those that are no longer for everybody, and those that became restricted. */
  apply({ number, parts }: CommitHeader, journal: JournalReader): { readonly hidden: readonly string[]; readonly restricted: readonly string[] } {
    const { base } = this.#options;
    const before = new Set(this.#settings.lines);
    let changed = false;
    for (const { dataset } of parts) if (holdsSettings(dataset, base)) changed = this.#settings.apply(journal.changes(number, dataset)) || changed;
    if (!changed) return { hidden: [], restricted: [] };
    this.#store(before);
    const [seen, closed] = [this.#visible, this.#restricted];
    this.#visible = this.#settings.visible();
    this.#restricted = this.#settings.restricted();
    this.#now = this.#at(number);
    return { hidden: [...seen].filter((iri) => !this.#visible.has(iri)), restricted: [...this.#restricted].filter((iri) => !closed.has(iri)) };
  }

  /** When a dataset was last taken away from the public; undefined when it never was. */
  hiddenAt(iri: string): number | undefined {
    return this.#options.hiddenAt.get(iri);
  }

  /** The number of a dataset, made when new. */
  number(iri: string): number {
    let id = this.#numbers.get(iri);
    if (id === undefined) {
      this.#db.prepare('INSERT OR IGNORE INTO dataset (iri) VALUES (?)').run(iri);
      id = this.#db.prepare<[string], number>('SELECT id FROM dataset WHERE iri = ?').pluck().get(iri) ?? 0;
      this.#numbers.set(iri, id);
      this.#iris.set(id, iri);
    }
    return id;
  }

  /** The dataset with a number that was asked for before. */
  iri(number: number): string {
    return this.#iris.get(number) ?? '';
  }

  isMerged(number: number): boolean {
    return this.#now.get(this.iri(number))?.merged ?? false;
  }

  /** A dataset that was taken away later is out of every version before that. */
  #at(commit: number): Published {
    return new Map([...this.#settings.published(this.#options.also)].filter(([iri]) => commit >= (this.hiddenAt(iri) ?? 0)));
  }

  #store(before: ReadonlySet<string>): void {
    const remove = this.#db.prepare('DELETE FROM settings_line WHERE line = ?');
    const add = this.#db.prepare('INSERT OR IGNORE INTO settings_line (line) VALUES (?)');
    const after = new Set(this.#settings.lines);
    for (const line of before) if (!after.has(line)) remove.run(line);
    for (const line of after) if (!before.has(line)) add.run(line);
  }
}
