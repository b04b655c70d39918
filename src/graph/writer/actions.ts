import { Fault } from '../../faults.js';
import { freshSkolem } from '../../rdf/skolem.js';
import type { DatasetDescription, OperationCount, WriteAction } from '../api.js';
import { catalogueGraph } from '../catalogue.js';
import type { QuadLine } from '../changeset.js';
import { describedBy, restrictedDescriptionGraph } from '../dataset.js';
import { descriptionLines } from '../description.js';
import { describeEntity } from '../entityDescription.js';
import { parseUpdate, runOperation } from '../update/index.js';
import { unknownDataset, type Composition, type Emit } from './composition.js';
import { composeEntity, refuseDangling } from './entityAction.js';
import { composeLoad } from './loadAction.js';

export interface ActionOptions {
  /** Delete an entity although others refer to it. */
  readonly force: boolean;
  readonly unionDefaultGraph: boolean;
}

/**
 * Applies a write to the composition, operation by operation.
 * @returns what each operation of an update matched and changed; undefined for other kinds.
 */
export function performAction(
  action: WriteAction,
  composition: Composition,
  options: ActionOptions,
): readonly OperationCount[] | undefined {
  switch (action.kind) {
    case 'update':
      return performUpdate(action, composition, options);
    case 'load':
      return writeInto(action.dataset, composition, (emit) => composeLoad(action, composition.engine, composition.base, emit));
    case 'clear':
      return writeInto(action.dataset, composition, (emit) => composeClear(action.dataset, composition, emit));
    case 'entity':
      if (action.lines.length === 0 && !options.force) refuseDangling(action, composition.engine, composition.visible());
      return writeInto(action.dataset, composition, (emit) => composeEntity(action, composition.engine, composition.base, emit));
    case 'describe':
      return describeDataset(action.dataset, action.description, composition);
    case 'drop':
      return dropDataset(action.dataset, composition);
    case 'all':
      for (const part of action.actions) performAction(part, composition, options);
      return undefined;
  }
}

function writeInto(dataset: string, composition: Composition, body: (emit: Emit) => void): undefined {
  refuseCatalogue(dataset, composition.base);
  if (composition.hides(dataset)) throw unknownDataset(dataset);
  composition.operation(body);
  return undefined;
}

function composeClear(dataset: string, composition: Composition, emit: Emit): void {
  if (!composition.known(dataset)) throw unknownDataset(dataset);
  for (const batch of composition.engine.lines(dataset)) for (const line of batch) emit('-', line);
}

function performUpdate(
  action: Extract<WriteAction, { kind: 'update' }>,
  composition: Composition,
  options: ActionOptions,
): readonly OperationCount[] {
  const { base, engine, principal } = composition;
  const plan = parseUpdate(action.update, {
    base,
    ...(action.usingGraphs ? { usingGraphs: action.usingGraphs } : {}),
    ...(action.usingNamedGraphs ? { usingNamedGraphs: action.usingNamedGraphs } : {}),
  });
  return plan.operations.map((operation) => {
    let count: OperationCount = { matched: 0, changed: 0 };
    const dropped: string[] = [];
    composition.operation((emit) => {
      count = runOperation(operation, {
        state: engine,
        base,
        datasets: engine.datasets,
        principal,
        created: composition.created,
        unionDefaultGraph: options.unionDefaultGraph,
        folder: composition.folder,
        skolem: () => freshSkolem(base),
        emit,
        createDataset: (dataset) => {
          for (const line of composition.creation(dataset)) emit('+', line);
        },
        dropDescription: (dataset) => dropped.push(dataset),
      });
    });
    for (const dataset of dropped) {
      composition.operation((emit) => {
        for (const line of currentDescription(dataset, composition)) emit('-', line);
      });
    }
    return count;
  });
}

/** Replaces the description of a dataset, or creates the dataset. */
function describeDataset(dataset: string, description: DatasetDescription, composition: Composition): undefined {
  const { principal, base } = composition;
  const exists = composition.engine.datasets.some((item) => item.iri === dataset);
  if (composition.hides(dataset)) throw unknownDataset(dataset);
  const allowed = principal.createDatasets && (!exists || principal.write === '*' || principal.write.includes(dataset));
  if (!allowed) {
    throw new Fault('forbidden', {
      nl: `Uw token mag de beschrijving van ${dataset} niet ${exists ? 'wijzigen' : 'aanmaken'}.`,
      en: `Your token may not ${exists ? 'change' : 'create'} the description of ${dataset}.`,
    });
  }
  if (describedBy(dataset) !== undefined || (dataset === catalogueGraph(base) && description.visibility === 'restricted')) {
    throw new Fault('operation-refused', {
      nl: `${dataset} is een beschrijving en wordt zelf niet zo beschreven.`,
      en: `${dataset} is a description and cannot be described like this.`,
    });
  }
  composition.operation((emit) => {
    for (const line of currentDescription(dataset, composition)) emit('-', line);
    for (const line of descriptionLines(base, dataset, description)) emit('+', line);
  });
  if (!exists) composition.markCreated(dataset);
  return undefined;
}

function dropDataset(dataset: string, composition: Composition): undefined {
  refuseCatalogue(dataset, composition.base);
  if (!composition.known(dataset)) throw unknownDataset(dataset);
  const { principal } = composition;
  // An empty dataset has no quads whose removal would ask for the right.
  if (!principal.createDatasets || !(principal.write === '*' || principal.write.includes(dataset) || composition.created.has(dataset))) {
    throw new Fault('forbidden', {
      nl: `Uw token mag ${dataset} niet verwijderen.`,
      en: `Your token may not remove ${dataset}.`,
    });
  }
  composition.operation((emit) => composeClear(dataset, composition, emit));
  composition.operation((emit) => {
    for (const line of currentDescription(dataset, composition)) emit('-', line);
  });
  return undefined;
}

/** The quads that describe a dataset now, wherever they stand. */
function currentDescription(dataset: string, { engine, base }: Composition): readonly QuadLine[] {
  return [catalogueGraph(base), restrictedDescriptionGraph(dataset)].flatMap((graph) => describeEntity(engine, graph, dataset, base));
}

function refuseCatalogue(dataset: string, base: string): void {
  if (dataset !== catalogueGraph(base) && describedBy(dataset) === undefined) return;
  throw new Fault('forbidden', {
    nl: 'De catalogus wijzigt u via /datasets, niet rechtstreeks.',
    en: 'The catalogue is changed through /datasets, not directly.',
  });
}
