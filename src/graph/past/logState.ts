import { splitLine } from '../../rdf/nquads.js';
import type { TermText } from '../../rdf/termText.js';
import { catalogueGraph } from '../catalogue.js';
import { opposite } from '../changes/algebra.js';
import { datasetOf } from '../changes/datasetOf.js';
import type { Operation, QuadLine } from '../changeset.js';
import type { CommitHeader } from '../commit.js';
import { restrictedDescriptionGraph, type DatasetSettings } from '../dataset.js';
import type { DescriptionEngine, ReaderContext } from '../engine/readerContext.js';
import { isSkolemText } from '../entityDescription.js';
import type { HeaderQuery } from '../journal/journal.js';
import type { Scope } from '../state.js';
import { descriptionsAsToday, holdsDescriptions, settingsAsToday, type Today } from './descriptions.js';

/** Thrown when the log since then is too long to be read beside other work: a replica of that state has to answer. */
export class LogTooLong extends Error {}

const page = 500;
/** The log names the owners of a node up to 32 levels above it; below that nothing is known of its history. */
const knownDepth = 30;

/** A skolem node that was below the entity from then until now, so that the entity's history is its history too. */
interface Anchor {
  readonly entity: string;
  readonly depth: number;
}

export interface LogStateParts {
  readonly context: Pick<ReaderContext, 'engine' | 'journal' | 'base' | 'commit'>;
  /** The commit to look back at. */
  readonly number: number;
  readonly today: Today;
  /** Changes that may be read from the log. */
  readonly budget: number;
}

/**
 * Descriptions as they were after a commit, from those of now and the log since: what changed first since then tells
 * of each quad whether it was there. Exactly what a replica of that state would give.
 */
export class LogState implements DescriptionEngine {
  readonly datasets: readonly DatasetSettings[];
  readonly #parts: LogStateParts;
  readonly #descriptions: readonly QuadLine[];
  readonly #anchors = new Map<string, Anchor>();
  #left: number;

