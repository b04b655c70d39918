import type { Change, Changeset } from '../graph/changeset.js';
import { isMerged, type DatasetSettings } from '../graph/dataset.js';
import type { GraphState } from '../graph/state.js';
import { splitLine, type LineParts } from '../rdf/nquads.js';
import type { TermText } from '../rdf/termText.js';
import { batches } from './batches.js';
import { isSkolemText } from './focusView.js';
import { inverse, predicatePath, walk, type Step } from './path.js';
import { subClassOf, type Read, type Way } from './reads.js';
import type { Shape } from './shape.js';
import { rdfType } from './shapesGraph.js';
import type { ShapesRegistry } from './shapesRegistry.js';
import { Steps } from './steps.js';

/** What changes touch, by the reads of shapes (or of whatever else depends on triples in the same way). */
export interface Reach<Root> {
  readonly nodes: Set<TermText>;
  /** Those all of whose nodes are touched. */
  readonly roots: Set<Root>;
}

export interface Affected {
  /** Per changed dataset: the nodes whose description there the change touches. */
  readonly described: ReadonlyMap<string, ReadonlySet<TermText>>;
  /** Focus nodes to validate again in a dataset. */
  nodes(dataset: DatasetSettings): Iterable<TermText>;
  /** Shapes to validate again for all their targets in a dataset. */
  shapes(dataset: DatasetSettings): Iterable<Shape>;
}

/** Changes looked at together; inverse walks are batched by this. */
const chunk = 5_000;

/** Of so many changes the subjects are asked what points at them before anything else. */
export const fewChanges = 200;

/** So many nodes are no crowd: looking for another way to them would take longer. */
const uncrowded = 20;

/**
 * Focus nodes whose results a change can touch: the subjects of changed quads (with the nodes above changed skolem
 * nodes) and every node from which a shape reads a changed quad, found by walking the shape's paths backwards in the
 * union of the states before and after. A superset: nodes that turn out the same cost time, never correctness.
 */
export function findAffected(changes: Changeset, union: GraphState, registry: ShapesRegistry, datasets: readonly DatasetSettings[]): Affected {
  const unmerged = new Set(datasets.filter((dataset) => !isMerged(dataset)).map(({ iri }) => iri));
  const steps = new Steps(union);
  const finder = new Finder(steps, indexOf(registry));
  const shared = emptyReach<Shape>();
  const own = new Map<string, Reach<Shape>>();
  const described = new Map<string, ReadonlySet<TermText>>();
  for (const dataset of changes.counts.keys()) {
    // A dataset out of the merged graph is read by nobody but itself.
    const reach = unmerged.has(dataset) ? emptyReach<Shape>() : shared;
    if (reach !== shared) own.set(dataset, reach);
    const subjects = new Set<TermText>();
    for (const part of batches(changes.changes(dataset), chunk)) {
      for (const { line } of part) subjects.add(splitLine(line).subject);
      if (changes.size <= fewChanges) steps.surround(subjects);
      finder.add(part, reach);
    }
    for (const node of above(subjects, dataset, union)) subjects.add(node);
    for (const node of subjects) reach.nodes.add(node);
    described.set(dataset, subjects);
  }
  const reachesOf = (dataset: DatasetSettings): readonly Reach<Shape>[] => [shared, own.get(dataset.iri) ?? emptyReach()];
  return {
    described,
    *nodes(dataset) {
      const [first, second] = reachesOf(dataset);
      if (first) yield* first.nodes;
      for (const node of second?.nodes ?? []) if (!first?.nodes.has(node)) yield node;
    },
    *shapes(dataset) {
      const [first, second] = reachesOf(dataset);
      if (first) yield* first.roots;
      for (const shape of second?.roots ?? []) if (!first?.roots.has(shape)) yield shape;
    },
  };
}

export function emptyReach<Root>(): Reach<Root> {
  return { nodes: new Set(), roots: new Set() };
}

/** Every different read with the shapes it belongs to, by predicate; '' for reads of any predicate. */
export type ReadIndex<Root> = ReadonlyMap<TermText, ReadonlyMap<string, { readonly read: Read; readonly roots: readonly Root[] }>>;

/** Made once per set of shapes: it takes a millisecond, as long as all else here does for a small change. */
const indexes = new WeakMap<ShapesRegistry, ReadIndex<Shape>>();

function indexOf(registry: ShapesRegistry): ReadIndex<Shape> {
  const known = indexes.get(registry);
  if (known) return known;
  const index = readIndex(registry.roots, (root) => registry.reads(root));
  indexes.set(registry, index);
  return index;
}

