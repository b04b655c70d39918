import { Fault } from '../faults.js';
import { isMerged, type DatasetSettings } from '../graph/dataset.js';
import type { GraphState, Row } from '../graph/state.js';
import type { TermText } from '../rdf/termText.js';
import type { RunSparql } from './coreEngine.js';
import type { SparqlConstraint } from './sparqlConstraint.js';
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

/** More rows for one batch of focus nodes are not held in memory: each node is then asked by itself. */
const maxRows = 20_000;

/**
 * Runs SPARQL-based constraints in a state, as the focus view sees the current focus node. Where the query allows it,
 * the (loaded) nodes of the batch are asked about together when the first of them is: a tenth of the time.
 */
export function sparqlRunner(registry: ShapesRegistry, state: GraphState, dataset: DatasetSettings, view: FocusView, batch: readonly TermText[]): RunSparql {
  const options = { defaultGraph: 'merged', namedGraphs: [dataset.iri] } as const;
  const together = new Map<SparqlConstraint, ReadonlyMap<TermText, readonly Row[]> | undefined>();
  const described = isMerged(dataset) ? new Set(batch.filter((node) => node.startsWith('<') && view.describes(node))) : new Set<TermText>();
  const askTogether = (constraint: SparqlConstraint): ReadonlyMap<TermText, readonly Row[]> | undefined => {
    const nodes = [...described].filter((node) => constraint.needs.every((predicate) => view.ownObjects(node, predicate).length > 0));
    const rows = constraint.queryMany && nodes.length > 1 ? [...state.select(constraint.queryMany(nodes, dataset.iri, maxRows), options)] : undefined;
    if (rows === undefined || rows.length === maxRows) return undefined;
    const byNode = new Map<TermText, Row[]>(nodes.map((node) => [node, []]));
    for (const row of rows) byNode.get(row.get('this') ?? '')?.push(row);
    return byNode;
  };
  const rowsOf = (constraint: SparqlConstraint, focusNode: TermText): Iterable<Row> => {
    const owned = view.isOwn(focusNode) ? 'own' : 'context';
    const kind = focusNode.startsWith('"') ? 'literal' : owned;
    if (kind === 'own' && described.has(focusNode)) {
      if (!together.has(constraint)) together.set(constraint, askTogether(constraint));
      const known = together.get(constraint);
      if (known) return known.get(focusNode) ?? [];
    }
    return state.select(constraint.query(focusNode, kind, dataset.iri, isMerged(dataset)), options);
  };
  return (shapeNode, constraintNode, focusNode) => {
    const shape = registry.shapes.get(shapeNode);
    const constraint = shape?.sparql.find(({ node }) => node === constraintNode);
    if (!shape || !constraint) return [];
    if (constraint.needs.some((predicate) => view.objects(focusNode, predicate).length === 0)) return [];
    const solutions: SparqlSolution[] = [];
    for (const row of rowsOf(constraint, focusNode)) {
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
