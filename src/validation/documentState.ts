import { Fault } from '../faults.js';
import type { QuadLine } from '../graph/changeset.js';
import type { GraphState, Pattern, Row, Scope } from '../graph/state.js';
import type { TermText } from '../rdf/termText.js';
import { LineIndex } from './lineIndex.js';

/** One document as a state: the same triples in every scope. SPARQL is answered by an engine that holds its lines. */
export class DocumentState implements GraphState {
  readonly #index: LineIndex;
  readonly #dataset: string;
  readonly #engine: GraphState | undefined;

  constructor(lines: Iterable<QuadLine>, dataset: string, engine?: GraphState) {
    this.#index = new LineIndex(lines);
    this.#dataset = dataset;
    this.#engine = engine;
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

  select(query: string): Iterable<Row> {
    if (!this.#engine) throw new Fault('internal', { nl: 'Regels met SPARQL hebben een zoekmachine nodig.', en: 'Shapes with sh:sparql need an engine.' });
    return this.#engine.select(query, { defaultGraph: { dataset: this.#dataset }, namedGraphs: [this.#dataset] });
  }

  count(): number {
    return this.#index.size;
  }
}
