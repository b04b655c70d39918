import { checkIri, isAbsoluteIri } from '../../rdf/iri.js';
import { splitLine } from '../../rdf/nquads.js';
import type { TermText } from '../../rdf/termText.js';
import type { EntityAnswer, Reference } from '../api.js';
import type { Visibility } from '../dataset.js';
import { describeEntity, isSkolemText } from '../entityDescription.js';
import { visibleIris, type DescriptionContext, type ReaderContext } from './readerContext.js';

/** How far up from a skolem node its owner is looked for. */
const maxDepth = 32;

/** The description of an entity in every dataset the caller sees that has one. */
export function entity(
  { iri, visibility }: { readonly iri: string; readonly visibility: Visibility },
  context: DescriptionContext,
): EntityAnswer | { readonly gone: number } | undefined {
  const { engine, journal, base, commit } = context;
  const subject = `<${checkIri(iri)}>`;
  const visible = visibleIris(context, visibility);
  const described = new Set(engine.bySubjects('any', [subject]).map((line) => splitLine(line).graph.slice(1, -1)));
  const datasets = [...described]
    .filter((dataset) => visible.has(dataset))
    .toSorted()
    .map((dataset) => ({ dataset, lines: describeEntity(engine, dataset, iri, base) }));
  // Not `touched`: the log may be ahead of the replica, and an old state must never carry a new version.
  const last = visible.size === 0 ? undefined : journal.headers({ entity: iri, datasets: [...visible], before: commit + 1, limit: 1 })[0];
  if (datasets.length > 0) return { iri, datasets, changed: last?.number ?? 0, commit };
  return last === undefined ? undefined : { gone: last.number };
}

/** Entities that point at an IRI, themselves or through a skolem node below them (then the owner is named). */
export function references(
  { iri, limit, visibility }: { readonly iri: string; readonly limit: number; readonly visibility: Visibility },
  context: ReaderContext,
): { readonly references: readonly Reference[]; readonly more: boolean } {
  const visible = visibleIris(context, visibility);
  if (visible.size === 0) return { references: [], more: false };
  const rows = [
    ...context.engine.select(`SELECT ?s ?p ?g WHERE { GRAPH ?g { ?s ?p <${checkIri(iri)}> } } LIMIT ${Math.trunc(limit) + 1}`, {
      defaultGraph: [],
      namedGraphs: [...visible],
    }),
  ];
  const found = new Map<string, Reference>();
  for (const row of rows.slice(0, limit)) {
    const [subject, predicate, graph] = [row.get('s'), row.get('p'), row.get('g')];
    if (subject === undefined || predicate === undefined || graph === undefined) continue;
    const dataset = graph.slice(1, -1);
    for (const owner of owners(subject, dataset, context)) {
      if (owner === `<${iri}>`) continue;
      found.set(`${owner} ${predicate} ${graph}`, { subject: owner.slice(1, -1), predicate: predicate.slice(1, -1), dataset });
    }
  }
  return { references: [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, reference]) => reference), more: rows.length > limit };
}

/** The node itself, or for a skolem node the entities above it in the dataset. */
function owners(node: TermText, dataset: string, { engine, base }: ReaderContext): ReadonlySet<TermText> {
  const found = new Set<TermText>();
  const seen = new Set([node]);
  let frontier = [node];
  for (let depth = 0; frontier.length > 0 && depth < maxDepth; depth += 1) {
    const skolems = frontier.filter((term) => isSkolemText(term, base));
    for (const term of frontier) if (!isSkolemText(term, base)) found.add(term);
    if (skolems.length === 0) break;
    frontier = [];
    for (const line of engine.byObjects({ dataset }, skolems)) {
      const { subject } = splitLine(line);
      if (!seen.has(subject)) frontier.push(subject);
      seen.add(subject);
    }
  }
  return found;
}

/** IRIs that can stand in the engine, as term texts; whatever else a caller asks the label of has none. */
export function askable(iris: readonly string[]): readonly TermText[] {
  return [...new Set(iris)].filter((iri) => isAbsoluteIri(iri)).map((iri) => `<${iri}>`);
}
