import type { Changeset } from '../graph/changeset.js';
import type { GraphState } from '../graph/state.js';
import { splitLine } from '../rdf/nquads.js';
import type { TermText } from '../rdf/termText.js';

/** Those of the nodes that the dataset had triples about before the change; told from the state after it. */
export function describedBefore(nodes: Iterable<TermText>, dataset: string, after: GraphState, changes: Changeset): readonly TermText[] {
  const kept = new Map<TermText, number>([...nodes].map((node) => [node, 0]));
  const count = (node: TermText, step: number): void => {
    const before = kept.get(node);
    if (before !== undefined) kept.set(node, before + step);
  };
  for (const line of after.bySubjects({ dataset }, [...kept.keys()])) count(splitLine(line).subject, 1);
  for (const { op, line } of changes.changes(dataset)) count(line.slice(0, line.indexOf(' ')), op === '+' ? -1 : 1);
  return [...kept].flatMap(([node, triples]) => (triples > 0 ? [node] : []));
}
