import type { TermText } from '../rdf/termText.js';
import { rdfs } from '../rdf/prefixes.js';
import { inverse, predicatePath, sequence, stay, type Path } from './path.js';
import type { Shape } from './shape.js';
import { rdfType, shacl, type ShapesGraph } from './shapesGraph.js';

export const subClassOf: TermText = `<${rdfs('subClassOf')}>`;
const superclasses: Path = { kind: 'zeroOrMore', path: predicatePath(subClassOf) };

/**
 * One kind of triple that the verdict about a focus node depends on: from the focus node along `access` to a node,
 * and there a triple with `predicate` (absent: any), that node being its subject (`forward`) or its object.
 * Without `access` the triple may be anywhere: then every target of the shape depends on it.
 */
export interface Read {
  readonly access?: Path;
  readonly predicate?: TermText;
  readonly forward: boolean;
  readonly object?: TermText;
  /** Only changes that make or break instances of this class matter (for type and subclass triples). */
  readonly class?: TermText;
  /** Another way to the same triples, from their other end: whichever meets fewer nodes will do. */
  readonly or?: Way;
  /** Read by the engine in a query of its own: there is nothing to fetch for it. */
  readonly byEngine?: true;
}

/** From the focus node to the subject (`forward`) or the object of a triple. */
export interface Way {
  readonly access: Path;
  readonly forward: boolean;
}

/** Triples read while a path is walked from the end of `access`. */
export function pathReads(access: Path, path: Path): readonly Read[] {
  switch (path.kind) {
    case 'predicate':
      return [{ access, predicate: path.iri, forward: true }];
    case 'inverse':
      return path.path.kind === 'predicate' ? [{ access, predicate: path.path.iri, forward: false }] : pathReads(access, inverse(path.path));
    case 'sequence':
      return path.paths.flatMap((part, index) => pathReads(sequence(access, ...path.paths.slice(0, index)), part));
    case 'alternative':
      return path.paths.flatMap((part) => pathReads(access, part));
    case 'zeroOrOne':
      return pathReads(access, path.path);
    case 'zeroOrMore':
    case 'oneOrMore':
      return pathReads(sequence(access, { kind: 'zeroOrMore', path: path.path }), path.path);
  }
}

/** Everything the verdict about a target of `root` depends on, besides the triples of which it is the subject. */
export function shapeReads(root: Shape, shapes: ReadonlyMap<TermText, Shape>, graph: ShapesGraph): readonly Read[] {
  const reads = new Map<string, Read>();
  const add = (...found: readonly Read[]): void => {
    for (const read of found) reads.set(JSON.stringify(read), read);
  };
  const addClass = (access: Path, name: TermText): void => {
    add({ access, predicate: rdfType, forward: true, class: name });
    add({ access: sequence(access, predicatePath(rdfType), superclasses), predicate: subClassOf, forward: true, class: name });
  };
  const seen = new Set<string>();
  const visit = (node: TermText, access: Path): void => {
    const shape = shapes.get(node);
    const key = `${node} ${JSON.stringify(access)}`;
    if (!shape || shape.deactivated || seen.has(key)) return;
    seen.add(key);
    if (shape.path) add(...pathReads(access, shape.path));
    const values = shape.path ? sequence(access, shape.path) : access;
    for (const name of graph.values(node, shacl('class'))) addClass(values, name);
    for (const parameter of ['equals', 'disjoint', 'lessThan', 'lessThanOrEquals']) {
      for (const predicate of graph.values(node, shacl(parameter))) add({ access, predicate, forward: true });
    }
    if (graph.isTrue(node, shacl('closed'))) add({ access: values, forward: true });
    for (const part of subShapes(graph, node)) visit(part, values);
    for (const constraint of shape.sparql) {
      for (const { or, ...read } of constraint.reads) {
        add({
          ...read,
          byEngine: true,
          ...(read.access && { access: sequence(access, read.access) }),
          ...(or && { or: { ...or, access: sequence(access, or.access) } }),
        });
      }
    }
  };
  for (const name of root.targets.classes) addClass(stay, name);
  for (const predicate of root.targets.objectsOf) add({ access: stay, predicate, forward: false });
  visit(root.node, stay);
  return [...reads.values()];
}

function subShapes(graph: ShapesGraph, node: TermText): readonly TermText[] {
  const single = ['not', 'node', 'property', 'qualifiedValueShape'].flatMap((name) => graph.values(node, shacl(name)));
  const listed = ['and', 'or', 'xone'].flatMap((name) => graph.values(node, shacl(name))).flatMap((head) => graph.list(head));
  return [...single, ...listed, ...siblingShapes(graph, node)];
}

/** Sibling shapes of a qualified shape whose values must be disjoint (SHACL §4.7.3). */
export function siblingShapes(graph: ShapesGraph, node: TermText): readonly TermText[] {
  if (!graph.isTrue(node, shacl('qualifiedValueShapesDisjoint'))) return [];
  const own = graph.values(node, shacl('qualifiedValueShape'));
  const property = shacl('property');
  const siblings = [...graph.subjects()]
    .filter((parent) => graph.values(parent, property).includes(node))
    .flatMap((parent) => graph.values(parent, property))
    .flatMap((sibling) => graph.values(sibling, shacl('qualifiedValueShape')));
  return [...new Set(siblings)].filter((shape) => !own.includes(shape));
}
