import oxigraph from 'oxigraph';
import { engineLine } from '../../src/rdf/canonical.js';
import { joinLine, splitLine } from '../../src/rdf/nquads.js';
import { termText } from '../../src/rdf/terms.js';
import type { TermText } from '../../src/rdf/termText.js';
import type { Operation, QuadLine } from '../../src/graph/changeset.js';
import { type DatasetSettings, isMerged } from '../../src/graph/dataset.js';
import type { GraphState, Pattern, Row, Scope, SelectOptions } from '../../src/graph/state.js';

/** A state as plain as can be: a set of lines, and for each SELECT a store filled with just what it may see. */
export class StoreState implements GraphState {
  readonly held = new Set<QuadLine>();
  readonly datasets: DatasetSettings[];

  constructor(datasets: readonly DatasetSettings[], lines: Iterable<QuadLine> = []) {
    this.datasets = [...datasets];
    for (const line of lines) this.held.add(line);
  }

  apply(op: Operation, line: QuadLine): void {
    if (op === '+') this.held.add(line);
    else this.held.delete(line);
  }

  /** In batches so small that whoever takes only the first is found out. */
  *lines(dataset: string): Iterable<readonly QuadLine[]> {
    for (const line of this.match({ dataset }, {})) yield [line];
  }

  match(scope: Scope, { subject, predicate, object }: Pattern): readonly QuadLine[] {
    return this.#scoped(scope).filter((line) => {
      const parts = splitLine(line);
      return (
        (subject === undefined || subject === parts.subject) &&
        (predicate === undefined || predicate === parts.predicate) &&
        (object === undefined || object === parts.object)
      );
    });
  }

  bySubjects(scope: Scope, subjects: readonly TermText[], predicate?: TermText): readonly QuadLine[] {
    return subjects.flatMap((subject) => this.match(scope, { subject, ...(predicate === undefined ? {} : { predicate }) }));
  }

  byObjects(scope: Scope, objects: readonly TermText[], predicate?: TermText): readonly QuadLine[] {
    return objects.flatMap((object) => this.match(scope, { object, ...(predicate === undefined ? {} : { predicate }) }));
  }

  present(lines: readonly QuadLine[]): ReadonlySet<QuadLine> {
    return new Set(lines.filter((line) => this.held.has(line)));
  }

  select(query: string, { defaultGraph, namedGraphs }: SelectOptions): Iterable<Row> {
    const store = new oxigraph.Store();
    const scopes: readonly Scope[] = typeof defaultGraph === 'string' || 'dataset' in defaultGraph ? [defaultGraph] : defaultGraph;
    const unnamed = scopes.flatMap((scope) => this.#scoped(scope)).map(withoutGraph);
    const named = (namedGraphs ?? this.datasets.map(({ iri }) => iri)).flatMap((dataset) => this.#scoped({ dataset }));
    const text = [...unnamed, ...named].map((line) => `${engineLine(line)}\n`).join('');
    store.load(text, { format: 'application/n-quads' });
    const rows = store.query(query);
    if (!Array.isArray(rows)) throw new TypeError('not a SELECT');
    return rows.map((row: unknown) => {
      if (!(row instanceof Map)) throw new TypeError('not a solution');
      return new Map([...row].map(([name, term]) => [String(name), termText(term)]));
    });
  }

  count(dataset: string): number {
    return this.#scoped({ dataset }).length;
  }

  #scoped(scope: Scope): readonly QuadLine[] {
    const all = [...this.held];
    if (scope === 'any') return all;
    if (scope !== 'merged') return all.filter((line) => splitLine(line).graph === `<${scope.dataset}>`);
    const merged = new Set(this.datasets.filter(isMerged).map(({ iri }) => `<${iri}>`));
    return [...new Set(all.filter((line) => merged.has(splitLine(line).graph)).map(withoutGraph))];
  }
}

function withoutGraph(line: QuadLine): QuadLine {
  const { subject, predicate, object } = splitLine(line);
  return joinLine(subject, predicate, object);
}
