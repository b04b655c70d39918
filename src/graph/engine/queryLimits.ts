import { Fault, type Place } from '../../faults.js';
import { scanSparql, type Scan } from './sparqlScan.js';

/** What one answer may hold. */
export interface ResultLimits {
  readonly rows: number;
  readonly bytes: number;
}

/** Brackets within brackets that the engine can follow with its stack. */
const maxDepth = 100;
/** Operators, alternatives and optional parts: each is one step deeper in the engine's plan. */
const maxSteps = 1500;
/** More solutions than anything has; the engine takes no number of more than 32 bits. */
const mostOffset = 2 ** 31;
/** A solution takes the engine longer than this (ms): an evaluation that was faster cannot have reached the limit. */
const leastPerSolution = 0.0001;

/** Reads the outline of a text. Fault query-syntax when the engine's stack would not hold it. */
export function outline(text: string): Scan {
  const scan = scanSparql(text);
  if (scan.longWord !== undefined) throw notAWord(text, scan.longWord);
  if (scan.depth > maxDepth) throw tooComplex(text, scan.deepest, `haakjes zitten ${scan.depth} diep in elkaar; dat mag tot ${maxDepth}`, `brackets are nested ${scan.depth} deep; ${maxDepth} is the limit`);
  if (scan.steps > maxSteps) throw tooComplex(text, scan.lastStep, `er staan ${scan.steps} bewerkingen in (UNION, OPTIONAL, FILTER, ||, /, …); dat mogen er ${maxSteps} zijn. Gebruik VALUES of IN voor lange lijsten`, `it has ${scan.steps} operations (UNION, OPTIONAL, FILTER, ||, /, …); ${maxSteps} is the limit. Use VALUES or IN for long lists`);
  return scan;
}

/** True for a text that the engine's stack would not hold. */
export function exceedsEngine({ depth, steps }: Scan): boolean {
  return depth > maxDepth || steps > maxSteps;
}

/** @throws Fault query-syntax for a word that the parser would be long at; for texts that may be as deep and long as they like. */
export function checkWords(text: string): void {
  const { longWord } = scanSparql(text);
  if (longWord !== undefined) throw notAWord(text, longWord);
}

function at(text: string, offset: number): Place {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/u);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function tooComplex(text: string, offset: number, nl: string, en: string): Fault {
  return new Fault('query-syntax', { nl: `De vraag is te ingewikkeld: ${nl}.`, en: `The query is too complex: ${en}.` }, { place: at(text, offset) });
}

function notAWord(text: string, offset: number): Fault {
  const shown = text.slice(offset, offset + 40);
  return new Fault('query-syntax', { nl: `"${shown}…" is geen woord van SPARQL.`, en: `"${shown}…" is no word of SPARQL.` }, { place: at(text, offset) });
}

/** The text with another slice of its solutions than it asks for itself. */
function sliced(text: string, { slices, modifiersEnd }: Scan, offset: number, limit: number): string {
  let rest = '';
  let at = 0;
  for (const { from, to } of slices) {
    rest += `${text.slice(at, from)} `;
    at = to;
  }
  // On a line of its own: the text may end in a comment.
  return `${rest}${text.slice(at, modifiersEnd)}\nOFFSET ${offset} LIMIT ${limit}\n${text.slice(modifiersEnd)}`;
}

/** A query that stops one row past what may be answered, and how to find out whether it came that far. */
export class BoundedQuery {
  /** What the engine is given. */
  readonly text: string;
  readonly #original: string;
  readonly #scan: Scan;
  readonly #rows: number;
  readonly #offset: number;
  readonly #bounded: boolean;

  constructor(original: string, scan: Scan, rows: number) {
    this.#original = original;
    this.#scan = scan;
    this.#rows = rows;
    const offset = scan.slices.find(({ word }) => word === 'OFFSET')?.value ?? 0;
    this.#offset = Math.min(offset, mostOffset);
    const limit = scan.slices.find(({ word }) => word === 'LIMIT')?.value;
    this.#bounded = limit === undefined || limit > rows || offset > mostOffset;
    this.text = this.#bounded ? sliced(original, scan, this.#offset, rows + 1) : original;
  }

  /** Whether an answer with rows is one row too long. */
  overflows(body: string, mediaType: string): boolean {
    return this.#bounded && body.length > this.#rows && countRows(body, mediaType) > this.#rows;
  }

  /**
   * For an answer without rows (CONSTRUCT): a query that has a solution when there are more than may be used; undefined
   * when the evaluation, which took so many milliseconds, cannot have come that far.
   */
  check(milliseconds: number): string | undefined {
    const { construct } = this.#scan;
    if (!this.#bounded || !construct || milliseconds < this.#rows * leastPerSolution) return undefined;
    const text = sliced(this.#original, this.#scan, this.#offset + this.#rows, 1);
    return `${text.slice(0, construct.from)}SELECT (1 AS ?more)${text.slice(construct.to)}`;
  }
}

/** Rows of a result document, without parsing it. */
function countRows(body: string, mediaType: string): number {
  switch (mediaType) {
    case 'text/tab-separated-values':
      return occurrences(body, '\n') - 1;
    case 'text/csv':
      return outsideQuotes(body, '\n', 0) - 1;
    case 'application/sparql-results+xml':
      return occurrences(body, '<result>');
    default:
      // Each row is one object in the array of bindings.
      return outsideQuotes(body, '{', body.indexOf('['), 1);
  }
}

function occurrences(body: string, part: string): number {
  let count = 0;
  for (let at = body.indexOf(part); at >= 0; at = body.indexOf(part, at + part.length)) count += 1;
  return count;
}

/** Counts a character outside quotes; with `depth`, only where it opens an object of that depth. */
function outsideQuotes(body: string, character: string, from: number, depth = 0): number {
  const [wanted, quote, open, close, escape] = [character, '"', '{', '}', '\\'].map((text) => text.charCodeAt(0));
  let count = 0;
  let level = 0;
  let quoted = false;
  for (let at = Math.max(0, from); at < body.length; at += 1) {
    const code = body.charCodeAt(at);
    if (code === quote) quoted = !quoted;
    else if (quoted) {
      // A backslash says nothing in CSV, where quotes come doubled.
      if (code === escape && depth > 0) at += 1;
    } else {
      if (code === open) level += 1;
      if (code === wanted && (depth === 0 || level === depth)) count += 1;
      if (code === close) level -= 1;
    }
  }
  return count;
}
