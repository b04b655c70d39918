import { Generator } from '@traqula/generator-sparql-1-1';
import { orderJoins, withLateral } from './joinOrder.js';
import { exceedsEngine } from './queryLimits.js';
import { scanSparql } from './sparqlScan.js';
import { nodesOf, type ClauseIri, type QueryAst } from './sparqlSyntax.js';
import { isWildcard, starVariables } from './tidyQuery.js';

const generator = new Generator();
/** Says to the generator: write this node out, do not copy it from a source text. */
const written = { sourceLocationType: 'autoGenerate' } as const;

function generated(ast: QueryAst, base: string): string {
  for (const node of nodesOf(ast)) if ('loc' in node) node.loc = written;
  return withLateral(`BASE <${base}>\n${generator.generate(ast)}`);
}

/**
 * The text for the engine: with a better order of evaluation where there is one. `text` is the query as its author
 * wrote it, but for `changed` trees.
 */
export function writeQuery(text: string, ast: QueryAst, { base, changed, resolve }: { readonly base: string; readonly changed: boolean; readonly resolve: (iri: ClauseIri) => string }): string {
  const unordered = changed ? generated(ast, base) : text;
  const where = 'where' in ast ? ast.where : undefined;
  if (!where || !mayGain(text)) return unordered;
  const names = isWildcard(ast) ? starVariables(ast) : [];
  const nodes = [...nodesOf(ast)];
  const has = (key: 'type' | 'subType', value: string): boolean => nodes.some((node) => key in node && (node as Readonly<Record<string, unknown>>)[key] === value);
  // Blank nodes become variables: a `*` elsewhere must not see them.
  if (isWildcard(ast) ? names.length === 0 : has('type', 'wildcard') && has('subType', 'blankNode')) return unordered;
  if (isWildcard(ast) && has('subType', 'blankNode') && nodes.filter((node) => 'type' in node && node.type === 'wildcard').length > 1) return unordered;
  if (!orderJoins(where, resolve)) return unordered;
  if (names.length > 0) Object.assign(ast, { variables: names.map((value) => ({ type: 'term', subType: 'variable', value, loc: written })) });
  const ordered = generated(ast, base);
  return exceedsEngine(scanSparql(ordered)) ? unordered : ordered;
}

/** Cheap: a query without these is one group of triple patterns, which the engine orders itself. */
function mayGain(text: string): boolean {
  return /\b(?:OPTIONAL|EXISTS|UNION|MINUS|BIND|IN|SELECT\b[^]*\bSELECT)\b|=|\{[^]*\{/iu.test(text);
}
