import { Fault } from '../../faults.js';
import { freshSkolem } from '../../rdf/skolem.js';
import type { DatasetDescription, LoadedDocument, OperationCount, WriteAction } from '../api.js';
import { catalogueGraph } from '../catalogue.js';
import { refuseDerived } from '../derivation/refuseDerived.js';
import type { QuadLine } from '../changeset.js';
import { datasetOf as datasetOfLine } from '../changes/datasetOf.js';
import { describedBy, restrictedDescriptionGraph } from '../dataset.js';
import { descriptionLines } from '../description.js';
import { describeEntity } from '../entityDescription.js';
import { beyondGraph, datasetOf, planOf, runOperation, type UpdateOperation } from '../update/index.js';
import { unknownDataset } from '../unknownDataset.js';
import type { Composition, Emit } from './composition.js';
import { composeEntity, refuseDangling } from './entityAction.js';
import { composeLoad } from './loadAction.js';
import { composeUndo, type UndoOptions } from './undoAction.js';

export interface ActionOptions {
  /** Delete an entity although others refer to it. */
  readonly force: boolean;
  readonly unionDefaultGraph: boolean;
  /** Solutions a WHERE may have. */
  readonly maxUpdateRows: number;
  readonly journal: UndoOptions['journal'];
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
    case 'undo':
      composition.operation((emit) => composeUndo(action.commit, composition, options, emit));
      return undefined;
    case 'entity':
      if (action.lines.length === 0 && !options.force) refuseDangling(action, composition.engine, composition.visible());
      return writeInto(action.dataset, composition, (emit) => composeEntity(action, composition.engine, composition.base, emit));
    case 'describe':
      return describeDataset(action.dataset, action.description, composition);
    case 'drop':
      return dropDataset(action.dataset, composition);
    case 'derive':
      return undefined;
    case 'all':
      for (const part of action.actions) performAction(part, composition, options);
      return undefined;
  }
}

function writeInto(dataset: string, composition: Composition, body: (emit: Emit) => void): undefined {
  refuseCatalogue(dataset, composition.base);
  refuseDerived(dataset, composition.base);
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
  const plan = planOf(action, base);
  const loads = (action.loads ?? []).values();
  const onlyGraph = action.onlyGraph === undefined ? {} : { onlyGraph: action.onlyGraph };
  return plan.operations.map((operation) => {
    if (operation.kind === 'load') return performLoad(operation, datasetOf(operation.destination, { base, ...onlyGraph }), loads.next().value, composition);
    let count: OperationCount = { matched: 0, changed: 0 };
    const dropped: string[] = [];
    composition.operation((emit) => {
      count = runOperation(operation, {
        state: engine,
        base,
        datasets: engine.datasets,
        principal,
        created: composition.created,
        ...onlyGraph,
        unionDefaultGraph: options.unionDefaultGraph,
        maxRows: options.maxUpdateRows,
        folder: composition.folder,
        skolem: () => freshSkolem(base),
        emit: action.onlyGraph === undefined ? emit : within(action.onlyGraph, emit),
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

function within(graph: string, emit: Emit): Emit {
  return (op, line) => {
    if (datasetOfLine(line) !== graph) throw beyondGraph(graph);
    emit(op, line);
  };
}

/** LOAD (SPARQL 1.1 Update §3.1.4): the document was fetched and read before; here it is added. */
function performLoad(
  { source, silent }: Extract<UpdateOperation, { readonly kind: 'load' }>,
  dataset: string,
  load: LoadedDocument | undefined,
  composition: Composition,
): OperationCount {
  let changed = 0;
  try {
    if (load?.iri !== source) throw notFetched(source);
    const { document } = load;
    if ('fault' in document) throw Fault.from(document.fault);
    writeInto(dataset, composition, (emit) =>
      composeLoad({ dataset, mode: 'add', document }, composition.engine, composition.base, (op, line) => {
        changed += 1;
        emit(op, line);
      }),
    );
    return { matched: document.quads, changed };
  } catch (error) {
    // A storage fault is nobody's choice to keep silent about.
    if (silent && error instanceof Fault && error.status < 503) return { matched: 0, changed: 0 };
    throw error;
  }
}

function notFetched(source: string): Fault {
  return new Fault('operation-refused', {
    nl: `LOAD kan hier niet: ${source} is niet vooraf opgehaald. Stuur de wijziging naar /sparql/update.`,
    en: `LOAD is not possible here: ${source} was not fetched before. Send the update to /sparql/update.`,
  });
}

/** Replaces the description of a dataset, or creates the dataset. */
function describeDataset(dataset: string, description: DatasetDescription, composition: Composition): undefined {
  const { principal, base } = composition;
  refuseDerived(dataset, base);
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
  refuseDerived(dataset, composition.base);
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
