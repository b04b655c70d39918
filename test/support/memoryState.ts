import oxigraph from 'oxigraph';
import type { Change, Changeset, DatasetCount, QuadLine } from '../../src/graph/changeset.js';
import { isMerged, type DatasetSettings } from '../../src/graph/dataset.js';
import type { GraphState, Pattern, Row, Scope, SelectOptions } from '../../src/graph/state.js';
import { joinLine, splitLine } from '../../src/rdf/nquads.js';
import type { TermText } from '../../src/rdf/termText.js';

/** A state held in memory, plain enough to be right: scopes by filtering, SPARQL by an Oxigraph store. */
export class MemoryState implements GraphState {
  readonly #datasets: readonly DatasetSettings[];
  readonly #lines: Set<QuadLine>;
  #store: oxigraph.Store | undefined;

  constructor(datasets: readonly DatasetSettings[], lines: Iterable<QuadLine> = []) {
    this.#datasets = datasets;
    this.#lines = new Set(lines);
  }

  apply(changes: Iterable<Change>): void {
    for (const { op, line } of changes) {
      if (op === '+') this.#lines.add(line);
      else this.#lines.delete(line);
    }
    this.#store = undefined;
  }

  get lines(): ReadonlySet<QuadLine> {
    return this.#lines;
  }

  match(scope: Scope, pattern: Pattern): readonly QuadLine[] {
    const merged = new Set(this.#datasets.filter(isMerged).map(({ iri }) => `<${iri}>`));
    const found = new Set<QuadLine>();
    for (const line of this.#lines) {
      const { subject, predicate, object, graph } = splitLine(line);
      if (pattern.subject !== undefined && pattern.subject !== subject) continue;
      if (pattern.predicate !== undefined && pattern.predicate !== predicate) continue;
      if (pattern.object !== undefined && pattern.object !== object) continue;
      if (scope === 'merged') {
        if (merged.has(graph)) found.add(joinLine(subject, predicate, object));
      } else if (scope === 'any' || graph === `<${scope.dataset}>`) found.add(line);
    }
    return [...found];
  }

  bySubjects(scope: Scope, subjects: readonly TermText[], predicate?: TermText): readonly QuadLine[] {
    return [...new Set(subjects)].flatMap((subject) => this.match(scope, { subject, ...(predicate !== undefined && { predicate }) }));
  }

  byObjects(scope: Scope, objects: readonly TermText[], predicate?: TermText): readonly QuadLine[] {
    return [...new Set(objects)].flatMap((object) => this.match(scope, { object, ...(predicate !== undefined && { predicate }) }));
  }

  /** With thresholds that these small states can reach. */
  fewByObjects(most: number, objects: readonly TermText[], predicate?: TermText): readonly QuadLine[] | undefined {
    const lines = this.byObjects('any', objects, predicate);
    return lines.length > most / 20 ? undefined : lines;
  }

  present(lines: readonly QuadLine[]): ReadonlySet<QuadLine> {
    return new Set(lines.filter((line) => this.#lines.has(line)));
  }

  *select(query: string, options: SelectOptions): Iterable<Row> {
    const { defaultGraph } = options;
    if (defaultGraph === 'any' || Array.isArray(defaultGraph)) throw new Error('only the merged graph or one dataset');
    const unnamed = defaultGraph !== 'merged' && 'dataset' in defaultGraph ? oxigraph.namedNode(defaultGraph.dataset) : oxigraph.defaultGraph();
    this.#store ??= this.#fill();
    const named = options.namedGraphs ?? this.#datasets.map(({ iri }) => iri);
    const rows = this.#store.query(query, { default_graph: [unnamed], named_graphs: named.map((iri) => oxigraph.namedNode(iri)) });
    if (!Array.isArray(rows)) throw new Error('not a SELECT');
    for (const row of rows) {
      if (!(row instanceof Map)) throw new Error('not a SELECT');
      yield new Map([...row].map(([name, term]) => [String(name), String(term)]));
    }
  }

  count(dataset: string): number {
    return this.match({ dataset }, {}).length;
  }

  #fill(): oxigraph.Store {
    const store = new oxigraph.Store();
    store.load([...this.#lines, ...this.match('merged', {})].join('\n'), { format: 'application/n-quads' });
    return store;
  }
}

function datasetOf({ line }: Change): string {
  return splitLine(line).graph.slice(1, -1);
}

/** The changeset that really changes a state: only effective changes are kept. */
export function changesetOf(state: MemoryState, wanted: { readonly inserts?: readonly QuadLine[]; readonly deletes?: readonly QuadLine[] }): Changeset {
  const inserts = new Set((wanted.inserts ?? []).filter((line) => !state.lines.has(line)));
  const deletes = new Set((wanted.deletes ?? []).filter((line) => state.lines.has(line)));
  const all: Change[] = [...[...deletes].map((line) => ({ op: '-' as const, line })), ...[...inserts].map((line) => ({ op: '+' as const, line }))];
  const names = [...new Set(all.map(datasetOf))].toSorted();
  const counts = new Map<string, DatasetCount>(
    names.map((name) => {
      const part = all.filter((change) => datasetOf(change) === name);
      return [name, { deleted: part.filter(({ op }) => op === '-').length, inserted: part.filter(({ op }) => op === '+').length }];
    }),
  );
  const sorted = (name: string): Change[] => all.filter((change) => datasetOf(change) === name).toSorted((a, b) => (a.op + a.line < b.op + b.line ? -1 : 1));
  return {
    counts,
    size: all.length,
    changes: (dataset) => (dataset === undefined ? names.flatMap(sorted) : sorted(dataset)),
  };
}

/** The same changes the other way round. */
export function inverseChanges(changes: Changeset): readonly Change[] {
  return [...changes.changes()].map(({ op, line }) => ({ op: op === '+' ? '-' : '+', line }));
}
