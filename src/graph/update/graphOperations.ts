import { Fault } from '../../faults.js';
import { joinLine, splitLine } from '../../rdf/nquads.js';
import type { OperationCount } from '../api.js';
import { standardDataset } from '../catalogue.js';
import type { Operation, QuadLine } from '../changeset.js';
import type { UpdateContext } from './context.js';
import type { GraphTarget, GraphTargets, UpdateOperation } from './plan.js';
import { visibleDatasets } from './whereScopes.js';
import { unknownDataset } from '../unknownDataset.js';
import type { WriteRights } from './writeRights.js';

type GraphOperation = Exclude<UpdateOperation, { readonly kind: 'data' | 'modify' | 'load' }>;

const nothing: OperationCount = { matched: 0, changed: 0 };

/** The operations on whole graphs (SPARQL 1.1 Update §3.1.4, §3.1.5, §3.2). SILENT turns a failure into nothing. */
export function runGraphOperation(operation: GraphOperation, context: UpdateContext, rights: WriteRights): OperationCount {
  try {
    return perform(operation, context, rights);
  } catch (error) {
    // Every fault is thrown before the first change, so nothing is left half-way.
    if (operation.silent && error instanceof Fault) return nothing;
    throw error;
  }
}

function perform(operation: GraphOperation, context: UpdateContext, rights: WriteRights): OperationCount {
  switch (operation.kind) {
    case 'create':
      return create(operation.graph, context, rights);
    case 'clear':
    case 'drop': {
      const datasets = targeted(operation.target, context, rights);
      const changed = clear(datasets, context);
      if (operation.kind === 'drop') for (const dataset of datasets) dropDescription(dataset, context);
      return { matched: changed, changed };
    }
    case 'add':
    case 'copy':
    case 'move':
      return transfer(operation.kind, datasetOf(operation.source, context), datasetOf(operation.destination, context), context, rights);
  }
}

function create(dataset: string, context: UpdateContext, rights: WriteRights): OperationCount {
  if (rights.knows(dataset)) {
    throw new Fault('conflict', { nl: `De dataset ${dataset} bestaat al.`, en: `The dataset ${dataset} exists already.` });
  }
  if (!context.principal.createDatasets) {
    throw new Fault('forbidden', { nl: 'Uw token mag geen datasets aanmaken.', en: 'Your token may not create datasets.' });
  }
  rights.require(dataset);
  return nothing;
}

/** The datasets CLEAR and DROP reach: NAMED and ALL mean what the caller may see and write. */
function targeted(target: GraphTargets, context: UpdateContext, rights: WriteRights): readonly string[] {
  const standard = standardDataset(context.base);
  if (target === 'named' || target === 'all') {
    if (context.onlyGraph !== undefined) throw beyondGraph(context.onlyGraph);
    const named = visibleDatasets(context).map(({ iri }) => iri).filter((iri) => iri !== standard);
    return [...named, ...(target === 'all' ? [standard] : [])].filter((iri) => rights.mayWrite(iri));
  }
  const dataset = datasetOf(target, context);
  if (!rights.knows(dataset)) throw unknownDataset(dataset);
  rights.require(dataset);
  return [dataset];
}

function clear(datasets: readonly string[], context: UpdateContext): number {
  let changed = 0;
  for (const dataset of datasets) for (const lines of context.state.lines(dataset)) changed += emitAll('-', lines, context);
  return changed;
}

/** The unnamed graph always exists (§3.2.2); of the others the description goes too, when the caller may remove it. */
function dropDescription(dataset: string, context: UpdateContext): void {
  if (dataset !== standardDataset(context.base) && context.principal.createDatasets) context.dropDescription(dataset);
}

/** COPY, MOVE and ADD. From a graph to itself each does nothing. */
function transfer(kind: 'add' | 'copy' | 'move', source: string, destination: string, context: UpdateContext, rights: WriteRights): OperationCount {
  const { state } = context;
  if (!rights.knows(source)) throw unknownDataset(source);
  if (source === destination) return nothing;
  if (kind === 'move') rights.require(source);
  rights.require(destination);
  let [matched, changed] = [0, 0];
  if (kind !== 'add') {
    for (const lines of state.lines(destination)) {
      const surplus = absent(lines, source, context);
      matched += surplus.length;
      changed += emitAll('-', surplus, context);
    }
  }
  for (const lines of state.lines(source)) {
    matched += lines.length;
    changed += emitAll('+', absent(lines, destination, context).map((line) => inGraph(line, destination)), context);
    if (kind === 'move') changed += emitAll('-', lines, context);
  }
  if (kind === 'move') dropDescription(source, context);
  return { matched, changed };
}

/** The lines whose triple is not in the dataset. */
function absent(lines: readonly QuadLine[], dataset: string, { state }: UpdateContext): readonly QuadLine[] {
  const present = state.present(lines.map((line) => inGraph(line, dataset)));
  return lines.filter((line) => !present.has(inGraph(line, dataset)));
}

function inGraph(line: QuadLine, dataset: string): QuadLine {
  const { subject, predicate, object } = splitLine(line);
  return joinLine(subject, predicate, object, `<${dataset}>`);
}

function emitAll(op: Operation, lines: readonly QuadLine[], { emit }: UpdateContext): number {
  for (const line of lines) emit(op, line);
  return lines.length;
}

export function datasetOf(target: GraphTarget, { base, onlyGraph }: Pick<UpdateContext, 'base' | 'onlyGraph'>): string {
  return target === 'default' ? (onlyGraph ?? standardDataset(base)) : target.graph;
}

/** A patch of one graph that would change another (Graph Store HTTP Protocol §5.7). */
export function beyondGraph(graph: string): Fault {
  return new Fault('foreign-quads', {
    nl: `Deze wijziging van ${graph} zou ook iets anders wijzigen. Stuur ze naar /sparql/update.`,
    en: `This patch of ${graph} would change something else too. Send it to /sparql/update.`,
  });
}
