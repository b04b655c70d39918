import { derivedDataset } from '../../graph/catalogue.js';
import type { Change, Changeset, QuadLine } from '../../graph/changeset.js';
import type { Engine } from '../../graph/engine/engine.js';
import type { Deriver, DeriveRequest } from '../../graph/derivation/deriver.js';
import { Instantiator } from '../../graph/update/instantiate.js';
import { splitLine } from '../../rdf/nquads.js';
import type { TermText } from '../../rdf/termText.js';
import { emptyReach, fewChanges, Finder, readIndex, type ReadIndex } from '../../validation/affected.js';
import { batches } from '../../validation/batches.js';
import { OverlayState } from '../../validation/overlayState.js';
import { Steps } from '../../validation/steps.js';
import { AssertedView, isAsserted } from './assertedView.js';
import type { Rule } from './rule.js';
import type { Rules } from './rules.js';

/** Above so many changed triples or nodes a rule is run in full: that takes less time than looking each up. */
const many = 2000;
/** Nodes in one query. */
const together = 100;

type Emit = (change: Change) => void;

/** A rule that reads a predicate; with `objects` only triples with one of these. */
interface Reader {
  readonly rule: Rule;
  readonly objects: ReadonlySet<TermText> | undefined;
}

/** Runs the rules for what a change touches; what they derive is a function of the asserted state alone. */
export class RuleDeriver implements Deriver {
  readonly digest: string;
  readonly #rules: readonly Rule[];
  readonly #dataset: string;
  readonly #view: AssertedView;
  readonly #many: number;
  readonly #indexes: ReadonlyMap<Rule, ReadIndex<Rule>>;
  readonly #readers: ReadonlyMap<TermText, readonly Reader[]>;

  constructor({ rules, digest }: Rules, base: string, options: { readonly many?: number } = {}) {
    this.digest = digest;
    this.#rules = rules;
    this.#view = new AssertedView(rules, base);
    this.#dataset = derivedDataset(base);
    this.#many = options.many ?? many;
    this.#indexes = new Map(rules.map((rule) => [rule, readIndex([rule], () => rule.reads)]));
    this.#readers = readersOf(rules);
  }

  derive(request: DeriveRequest, emit: Emit): void {
    const { engine, changes } = request;
    this.#view.changed(engine, changes);
    const work = this.#work(request);
    if (work.size === 0) return;
    this.#view.lend(engine, changes, () => {
      for (const [rule, nodes] of work) {
        const before = new Set(nodes === undefined ? this.#derived(rule, engine) : this.#derivedFor(rule, nodes, engine));
        const after = new Set(nodes === undefined ? this.#run(rule, rule.all, engine) : this.#runFor(rule, nodes, engine));
        for (const line of before) if (!after.has(line)) emit({ op: '-', line });
        for (const line of after) if (!before.has(line)) emit({ op: '+', line });
      }
    });
  }

  /** The rules to run, each with its nodes; undefined: for everything. */
  #work({ engine, changes, before, everything }: DeriveRequest): ReadonlyMap<Rule, ReadonlySet<TermText> | undefined> {
    if (everything || this.#moved(before, engine.datasets)) return new Map(this.#rules.map((rule) => [rule, undefined]));
    const asserted = new Set([...before, ...engine.datasets].filter(isAsserted).map(({ iri }) => iri));
    const datasets = [...changes.counts.keys()].filter((dataset) => asserted.has(dataset));
    const relevant = this.#relevant(changes, datasets);
    const steps = relevant.size === 0 ? undefined : new Steps(new OverlayState(engine, changes, engine.datasets, 'union'));
    if (steps && changes.size <= fewChanges) steps.surround([...changes.changes()].map(({ line }) => splitLine(line).subject));
    const work = new Map<Rule, ReadonlySet<TermText> | undefined>();
    for (const [rule, found] of relevant) {
      const index = this.#indexes.get(rule);
      if (found === undefined || !steps || !index) work.set(rule, undefined);
      else {
        const reach = emptyReach<Rule>();
        new Finder(steps, index).add(found, reach);
        if (reach.roots.size > 0 || reach.nodes.size > this.#many) work.set(rule, undefined);
        else {
          const things = new Set([...reach.nodes].filter((node) => node.startsWith('<')));
          if (things.size > 0) work.set(rule, things);
        }
      }
    }
    return work;
  }

  /** Whether a dataset that stays came to be read by the rules, or no longer is: all its triples count as changed. */
  #moved(before: DeriveRequest['before'], after: DeriveRequest['before']): boolean {
    const known = new Map(before.map((item) => [item.iri, isAsserted(item)]));
    return after.some((item) => (known.get(item.iri) ?? isAsserted(item)) !== isAsserted(item));
  }

