import type { Principal } from '../../../../src/graph/principal.js';
import type { OperationCount } from '../../../../src/graph/api.js';
import { standardDataset } from '../../../../src/graph/catalogue.js';
import type { Change, QuadLine } from '../../../../src/graph/changeset.js';
import type { DatasetSettings } from '../../../../src/graph/dataset.js';
import { parseUpdate, type ParseUpdateOptions, runOperation } from '../../../../src/graph/update/index.js';
import { StoreState } from '../../../support/storeState.js';

export const base = 'http://regio.test/';
export const standard = standardDataset(base);
export const ex = 'http://ex.test/';

export const administrator: Principal = { role: 'administrator', write: '*', createDatasets: true, visibility: { restricted: '*' } };

export function dataset(iri: string, settings: Partial<DatasetSettings> = {}): DatasetSettings {
  return { iri, status: 'aangenomen', mode: 'enforce', visibility: 'public', ...settings };
}

/** A quad line from short terms: `a` is `<http://ex.test/a>`, anything else is taken as it stands. */
export function line(subject: string, predicate: string, object: string, graph: string = standard): QuadLine {
  const term = (text: string): string => (/^\w+$/u.test(text) ? `<${ex}${text}>` : text);
  return `${term(subject)} ${term(predicate)} ${term(object)} ${/^\w+$/u.test(graph) ? `<${ex}${graph}>` : `<${graph}>`} .`;
}

export interface Outcome {
  /** The lines afterwards, sorted. */
  readonly lines: readonly QuadLine[];
  readonly changes: readonly (readonly Change[])[];
  readonly counts: readonly OperationCount[];
  readonly created: readonly string[];
  readonly dropped: readonly string[];
}

export interface Start extends ParseUpdateOptions {
  readonly lines?: readonly QuadLine[];
  readonly datasets?: readonly DatasetSettings[];
  readonly principal?: Principal;
  readonly unionDefaultGraph?: boolean;
}

const prologue = `PREFIX : <${ex}> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n`;

/** Carries out a request as the writer does: operation by operation, each seeing what those before it did. */
export function carryOut(update: string, start: Start = {}): Outcome {
  const { lines = [], datasets = [dataset(standard), dataset(`${ex}g`), dataset(`${ex}h`)], principal = administrator } = start;
  const state = new StoreState(datasets, lines);
  const created = new Set<string>();
  const dropped: string[] = [];
  const counts: OperationCount[] = [];
  const changes: Change[][] = [];
  let skolems = 0;
  for (const operation of parseUpdate(prologue + update, start).operations) {
    const made: Change[] = [];
    const before = new Set(created);
    if (operation.kind === 'load') throw new TypeError('LOAD takes a document that was fetched');
    counts.push(
      runOperation(operation, {
        state,
        base,
        datasets: state.datasets,
        principal,
        created: before,
        unionDefaultGraph: start.unionDefaultGraph ?? true,
        maxRows: 1_000_000,
        skolem: () => `${base}.well-known/genid/n${(skolems += 1)}`,
        emit: (op, text) => made.push({ op, line: text }),
        createDataset: (iri) => created.add(iri),
        dropDescription: (iri) => dropped.push(iri),
      }),
    );
    for (const { op, line: text } of made) state.apply(op, text);
    for (const iri of created) if (!before.has(iri)) state.datasets.push(dataset(iri));
    changes.push(made);
  }
  return { lines: [...state.held].toSorted(), changes, counts, created: [...created], dropped };
}
