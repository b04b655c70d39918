import type { Principal } from '../principal.js';
import { catalogueGraph, readSettings } from '../catalogue.js';
import { inverse } from '../changes/algebra.js';
import { ChangesetBuilder } from '../changes/changesetBuilder.js';
import { StagedChangeset } from '../changes/stagedChangeset.js';
import type { Changeset, Operation, QuadLine } from '../changeset.js';
import { describedBy, isVisible } from '../dataset.js';
import type { DatasetSettings, ValidationMode } from '../dataset.js';
import { descriptionLines, impliedDescription } from '../description.js';
import type { Engine } from '../engine/engine.js';
import { unknownDataset } from '../unknownDataset.js';

export type Emit = (op: Operation, line: QuadLine) => void;

export interface CompositionOptions {
  readonly engine: Engine;
  readonly base: string;
  readonly principal: Principal;
  /** Folder for changesets that outgrow memory. */
  readonly folder: string;
  /** How datasets are validated that come to be because somebody wrote to them; default enforce. */
  readonly impliedMode?: ValidationMode;
}

/**
 * One write while it is being composed. Operations are applied to the private primary store one after another, so
 * that each sees the effect of those before it; what they do together is the changeset. `takeBack` restores the
 * store, whatever happened.
 */
export class Composition implements Disposable {
  readonly #options: CompositionOptions;
  readonly #before: readonly DatasetSettings[];
  readonly #created = new Set<string>();
  #total: StagedChangeset | undefined;
  #sound = true;

  constructor(options: CompositionOptions) {
    this.#options = options;
    this.#before = options.engine.datasets;
  }

  get engine(): Engine {
    return this.#options.engine;
  }

  /** False once a change of the store failed half-way: then nobody can tell what it holds. */
  get sound(): boolean {
    return this.#sound;
  }

  get base(): string {
    return this.#options.base;
  }

  /** Folder for what outgrows memory. */
  get folder(): string {
    return this.#options.folder;
  }

  get principal(): Principal {
    return this.#options.principal;
  }

  /** Datasets this write created; who creates a dataset may write it. */
  get created(): ReadonlySet<string> {
    return this.#created;
  }

  markCreated(dataset: string): void {
    this.#created.add(dataset);
  }

  /** The datasets before this write. */
  get before(): readonly DatasetSettings[] {
    return this.#before;
  }

  /** The datasets the caller may see. */
  visible(): readonly DatasetSettings[] {
    return this.engine.datasets.filter((item) => isVisible(item, this.principal.visibility));
  }

  /** True for a dataset that exists but not for this caller. */
  hides(dataset: string): boolean {
    return this.engine.datasets.some((item) => item.iri === dataset) && !this.known(dataset);
  }

  /** The description that a dataset gets because it is written without one. */
  creation(dataset: string): readonly QuadLine[] {
    if (!this.principal.createDatasets) throw unknownDataset(dataset);
    this.#created.add(dataset);
    return descriptionLines(this.base, dataset, impliedDescription(dataset, this.#options.impliedMode));
  }

  /** Settings of a dataset that exists and that the caller may know of. */
  known(dataset: string): DatasetSettings | undefined {
    return this.engine.datasets.find((item) => item.iri === dataset && isVisible(item, this.principal.visibility));
  }

  /**
   * Runs one operation: `body` emits its changes, which may contain each other's opposites; the rest is applied.
   * Datasets that are written but not described get a description, if the caller may create datasets.
   */
  operation(body: (emit: Emit) => void): void {
    using builder = new ChangesetBuilder({ folder: this.#options.folder });
    body((op, line) => builder.add(op, line));
    // In the same changeset: joining another one to a large load would mean copying the load.
    const descriptions = this.#undescribed(builder.counts().keys()).flatMap((dataset) => this.creation(dataset));
    for (const line of descriptions) builder.add('+', line);
    const changes = builder.build();
    try {
      this.#apply(changes, this.#together(changes));
    } catch (fault) {
      if (this.#total !== changes) changes.close();
      throw fault;
    }
  }

  /** Adds changes to a dataset that nothing else in this write changes: joined, not copied. Closed with the write. */
  attach(changes: StagedChangeset): void {
    const before = this.changeset();
    if (changes.size === 0) return changes.close();
    this.#total = StagedChangeset.joined([before, changes]);
    this.#change(() => this.engine.apply(changes.changes()));
  }

  #apply(changes: StagedChangeset, together: StagedChangeset): void {
    const before = this.#total;
    this.#total = together;
    if (before !== together) before?.close();
    this.#change(() => {
      this.engine.apply(changes.changes());
      if (touchesCatalogue(changes, this.base)) this.engine.setDatasets(readSettings(this.engine, this.base));
    });
    if (changes !== together) changes.close();
  }

  #change(work: () => void): void {
    this.#sound = false;
    work();
    this.#sound = true;
  }

  /** What all operations so far really change, together. */
  changeset(): StagedChangeset {
    return (this.#total ??= new ChangesetBuilder({ folder: this.#options.folder }).build());
  }

  /** Undoes everything in the store. */
  takeBack(): void {
    const total = this.#total;
    if (total === undefined || !this.#sound) return;
    this.#change(() => {
      this.engine.apply(inverse(total).changes());
      this.engine.setDatasets(this.#before);
    });
  }

  /** Lends the store in the state before the write. */
  withBefore<T>(work: (before: Engine) => T): T {
    const after = this.engine.datasets;
    this.takeBack();
    try {
      return work(this.engine);
    } finally {
      this.#change(() => {
        this.engine.apply(this.changeset().changes());
        this.engine.setDatasets(after);
      });
    }
  }

  [Symbol.dispose](): void {
    this.#total?.close();
  }

  /** The changes so far and these; made before the store changes, because a full disk may stand in the way. */
  #together(changes: StagedChangeset): StagedChangeset {
    const before = this.#total;
    if (before === undefined || before.size === 0) return changes;
    if (changes.size === 0) return before;
    using merged = new ChangesetBuilder({ folder: this.#options.folder });
    for (const part of [before, changes]) for (const { op, line } of part.changes()) merged.add(op, line);
    return merged.build();
  }

  #undescribed(datasets: Iterable<string>): string[] {
    const described = new Set(this.engine.datasets.map((item) => item.iri));
    const catalogue = catalogueGraph(this.base);
    return [...datasets].filter(
      (dataset) => !described.has(dataset) && dataset !== catalogue && describedBy(dataset) === undefined,
    );
  }
}

/** True when a changeset changes what datasets exist or how they are set. */
function touchesCatalogue(changes: Changeset, base: string): boolean {
  for (const dataset of changes.counts.keys()) {
    if (dataset === catalogueGraph(base) || describedBy(dataset) !== undefined) return true;
  }
  return false;
}
