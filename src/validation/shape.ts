import { statusConcepts, visibilityConcepts } from '../graph/catalogue.js';
import type { DatasetSettings } from '../graph/dataset.js';
import { rg } from '../rdf/prefixes.js';
import type { TermText } from '../rdf/termText.js';
import { parameters, shapeListParameters, shapeParameters, targetPredicates } from './components.js';
import type { Path } from './path.js';
import { rdfType, shacl, type ShapesGraph } from './shapesGraph.js';
import type { SparqlConstraint } from './sparqlConstraint.js';

export interface Targets {
  readonly classes: readonly TermText[];
  readonly nodes: readonly TermText[];
  readonly subjectsOf: readonly TermText[];
  readonly objectsOf: readonly TermText[];
}

/** One shape as the rest of validation needs it. */
export interface Shape {
  readonly node: TermText;
  /** Present for property shapes. */
  readonly path?: Path;
  readonly deactivated: boolean;
  readonly targets: Targets;
  /** Source statuses and access rights of the datasets it holds in (`rg:geldtIn`); none: in all. */
  readonly holdsIn: ReadonlySet<TermText>;
  readonly sparql: readonly SparqlConstraint[];
  /** Names (`sh:name`, else `rdfs:label`) by language. */
  readonly names: Readonly<Record<string, string>>;
  readonly messages: Readonly<Record<string, string>>;
}

/** An own term: SHACL has no word for shapes that hold in some graphs only. */
export const holdsInTerm: TermText = `<${rg('geldtIn')}>`;

/** Whether a shape holds in a dataset: one status and one access right of those it names have to be the dataset's. */
export function holds({ holdsIn }: Shape, { status, visibility }: DatasetSettings): boolean {
  if (holdsIn.size === 0) return true;
  const fits = <K extends string>(table: Readonly<Record<K, string>>, own: K): boolean => {
    const named = Object.values<string>(table).filter((iri) => holdsIn.has(`<${iri}>`));
    return named.length === 0 || named.includes(table[own]);
  };
  return fits(statusConcepts, status) && fits(visibilityConcepts, visibility);
}

const shapeTypes = new Set([shacl('NodeShape'), shacl('PropertyShape')]);
const markers: ReadonlySet<TermText> = new Set([...parameters.keys(), ...Object.values(targetPredicates)]);

/** The shapes of a shapes graph (SHACL §2.1: what makes a node a shape). */
export function shapeNodes(graph: ShapesGraph): ReadonlySet<TermText> {
  const found = new Set<TermText>();
  const pending: TermText[] = [];
  for (const node of graph.subjects()) {
    const predicates = graph.predicates(node);
    if (graph.values(node, rdfType).some((type) => shapeTypes.has(type)) || predicates.some((predicate) => markers.has(predicate))) pending.push(node);
  }
  // Grows while it is walked: shapes come in the order of the document, those they refer to after them.
  for (const node of pending) {
    if (found.has(node)) continue;
    found.add(node);
    pending.push(...referredShapes(graph, node));
  }
  return found;
}

/** Shapes a shape refers to. Lists that cannot be read count as empty here: the syntax check reports them. */
export function referredShapes(graph: ShapesGraph, node: TermText): readonly TermText[] {
  const lists = shapeListParameters.flatMap((parameter) => graph.values(node, parameter)).flatMap((head) => {
    try {
      return graph.list(head);
    } catch {
      return [];
    }
  });
  return [...shapeParameters.flatMap((parameter) => graph.values(node, parameter)), ...lists];
}
