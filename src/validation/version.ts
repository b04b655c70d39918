import type { TermText } from '../rdf/termText.js';
import type { ShapesGraph } from './shapesGraph.js';

/**
 * Text that is the same for the same shapes: blank nodes are written as what stands below them. Shapes and lists are
 * trees below their blank nodes, so no graph canonicalisation is needed; a cycle shows as its depth.
 */
export function versionOf(graph: ShapesGraph): string {
  const written = new Map<TermText, string>();
  const write = (term: TermText, trail: readonly TermText[]): string => {
    if (!term.startsWith('_:')) return term;
    if (trail.includes(term)) return `^${trail.indexOf(term)}`;
    const known = written.get(term);
    if (known !== undefined) return known;
    const text = `[${describe(term, [...trail, term])}]`;
    written.set(term, text);
    return text;
  };
  const describe = (node: TermText, trail: readonly TermText[]): string =>
    graph
      .predicates(node)
      .flatMap((predicate) => graph.values(node, predicate).map((value) => `${predicate} ${write(value, trail)}`))
      .toSorted()
      .join(' ; ');
  const lines = [...graph.subjects()].map((node) => `${write(node, [])} ${node.startsWith('_:') ? '' : describe(node, [])}`);
  return lines.toSorted().join('\n');
}
