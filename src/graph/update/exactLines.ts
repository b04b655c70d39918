import { engineLine } from '../../rdf/canonical.js';
import { splitLine } from '../../rdf/nquads.js';
import { xsd } from '../../rdf/prefixes.js';
import type { TermText } from '../../rdf/termText.js';
import type { QuadLine } from '../changeset.js';
import type { GraphState } from '../state.js';
import type { MadeQuad } from './instantiate.js';

/* The datatypes the engine collapses others into (rdf/canonical.ts). */
const ambiguous = [`^^<${xsd('integer')}>`, `^^<${xsd('dateTime')}>`];

/**
 * The lines that quads stand for. A literal that came out of a WHERE is in the engine's form: `"5"^^xsd:integer` may
 * be the `"5"^^xsd:int` that is stored. Then the quad stands for every stored line of that form, so that
 * DELETE … WHERE deletes what it matched; for itself when none is stored.
 */
export function exactLines(quads: readonly MadeQuad[], state: GraphState): readonly QuadLine[] {
  const open = new Map<string, { readonly graph: string; readonly predicate: TermText; readonly subjects: Set<TermText> }>();
  for (const { line, engineForm } of quads) {
    if (!engineForm) continue;
    const { subject, predicate, object, graph } = splitLine(line);
    if (!ambiguous.some((datatype) => object.endsWith(datatype))) continue;
    const key = `${graph} ${predicate}`;
    const group = open.get(key) ?? { graph: graph.slice(1, -1), predicate, subjects: new Set() };
    open.set(key, group);
    group.subjects.add(subject);
  }
  if (open.size === 0) return quads.map(({ line }) => line);
  const stored = new Map<QuadLine, QuadLine[]>();
  for (const { graph, predicate, subjects } of open.values()) {
    for (const line of state.bySubjects({ dataset: graph }, [...subjects], predicate)) {
      const form = engineLine(line);
      const exact = stored.get(form);
      if (exact) exact.push(line);
      else stored.set(form, [line]);
    }
  }
  return quads.flatMap(({ line, engineForm }) => (engineForm ? (stored.get(line) ?? [line]) : [line]));
}
