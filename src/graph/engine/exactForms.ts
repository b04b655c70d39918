/**
 * What the engine cannot tell apart: literals whose datatype it changes (`rdf/canonical.ts`). Maps a stored triple
 * (`subject predicate object`, per dataset) to the exact triples it stands for. A stored triple without an entry
 * stands for itself, so the index holds only what needs it.
 */
export class ExactForms {
  readonly #datasets = new Map<string, Map<string, readonly string[]>>();
  readonly #surplus = new Map<string, number>();

  get isEmpty(): boolean {
    return this.#datasets.size === 0;
  }

  /** The exact triples a stored triple stands for, or undefined when it stands for itself. */
  get(dataset: string, stored: string): readonly string[] | undefined {
    return this.#datasets.get(dataset)?.get(stored);
  }

  /** Replaces the exact triples of a stored triple; none forgets it. */
  set(dataset: string, stored: string, exact: readonly string[]): void {
    const forms = this.#datasets.get(dataset) ?? new Map<string, readonly string[]>();
    const before = forms.get(stored)?.length ?? 1;
    const trivial = exact.length === 0 || (exact.length === 1 && exact[0] === stored);
    if (trivial) forms.delete(stored);
    else forms.set(detached(stored), exact.map(detached));
    this.#surplus.set(dataset, this.surplus(dataset) + (trivial ? 1 : exact.length) - before);
    if (forms.size > 0) this.#datasets.set(dataset, forms);
    else this.#datasets.delete(dataset);
  }

  /** How many more exact quads than stored ones a dataset has. */
  surplus(dataset: string): number {
    return this.#surplus.get(dataset) ?? 0;
  }

  /** Datasets that have entries. */
  datasets(): Iterable<string> {
    return this.#datasets.keys();
  }
}

/** A copy: a slice would keep the whole text it was cut from in memory (a batch, a result of megabytes). */
function detached(text: string): string {
  return Buffer.from(text).toString();
}
