import { traqulaIndentation, traqulaNewlineAlternative } from '@traqula/core';
import { Generator } from '@traqula/generator-sparql-1-1';
import { orderJoins, withLateral } from './joinOrder.js';
import { exceedsEngine } from './queryLimits.js';
import { scanSparql } from './sparqlScan.js';
import { nodesOf, type ClauseIri, type QueryAst } from './sparqlSyntax.js';
import { written } from './syntaxNodes.js';

const generator = new Generator();

/** On one line: for each further line the generator reads again what it has written since the last. */
const onOneLine = { indentInc: 0, [traqulaIndentation]: -1, [traqulaNewlineAlternative]: ' ' };

/** What is looked through: brackets within brackets (each may become three), and operations (each is compared with all). */
function isSmall({ depth, steps }: { readonly depth: number; readonly steps: number }): boolean {
  return depth <= 30 && steps <= 150;
}

interface WriteOptions {
  /** Resolves relative IRIs in the text that is written. */
  readonly base: string | undefined;
  /** The names in the query, in full. */
  readonly resolve: (iri: ClauseIri) => string;
}

/** A syntax tree as text. */
export function generated(ast: QueryAst, base: string | undefined): string {
  for (const node of nodesOf(ast)) if ('loc' in node) node.loc = written;
  const text = generator.generate(ast, onOneLine);
  return base === undefined ? text : `BASE <${base}>\n${text}`;
}

/**
 * The text for the engine: with a better order of evaluation where there is one. `text` is the query as its author
 * wrote it, but for `changed` trees.
 */
export function writeQuery(text: string, ast: QueryAst, options: WriteOptions & { readonly changed: boolean }): string {
  const unordered = options.changed ? generated(ast, options.base) : text;
  return (mayGain(text) && isSmall(scanSparql(text)) ? orderedText(ast, options) : undefined) ?? unordered;
}

/** The text of a query with a better order of evaluation; undefined where there is none. Changes the tree. */
function orderedText(ast: QueryAst, { base, resolve }: WriteOptions): string | undefined {
  const where = 'where' in ast ? ast.where : undefined;
  if (!where) return undefined;
  // Blank nodes become variables: a `*` must not see them.
  let [stars, blanks] = [0, 0];
  for (const node of nodesOf(ast)) {
    if ('type' in node && node.type === 'wildcard') stars += 1;
    if ('subType' in node && node.subType === 'blankNode') blanks += 1;
  }
  if (blanks > 0 && stars > 0) return undefined;
  if (!orderJoins(where, resolve)) return undefined;
  const text = withLateral(generated(ast, base));
  return exceedsEngine(scanSparql(text)) ? undefined : text;
}

/** Cheap: a query without these is one group of triple patterns, which the engine orders itself. */
function mayGain(text: string): boolean {
  return /\b(?:OPTIONAL|EXISTS|UNION|MINUS|BIND|IN|SELECT\b[^]*\bSELECT)\b|=|\{[^]*\{/iu.test(text);
}
