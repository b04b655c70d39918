/**
 * The only file that drives rdf-validate-shacl. It takes the library's reading of shapes, its walk over constraints and
 * the validators that agree with the text, and leaves out what a service cannot use: resolving targets over the whole
 * data, building report graphs, counting (`maxNodeChecks` makes it stop checking without a word) and the nested
 * results it keeps between runs.
 */
import type { Term } from '@rdfjs/types';
import SHACLValidator from 'rdf-validate-shacl';
import environment from 'rdf-validate-shacl/src/defaultEnv.js';
import ShapesGraph, { type Constraint, type Shape as LibraryShape } from 'rdf-validate-shacl/src/shapes-graph.js';
import ValidationEngine, { type ValidationResult as Outcome } from 'rdf-validate-shacl/src/validation-engine.js';
import { sh } from '../rdf/prefixes.js';
import { namedNode, parseTermText, termText } from '../rdf/terms.js';
import type { TermText } from '../rdf/termText.js';
import type { FocusView } from './focusView.js';
import { walk } from './path.js';
import { componentValidators, type Reading } from './componentValidators.js';
import { siblingShapes } from './reads.js';
import { shacl } from './shapesGraph.js';
import type { ShapesRegistry } from './shapesRegistry.js';
import type { SparqlSolution } from './sparqlRun.js';

/** One failure as the engine found it; `details` are failures inside a shape referred to by sh:node. */
export interface Failure {
  /** Not the node that was validated but a value of it, for a property shape within a property shape. */
  readonly focusNode: TermText;
  readonly shape: TermText;
  readonly component: string;
  readonly severity: string;
  readonly path?: TermText;
  readonly value?: TermText;
  /** Parameters of the constraint by local name. */
  readonly parameters: Readonly<Record<string, TermText>>;
  /** What the validator itself says: the language used twice, the row of a query. */
  readonly remark?: string;
  readonly solution?: SparqlSolution;
  readonly details: readonly Failure[];
}

/** Runs the SPARQL-based constraints of a shape for the current focus node. */
export type RunSparql = (shape: TermText, constraint: TermText, focusNode: TermText) => readonly SparqlSolution[];

/** SHACL Core over a focus view, one focus node and shape at a time; made once per set of shapes and reused. */
export class CoreEngine implements Reading {
  readonly #registry: ShapesRegistry;
  readonly #engine: CollectingEngine;
  readonly #library: SHACLValidator;
  readonly #terms = new Map<TermText, Term>();
  readonly #lists = new Map<TermText, readonly Term[]>();
  readonly #declared = new Map<TermText, ReadonlySet<TermText>>();
  readonly #siblings = new Map<TermText, readonly Term[]>();
  #view: FocusView | undefined;
  #runSparql: RunSparql = () => [];

  constructor(registry: ShapesRegistry) {
    this.#registry = registry;
    const library = new SHACLValidator(environment.dataset([...registry.graph.quads]), {});
    const datatype = library.validators.get(namedNode(sh('DatatypeConstraintComponent')));
    if (!datatype || !('validate' in datatype)) throw new Error('rdf-validate-shacl has no sh:datatype');
    for (const [component, validator] of componentValidators(this, datatype)) library.validators.set(namedNode(component), validator);
    library.shapesGraph = new ShapesGraph(library);
    this.#library = library;
    this.#engine = new CollectingEngine(library, (focusNode, shape) => this.#valueNodes(focusNode, shape));
    library.validationEngine = this.#engine;
  }

  /** Failures of one focus node (already entered in the view) against one shape. */
  validate(focusNode: TermText, shape: TermText, view: FocusView, runSparql: RunSparql): readonly Failure[] {
    this.#view = view;
    this.#runSparql = runSparql;
    if (this.#terms.size > 50_000) this.#terms.clear();
    const found = this.#library.shapesGraph.getShape(this.#term(shape));
    return this.#engine.collect(this.#term(focusNode), found);
  }

  #term(text: TermText): Term {
    let term = this.#terms.get(text);
    if (!term) this.#terms.set(text, (term = parseTermText(text)));
    return term;
  }

  #current(): FocusView {
    if (!this.#view) throw new Error('no focus view');
    return this.#view;
  }

