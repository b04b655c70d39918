import { catalogueGraph } from '../../graph/catalogue.js';
import type { Change } from '../../graph/changeset.js';
import { allHeaders } from '../../graph/journal/purged.js';
import type { JournalReader } from '../../graph/journal/journal.js';
import { splitLine } from '../../rdf/nquads.js';
import { isSkolem } from '../../rdf/skolem.js';
import { holdsSettings, SettingsLines, type AlsoPublished, type Published } from './published.js';

const typed = /^<http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#type>$/;

interface Interval {
  readonly from: number;
  /** The first commit it was no longer published; infinite while it is. */
  to: number;
  merged: boolean;
}

/** What the catalogue said to everybody of a dataset that became restricted. */
export interface DescribedPast {
  /** The commit that took it out of the catalogue, last. */
  readonly until: number;
  readonly classes: ReadonlySet<string>;
}

/** When which dataset was published, and when it was last taken away from the public (restricted or dropped). */
export interface PublicPast {
  readonly hiddenAt: ReadonlyMap<string, number>;
  /** By dataset; one that was dropped may still be named. */
  readonly described: ReadonlyMap<string, DescribedPast>;
  readonly intervals: ReadonlyMap<string, readonly Interval[]>;
}

/** Reads the public past from the log: the changes of the catalogues and the headers of everything else. */
export function publicPast(journal: JournalReader, base: string, also: AlsoPublished): PublicPast {
  const settings = new SettingsLines(base);
  const hiddenAt = new Map<string, number>();
  const intervals = new Map<string, Interval[]>();
  const described = new Map<string, DescribedPast>();
  const classes = new Map<string, Set<string>>();
  let visible: ReadonlySet<string> = new Set();
  let restricted: ReadonlySet<string> = new Set();
  let published: Published = new Map();
  for (const { number, parts } of allHeaders(journal)) {
    let changed = false;
    for (const { dataset } of parts) {
      if (!holdsSettings(dataset, base)) continue;
      const changes = [...journal.changes(number, dataset)];
      changed = settings.apply(changes) || changed;
      if (dataset === catalogueGraph(base)) noteClasses(changes, classes);
    }
    if (!changed) continue;
    const [before, seen, closed] = [published, visible, restricted];
    published = settings.published(also);
    visible = settings.visible();
    restricted = settings.restricted();
    for (const iri of restricted) {
      const known = classes.get(iri);
      if (known && !closed.has(iri)) described.set(iri, { until: number, classes: new Set(known) });
    }
    for (const iri of before.keys()) {
      const interval = intervals.get(iri)?.at(-1);
      if (interval && !published.has(iri)) interval.to = number;
    }
    for (const [iri, { merged }] of published) {
      const interval = intervals.get(iri)?.at(-1);
      if (before.has(iri) && interval) interval.merged ||= merged;
      else intervals.set(iri, [...(intervals.get(iri) ?? []), { from: number, to: Number.POSITIVE_INFINITY, merged }]);
    }
    for (const iri of seen) if (!visible.has(iri) && intervals.has(iri)) hiddenAt.set(iri, number);
  }
  return { hiddenAt, described, intervals };
}

/** Keeps what things ever were. */
function noteClasses(changes: Iterable<Change>, classes: Map<string, Set<string>>): void {
  for (const { op, line } of changes) {
    const { subject, predicate, object } = splitLine(line);
    if (op === '+' && typed.test(predicate)) noteClass(subject.slice(1, -1), object.slice(1, -1), classes);
  }
}

function noteClass(iri: string, one: string, classes: Map<string, Set<string>>): void {
  const known = classes.get(iri);
  if (known) known.add(one);
  else classes.set(iri, new Set([one]));
}

/** What must be said of the entities of a dataset that was taken away. */
export interface Withdrawn {
  /** Entity -> the classes it ever had there; of a skolem node the classes of the entities that led to it. */
  readonly entities: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether the dataset was ever part of the merged scope. */
  readonly merged: boolean;
}

/** Every entity and every part of one that a dataset described in public before a commit: only these were ever told of. */
export function withdrawnEntities(journal: JournalReader, dataset: string, at: number, past: PublicPast, base: string): Withdrawn {
  const intervals = (past.intervals.get(dataset) ?? []).filter(({ from }) => from < at);
  const lines = new Map<string, number>();
  const classes = new Map<string, Set<string>>();
  const told = new Map<string, Set<string>>();
  const parents = new Map<string, Set<string>>();
  const tell = (subject: string): void => void told.set(subject, new Set());
  const open = new Set<Interval>();
  const begin = (interval: Interval): void => {
    if (open.has(interval)) return;
    open.add(interval);
    for (const subject of lines.keys()) tell(subject);
  };
  for (const number of commitsOf(journal, dataset, at - 1)) {
    // What was there when a period began was public from then on.
    for (const interval of intervals) if (interval.from < number) begin(interval);
    const isPublic = intervals.some(({ from, to }) => from <= number && number < to);
    for (const { op, line } of journal.changes(number, dataset)) {
      const { subject, predicate, object } = splitLine(line);
      const iri = subject.slice(1, -1);
      const count = (lines.get(iri) ?? 0) + (op === '+' ? 1 : -1);
      if (count === 0) lines.delete(iri);
      else lines.set(iri, count);
      if (op === '+' && typed.test(predicate)) noteClass(iri, object.slice(1, -1), classes);
      if (op === '+' && isSkolem(object.slice(1, -1), base)) parents.set(object.slice(1, -1), (parents.get(object.slice(1, -1)) ?? new Set()).add(iri));
      if (isPublic) tell(iri);
    }
    for (const interval of intervals) if (interval.from === number) begin(interval);
  }
  for (const interval of intervals) begin(interval);
  for (const [subject, found] of told) {
    for (const iri of ownersOf(subject, parents, base)) for (const one of classes.get(iri) ?? []) found.add(one);
  }
  return { entities: told, merged: intervals.some(({ merged }) => merged) };
}

/** The entities that ever led to a node; of an entity that is itself. */
function ownersOf(subject: string, parents: ReadonlyMap<string, ReadonlySet<string>>, base: string): readonly string[] {
  const found = new Set([subject]);
  // Grows while it is walked.
  for (const iri of found) if (isSkolem(iri, base)) for (const parent of parents.get(iri) ?? []) found.add(parent);
  return [...found].filter((iri) => !isSkolem(iri, base));
}

/** Numbers of the commits with a part in a dataset, up to one, oldest first. */
export function commitsOf(journal: JournalReader, dataset: string, upTo: number): readonly number[] {
  const numbers: number[] = [];
  for (let before = upTo + 1; ; ) {
    const headers = journal.headers({ dataset, before, limit: 500 });
    numbers.push(...headers.map(({ number }) => number));
    const last = headers.at(-1);
    if (!last || headers.length < 500) return numbers.toReversed();
    before = last.number;
  }
}
