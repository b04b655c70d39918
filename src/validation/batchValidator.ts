import type { DatasetSettings } from '../graph/dataset.js';
import type { GraphState } from '../graph/state.js';
import type { TermText } from '../rdf/termText.js';
import { CoreEngine, type RunSparql } from './coreEngine.js';
import { FocusView } from './focusView.js';
import { resultOf, type Finding } from './results.js';
import type { Shape } from './shape.js';
import type { ShapesRegistry } from './shapesRegistry.js';
import { sparqlRunner } from './sparqlRun.js';
import type { TargetFinder } from './targets.js';

/** Focus nodes validated together: enough to spread the cost of calls into the engine, few enough to stay small. */
export const batchSize = 500;

/** Validates batches of nodes of one dataset against the shapes that target them. */
export class BatchValidator {
  readonly #registry: ShapesRegistry;
  readonly #engine: CoreEngine;

  constructor(registry: ShapesRegistry) {
    this.#registry = registry;
    this.#engine = new CoreEngine(registry);
  }

  /** Results of these nodes; nodes that no shape targets give none. `sparql: false` leaves out `sh:sparql`. */
  *results(nodes: readonly TermText[], state: GraphState, dataset: DatasetSettings, targets: TargetFinder, options: { readonly sparql: boolean } = { sparql: true }): Generator<Finding> {
    const view = new FocusView(state, dataset);
    view.load(nodes);
    const shapes = targets.shapesOf(nodes, state, dataset, view);
    if (shapes.size === 0) return;
    for (const [shape, targeted] of byShape(shapes)) view.prefetch(targeted, this.#registry.reads(shape));
    const runSparql: RunSparql = options.sparql ? sparqlRunner(this.#registry, state, dataset, view, [...shapes.keys()]) : () => [];
    for (const [node, list] of shapes) {
      view.enter(node);
      for (const shape of list) {
        for (const failure of this.#engine.validate(node, shape.node, view, runSparql)) yield { target: node, result: resultOf(failure, dataset.iri, this.#registry) };
      }
    }
  }
}

function byShape(shapes: ReadonlyMap<TermText, ReadonlySet<Shape>>): ReadonlyMap<Shape, ReadonlySet<TermText>> {
  const sorted = new Map<Shape, Set<TermText>>();
  for (const [node, list] of shapes) {
    for (const shape of list) {
      const nodes = sorted.get(shape);
      if (nodes) nodes.add(node);
      else sorted.set(shape, new Set([node]));
    }
  }
  return sorted;
}
