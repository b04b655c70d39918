import { Fault } from '../../faults.js';
import { fromLine, splitLine } from '../../rdf/nquads.js';
import { matchBlankNodes } from '../../rdf/blankMatch.js';
import type { TermText } from '../../rdf/termText.js';
import type { Reference } from '../api.js';
import type { Operation, QuadLine } from '../changeset.js';
import type { DatasetSettings } from '../dataset.js';
import type { Engine } from '../engine/engine.js';
import { describeEntity, isSkolemText } from '../entityDescription.js';
import { intoDataset, renamed } from './loadAction.js';

const matchWorkLimit = 200_000;
const maxListed = 50;

export interface EntityAction {
  readonly iri: string;
  readonly dataset: string;
  readonly lines: readonly QuadLine[];
}

/**
 * Emits what replacing an entity's description in one dataset changes. The new description may hold only quads of
 * the entity and of blank nodes below it; blank nodes that are the same as before stay the same nodes.
 * @throws Fault foreign-quads that lists the other subjects.
 */
export function composeEntity(
  action: EntityAction,
  engine: Engine,
  base: string,
  emit: (op: Operation, line: QuadLine) => void,
): void {
  const existing = ownDescription(engine, action, base);
  const incoming = action.lines.map((line) => intoDataset(line, action.dataset));
  refuseForeign(action.iri, incoming, base);
  const pairs = matchBlankNodes({
    incoming: incoming.map(fromLine),
    existing: existing.map(fromLine),
    base,
    workLimit: matchWorkLimit,
  });
  const names = new Map([...pairs].map(([from, to]) => [`<${from}>`, `<${to}>`]));
  for (const line of incoming) emit('+', renamed(line, names));
  for (const line of existing) emit('-', line);
}

/** The description that goes: without skolem nodes that something else in the dataset also points at. */
function ownDescription(engine: Engine, action: EntityAction, base: string): readonly QuadLine[] {
  const lines = describeEntity(engine, action.dataset, action.iri, base);
  const below = new Set(lines.map((line) => splitLine(line).subject).filter((subject) => subject !== `<${action.iri}>`));
  if (below.size === 0) return lines;
  const shared = new Set<TermText>();
  for (const line of engine.byObjects({ dataset: action.dataset }, [...below])) {
    const { subject, object } = splitLine(line);
    if (subject !== `<${action.iri}>` && !below.has(subject)) shared.add(object);
  }
  if (shared.size === 0) return lines;
  const kept = new Set<QuadLine>();
  for (const node of shared) {
    for (const line of describeEntity(engine, action.dataset, node.slice(1, -1), base)) kept.add(line);
  }
  return lines.filter((line) => !kept.has(line));
}

function refuseForeign(iri: string, lines: readonly QuadLine[], base: string): void {
  const links = lines.map(splitLine);
  const reached = new Set<TermText>([`<${iri}>`]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { subject, object } of links) {
      if (reached.has(subject) && isSkolemText(object, base) && !reached.has(object)) {
        reached.add(object);
        grown = true;
      }
    }
  }
  const foreign = [...new Set(links.map(({ subject }) => subject).filter((subject) => !reached.has(subject)))];
  if (foreign.length === 0) return;
  const shown = foreign.slice(0, 10).map((subject) => (isSkolemText(subject, base) ? '[]' : subject)).join(', ');
  throw new Fault('foreign-quads', {
    nl: `Hier mag alleen ${iri} beschreven worden, maar het document beschrijft ook ${shown}.`,
    en: `Only ${iri} may be described here, but the document also describes ${shown}.`,
  });
}

/**
 * Refuses to delete an entity that others still refer to, when no visible dataset would describe it any more.
 * @throws Fault still-referenced with the first `maxListed` references.
 */
export function refuseDangling(action: EntityAction, engine: Engine, visible: readonly DatasetSettings[]): void {
  const term = `<${action.iri}>`;
  if (visible.some((item) => item.iri !== action.dataset && engine.match({ dataset: item.iri }, { subject: term }).length > 0)) return;
  const shown = new Set(visible.map((item) => item.iri));
  const references: Reference[] = [];
  for (const line of engine.match('any', { object: term })) {
    const { subject, predicate, graph } = splitLine(line);
    const dataset = graph.slice(1, -1);
    if (subject === term || !shown.has(dataset)) continue;
    references.push({ subject: subject.slice(1, -1), predicate: predicate.slice(1, -1), dataset });
  }
  if (references.length === 0) return;
  throw new Fault(
    'still-referenced',
    {
      nl: `Nog ${references.length} keer wordt naar ${action.iri} verwezen. Pas die verwijzingen eerst aan.`,
      en: `${action.iri} is still referred to ${references.length} times. Change those references first.`,
    },
    { extra: { references: references.slice(0, maxListed), total: references.length } },
  );
}

