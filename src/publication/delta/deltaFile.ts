import { splitLine } from '../../rdf/nquads.js';
import { parseTermText } from '../../rdf/terms.js';
import type { TermText } from '../../rdf/termText.js';

/** A term in the delta-notifier format v0.0.1, which is that of SPARQL 1.1 results in JSON. */
export type DeltaTerm =
  | { readonly type: 'uri'; readonly value: string }
  | { readonly type: 'literal'; readonly value: string; readonly 'xml:lang'?: string; readonly datatype?: string };

export interface DeltaQuad {
  readonly subject: DeltaTerm;
  readonly predicate: DeltaTerm;
  readonly object: DeltaTerm;
  readonly graph: DeltaTerm;
}

/** Consumers take all deletes of a changeset first, then all inserts; they need both lists, even empty. */
export interface DeltaChangeset {
  readonly deletes: readonly DeltaQuad[];
  readonly inserts: readonly DeltaQuad[];
}

/** N-Triples statements that leave and come. */
export interface LineChanges {
  readonly deletes: readonly string[];
  readonly inserts: readonly string[];
}

/** Limits of the LBLOD producers, for which consumers are made. */
const maxTriples = 100;
const maxChangesets = 10;
/** Characters of a file above which the next one begins: texts may be long. */
const maxCharacters = 1_000_000;

const xsdString = 'http://www.w3.org/2001/XMLSchema#string';
/** Consumers put everything in a graph of their own, but fail without one. */
const graph: DeltaTerm = { type: 'uri', value: 'http://mu.semte.ch/graphs/public' };

function deltaTerm(text: TermText): DeltaTerm {
  const term = parseTermText(text);
  if (term.termType !== 'Literal') return { type: 'uri', value: term.value };
  const { value, language, datatype } = term;
  if (language !== '') return { type: 'literal', value, 'xml:lang': language };
  return datatype.value === xsdString ? { type: 'literal', value } : { type: 'literal', value, datatype: datatype.value };
}

function deltaQuad(line: string): DeltaQuad {
  const { subject, predicate, object } = splitLine(line);
  return { subject: deltaTerm(subject), predicate: deltaTerm(predicate), object: deltaTerm(object), graph };
}

/** The text of a delta file. */
export function deltaText(changesets: readonly LineChanges[]): string {
  const content: readonly DeltaChangeset[] = changesets.map(({ deletes, inserts }) => ({ deletes: deletes.map(deltaQuad), inserts: inserts.map(deltaQuad) }));
  return JSON.stringify(content);
}

/**
 * Cuts changes into changesets and files: at most `maxTriples` an operation, `maxChangesets` a file. A changeset holds
 * changes of one commit only, so that no statement is in both of its lists.
 */
export class DeltaFiles {
  readonly #write: (changesets: readonly LineChanges[]) => void;
  #changesets: LineChanges[] = [];
  #deletes: string[] = [];
  #inserts: string[] = [];
  #characters = 0;

  constructor(write: (changesets: readonly LineChanges[]) => void) {
    this.#write = write;
  }

  add(op: '-' | '+', line: string): void {
    const list = op === '-' ? this.#deletes : this.#inserts;
    if (list.length >= maxTriples || this.#characters + line.length > maxCharacters) this.endCommit();
    if (this.#characters + line.length > maxCharacters) this.flush();
    (op === '-' ? this.#deletes : this.#inserts).push(line);
    this.#characters += line.length;
  }

  /** What comes next belongs to another commit. */
  endCommit(): void {
    if (this.#deletes.length + this.#inserts.length === 0) return;
    this.#changesets.push({ deletes: this.#deletes, inserts: this.#inserts });
    [this.#deletes, this.#inserts] = [[], []];
    if (this.#changesets.length >= maxChangesets) this.flush();
  }

  /** Writes what is left. */
  flush(): void {
    this.endCommit();
    if (this.#changesets.length === 0) return;
    const changesets = this.#changesets;
    this.#changesets = [];
    this.#characters = 0;
    this.#write(changesets);
  }
}
