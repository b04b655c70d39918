import { engineLine } from '../../rdf/canonical.js';
import type { Change, QuadLine } from '../changeset.js';
import type { ExactForms } from './exactForms.js';
import type { MergedGraph } from './mergedGraph.js';
import { cut, lineOf, type Stored, type StoredQuads } from './storedQuads.js';

/** Up to this many changes at a time the counts are kept up; above it counting anew is cheaper than asking first. */
const countedChanges = 1000;

/** Turns changes of exact quads into changes of stored ones, and carries them out with what depends on them. */
export class StoredChanges {
  readonly #stored: StoredQuads;
  readonly #exact: ExactForms;
  readonly #merged: MergedGraph;
  readonly #counts: Map<string, number | undefined>;

  constructor(stored: StoredQuads, exact: ExactForms, merged: MergedGraph, counts: Map<string, number | undefined>) {
    this.#stored = stored;
    this.#exact = exact;
    this.#merged = merged;
    this.#counts = counts;
  }

  /** Applies one batch; each quad ends as its last change says. */
  apply(changes: readonly Change[]): void {
    const wanted = this.#wanted(changes);
    const removed: Stored[] = [];
    const inserted: Stored[] = [];
    for (const [line, there] of wanted) (there ? inserted : removed).push(cut(line));
    const isMerged = ({ graph }: Stored): boolean => this.#merged.datasets.has(graph);
    const counted = wanted.size <= countedChanges;
    const holders = this.#holders(counted ? [...removed, ...inserted] : removed.filter(isMerged));
    this.#keepCounts(removed, -1, counted ? holders : undefined);
    this.#keepCounts(inserted, 1, counted ? holders : undefined);
    for (const { triple, graph } of removed) holders.get(triple)?.delete(graph);
    const left = (triple: string): boolean => [...(holders.get(triple) ?? [])].some((graph) => this.#merged.datasets.has(graph));
    const orphans = new Set(removed.filter(isMerged).map(({ triple }) => triple).filter((triple) => !left(triple)));
    this.#stored.remove(removed, [...orphans]);
    this.#stored.insert([...inserted.map(({ triple, graph }) => lineOf(triple, graph)), ...inserted.filter(isMerged).map(({ triple }) => lineOf(triple))]);
  }

  /** Those of the lines (in the engine's form) that are stored. */
  stored(lines: Iterable<QuadLine>): ReadonlySet<QuadLine> {
    const quads = [...new Set(lines)].map(cut);
    const holders = this.#holders(quads);
    return new Set(quads.filter(({ triple, graph }) => holders.get(triple)?.has(graph)).map(({ triple, graph }) => lineOf(triple, graph)));
  }

  /** Triples of the quads -> the named graphs that hold them now. */
  #holders(quads: readonly Stored[]): ReadonlyMap<string, Set<string>> {
    const holders = new Map<string, Set<string>>();
    for (const { triple } of quads) holders.set(triple, new Set());
    const triples = [...holders.keys()];
    for (const [index, graph] of this.#stored.holders(triples)) holders.get(triples[index] ?? '')?.add(graph);
    return holders;
  }

  /** Stored quads -> whether they are there afterwards. Brings the exact forms up to date on the way. */
  #wanted(changes: readonly Change[]): ReadonlyMap<QuadLine, boolean> {
    const wanted = new Map<QuadLine, boolean>();
    const rewritten = changes.filter(({ op, line }) => op === '+' && engineLine(line) !== line);
    const storedBefore = this.stored(rewritten.map(({ line }) => engineLine(line)));
    for (const { op, line } of changes) {
      const kept = engineLine(line);
      const forms = this.#formsOf(kept);
      if (forms === undefined && kept === line) wanted.set(line, op === '+');
      else if (forms !== undefined || op === '+') {
        const before = forms ?? ((wanted.get(kept) ?? storedBefore.has(kept)) ? [cut(kept).triple] : []);
        wanted.set(kept, this.#changeForms(op, kept, before, cut(line).triple));
      }
    }
    return wanted;
  }

  #formsOf(kept: QuadLine): readonly string[] | undefined {
    if (this.#exact.isEmpty) return undefined;
    const { triple, graph } = cut(kept);
    return this.#exact.get(graph, triple);
  }

  /** Adds or removes one exact form of a stored quad; answers whether any is left. */
  #changeForms(op: Change['op'], kept: QuadLine, before: readonly string[], form: string): boolean {
    const { triple, graph } = cut(kept);
    const others = before.filter((other) => other !== form);
    const after = op === '+' ? [...others, form] : others;
    this.#exact.set(graph, triple, after);
    return after.length > 0;
  }

  /** Adds `step` to the count of a graph for each quad that really changes; without `holders`, forgets the count. */
  #keepCounts(quads: readonly Stored[], step: 1 | -1, holders: ReadonlyMap<string, ReadonlySet<string>> | undefined): void {
    for (const { triple, graph } of quads) {
      const count = this.#counts.has(graph) ? this.#counts.get(graph) : 0;
      const effective = holders?.get(triple)?.has(graph) === (step === -1);
      if (holders === undefined || count === undefined) this.#counts.set(graph, undefined);
      else this.#counts.set(graph, effective ? count + step : count);
    }
  }
}
