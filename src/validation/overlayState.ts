import { Fault } from '../faults.js';
import type { Changeset, QuadLine } from '../graph/changeset.js';
import { isMerged, type DatasetSettings } from '../graph/dataset.js';
import type { GraphState, Pattern, Row, Scope } from '../graph/state.js';
import { joinLine, splitLine } from '../rdf/nquads.js';
import type { TermText } from '../rdf/termText.js';
import { LineIndex } from './lineIndex.js';

/**
 * The state around a change, made from the state after it: with the deleted quads again (`union`: what either state
 * has) or with the inserted ones also taken away (`before`). Only the changes are held in memory, and for `union` only
 * the deletions. It answers lookups, not SPARQL.
 */
export class OverlayState implements GraphState {
  readonly #after: GraphState;
  readonly #added = new LineIndex();
  readonly #removed = new Set<QuadLine>();
  readonly #removedTriples = new Set<QuadLine>();
  readonly #merged: ReadonlySet<string>;

  /** Datasets that `datasets` does not name (dropped by the change) count as merged. */
  constructor(after: GraphState, changes: Changeset, datasets: readonly DatasetSettings[], kind: 'union' | 'before') {
    this.#after = after;
    const known = new Map(datasets.map((dataset) => [dataset.iri, isMerged(dataset)]));
    const dropped = [...changes.counts.keys()].filter((dataset) => !known.has(dataset));
    this.#merged = new Set([...known].filter(([, merged]) => merged).map(([iri]) => iri).concat(dropped));
    for (const [dataset, { deleted, inserted }] of changes.counts) {
      if (deleted === 0 && (kind === 'union' || inserted === 0)) continue;
      for (const { op, line } of changes.changes(dataset)) {
        if (op === '-') this.#added.add(line);
        else if (kind === 'before') {
          this.#removed.add(line);
          if (this.#merged.has(dataset)) this.#removedTriples.add(bare(line));
        }
      }
    }
  }

  match(scope: Scope, pattern: Pattern): readonly QuadLine[] {
    return this.#combine(scope, this.#after.match(scope, pattern), this.#added.match(pattern));
  }

  bySubjects(scope: Scope, subjects: readonly TermText[], predicate?: TermText): readonly QuadLine[] {
    const added = this.#added.size === 0 ? [] : subjects.flatMap((subject) => this.#added.match({ subject, ...(predicate !== undefined && { predicate }) }));
    return this.#combine(scope, this.#after.bySubjects(scope, subjects, predicate), added);
  }

  byObjects(scope: Scope, objects: readonly TermText[], predicate?: TermText): readonly QuadLine[] {
    return this.#combine(scope, this.#after.byObjects(scope, objects, predicate), this.#addedTo(objects, predicate));
  }

  fewByObjects(most: number, objects: readonly TermText[], predicate?: TermText): readonly QuadLine[] | undefined {
    const { fewByObjects } = this.#after;
    if (!fewByObjects) return this.byObjects('any', objects, predicate);
    const after = fewByObjects.call(this.#after, most, objects, predicate);
    return after && this.#combine('any', after, this.#addedTo(objects, predicate));
  }

  #addedTo(objects: readonly TermText[], predicate: TermText | undefined): readonly QuadLine[] {
    return this.#added.size === 0 ? [] : objects.flatMap((object) => this.#added.match({ object, ...(predicate !== undefined && { predicate }) }));
  }

  present(lines: readonly QuadLine[]): ReadonlySet<QuadLine> {
    const after = this.#after.present(lines);
    return new Set(lines.filter((line) => this.#added.has(line) || (after.has(line) && !this.#removed.has(line))));
  }

  select(): Iterable<Row> {
    throw new Fault('internal', { nl: 'Deze toestand beantwoordt geen SPARQL.', en: 'This state answers no SPARQL.' });
  }

  count(dataset: string): number {
    let count = this.#after.count(dataset);
    for (const line of this.#added) if (graphOf(line) === dataset) count += 1;
    for (const line of this.#removed) if (graphOf(line) === dataset) count -= 1;
    return count;
  }

  #combine(scope: Scope, after: readonly QuadLine[], added: readonly QuadLine[]): readonly QuadLine[] {
    if (scope === 'merged') return this.#combineMerged(after, added);
    const kept = this.#removed.size === 0 ? after : after.filter((line) => !this.#removed.has(named(line, scope)));
    const fitting = scope === 'any' ? added : added.filter((line) => graphOf(line) === scope.dataset);
    return fitting.length === 0 ? kept : [...kept, ...fitting];
  }

  /** A triple left the merged graph only if no merged dataset had it before; it joins only if it was not there. */
  #combineMerged(after: readonly QuadLine[], added: readonly QuadLine[]): readonly QuadLine[] {
    const triples = new Set(after);
    const doubtful = after.filter((line) => this.#removedTriples.has(line));
    if (doubtful.length > 0) {
      const places = doubtful.flatMap((line) => [...this.#merged].map((dataset) => placed(line, dataset)));
      const still = new Set([...this.present(places)].map(bare));
      for (const line of doubtful) if (!still.has(line)) triples.delete(line);
    }
    for (const line of added) if (this.#merged.has(graphOf(line))) triples.add(bare(line));
    return [...triples];
  }
}

function bare(line: QuadLine): QuadLine {
  const { subject, predicate, object } = splitLine(line);
  return joinLine(subject, predicate, object);
}

function placed(line: QuadLine, dataset: string): QuadLine {
  const { subject, predicate, object } = splitLine(line);
  return joinLine(subject, predicate, object, `<${dataset}>`);
}

function graphOf(line: QuadLine): string {
  return splitLine(line).graph.slice(1, -1);
}

/** The line with its graph, also when a state leaves out the graph of the dataset it was asked for. */
function named(line: QuadLine, scope: Exclude<Scope, 'merged'>): QuadLine {
  return scope === 'any' || splitLine(line).graph !== '' ? line : placed(line, scope.dataset);
}
