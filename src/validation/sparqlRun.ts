import { Fault } from '../faults.js';
import { isMerged, type DatasetSettings } from '../graph/dataset.js';
import type { GraphState, Row } from '../graph/state.js';
import type { TermText } from '../rdf/termText.js';
import type { RunSparql } from './coreEngine.js';
import type { FocusView } from './focusView.js';
import type { ShapesRegistry } from './shapesRegistry.js';

/** One solution of a SPARQL-based constraint: one validation result (SHACL §5.3.2). */
export interface SparqlSolution {
  readonly value?: TermText;
  readonly path?: TermText;
  /** `?message` of the row. */
  readonly message?: TermText;
  /** The constraint's own `sh:message`, to be filled with the row. */
  readonly messages: Readonly<Record<string, string>>;
  readonly row: Row;
}

/** Runs SPARQL-based constraints in a state, as the focus view sees the current focus node. */
export function sparqlRunner(registry: ShapesRegistry, state: GraphState, dataset: DatasetSettings, view: FocusView): RunSparql {
  return (shapeNode, constraintNode, focusNode) => {
    const shape = registry.shapes.get(shapeNode);
    const constraint = shape?.sparql.find(({ node }) => node === constraintNode);
    if (!shape || !constraint) return [];
    if (constraint.needs.some((predicate) => view.objects(focusNode, predicate).length === 0)) return [];
    const owned = view.isOwn(focusNode) ? 'own' : 'context';
    const kind = focusNode.startsWith('"') ? 'literal' : owned;
    const query = constraint.query(focusNode, kind, dataset.iri, isMerged(dataset));
    const solutions: SparqlSolution[] = [];
    for (const row of state.select(query, { defaultGraph: 'merged', namedGraphs: [dataset.iri] })) {
      if (row.get('failure')?.startsWith('"true"')) {
        throw new Fault('shapes-invalid', { nl: `De controlevraag van ${shapeNode} meldt een fout.`, en: `The constraint query of ${shapeNode} reports a failure.` });
      }
      const value = row.get('value') ?? (shape.path ? undefined : focusNode);
      const path = row.get('path');
      const message = row.get('message');
      solutions.push({
        ...(value !== undefined && { value }),
        ...(path?.startsWith('<') && { path }),
        ...(message?.startsWith('"') && { message }),
        messages: constraint.messages,
        row,
      });
    }
    return solutions;
  };
}
