import { derivedDataset } from '../../graph/catalogue.js';
import type { QuadLine } from '../../graph/changeset.js';
import { isMerged, type DatasetSettings } from '../../graph/dataset.js';
import type { Engine } from '../../graph/engine/engine.js';
import { joinLine } from '../../rdf/nquads.js';
import { rdfType } from '../../validation/shapesGraph.js';
import type { Rule } from './rule.js';

/** Whether rules read this dataset: public and adopted, and itself no inference. */
export function isAsserted(dataset: DatasetSettings): boolean {
  return isMerged(dataset) && dataset.status !== 'afgeleid';
}

/**
 * Lends the engine with exactly what rules read as its default graph: without the triples that only datasets of
 * status afgeleid hold. What rules derive is left out as no rule reads it (`readRules` sees to that); of other such
 * datasets only the triples matter that a rule could match, and those are few: they leave the graph meanwhile.
 */
export function withAsserted<T>(engine: Engine, rules: readonly Rule[], base: string, work: () => T): T {
  const inferences = engine.datasets.filter((item) => isMerged(item) && item.status === 'afgeleid' && item.iri !== derivedDataset(base));
  const candidates = new Set(inferences.flatMap(({ iri }) => matchable(engine, iri, rules)));
  if (candidates.size === 0) return work();
  for (const line of alsoAsserted(engine, candidates)) candidates.delete(line);
  return candidates.size === 0 ? work() : engine.without([...candidates], work);
}

/** Triples of a dataset that some rule could match, as lines without graph. */
function matchable(engine: Engine, dataset: string, rules: readonly Rule[]): readonly QuadLine[] {
  const wanted = new Map<string, Set<string> | undefined>();
  let anything = false;
  for (const { predicate, object } of rules.flatMap(({ reads }) => reads)) {
    if (predicate === undefined) anything = true;
    else if (predicate !== rdfType || object === undefined) wanted.set(predicate, undefined);
    else if (!wanted.has(predicate)) wanted.set(predicate, new Set([object]));
    else wanted.get(predicate)?.add(object);
  }
  const values = anything ? '' : `VALUES ?p { ${[...wanted.keys()].join(' ')} }`;
  const lines: QuadLine[] = [];
  for (const row of engine.select(`SELECT ?s ?p ?o { ${values} ?s ?p ?o }`, { defaultGraph: { dataset }, namedGraphs: [] })) {
    const [subject, predicate, object] = [row.get('s'), row.get('p'), row.get('o')];
    if (subject === undefined || predicate === undefined || object === undefined) continue;
    if (anything || (wanted.get(predicate)?.has(object) ?? true)) lines.push(joinLine(subject, predicate, object));
  }
  return lines;
}

function* alsoAsserted(engine: Engine, lines: ReadonlySet<QuadLine>): Generator<QuadLine> {
  const namedGraphs = engine.datasets.filter(isAsserted).map(({ iri }) => iri);
  if (namedGraphs.length === 0) return;
  const tuples = [...lines].map((line) => `(${line.slice(0, -2)})`).join(' ');
  const query = `SELECT DISTINCT ?s ?p ?o { VALUES (?s ?p ?o) { ${tuples} } GRAPH ?g { ?s ?p ?o } }`;
  for (const row of engine.select(query, { defaultGraph: [], namedGraphs })) yield joinLine(row.get('s') ?? '', row.get('p') ?? '', row.get('o') ?? '');
}