  #valueNodes(focusNode: Term, shape: LibraryShape): Term[] {
    const path = this.#registry.shapes.get(termText(shape.shapeNode))?.path;
    if (!path) return [focusNode];
    const text = termText(focusNode);
    const view = this.#current();
    // The plain case is nearly every case: no sets.
    if (path.kind === 'predicate') return view.objects(text, path.iri).map((value) => this.#term(value));
    return [...walk(path, new Set([text]), view.step)].map((value) => this.#term(value));
  }

  values(focusNode: Term, constraint: Constraint): readonly Term[] {
    return this.#valueNodes(focusNode, constraint.shape);
  }

  objects(node: Term, predicate: Term): readonly Term[] {
    return this.#current().objects(termText(node), termText(predicate)).map((value) => this.#term(value));
  }

  triples(node: Term): readonly (readonly [Term, Term])[] {
    return this.#current().triples(termText(node)).map(([predicate, object]) => [this.#term(predicate), this.#term(object)]);
  }

  list(head: Term): readonly Term[] {
    const key = termText(head);
    let members = this.#lists.get(key);
    if (!members) this.#lists.set(key, (members = this.#registry.graph.list(key).map(parseTermText)));
    return members;
  }

  siblings(shape: Term): readonly Term[] {
    const key = termText(shape);
    let found = this.#siblings.get(key);
    if (!found) this.#siblings.set(key, (found = siblingShapes(this.#registry.graph, key).map(parseTermText)));
    return found;
  }

  declared(shape: Term): ReadonlySet<TermText> {
    const key = termText(shape);
    let paths = this.#declared.get(key);
    if (!paths) {
      const { graph } = this.#registry;
      paths = new Set(graph.values(key, shacl('property')).flatMap((property) => graph.values(property, shacl('path'))).filter((path) => path.startsWith('<')));
      this.#declared.set(key, paths);
    }
    return paths;
  }

  solutions(focusNode: Term, constraint: Constraint): Outcome[] {
    const node = termText(constraint.getParameterValue(namedNode(shacl('sparql').slice(1, -1))));
    return this.#runSparql(termText(constraint.shape.shapeNode), node, termText(focusNode)).map((solution) => new SolutionOutcome(solution));
  }
}

/** A solution on its way through the engine. */
class SolutionOutcome implements Outcome {
  readonly path?: Term;
  readonly solution: SparqlSolution;

  constructor(solution: SparqlSolution) {
    this.solution = solution;
  }
}

/** The library's engine, collecting plain failures instead of a report graph; it starts every run empty. */
class CollectingEngine extends ValidationEngine {
  readonly #values: (focusNode: Term, shape: LibraryShape) => Term[];
  #failures: Failure[] = [];
  #inner: CollectingEngine | undefined;

  constructor(library: SHACLValidator, values: (focusNode: Term, shape: LibraryShape) => Term[]) {
    super(library, { maxNodeChecks: 0 });
    this.#values = values;
  }

  collect(focusNode: Term, shape: LibraryShape): readonly Failure[] {
    this.#failures = [];
    this.validateNodeAgainstShape(focusNode, shape);
    const found = this.#failures;
    this.#failures = [];
    return found;
  }

  /** Conformance checks inside a constraint: their failures only count. One engine serves them all, one after another. */
  override clone(): CollectingEngine {
    this.#inner ??= new CollectingEngine(this.context, this.#values);
    this.#inner.#failures = [];
    return this.#inner;
  }

  override initReport(): void {
    // No report graph.
  }

  override validateNodeAgainstShape(focusNode: Term, shape: LibraryShape): boolean {
    if (shape.deactivated) return false;
    const values = this.#values(focusNode, shape);
    let failed = false;
    for (const constraint of shape.constraints) {
      if (this.validateNodeAgainstConstraint(focusNode, values, constraint, this.context.$data)) failed = true;
    }
    return failed;
  }

  override validateValueNodeAgainstConstraint(focusNode: Term, valueNode: Term | null, constraint: Constraint): boolean {
    const outer = this.#failures;
    this.#failures = [];
    const output = constraint.validate(focusNode, valueNode ?? focusNode);
    const details = this.#failures;
    this.#failures = outer;
    const outcomes: readonly (boolean | string | Outcome | void)[] = Array.isArray(output) ? output : [output];
    let failed = false;
    for (const outcome of outcomes) {
      const result = this.normalizeValidationResult(outcome, valueNode);
      if (!result) continue;
      failed = true;
      outer.push(failureOf(result, constraint, focusNode, valueNode, details));
    }
    return failed;
  }
}

function failureOf(result: Outcome, constraint: Constraint, focusNode: Term, valueNode: Term | null, details: readonly Failure[]): Failure {
  const { shape, component } = constraint;
  const value = result.value ?? valueNode;
  const parameters: Record<string, TermText> = {};
  for (const parameter of component.parameters) {
    const given = constraint.getParameterValue(parameter);
    if (given) parameters[parameter.value.slice(parameter.value.indexOf('#') + 1)] = termText(given);
  }
  return {
    focusNode: termText(focusNode),
    shape: termText(shape.shapeNode),
    component: component.node.value,
    severity: shape.severity.value,
    ...(result.path && { path: termText(result.path) }),
    ...(value && { value: termText(value) }),
    parameters,
    ...(result.message !== undefined && { remark: result.message }),
    ...(result instanceof SolutionOutcome && { solution: result.solution }),
    details,
  };
}
