import type { DatasetSettings } from '../graph/dataset.js';
import type { GraphState, Scope } from '../graph/state.js';
import { splitLine } from '../rdf/nquads.js';
import type { TermText } from '../rdf/termText.js';
import { batches } from './batches.js';
import { contextScopes, type FocusView } from './focusView.js';
import { subClassOf } from './reads.js';
import { holds, type Shape, type Targets } from './shape.js';
import { rdfType } from './shapesGraph.js';
import type { ShapesRegistry } from './shapesRegistry.js';

/**
 * Which shapes target which nodes of a dataset (SHACL §2.1.3). Decided by the dataset's own triples, with the class
 * hierarchy of the context: a dataset that only adds a link to somebody else's entity does not thereby become
 * responsible for the whole entity. A target node counts where it is described; an object of sh:targetObjectsOf in the
 * dataset that holds the triple.
 */
export class TargetFinder {
  readonly #byClass = new Map<TermText, Shape[]>();
  readonly #byNode = new Map<TermText, Shape[]>();
  readonly #bySubjectsOf = new Map<TermText, Shape[]>();
  readonly #byObjectsOf = new Map<TermText, Shape[]>();
  /** Documents on their own: target nodes are checked even when nothing describes them. */
  readonly #everyNode: boolean;

  constructor(registry: ShapesRegistry, options: { readonly everyNode?: boolean } = {}) {
    this.#everyNode = options.everyNode ?? false;
    for (const root of registry.roots) {
      for (const name of root.targets.classes) put(this.#byClass, name, root);
      for (const node of root.targets.nodes) put(this.#byNode, node, root);
      for (const predicate of root.targets.subjectsOf) put(this.#bySubjectsOf, predicate, root);
      for (const predicate of root.targets.objectsOf) put(this.#byObjectsOf, predicate, root);
    }
  }

  /** Whether only nodes that a dataset has triples about can be targets there. */
  get onlyDescribed(): boolean {
    return !this.#everyNode && this.#byObjectsOf.size === 0;
  }

  /** Shapes that target each of these (loaded) nodes; nodes that none targets are left out. */
  shapesOf(nodes: readonly TermText[], state: GraphState, dataset: DatasetSettings, view: FocusView): ReadonlyMap<TermText, ReadonlySet<Shape>> {
    const own: Scope = { dataset: dataset.iri };
    const found = new Map<TermText, Set<Shape>>();
    const add = (node: TermText, shapes: readonly Shape[] | undefined): void => {
      for (const shape of shapes ?? []) {
        if (!holds(shape, dataset)) continue;
        let list = found.get(node);
        if (!list) found.set(node, (list = new Set()));
        list.add(shape);
      }
    };
    const byType = new Map<TermText, readonly Shape[]>();
    for (const node of nodes) {
      for (const type of view.ownObjects(node, rdfType)) {
        let shapes = byType.get(type);
        if (!shapes) byType.set(type, (shapes = this.#shapesOfType(type, view)));
        if (shapes.length > 0) add(node, shapes);
      }
      for (const predicate of view.ownPredicates(node)) add(node, this.#bySubjectsOf.get(predicate));
      if (this.#everyNode || view.describes(node)) add(node, this.#byNode.get(node));
    }
    for (const [predicate, shapes] of this.#byObjectsOf) {
      for (const line of state.byObjects(own, nodes, predicate)) add(splitLine(line).object, shapes);
    }
    return found;
  }

  /** Nodes of the dataset that these shapes may target; `shapesOf` decides. */
  candidates(state: GraphState, dataset: DatasetSettings, roots: Iterable<Shape>): ReadonlySet<TermText> {
    const own: Scope = { dataset: dataset.iri };
    const wanted: Record<keyof Targets, Set<TermText>> = { classes: new Set(), nodes: new Set(), subjectsOf: new Set(), objectsOf: new Set() };
    for (const { targets } of roots) {
      for (const name of targets.classes) wanted.classes.add(name);
      for (const node of targets.nodes) wanted.nodes.add(node);
      for (const predicate of targets.subjectsOf) wanted.subjectsOf.add(predicate);
      for (const predicate of targets.objectsOf) wanted.objectsOf.add(predicate);
    }
    const nodes = wanted.nodes;
    for (const name of this.#subclasses(wanted.classes, state, dataset)) {
      for (const line of state.match(own, { predicate: rdfType, object: name })) nodes.add(splitLine(line).subject);
    }
    for (const predicate of wanted.subjectsOf) for (const line of state.match(own, { predicate })) nodes.add(splitLine(line).subject);
    for (const predicate of wanted.objectsOf) for (const line of state.match(own, { predicate })) nodes.add(splitLine(line).object);
    return nodes;
  }

  #shapesOfType(type: TermText, view: FocusView): readonly Shape[] {
    const classes = new Set([type]);
    for (const name of classes) for (const wider of view.contextObjects(name, subClassOf)) classes.add(wider);
    return [...classes].flatMap((name) => this.#byClass.get(name) ?? []);
  }

  #subclasses(classes: ReadonlySet<TermText>, state: GraphState, dataset: DatasetSettings): ReadonlySet<TermText> {
    const all = new Set(classes);
    for (let frontier: readonly TermText[] = [...classes]; frontier.length > 0; ) {
      const next: TermText[] = [];
      for (const part of batches(frontier, 1000)) {
        for (const scope of contextScopes(dataset)) {
          for (const line of state.byObjects(scope, part, subClassOf)) {
            const { subject } = splitLine(line);
            if (all.has(subject)) continue;
            all.add(subject);
            next.push(subject);
          }
        }
      }
      frontier = next;
    }
    return all;
  }
}

function put(index: Map<TermText, Shape[]>, key: TermText, shape: Shape): void {
  const list = index.get(key);
  if (list) list.push(shape);
  else index.set(key, [shape]);
}
