import { catalogueGraph, catalogueTerms, describedBy, readSettings } from '../../graph/catalogue.js';
import type { DatasetVisibility, SourceStatus } from '../../graph/dataset.js';
import type { Pattern, Scope as StateScope } from '../../graph/state.js';
import { splitLine } from '../../rdf/nquads.js';
import type { Change } from '../../graph/changeset.js';

/** Datasets of these statuses are published besides aangenomen and voorgesteld, because somebody configured it. */
export type AlsoPublished = readonly ('extern' | 'afgeleid')[];

/** The datasets that are published, and whether they are part of the merged scope. */
export type Published = ReadonlyMap<string, { readonly merged: boolean }>;

const read: ReadonlySet<string> = new Set(
  [catalogueTerms.type, catalogueTerms.status, catalogueTerms.mode, catalogueTerms.accessRights].map((iri) => `<${iri}>`),
);

/** Whether a predicate says what is public. */
export function isSetting(predicate: string): boolean {
  return read.has(predicate);
}

/** True for a graph that says what datasets are. */
export function holdsSettings(graph: string, base: string): boolean {
  return graph === catalogueGraph(base) || describedBy(graph) !== undefined;
}

/** What the catalogues say of status and visibility, as lines that changes are applied to. */
export class SettingsLines {
  readonly #lines: Set<string>;
  readonly #base: string;

  constructor(base: string, lines: Iterable<string> = []) {
    this.#base = base;
    this.#lines = new Set(lines);
  }

  get lines(): Iterable<string> {
    return this.#lines;
  }

  /** Answers true when something changed. */
  apply(changes: Iterable<Change>): boolean {
    let changed = false;
    for (const { op, line } of changes) {
      if (!isSetting(splitLine(line).predicate)) continue;
      changed = true;
      if (op === '+') this.#lines.add(line);
      else this.#lines.delete(line);
    }
    return changed;
  }

  match(_scope: StateScope, { predicate, object }: Pattern): readonly string[] {
    return [...this.#lines].filter((line) => {
      const parts = splitLine(line);
      return (predicate === undefined || parts.predicate === predicate) && (object === undefined || parts.object === object);
    });
  }

  /** Datasets anybody may see. */
  visible(): ReadonlySet<string> {
    return this.#with('public');
  }

  /** Datasets that are only for some. */
  restricted(): ReadonlySet<string> {
    return this.#with('restricted');
  }

  #with(asked: DatasetVisibility): ReadonlySet<string> {
    return new Set(this.#settings().flatMap(({ iri, visibility }) => (visibility === asked ? [iri] : [])));
  }

  published(also: AlsoPublished): Published {
    const statuses = new Set<SourceStatus>(['aangenomen', 'voorgesteld', ...also]);
    return new Map(
      this.#settings()
        .filter(({ status, visibility }) => visibility === 'public' && statuses.has(status))
        // Proposals are never mixed with what was adopted.
        .map(({ iri, status }) => [iri, { merged: status !== 'voorgesteld' }]),
    );
  }

  #settings(): ReturnType<typeof readSettings> {
    return readSettings(this, this.#base);
  }
}
