import { Fault } from '../../faults.js';
import { fromLine, joinLine, splitLine } from '../../rdf/nquads.js';
import { matchBlankNodes } from '../../rdf/blankMatch.js';
import { readStaged } from '../stagedFile.js';
import type { StagedDocument } from '../api.js';
import type { Operation, QuadLine } from '../changeset.js';
import type { Engine } from '../engine/engine.js';
import { isSkolemText } from '../entityDescription.js';

/** Work allowed for matching blank nodes, in hashing steps: about a second. */
const matchWorkLimit = 200_000;

export interface LoadAction {
  readonly dataset: string;
  readonly mode: 'add' | 'replace';
  readonly document: StagedDocument;
}

/**
 * Emits what loading a document into a dataset changes: for `replace` the difference of sets, for `add` the quads
 * that are not there yet. Blank nodes of the document that stand for nodes already in the dataset (equal RDFC-1.0
 * hash of their component) become those nodes, so loading the same file twice changes nothing.
 */
export function composeLoad(
  action: LoadAction,
  engine: Engine,
  base: string,
  emit: (op: Operation, line: QuadLine) => void,
): void {
  const rename = action.document.blankNodes ? blankNodeNames(action, engine, base) : new Map<string, string>();
  for (const rows of readStaged(action.document.path)) {
    const lines = rows.map((row) => renamed(intoDataset(row.quad, action.dataset), rename));
    if (action.mode === 'replace') {
      for (const line of lines) emit('+', line);
    } else {
      const present = engine.present(lines);
      for (const line of lines) if (!present.has(line)) emit('+', line);
    }
  }
  if (action.mode === 'replace') {
    for (const batch of engine.lines(action.dataset)) for (const line of batch) emit('-', line);
  }
}

/**
 * A staged quad as a quad of the dataset. Quads of the document's default graph go there; so do quads of a graph
 * that is the dataset itself (a dump that comes back).
 * @throws Fault bad-request for a quad of another graph.
 */
export function intoDataset(line: QuadLine, dataset: string): QuadLine {
  const { subject, predicate, object, graph } = splitLine(line);
  if (graph !== '' && graph !== `<${dataset}>`) {
    throw new Fault('bad-request', {
      nl: `Het bestand bevat gegevens van de graaf ${graph}, maar u laadt in ${dataset}. Laad elke graaf in de eigen dataset.`,
      en: `The document has quads of the graph ${graph}, but you load into ${dataset}. Load each graph into its own dataset.`,
    });
  }
  return graph === '' ? joinLine(subject, predicate, object, `<${dataset}>`) : line;
}

/** Skolem nodes of the document -> skolem nodes of the dataset, as N-Triples texts. */
function blankNodeNames(action: LoadAction, engine: Engine, base: string): Map<string, string> {
  const incoming = function* () {
    for (const rows of readStaged(action.document.path)) {
      for (const row of rows) if (hasSkolem(row.quad, base)) yield fromLine(intoDataset(row.quad, action.dataset));
    }
  };
  const existing = function* () {
    for (const batch of engine.lines(action.dataset)) {
      for (const line of batch) if (hasSkolem(line, base)) yield fromLine(line);
    }
  };
  const pairs = matchBlankNodes({ incoming: incoming(), existing: existing(), base, workLimit: matchWorkLimit });
  return new Map([...pairs].map(([from, to]) => [`<${from}>`, `<${to}>`]));
}

function hasSkolem(line: QuadLine, base: string): boolean {
  if (!line.includes(`<${base}.well-known/genid/`)) return false;
  const { subject, object } = splitLine(line);
  return isSkolemText(subject, base) || isSkolemText(object, base);
}

/** The line with its blank nodes under their known names. */
export function renamed(line: QuadLine, names: ReadonlyMap<string, string>): QuadLine {
  if (names.size === 0) return line;
  const { subject, predicate, object, graph } = splitLine(line);
  const newSubject = names.get(subject);
  const newObject = names.get(object);
  if (newSubject === undefined && newObject === undefined) return line;
  return joinLine(newSubject ?? subject, predicate, newObject ?? object, graph);
}
