import { derivedDataset } from '../../graph/catalogue.js';
import type { Changeset, QuadLine } from '../../graph/changeset.js';
import { isMerged, type DatasetSettings } from '../../graph/dataset.js';
import type { Engine } from '../../graph/engine/engine.js';
import { engineTermText } from '../../rdf/canonical.js';
import { joinLine, splitLine } from '../../rdf/nquads.js';
import type { TermText } from '../../rdf/termText.js';
import type { Rule } from './rule.js';

/** Whether rules read this dataset: public and adopted, and itself no inference. */
export function isAsserted(dataset: DatasetSettings): boolean {
  return isMerged(dataset) && dataset.status !== 'afgeleid';
}

/** Above so many changes the view is made anew rather than looked after. */
const few = 5000;

/**
 * The engine with exactly what rules read as its default graph: without the triples that only datasets of status
 * afgeleid hold. What rules derive is left out as no rule reads it (`readRules` sees to that); of other such datasets
 * only the triples matter that a rule could match. Those are few, so they leave the graph for the while; which they
 * are is remembered until a change concerns them.
 */
export class AssertedView {
  readonly #base: string;
  readonly #reads: Wanted;
  #known: { readonly datasets: readonly DatasetSettings[]; readonly candidates: ReadonlySet<QuadLine>; readonly hidden: readonly QuadLine[] } | undefined;

  constructor(rules: readonly Rule[], base: string) {
    this.#base = base;
    this.#reads = wantedBy(rules);
  }

  /** To be told of every change before it is worked on, and whether or not it is. */
  changed(engine: Engine, changes: Changeset): void {
    if (this.#known && this.#concerns(engine, changes, this.#known.candidates)) this.#known = undefined;
  }

  lend<T>(engine: Engine, changes: Changeset, work: () => T): T {
    let view = this.#known;
    if (view?.datasets !== engine.datasets) {
      const candidates = new Set(this.#inferences(engine).flatMap((dataset) => matchable(engine, dataset, this.#reads)));
      const held = candidates.size === 0 ? candidates : alsoAsserted(engine, candidates);
      view = { datasets: engine.datasets, candidates, hidden: [...candidates].filter((line) => !held.has(line)) };
      // A change that concerns it may yet be taken back, and the next one would not know.
      this.#known = this.#concerns(engine, changes, candidates) ? undefined : view;
    }
    return view.hidden.length === 0 ? work() : engine.without(view.hidden, work);
  }

  #inferences(engine: Engine): readonly string[] {
    const own = derivedDataset(this.#base);
    return engine.datasets.filter((item) => isMerged(item) && item.status === 'afgeleid' && item.iri !== own).map(({ iri }) => iri);
  }

  #concerns(engine: Engine, changes: Changeset, candidates: ReadonlySet<QuadLine>): boolean {
    if (this.#inferences(engine).some((dataset) => changes.counts.has(dataset))) return true;
    if (candidates.size === 0) return false;
    if (changes.size > few) return true;
    for (const { line } of changes.changes()) if (candidates.has(bare(line))) return true;
    return false;
  }
}

/** By predicate the objects some rule reads; undefined: any object. No predicates: any triple. */
type Wanted = ReadonlyMap<TermText, ReadonlySet<TermText> | undefined> | undefined;

function wantedBy(rules: readonly Rule[]): Wanted {
  const wanted = new Map<TermText, Set<TermText> | undefined>();
  for (const { predicate, object } of rules.flatMap(({ reads }) => reads)) {
    if (predicate === undefined) return undefined;
    if (object === undefined) wanted.set(predicate, undefined);
    else if (!wanted.has(predicate)) wanted.set(predicate, new Set([object]));
    else wanted.get(predicate)?.add(object);
  }
  return wanted;
}

/** Triples of a dataset that some rule could match, as lines without graph. */
function matchable(engine: Engine, dataset: string, wanted: Wanted): readonly QuadLine[] {
  const values = wanted ? `VALUES ?p { ${[...wanted.keys()].join(' ')} }` : '';
  const lines: QuadLine[] = [];
  for (const row of engine.select(`SELECT ?s ?p ?o { ${values} ?s ?p ?o }`, { defaultGraph: { dataset }, namedGraphs: [] })) {
    const [subject, predicate, object] = [row.get('s'), row.get('p'), row.get('o')];
    if (subject === undefined || predicate === undefined || object === undefined) continue;
    if (wanted?.get(predicate)?.has(object) ?? true) lines.push(joinLine(subject, predicate, object));
  }
  return lines;
}

/** Those of the triples that a dataset which rules read holds too. */
function alsoAsserted(engine: Engine, lines: ReadonlySet<QuadLine>): ReadonlySet<QuadLine> {
  const asserted = new Set(engine.datasets.filter(isAsserted).map(({ iri }) => `<${iri}>`));
  const subjects = new Set([...lines].map((line) => splitLine(line).subject));
  const held = new Set<QuadLine>();
  for (const line of engine.bySubjects('any', [...subjects])) {
    const { subject, predicate, object, graph } = splitLine(line);
    if (asserted.has(graph)) held.add(joinLine(subject, predicate, engineTermText(object)));
  }
  return held;
}

function bare(line: QuadLine): QuadLine {
  const { subject, predicate, object } = splitLine(line);
  return joinLine(subject, predicate, engineTermText(object));
}
