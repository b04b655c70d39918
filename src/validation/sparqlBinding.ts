import { Generator } from '@traqula/generator-sparql-1-1';
import {
  astList, bgpNode, bindNode, booleanNode, filterNode, graphNode, groupNode, is, isAst, isVariable, iriNode, notExistsNode, numberNode, rewrite, triplesOf, unionNode, valuesNode, visit,
  type Ast, type Triple,
} from './sparqlAst.js';
import type { ParsedSelect } from './sparqlParse.js';

/**
 * How `$this` is read: its own triples from the dataset (`own`), everything from the context because the dataset does
 * not describe it (`context`), or as a literal, which is the subject of nothing.
 */
export type FocusKind = 'own' | 'context' | 'literal';

// Stand-ins in the generated text; no query can hold them by accident that was not written against us.
export const thisMark = 'urn:regiograaf:pre-bound:this';
export const datasetMark = 'urn:regiograaf:pre-bound:dataset';
const generator = new Generator();

/**
 * The query with `$this` substituted everywhere (SHACL §5.3.1: pre-binding reaches into every scope, which VALUES
 * would not). Triples about `$this` itself read the dataset under validation, all others the context: the default
 * graph, joined by the dataset when that is not part of the default graph (`merged` false).
 */
export function bindThis(query: ParsedSelect, options: { readonly focus: FocusKind; readonly merged: boolean; readonly currentShape: string; readonly shapesGraph: string }): string {
  let names = 0;
  const constants: ReadonlyMap<string, Ast> = new Map([
    ['this', iriNode(thisMark)],
    ['currentShape', iriNode(options.currentShape)],
    ['shapesGraph', iriNode(options.shapesGraph)],
  ]);
  const constant = (node: unknown): Ast | undefined => (isVariable(node) && typeof node['value'] === 'string' ? constants.get(node['value']) : undefined);
  // Markers that must not become constants are taken care of before: projections and groupings.
  const unprojected = rewrite(query, (node) => {
    if (is(node, 'query', 'select')) {
      const kept = astList(node, 'variables').filter((item) => !constant(item));
      return { ...node, variables: kept.length > 0 ? kept : [bindNode(numberNode(1), `solution__${(names += 1)}`)] };
    }
    if (is(node, 'solutionModifier', 'group')) {
      return {
        ...node,
        groupings: astList(node, 'groupings').map((item) => {
          const value = constant(item);
          return value ? { variable: { ...item, value: `group__${(names += 1)}` }, value } : item;
        }),
      };
    }
    if (is(node, 'expression', 'operation') && node['operator'] === 'bound' && astList(node, 'args').some((arg) => constant(arg))) return booleanNode(true);
    return node;
  });
  const bound = rewrite(unprojected, (node) => constant(node) ?? node);
  return generator.generate(rewrite(bound, (node) => (is(node, 'pattern', 'bgp') ? place(triplesOf(node), options.focus, options.merged) : node)));
}

/**
 * The query for many focus nodes at once, which describe themselves in a merged dataset: one VALUES block instead of
 * substitution. Only for a query whose parts stand in one group, where joining with `$this` is the same as putting it
 * in; undefined for others. Each row then tells its `$this`.
 */
export function bindMany(query: ParsedSelect, options: { readonly currentShape: string; readonly shapesGraph: string }): string | undefined {
  const tree: unknown = query;
  if (!is(tree, 'query', 'select') || !isFlat(tree)) return undefined;
  const constants: ReadonlyMap<string, Ast> = new Map([
    ['currentShape', iriNode(options.currentShape)],
    ['shapesGraph', iriNode(options.shapesGraph)],
  ]);
  const values = valuesNode('this', iriNode(thisMark));
  const bound = rewrite(query, (node) => {
    if (is(node, 'query', 'select') && isAst(node['where'])) return { ...node, where: groupNode([values, ...astList(node['where'], 'patterns')]) };
    return isVariable(node) ? (constants.get(String(node['value'])) ?? node) : node;
  });
  return generator.generate(rewrite(bound, (node) => (is(node, 'pattern', 'bgp') ? place(triplesOf(node), 'own', true) : node)));
}

/** One group of triples, filters and BINDs; nothing that looks at all solutions, or at a scope of its own. */
function isFlat(query: Ast): boolean {
  const { where, solutionModifiers } = query;
  if (!isAst(where) || !isAst(solutionModifiers) || Object.keys(solutionModifiers).length > 0) return false;
  let flat = astList(where, 'patterns').every((pattern) => ['bgp', 'filter', 'bind'].some((kind) => is(pattern, 'pattern', kind)));
  visit([query['variables'], where], (node) => {
    if (is(node, 'query') || is(node, 'wildcard') || is(node, 'expression', 'patternOperation') || is(node, 'expression', 'aggregate') || is(node, 'path')) flat = false;
    // A constant cannot be projected.
    if (isVariable(node, 'currentShape') || isVariable(node, 'shapesGraph')) flat &&= !astList(query, 'variables').includes(node);
  });
  return flat;
}

function place(triples: readonly Triple[], focus: FocusKind, merged: boolean): readonly Ast[] {
  const about = triples.filter((triple) => isThis(triple.subject));
  if (focus === 'literal' && about.length > 0) return [filterNode(booleanNode(false))];
  const own = focus === 'own' ? about.filter((triple) => isOneStep(triple.predicate)) : [];
  const others = triples.filter((triple) => !own.includes(triple));
  const patterns: Ast[] = [];
  if (own.length > 0) patterns.push(graphNode(datasetMark, [bgpNode(own)]));
  if (merged && others.length > 0) patterns.push(bgpNode(others));
  if (!merged) patterns.push(...others.map(inEither));
  return patterns;
}

/** The triple in the default graph or in the dataset, once. */
function inEither(triple: Triple): Ast {
  const pattern = bgpNode([triple]);
  return unionNode([pattern], [graphNode(datasetMark, [pattern]), notExistsNode(pattern)]);
}

function isThis(node: Ast): boolean {
  return isVariable(node, 'this') || (is(node, 'term', 'namedNode') && node['value'] === thisMark);
}

/** A predicate, or a choice among predicates: read from the subject's own triples alone. */
function isOneStep(predicate: Ast): boolean {
  if (is(predicate, 'term')) return true;
  if (!is(predicate, 'path', '|') && !is(predicate, 'path', '!')) return false;
  const items = predicate['items'];
  return Array.isArray(items) && items.every((item) => isAst(item) && isOneStep(item));
}
