import type { GraphState } from '../graph/state.js';
import { splitLine } from '../rdf/nquads.js';
import type { TermText } from '../rdf/termText.js';
import { batches } from './batches.js';

/** Dataset -> those of the nodes that it has triples about: asked once for all datasets, of which there may be many. */
export function describedIn(nodes: Iterable<TermText>, state: GraphState): ReadonlyMap<string, ReadonlySet<TermText>> {
  const found = new Map<string, Set<TermText>>();
  for (const part of batches(nodes, 1000)) {
    for (const line of state.bySubjects('any', part.filter((node) => !node.startsWith('"')))) {
      const { subject, graph } = splitLine(line);
      const dataset = graph.slice(1, -1);
      const described = found.get(dataset);
      if (described) described.add(subject);
      else found.set(dataset, new Set([subject]));
    }
  }
  return found;
}
