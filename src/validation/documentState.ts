import { Fault } from '../faults.js';
import type { QuadLine } from '../graph/changeset.js';
import type { GraphState, Pattern, Row, Scope } from '../graph/state.js';
import type { TermText } from '../rdf/termText.js';
import { LineIndex } from './lineIndex.js';

/** One document as a state: the same triples in every scope. */
export class DocumentState implements GraphState {
  readonly #index: LineIndex;

  constructor(lines: Iterable<QuadLine>) {
    this.#index = new LineIndex(lines);
  }

  match(_scope: Scope, pattern: Pattern): readonly QuadLine[] {
    return this.#index.match(pattern);
  }

  bySubjects(_scope: Scope, subjects: readonly TermText[], predicate?: TermText): readonly QuadLine[] {
    return subjects.flatMap((subject) => this.#index.match({ subject, ...(predicate !== undefined && { predicate }) }));
  }

  byObjects(_scope: Scope, objects: readonly TermText[], predicate?: TermText): readonly QuadLine[] {
    return objects.flatMap((object) => this.#index.match({ object, ...(predicate !== undefined && { predicate }) }));
  }

  present(lines: readonly QuadLine[]): ReadonlySet<QuadLine> {
    return new Set(lines.filter((line) => this.#index.has(line)));
  }

  select(): Iterable<Row> {
    throw new Fault('internal', { nl: 'Een los document beantwoordt geen SPARQL.', en: 'A document on its own answers no SPARQL.' });
  }

  count(): number {
    return this.#index.size;
  }
}
