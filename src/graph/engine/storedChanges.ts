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
    this.#keepCounts(wanted, [...removed, ...inserted]);
    const merged = (list: readonly Stored[]): readonly string[] => list.filter(({ graph }) => this.#merged.datasets.has(graph)).map(({ triple }) => triple);
    this.#stored.remove(removed);
    this.#stored.remove([], this.#merged.orphans([...new Set(merged(removed))]));
    this.#stored.insert([...inserted.map(({ triple, graph }) => lineOf(triple, graph)), ...merged(inserted).map((triple) => lineOf(triple))]);
  }

  /** Those of the lines (in the engine's form) that are stored. */
  stored(lines: Iterable<QuadLine>): ReadonlySet<QuadLine> {
    const quads = [...new Set(lines)].map(cut);
    const found = new Set<QuadLine>();
    const graphs = [...new Set(quads.map(({ graph }) => graph))];
    for (const [index, graph] of this.#stored.holders(quads.map(({ triple }) => triple), graphs)) {
      const quad = quads[index];
      if (quad?.graph === graph) found.add(lineOf(quad.triple, graph));
    }
    return found;
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

  #keepCounts(wanted: ReadonlyMap<QuadLine, boolean>, quads: readonly Stored[]): void {
    const graphs = new Set(quads.map(({ graph }) => graph));
    const before = wanted.size <= countedChanges ? this.stored(wanted.keys()) : undefined;
    if (before === undefined) {
      for (const graph of graphs) this.#counts.set(graph, undefined);
      return;
    }
    for (const graph of graphs) if (!this.#counts.has(graph)) this.#counts.set(graph, 0);
    for (const [line, there] of wanted) {
      const { graph } = cut(line);
      const count = this.#counts.get(graph);
      if (count !== undefined && there !== before.has(line)) this.#counts.set(graph, count + (there ? 1 : -1));
    }
  }
}
