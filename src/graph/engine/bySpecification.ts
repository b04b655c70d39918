import { completePaths } from './zeroLengthPaths.js';
import { freshNodes } from './freshNodes.js';
import { writeGraphs, type GraphScope } from './graphScopes.js';
import { answerServices, type ServiceOptions } from './ownService.js';
import { certain, kindOf, mentioned, partsOf, type PatternNode } from './patternVariables.js';
import { nodesOf } from './sparqlSyntax.js';
import { literal, operation, replace, values, type SyntaxNode } from './syntaxNodes.js';

export interface SpecificationOptions extends ServiceOptions {
  /** What GRAPH with a variable goes through; undefined where that is not known. */
  readonly scope: GraphScope | undefined;
}

/** More solutions than anything has; the engine takes no number of more than 32 bits. */
const mostSolutions = 2 ** 31 - 1;

/**
 * Rewrites what the engine would answer otherwise than the specification says, and answers SERVICE; false where there
 * is nothing to rewrite. Changes the tree.
 * @throws Fault address-refused.
 */
export function bySpecification(ast: object, { scope, ...services }: SpecificationOptions): boolean {
  const { resolve } = services;
  const uses = usesOf(ast);
  // One after another, as they stand here.
  const changes = [
    uses.has('service') && answerServices(ast, services),
    uses.has('limitOffset') && boundedSlices(ast),
    uses.has('group_concat') && plainTexts(ast),
    uses.has('bnode') && freshNodes(ast),
    uses.has('optional') && closedGroups(ast),
    (uses.has('*') || uses.has('?')) && completePaths(ast, resolve),
    scope !== undefined && uses.has('graph') && writeGraphs(ast, scope),
  ];
  return changes.includes(true);
}

/** The kinds of what stands in a tree: a text may be long, and is looked through for each only when there is one. */
function usesOf(ast: object): ReadonlySet<unknown> {
  const uses = new Set<unknown>();
  for (const node of nodesOf(ast) as Generator<SyntaxNode>) {
    const { type, subType, operator, aggregation } = node;
    if (type !== 'term') uses.add(subType).add(operator).add(aggregation);
  }
  return uses;
}

/** Numbers of LIMIT and OFFSET that the engine cannot read. */
function boundedSlices(ast: object): boolean {
  let changed = false;
  for (const node of nodesOf(ast) as Generator<SyntaxNode>) {
    if (node['subType'] !== 'limitOffset') continue;
    for (const name of ['limit', 'offset']) {
      if (Number(node[name] ?? 0) <= mostSolutions) continue;
      node[name] = mostSolutions;
      changed = true;
    }
  }
  return changed;
}

/**
 * GROUP_CONCAT gives a text without language (SPARQL 1.1 §18.5.1.7), which the engine keeps; and it takes the texts of
 * numbers and IRIs, where the engine has nothing to say.
 */
function plainTexts(ast: object): boolean {
  let changed = false;
  for (const node of [...nodesOf(ast)] as SyntaxNode[]) {
    if (node['subType'] !== 'aggregate' || node['aggregation'] !== 'group_concat') continue;
    const [argument] = node['expression'] as readonly [unknown];
    const text = operation('coalesce', operation('if', operation('=', operation('lang', argument), literal('')), operation('str', argument), argument), operation('str', argument));
    replace(node, operation('concat', literal(''), { ...node, expression: [text] }));
    changed = true;
  }
  return changed;
}

/** `OPTIONAL { { … FILTER } }`: the inner group sees nothing from outside (§18.2.2); the engine reads it as one group. */
function closedGroups(ast: object): boolean {
  let changed = false;
  for (const node of [...nodesOf(ast)] as SyntaxNode[]) {
    const [only, ...others] = partsOf(node);
    if (node['subType'] !== 'optional' || !only || others.length > 0 || kindOf(only) !== 'group' || !looksOutside(partsOf(only))) continue;
    node['patterns'] = [only, values()];
    changed = true;
  }
  return changed;
}

/** True for a group with a condition on a variable that it does not surely bind. */
function looksOutside(parts: readonly PatternNode[]): boolean {
  const [only] = parts;
  if (only && parts.length === 1 && kindOf(only) === 'group') return looksOutside(partsOf(only));
  const bound = certain(parts);
  return parts.some((part) => kindOf(part) === 'filter' && ![...mentioned(part)].every((name) => bound.has(name)));
}
