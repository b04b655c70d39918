import type { QuadLine } from '../graph/changeset.js';
import type { Pattern } from '../graph/state.js';
import { splitLine } from '../rdf/nquads.js';
import type { TermText } from '../rdf/termText.js';

/** Lines in memory, found by subject, predicate or object. */
export class LineIndex {
  readonly #lines = new Set<QuadLine>();
  readonly #subjects = new Map<TermText, Set<QuadLine>>();
  readonly #predicates = new Map<TermText, Set<QuadLine>>();
  readonly #objects = new Map<TermText, Set<QuadLine>>();

  constructor(lines: Iterable<QuadLine> = []) {
    for (const line of lines) this.add(line);
  }

  get size(): number {
    return this.#lines.size;
  }

  add(line: QuadLine): void {
    if (this.#lines.has(line)) return;
    this.#lines.add(line);
    const { subject, predicate, object } = splitLine(line);
    put(this.#subjects, subject, line);
    put(this.#predicates, predicate, line);
    put(this.#objects, object, line);
  }

  has(line: QuadLine): boolean {
    return this.#lines.has(line);
  }

  [Symbol.iterator](): Iterator<QuadLine> {
    return this.#lines[Symbol.iterator]();
  }

  match({ subject, predicate, object }: Pattern): readonly QuadLine[] {
    const narrowest =
      (subject !== undefined && (this.#subjects.get(subject) ?? [])) ||
      (object !== undefined && (this.#objects.get(object) ?? [])) ||
      (predicate !== undefined && (this.#predicates.get(predicate) ?? [])) ||
      this.#lines;
    return [...narrowest].filter((line) => {
      const parts = splitLine(line);
      return (
        (subject === undefined || parts.subject === subject) && (predicate === undefined || parts.predicate === predicate) && (object === undefined || parts.object === object)
      );
    });
  }
}

function put(index: Map<TermText, Set<QuadLine>>, key: TermText, line: QuadLine): void {
  const lines = index.get(key);
  if (lines) lines.add(line);
  else index.set(key, new Set([line]));
}
