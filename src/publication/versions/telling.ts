import { sortedByCodePoint } from '../../graph/changes/codePoints.js';
import { mergedScope } from './contract.js';
import type { PublishedDatasets } from './publishedDatasets.js';
import type { Subjects } from './subjects.js';
import type { Touched } from './touched.js';
import type { VersionWriter } from './versionWriter.js';

/** Tells what a commit made of what it touched: describes it in every scope that is affected, and writes the versions. */
export class Telling {
  readonly #subjects: Subjects;
  readonly #writer: VersionWriter;
  readonly #datasets: PublishedDatasets;

  constructor(subjects: Subjects, writer: VersionWriter, datasets: PublishedDatasets) {
    this.#subjects = subjects;
    this.#writer = writer;
    this.#datasets = datasets;
  }

  /** Entities in order; what comes loose after what it was part of, what is part of something again before that. */
  tell(touched: Touched): void {
    const entities = sortedByCodePoint([...touched.entities.keys()]);
    const nodes = this.#looseNodes(entities, touched);
    for (const [node, scopes] of nodes) for (const scope of scopes) if (this.#writer.isOwned(scope, node)) this.#writer.adopt(scope, node);
    for (const entity of entities) for (const [scope, lines] of this.#descriptions(entity, touched)) this.#writer.emit(scope, entity, lines, touched.emphasis(entity, scope));
    for (const [node, scopes] of nodes) for (const scope of scopes) if (!this.#writer.isOwned(scope, node)) this.#emitNode(scope, node, touched);
  }

  /** Keeps who has which node; answers those that may have come loose or may be so no longer, with the scopes. */
  #looseNodes(entities: readonly string[], touched: Touched): ReadonlyMap<string, ReadonlySet<string>> {
    const nodes = new Map<string, Set<string>>();
    const add = (node: string, ...scopes: readonly string[]): void => {
      const known = nodes.get(node);
      if (!known) nodes.set(node, new Set(scopes));
      else for (const scope of scopes) known.add(scope);
    };
    for (const [node, datasets] of touched.nodes) add(node, mergedScope, ...datasets.map((dataset) => this.#datasets.iri(dataset)));
    for (const entity of entities) for (const [scope, lines] of this.#descriptions(entity, touched)) for (const node of this.#writer.own(scope, entity, lines)) add(node, scope);
    return new Map(sortedByCodePoint([...nodes.keys()]).map((node) => [node, nodes.get(node) ?? new Set()]));
  }

  /** What each scope that is affected says of an entity, the merged one first. */
  #descriptions(entity: string, touched: Touched): readonly (readonly [scope: string, lines: readonly string[]])[] {
    const found = new Map(this.#subjects.rows(entity).map(({ dataset, lines }) => [dataset, this.#subjects.describe(dataset, lines)]));
    const merged = [...found].filter(([dataset]) => this.#datasets.isMerged(dataset)).map(([, lines]) => lines);
    return [
      [mergedScope, merged.length === 1 ? (merged[0] ?? []) : [...new Set(merged.flat())]],
      ...(touched.entities.get(entity) ?? []).map((dataset) => [this.#datasets.iri(dataset), found.get(dataset) ?? []] as const),
    ];
  }

  /** A node that no entity leads to is described by itself: only its own triples, because those below it are loose too. */
  #emitNode(scope: string, node: string, touched: Touched): void {
    const rows = this.#subjects.rows(node).filter(({ dataset }) => (scope === mergedScope ? this.#datasets.isMerged(dataset) : this.#datasets.iri(dataset) === scope));
    this.#writer.emit(scope, node, [...new Set(rows.flatMap(({ lines }) => lines.split('\n')))], touched.emphasis(node, scope));
  }
}