export function readIndex<Root>(all: Iterable<Root>, readsOf: (root: Root) => Iterable<Read>): ReadIndex<Root> {
  const index = new Map<TermText, Map<string, { readonly read: Read; readonly roots: Root[] }>>();
  for (const root of all) {
    for (const read of readsOf(root)) {
      let sorted = index.get(read.predicate ?? '');
      if (!sorted) index.set(read.predicate ?? '', (sorted = new Map()));
      const key = JSON.stringify(read);
      const entry = sorted.get(key);
      if (entry) entry.roots.push(root);
      else sorted.set(key, { read, roots: [root] });
    }
  }
  return index;
}

/** Walks from changed triples back to the nodes whose verdict (or derivation) read them. */
export class Finder<Root> {
  readonly #steps: Steps;
  readonly #reads: ReadIndex<Root>;
  readonly #superclasses = new Map<TermText, ReadonlySet<TermText>>();

  /** `steps` in what either the state before or the state after the changes has. */
  constructor(steps: Steps, reads: ReadIndex<Root>) {
    this.#steps = steps;
    this.#reads = reads;
  }

  add(changes: readonly Change[], reach: Reach<Root>): void {
    const byPredicate = new Map<TermText, LineParts[]>();
    for (const { line } of changes) {
      const parts = splitLine(line);
      const list = byPredicate.get(parts.predicate);
      if (list) list.push(parts);
      else byPredicate.set(parts.predicate, [parts]);
    }
    for (const [predicate, list] of byPredicate) {
      for (const entries of [this.#reads.get(predicate), this.#reads.get('')]) {
        for (const { read, roots } of entries?.values() ?? []) this.#follow(read, roots, predicate, list, reach);
      }
    }
  }

  #follow(read: Read, roots: readonly Root[], predicate: TermText, changed: readonly LineParts[], reach: Reach<Root>): void {
    const { access, forward, or, object, class: name } = read;
    const relevant = changed.filter(
      (parts) => (object === undefined || parts.object === object) && (name === undefined || (predicate !== rdfType && predicate !== subClassOf) || this.#isBelow(parts.object, name)),
    );
    if (relevant.length === 0) return;
    if (!access) {
      for (const root of roots) reach.roots.add(root);
      return;
    }
    const ways: readonly Way[] = or ? [{ access, forward }, or] : [{ access, forward }];
    for (const node of this.#reached(ways, relevant)) reach.nodes.add(node);
  }

  /** Nodes from which the changed triples are read. Each way finds them all, so the first that meets no crowd will do. */
  #reached(ways: readonly Way[], changed: readonly LineParts[]): ReadonlySet<TermText> {
    const [only, ...others] = ways;
    const { step } = this.#steps;
    if (only && others.length === 0) return this.#walkBack(only, changed, step);
    for (let most = 4 * changed.length + uncrowded; ; most *= 16) {
      for (const way of ways) {
        let crowd = false;
        const nodes = this.#walkBack(way, changed, (from, predicate, forward) => {
          if (crowd) return new Set();
          if (forward) return step(from, predicate, forward);
          const reached = this.#steps.fewBack(most, from, predicate);
          crowd = reached === undefined;
          return reached ?? new Set();
        });
        if (!crowd) return nodes;
      }
    }
  }

  #walkBack({ access, forward }: Way, changed: readonly LineParts[], step: Step): ReadonlySet<TermText> {
    return walk(inverse(access), new Set(changed.map(({ subject, object }) => (forward ? subject : object))), step);
  }

  /** Whether a class is the other or somewhere below it, in either state. */
  #isBelow(name: TermText, other: TermText): boolean {
    let wider = this.#superclasses.get(name);
    if (!wider) {
      wider = walk({ kind: 'zeroOrMore', path: predicatePath(subClassOf) }, new Set([name]), this.#steps.step);
      this.#superclasses.set(name, wider);
    }
    return wider.has(other);
  }
}

/** Nodes above changed skolem nodes in a dataset: they are described by them. */
function above(subjects: ReadonlySet<TermText>, dataset: string, union: GraphState): ReadonlySet<TermText> {
  const found = new Set<TermText>();
  for (let frontier = [...subjects].filter(isSkolemText); frontier.length > 0; ) {
    const next: TermText[] = [];
    for (const part of batches(frontier, 1000)) {
      for (const line of union.byObjects({ dataset }, part)) {
        const { subject } = splitLine(line);
        if (found.has(subject)) continue;
        found.add(subject);
        if (isSkolemText(subject)) next.push(subject);
      }
    }
    frontier = next;
  }
  return found;
}
