import type { ContextDefinition, PatternGroup, QuerySelect } from '@traqula/rules-sparql-1-1';
import { checkIri } from '../../rdf/iri.js';
import { iriResolver } from '../engine/iriResolver.js';
import { bySpecification } from '../engine/bySpecification.js';
import { writeGraphs } from '../engine/graphScopes.js';
import { nodesOf, parseQueryText } from '../engine/sparqlSyntax.js';
import { written } from '../engine/syntaxNodes.js';
import { generated, writeQuery } from '../engine/writeQuery.js';
import type { SelectOptions } from '../state.js';
import type { QuadTemplate, UpdateOperation } from './plan.js';
import { makesBlankNodes, variablesOf } from './templates.js';

type Selected = Pick<Extract<UpdateOperation, { readonly kind: 'modify' }>, 'select' | 'single' | 'perGraph'>;

/** The PREFIX and BASE lines in force: they add up over the operations of a request (SPARQL 1.1 Update §3). */
export interface Prologue {
  readonly base: string | undefined;
  readonly definitions: ContextDefinition[];
}

/**
 * A WHERE as the text of a SELECT of what the templates need. Duplicates stay: each solution may make blank nodes of
 * its own. Without variables or blank nodes all solutions make the same quads, so the first is enough.
 */
export function selectOf(where: PatternGroup, templates: readonly QuadTemplate[], { base, definitions }: Prologue, endpoint: string | undefined): Pick<Selected, 'select' | 'perGraph'> {
  if (base === undefined && !definitions.some(({ subType }) => subType === 'base')) checkIris(where);
  const loc = written;
  const names = variablesOf(templates);
  const [first, ...rest] = names.map((value) => ({ type: 'term', subType: 'variable', value, loc }) as const);
  const select: QuerySelect = {
    type: 'query',
    subType: 'select',
    context: definitions,
    variables: first === undefined ? [{ type: 'wildcard', loc }] : [first, ...rest],
    solutionModifiers: isSingle(templates) ? { limitOffset: { type: 'solutionModifier', subType: 'limitOffset', limit: 1, offset: undefined, loc } } : {},
    datasets: { type: 'datasetClauses', clauses: [], loc },
    where,
    loc,
  };
  const resolve = iriResolver(definitions, base ?? '');
  bySpecification(select, { resolve, endpoint, scope: undefined });
  // Written first: a better order changes the tree.
  const text = generated(select, base);
  return { ...(isPerGraph(text) ? { perGraph: text } : {}), select: writeQuery(text, select, { base, resolve, changed: false }) };
}

/** True when all solutions make the same quads. */
export function isSingle(templates: readonly QuadTemplate[]): boolean {
  return variablesOf(templates).length === 0 && !makesBlankNodes(templates);
}

/** True for a SELECT that must name the graphs that GRAPH with a variable goes through, whichever those are. */
function isPerGraph(text: string): boolean {
  return /\bGRAPH\s*[?$]/iu.test(text) && writeGraphs(parseQueryText(text), { graphs: ['urn:x-graph'], visible: true });
}

/** The SELECT of a WHERE that goes through these graphs. */
function inGraphs({ select, perGraph }: Selected, graphs: readonly string[]): string {
  if (perGraph === undefined) return select;
  const ast = parseQueryText(perGraph);
  writeGraphs(ast, { graphs, visible: true });
  return writeQuery(perGraph, ast, { base: undefined, resolve: iriResolver(ast.context, ''), changed: true });
}

/** The SELECT of a WHERE for no more than so many solutions. */
export function upTo(where: Selected, rows: number, { namedGraphs = [] }: SelectOptions): string {
  const select = inGraphs(where, namedGraphs);
  return where.single ? select : `${select}\nLIMIT ${rows}`;
}

/** The SELECT of a WHERE for the one solution after so many: it is as much work as they are, and makes no table of them. */
export function after(where: Selected, rows: number, { namedGraphs = [] }: SelectOptions): string {
  const select = inGraphs(where, namedGraphs);
  return where.single ? select : `${select}\nOFFSET ${rows} LIMIT 1`;
}

/** Without a base every IRI that is written in full must be absolute. */
function checkIris(where: object): void {
  for (const node of nodesOf(where)) {
    if (!('subType' in node) || node.subType !== 'namedNode' || 'prefix' in node) continue;
    if ('value' in node && typeof node.value === 'string') checkIri(node.value);
  }
}
