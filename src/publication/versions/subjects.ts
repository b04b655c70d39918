import type Database from 'better-sqlite3';
import type { Change, Operation } from '../../graph/changeset.js';
import { joinLine, splitLine } from '../../rdf/nquads.js';
import { isSkolem } from '../../rdf/skolem.js';

/** The triples of one subject in one dataset, without graph. */
export interface SubjectRow {
  readonly dataset: number;
  readonly lines: string;
}

/** The current triples per subject of the datasets that are published: what descriptions are composed from. */
export class Subjects {
  readonly #base: string;
  readonly #of: Database.Statement<[string], SubjectRow>;
  readonly #one: Database.Statement<[string, number], string>;
  readonly #put: Database.Statement<[string, number, string]>;
  readonly #remove: Database.Statement<[string, number]>;
  readonly #page: Database.Statement<[number, string], string>;
  readonly #drop: Database.Statement<[number]>;

  constructor(db: Database.Database, base: string) {
    this.#base = base;
    this.#of = db.prepare('SELECT dataset, lines FROM subject WHERE iri = ?');
    this.#one = db.prepare<[string, number], string>('SELECT lines FROM subject WHERE iri = ? AND dataset = ?').pluck();
    this.#put = db.prepare('INSERT INTO subject (iri, dataset, lines) VALUES (?, ?, ?) ON CONFLICT (iri, dataset) DO UPDATE SET lines = excluded.lines');
    this.#remove = db.prepare('DELETE FROM subject WHERE iri = ? AND dataset = ?');
    this.#page = db.prepare<[number, string], string>('SELECT iri FROM subject WHERE dataset = ? AND iri > ? ORDER BY iri LIMIT 1000').pluck();
    this.#drop = db.prepare('DELETE FROM subject WHERE dataset = ?');
  }

  /** Applies the changes of a commit in one dataset, in the order of the chain: subject by subject. Answers the skolem nodes among those. */
  apply(dataset: number, changes: Iterable<Change>): ReadonlySet<string> {
    const nodes = new Set<string>();
    let run: { readonly op: Operation; readonly subject: string; readonly lines: string[] } | undefined;
    for (const { op, line } of changes) {
      const { subject, predicate, object } = splitLine(line);
      if (run?.op !== op || run.subject !== subject) {
        if (run) this.#merge(dataset, run);
        run = { op, subject, lines: [] };
        if (isSkolem(subject.slice(1, -1), this.#base)) nodes.add(subject.slice(1, -1));
      }
      run.lines.push(joinLine(subject, predicate, object));
    }
    if (run) this.#merge(dataset, run);
    return nodes;
  }

  /** The rows of a subject in every published dataset. */
  rows(iri: string): readonly SubjectRow[] {
    return this.#of.all(iri);
  }

  /** Everything a dataset describes, entities and skolem nodes. */
  *all(dataset: number): Iterable<{ readonly iri: string; readonly isNode: boolean }> {
    for (let page = this.#page.all(dataset, ''); page.length > 0; page = this.#page.all(dataset, page.at(-1) ?? '')) {
      for (const iri of page) yield { iri, isNode: isSkolem(iri, this.#base) };
    }
  }

  /** Forgets a dataset. */
  drop(dataset: number): void {
    this.#drop.run(dataset);
  }

  /** The description in one dataset: a subject's triples and those of the skolem nodes below it. */
  describe(dataset: number, lines: string): readonly string[] {
    const found = lines.split('\n');
    const mark = `<${this.#base}.well-known/genid/`;
    if (!lines.includes(mark)) return found;
    const seen = new Set<string>();
    // Grows while it is walked.
    for (const line of found) {
      if (!line.includes(mark)) continue;
      const { object } = splitLine(line);
      if (!object.startsWith(mark) || seen.has(object)) continue;
      seen.add(object);
      const below = this.#one.get(object.slice(1, -1), dataset);
      if (below !== undefined) found.push(...below.split('\n'));
    }
    return [...new Set(found)];
  }

  #merge(dataset: number, { op, subject, lines }: { readonly op: Operation; readonly subject: string; readonly lines: readonly string[] }): void {
    const iri = subject.slice(1, -1);
    const before = this.#one.get(iri, dataset);
    const all = new Set(before === undefined ? [] : before.split('\n'));
    for (const line of lines) {
      if (op === '+') all.add(line);
      else all.delete(line);
    }
    if (all.size === 0) this.#remove.run(iri, dataset);
    else this.#put.run(iri, dataset, [...all].join('\n'));
  }
}