  /** Per rule the changes it may read; undefined: too many to look at one by one. */
  #relevant(changes: Changeset, datasets: readonly string[]): ReadonlyMap<Rule, readonly Change[] | undefined> {
    const found = new Map<Rule, Change[] | undefined>();
    for (const dataset of datasets) {
      for (const change of changes.changes(dataset)) {
        const { predicate, object } = splitLine(change.line);
        for (const { rule, objects } of [...(this.#readers.get(predicate) ?? []), ...(this.#readers.get('') ?? [])]) {
          if (objects && !objects.has(object)) continue;
          const list = found.has(rule) ? found.get(rule) : [];
          if (list === undefined) continue;
          list.push(change);
          found.set(rule, list.length > this.#many ? undefined : list);
        }
      }
    }
    return found;
  }

  *#derived(rule: Rule, engine: Engine): Generator<QuadLine> {
    for (const predicate of rule.derives) yield* engine.match({ dataset: this.#dataset }, { predicate });
  }

  *#derivedFor(rule: Rule, nodes: ReadonlySet<TermText>, engine: Engine): Generator<QuadLine> {
    const scope = { dataset: this.#dataset };
    for (const part of batches(nodes, together)) {
      for (const { subject, predicate } of rule.templates) {
        if (predicate.kind !== 'term') continue;
        const ofThis = subject.kind === 'variable' && subject.name === 'this';
        yield* ofThis ? engine.bySubjects(scope, part, predicate.text) : engine.byObjects(scope, part, predicate.text);
      }
    }
  }

  *#runFor(rule: Rule, nodes: ReadonlySet<TermText>, engine: Engine): Generator<QuadLine> {
    for (const part of batches(nodes, together)) yield* this.#run(rule, rule.forNodes(part), engine);
  }

  *#run(rule: Rule, query: string, engine: Engine): Generator<QuadLine> {
    const instantiator = new Instantiator({ defaultGraph: this.#dataset, skolem: noBlankNodes });
    for (const row of engine.select(query, { defaultGraph: 'merged', namedGraphs: [] })) {
      // A rule is about things; a value that stands where a thing should is somebody's mistake, and derives nothing.
      if (row.get('this')?.startsWith('<')) for (const { line } of instantiator.quads(rule.templates, row)) yield line;
    }
  }
}

/** By predicate; '' for what any predicate concerns. */
function readersOf(rules: readonly Rule[]): ReadonlyMap<TermText, readonly Reader[]> {
  const readers = new Map<TermText, Reader[]>();
  for (const rule of rules) {
    for (const predicate of new Set(rule.reads.map((read) => read.predicate ?? ''))) {
      const reads = rule.reads.filter((read) => (read.predicate ?? '') === predicate);
      const objects = reads.every((read) => read.object !== undefined) ? new Set(reads.flatMap(({ object }) => object ?? [])) : undefined;
      readers.set(predicate, [...(readers.get(predicate) ?? []), { rule, objects }]);
    }
  }
  return readers;
}

function noBlankNodes(): string {
  throw new Error('a rule derived something about a node without a name');
}
