import { splitLine } from '../../rdf/nquads.js';
import type { TermText } from '../../rdf/termText.js';
import type { Changeset } from '../changeset.js';
import { isSkolemText } from '../entityDescription.js';
import type { GraphState } from '../state.js';

/** How far up from a skolem node its owner is looked for; deeper structures belong to nobody in particular. */
const maxDepth = 32;

/**
 * The entities a changeset touches, per dataset: subjects, and for skolem nodes the entities above them (in the
 * state after the change or through links the change removed). These are what history lists and ETags count.
 */
export function* touchedEntities(
  changes: Changeset,
  after: GraphState,
  base: string,
): Generator<{ readonly entity: string; readonly dataset: string }> {
  for (const dataset of changes.counts.keys()) {
    const entities = new Set<TermText>();
    const skolems = new Set<TermText>();
    const removedParents = new Map<TermText, TermText[]>();
    for (const change of changes.changes(dataset)) {
      const { subject, object } = splitLine(change.line);
      if (isSkolemText(subject, base)) skolems.add(subject);
      else entities.add(subject);
      if (change.op === '-' && isSkolemText(object, base)) append(removedParents, object, subject);
    }
    for (const owner of ownersOf(skolems, dataset, after, removedParents, base)) entities.add(owner);
    for (const entity of entities) yield { entity: entity.slice(1, -1), dataset };
  }
}

function ownersOf(
  skolems: ReadonlySet<TermText>,
  dataset: string,
  after: GraphState,
  removedParents: ReadonlyMap<TermText, readonly TermText[]>,
  base: string,
): Set<TermText> {
  const owners = new Set<TermText>();
  const seen = new Set(skolems);
  let frontier = [...skolems];
  for (let depth = 0; frontier.length > 0 && depth < maxDepth; depth += 1) {
    const parents = new Set(after.byObjects({ dataset }, frontier).map((line) => splitLine(line).subject));
    for (const node of frontier) for (const parent of removedParents.get(node) ?? []) parents.add(parent);
    frontier = [];
    for (const parent of parents) {
      if (!isSkolemText(parent, base)) owners.add(parent);
      else if (!seen.has(parent)) {
        seen.add(parent);
        frontier.push(parent);
      }
    }
  }
  return owners;
}

function append(map: Map<TermText, TermText[]>, key: TermText, value: TermText): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