  constructor(parts: LogStateParts) {
    this.#parts = parts;
    this.#left = parts.budget;
    const { base } = parts.context;
    this.#descriptions = descriptionsAsToday(this.#descriptionsThen(), parts.today, base);
    this.datasets = settingsAsToday(this.#descriptions, parts.today, base);
  }

  /** The descriptions of datasets, where they would stand today. */
  get descriptions(): readonly QuadLine[] {
    return this.#descriptions;
  }

  bySubjects(scope: Scope, subjects: readonly TermText[], predicate?: TermText): readonly QuadLine[] {
    if (scope === 'merged') throw new LogTooLong('the merged graph of then is not in the log');
    const { context, today } = this.#parts;
    const inScope = (dataset: string): boolean => scope === 'any' || scope.dataset === dataset;
    const data = [...today.keys()].filter((dataset) => inScope(dataset) && !holdsDescriptions(dataset, context.base));
    const wanted = new Set(subjects);
    const since = this.#since(wanted, data);
    const lines = new Set(this.#descriptions.filter((line) => wanted.has(subjectOf(line)) && inScope(datasetOf(line))));
    const known = new Set(data);
    for (const line of data.length === 0 ? [] : context.engine.bySubjects(scope, subjects)) {
      if (known.has(datasetOf(line)) && since.get(line) !== '+') lines.add(line);
    }
    for (const [line, op] of since) if (op === '-') lines.add(line);
    this.#anchor(lines, since);
    return predicate === undefined ? [...lines] : [...lines].filter((line) => splitLine(line).predicate === predicate);
  }

  count(dataset: string): number {
    const { engine, journal, base } = this.#parts.context;
    if (holdsDescriptions(dataset, base)) return this.#descriptions.filter((line) => datasetOf(line) === dataset).length;
    const headers = [...this.#headers({ dataset })];
    // Headers say what a part held at first; a purge may have taken some of it.
    const purged = new Set(headers.flatMap((header) => header.purged?.filter((part) => part.dataset === dataset).map(({ commit }) => commit) ?? []));
    let count = engine.count(dataset);
    for (const { number, parts } of headers) {
      for (const part of parts.filter((one) => one.dataset === dataset)) {
        if (!purged.has(number)) count -= part.inserted - part.deleted;
        else {
          this.#spend(part.inserted + part.deleted);
          for (const { op } of journal.changes(number, dataset)) count -= op === '+' ? 1 : -1;
        }
      }
    }
    return count;
  }

  /** The first change since then of every quad of these subjects in these datasets. */
  #since(subjects: ReadonlySet<TermText>, datasets: readonly string[]): ReadonlyMap<QuadLine, Operation> {
    const first = new Map<QuadLine, Operation>();
    for (const dataset of datasets) {
      const owners = new Set<string>();
      const unknown = new Set<TermText>();
      for (const subject of subjects) {
        const owner = this.#ownerOf(subject, dataset);
        if (owner === undefined) unknown.add(subject);
        else owners.add(owner);
      }
      const touched = new Map<number, CommitHeader>();
      for (const entity of owners) for (const header of this.#headers({ entity, dataset })) touched.set(header.number, header);
      const headers = unknown.size > 0 ? this.#headers({ dataset }) : [...touched.values()].toSorted((a, b) => a.number - b.number);
      for (const header of headers) this.#read(header, dataset, subjects, first);
    }
    return first;
  }

  #read({ number, parts }: CommitHeader, dataset: string, subjects: ReadonlySet<TermText>, first: Map<QuadLine, Operation>): void {
    for (const part of parts.filter((one) => one.dataset === dataset)) {
      this.#spend(part.deleted + part.inserted);
      for (const { op, line } of this.#parts.context.journal.changes(number, dataset)) {
        if (subjects.has(subjectOf(line)) && !first.has(line)) first.set(line, op);
      }
    }
  }

  /** Whose history a node's changes are in: its own for an entity, that of its anchor for a skolem node that has one. */
  #ownerOf(subject: TermText, dataset: string): string | undefined {
    if (!isSkolemText(subject, this.#parts.context.base)) return subject.slice(1, -1);
    return this.#anchors.get(`${dataset} ${subject}`)?.entity;
  }

  /** A node below an anchored one by a link that never changed since was below it all the time. */
  #anchor(lines: Iterable<QuadLine>, since: ReadonlyMap<QuadLine, Operation>): void {
    const { base } = this.#parts.context;
    for (const line of lines) {
      const { subject, object } = splitLine(line);
      if (!isSkolemText(object, base) || since.has(line)) continue;
      const dataset = datasetOf(line);
      const above = isSkolemText(subject, base) ? this.#anchors.get(`${dataset} ${subject}`) : { entity: subject.slice(1, -1), depth: 0 };
      const key = `${dataset} ${object}`;
      if (above && above.depth < knownDepth && !this.#anchors.has(key)) this.#anchors.set(key, { entity: above.entity, depth: above.depth + 1 });
    }
  }

  /** Headers since then, oldest first. */
  *#headers(query: Pick<HeaderQuery, 'entity' | 'dataset'>): Generator<CommitHeader> {
    const { context, number } = this.#parts;
    for (let after = number; ; ) {
      const headers = context.journal.headers({ ...query, after, before: context.commit + 1, oldest: true, limit: page });
      yield* headers;
      this.#spend(headers.length);
      if (headers.length < page) return;
      after = headers.at(-1)?.number ?? after;
    }
  }

  #descriptionsThen(): ReadonlySet<QuadLine> {
    const { today, context } = this.#parts;
    const { engine, journal, base } = context;
    const lines = new Set<QuadLine>();
    for (const graph of new Set([catalogueGraph(base), ...[...today.keys()].map(restrictedDescriptionGraph)])) {
      for (const batch of engine.lines(graph)) for (const line of batch) lines.add(line);
      for (const { number, parts } of [...this.#headers({ dataset: graph })].toReversed()) {
        for (const part of parts.filter((one) => one.dataset === graph)) {
          this.#spend(part.deleted + part.inserted);
          for (const change of journal.changes(number, graph)) {
            const { op, line } = opposite(change);
            if (op === '+') lines.add(line);
            else lines.delete(line);
          }
        }
      }
    }
    return lines;
  }

  #spend(changes: number): void {
    this.#left -= changes;
    if (this.#left < 0) throw new LogTooLong('too many changes since');
  }
}

function subjectOf(line: QuadLine): TermText {
  return line.slice(0, line.indexOf(' '));
}
