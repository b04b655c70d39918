import { Fault } from '../../faults.js';
import { catalogueGraph, derivedDataset, standardDataset } from '../catalogue.js';
import { describedBy } from '../dataset.js';
import { refuseDerived } from '../derivation/refuseDerived.js';
import { unknownDataset } from '../unknownDataset.js';
import type { UpdateContext } from './context.js';
import { visibleDatasets } from './whereScopes.js';

/** What the caller may do with datasets during one operation. */
export class WriteRights {
  readonly #context: UpdateContext;
  readonly #visible: ReadonlySet<string>;
  readonly #checked = new Set<string>();

  constructor(context: UpdateContext) {
    this.#context = context;
    this.#visible = new Set(visibleDatasets(context).map(({ iri }) => iri));
  }

  /** True when the caller may know that the dataset exists. The unnamed graph always does. */
  knows(dataset: string): boolean {
    return this.#visible.has(dataset) || this.#context.created.has(dataset) || dataset === standardDataset(this.#context.base);
  }

  /** True when the caller may write a dataset that exists. */
  mayWrite(dataset: string): boolean {
    const { principal, created } = this.#context;
    const { base } = this.#context;
    if (!this.knows(dataset) || isDescription(dataset, base) || dataset === derivedDataset(base)) return false;
    return created.has(dataset) || principal.write === '*' || principal.write.includes(dataset);
  }

  /** Faults when the caller may not write the dataset; a dataset that does not exist is created, with the right to. */
  require(dataset: string): void {
    if (this.#checked.has(dataset)) return;
    this.#checked.add(dataset);
    const { base, principal } = this.#context;
    if (isDescription(dataset, base)) {
      throw new Fault('forbidden', {
        nl: `De beschrijving van datasets (${dataset}) wijzigt u via /datasets, niet met SPARQL Update.`,
        en: `Descriptions of datasets (${dataset}) are changed through /datasets, not by an update.`,
      });
    }
    refuseDerived(dataset, base);
    if (this.mayWrite(dataset)) {
      if (!this.#exists(dataset)) this.#context.createDataset(dataset);
      return;
    }
    if (this.knows(dataset)) {
      throw new Fault('forbidden', { nl: `Uw token mag niet schrijven in ${dataset}.`, en: `Your token may not write in ${dataset}.` });
    }
    if (!principal.createDatasets) throw unknownDataset(dataset);
    // A dataset the caller may not see: refused in words that do not say that it exists.
    if (this.#exists(dataset)) {
      throw new Fault('forbidden', { nl: `Uw token mag ${dataset} niet aanmaken.`, en: `Your token may not create ${dataset}.` });
    }
    this.#context.createDataset(dataset);
  }

  #exists(dataset: string): boolean {
    return this.#context.created.has(dataset) || this.#context.datasets.some(({ iri }) => iri === dataset);
  }
}

/** The graphs that hold descriptions of datasets: written only through `/datasets`. */
function isDescription(dataset: string, base: string): boolean {
  return dataset === catalogueGraph(base) || describedBy(dataset) !== undefined;
}
