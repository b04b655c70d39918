import { createHash } from 'node:crypto';
import type { Quad } from '@rdfjs/types';
import { Fault, type Text } from '../faults.js';
import { rdfs } from '../rdf/prefixes.js';
import type { TermText } from '../rdf/termText.js';
import { targetPredicates } from './components.js';
import { shapeReads, subClassOf, type Read } from './reads.js';
import { holdsInTerm, shapeNodes, type Shape } from './shape.js';
import { checkShape, findRecursion, type ShapeProblem } from './shapeSyntax.js';
import { IllFormed, rdfType, shacl, ShapesGraph } from './shapesGraph.js';
import { readSparql } from './sparqlConstraint.js';
import { textsOf } from './texts.js';
import { versionOf } from './version.js';

/** Things of SHACL-SPARQL and SHACL-JS that are refused, with the predicate that shows them. */
const refused = new Set(['ConstraintComponent', 'SPARQLTarget', 'SPARQLTargetType', 'JSConstraint', 'JSConstraintComponent', 'Rule', 'SPARQLRule', 'TripleRule'].map(shacl));

/** The shapes in force: immutable, built once per version; holds the plan of every shape that has targets. */
export class ShapesRegistry {
  /** SHA-256 over the shapes graph, equal for equal shapes whatever their blank node labels. */
  readonly version: string;
  readonly graph: ShapesGraph;
  readonly shapes: ReadonlyMap<TermText, Shape>;
  /** Active shapes with targets. */
  readonly roots: readonly Shape[];
  /** Whether any shape has an active `sh:sparql`. */
  readonly usesSparql: boolean;
  readonly #reads: ReadonlyMap<TermText, readonly Read[]>;

  private constructor(graph: ShapesGraph, shapes: ReadonlyMap<TermText, Shape>) {
    this.graph = graph;
    this.shapes = shapes;
    this.version = createHash('sha256').update(versionOf(graph)).digest('hex');
    this.usesSparql = [...shapes.values()].some(({ sparql }) => sparql.length > 0);
    this.roots = [...shapes.values()].filter(({ deactivated, targets }) => !deactivated && Object.values(targets).some((list) => list.length > 0));
    this.#reads = new Map(this.roots.map((root) => [root.node, shapeReads(root, shapes, graph)]));
  }

  /** Reads shapes from quads (of files in `shapes/`, of the shapes dataset). Throws Fault `shapes-invalid` with every problem found. */
  static fromQuads(quads: Iterable<Quad>): ShapesRegistry {
    const graph = new ShapesGraph(quads);
    const nodes = shapeNodes(graph);
    const problems: ShapeProblem[] = [...nodes].flatMap((node) => checkShape(graph, node));
    for (const node of graph.subjects()) {
      const type = graph.values(node, rdfType).find((name) => refused.has(name));
      if (type) problems.push({ shape: node, problem: { nl: `${type} wordt niet ondersteund`, en: `${type} is not supported` } });
    }
    const cycle = findRecursion(graph, nodes);
    const [start] = cycle ?? [];
    if (cycle && start !== undefined) {
      const trail = cycle.join(' → ');
      problems.push({ shape: start, problem: { nl: `vormen verwijzen naar zichzelf: ${trail}`, en: `recursive shapes: ${trail}` } });
    }
    if (problems.length > 0) throw invalid(problems);
    const shapes = new Map<TermText, Shape>();
    for (const node of nodes) {
      try {
        shapes.set(node, readShape(graph, node));
      } catch (error) {
        if (!(error instanceof IllFormed)) throw error;
        problems.push({ shape: node, problem: error.text });
      }
    }
    if (problems.length > 0) throw invalid(problems);
    return new ShapesRegistry(graph, shapes);
  }

  /** What the verdict about targets of this shape depends on. */
  reads(shape: Shape): readonly Read[] {
    return this.#reads.get(shape.node) ?? [];
  }

  /** Names of a shape by language, for messages. */
  names(shape: TermText): Readonly<Record<string, string>> {
    return this.shapes.get(shape)?.names ?? {};
  }
}

function readShape(graph: ShapesGraph, node: TermText): Shape {
  const pathNode = graph.value(node, shacl('path'));
  const path = pathNode === undefined ? undefined : graph.path(pathNode);
  const names = textsOf(graph.values(node, shacl('name')));
  const implicit = node.startsWith('<') && isClass(graph, node) ? [node] : [];
  return {
    node,
    ...(path && { path }),
    deactivated: graph.isTrue(node, shacl('deactivated')),
    targets: {
      classes: [...graph.values(node, targetPredicates.class), ...implicit],
      nodes: graph.values(node, targetPredicates.node),
      subjectsOf: graph.values(node, targetPredicates.subjectsOf),
      objectsOf: graph.values(node, targetPredicates.objectsOf),
    },
    holdsIn: new Set(graph.values(node, holdsInTerm)),
    sparql: graph.values(node, shacl('sparql')).flatMap((constraint) => readSparql(graph, constraint, node, path) ?? []),
    names: Object.keys(names).length > 0 ? names : textsOf(graph.values(node, `<${rdfs('label')}>`)),
    messages: textsOf(graph.values(node, shacl('message'))),
  };
}

/** Implicit class target (SHACL §2.1.3.3): the shape is an rdfs:Class, or of a subclass of it, within the shapes. */
function isClass(graph: ShapesGraph, node: TermText): boolean {
  const types = new Set(graph.values(node, rdfType));
  for (const type of types) for (const wider of graph.values(type, subClassOf)) types.add(wider);
  return types.has(`<${rdfs('Class')}>`);
}

function invalid(problems: readonly ShapeProblem[]): Fault {
  const sentence = (language: keyof Text): string => problems.slice(0, 5).map(({ shape, problem }) => `${shape}: ${problem[language]}`).join('; ');
  return new Fault('shapes-invalid', { nl: sentence('nl'), en: sentence('en') }, { extra: { problems } });
}
