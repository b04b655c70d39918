import type { Emphasis } from './versionWriter.js';

/** What a commit touches, before it is compared with what was said before. */
export class Touched {
  /** Entity -> numbers of the datasets whose scope is affected. */
  readonly entities = new Map<string, number[]>();
  /** Skolem node -> numbers of the datasets that say something else of it. */
  readonly nodes = new Map<string, number[]>();
  /** Entities and nodes that get a version whatever happened: in these scopes. */
  readonly #forced = new Map<string, { readonly scopes: Set<string>; classes: ReadonlySet<string> }>();

  entity(iri: string, dataset: number): void {
    note(this.entities, iri, dataset);
  }

  node(iri: string, dataset: number): void {
    note(this.nodes, iri, dataset);
  }

  /** Who has an entity must hear what it is now. `classes` it had when it was told of. */
  force(iri: string, scopes: readonly string[], classes: ReadonlySet<string>): void {
    const known = this.#forced.get(iri);
    if (!known) this.#forced.set(iri, { scopes: new Set(scopes), classes });
    else {
      for (const scope of scopes) known.scopes.add(scope);
      known.classes = new Set([...known.classes, ...classes]);
    }
  }

  emphasis(iri: string, scope: string): Emphasis {
    const force = this.#forced.get(iri);
    return { forced: force?.scopes.has(scope) ?? false, ...(force ? { classes: force.classes } : {}) };
  }
}

function note(touched: Map<string, number[]>, iri: string, dataset: number): void {
  const datasets = touched.get(iri);
  if (!datasets) touched.set(iri, [dataset]);
  else if (!datasets.includes(dataset)) datasets.push(dataset);
}
