import { certain, kindOf, mentioned, overlaps, partsOf, type PatternNode } from './patternVariables.js';
import { hasPattern } from './forLoop.js';
import { nodesOf } from './sparqlSyntax.js';
import { filter, group, iri, literal, replace, values, written, type Expression, type SyntaxNode } from './syntaxNodes.js';

/*
 * `GRAPH ?g { P }` is P in one graph after another, and ?g says which only then (SPARQL 1.1 §18.6, Graph). The engine
 * takes it for triple patterns that all have ?g as their graph, which is the same for most P. For others the graphs are
 * written out: at least as sure, and slower only when there are very many.
 */

/** Operations that one GRAPH may become: fewer than the engine can follow in one query (`outline`). */
const mostSteps = 1000;
/** Nodes of the tree that it may become: VALUES may hold very many. */
const mostNodes = 100_000;

export interface GraphScope {
  readonly graphs: readonly string[];
  /** A condition within GRAPH sees which graph it is: not by the letter, but what many write and most engines do. */
  readonly visible: boolean;
}

/** Writes out the graphs where the engine would find something else; false where there is nothing to write. */
export function writeGraphs(tree: unknown, scope: GraphScope): boolean {
  if (typeof tree !== 'object' || tree === null) return false;
  const node = tree as SyntaxNode;
  let changed = false;
  for (const [key, value] of Object.entries(node)) if (key !== 'loc') changed = writeGraphs(value, scope) || changed;
  const name = node['name'] as PatternNode | undefined;
  if (node['type'] !== 'pattern' || node['subType'] !== 'graph' || name?.['subType'] !== 'variable') return changed;
  const variable = String(name['value']);
  const parts = partsOf(node);
  const { graphs, visible } = scope;
  if ((hasTriples(parts) && isByTriples(parts, { variable, visible })) || !mayGrow(parts, graphs.length)) return changed;
  const each = graphs.map((graph) => {
    const name = values(variable, iri(graph));
    return group(visible ? [inGraph(graph, [name, ...structuredClone(parts).map(beside)])] : [inGraph(graph, structuredClone(parts)), name]);
  });
  replace(node, graphs.length > 1 ? group(each, 'union') : (each[0] ?? group([filter(literal('false', 'boolean'))])));
  return true;
}

/** A subquery has braces of its own, unless it is alone in a group. */
function beside(part: PatternNode): unknown {
  return part['type'] === 'query' ? group([part]) : part;
}

function inGraph(graph: string, patterns: readonly unknown[]): Expression {
  return { type: 'pattern', subType: 'graph', name: iri(graph), patterns, loc: written };
}

function mayGrow(parts: readonly PatternNode[], times: number): boolean {
  // GRAPH, VALUES and UNION come with each.
  let steps = 3;
  let nodes = 0;
  for (const node of nodesOf(parts)) {
    nodes += 1;
    // Patterns, paths and expressions: each is at most one step for the engine.
    if ('type' in node && node.type !== 'term' && node.type !== 'triple') steps += 1;
  }
  return steps * times <= mostSteps && nodes * times <= mostNodes;
}

/** True where every solution has a triple pattern of its own in it. */
function hasTriples(parts: readonly PatternNode[]): boolean {
  return parts.some((part) => {
    switch (kindOf(part)) {
      case 'bgp':
        return (part['triples'] as readonly unknown[]).length > 0;
      case 'union':
        return partsOf(part).every((branch) => hasTriples(kindOf(branch) === 'group' ? partsOf(branch) : [branch]));
      default:
        return kindOf(part) === 'group' && hasTriples(partsOf(part));
    }
  });
}

interface Own {
  readonly variable: string;
  readonly visible: boolean;
}

/** True for a part that says something of the variable itself. */
function uses(part: PatternNode, own: Own): boolean {
  const kind = kindOf(part);
  if (own.visible && kind === 'filter') return false;
  if (own.visible && kind === 'bind') return mentioned(part['variable']).has(own.variable);
  return kind === 'graph' || partsOf(part).length === 0 ? mentioned(part).has(own.variable) : partsOf(part).some((inner) => uses(inner, own));
}

/** True where giving each triple pattern the graph is the same as having the whole in that graph. */
function isByTriples(parts: readonly PatternNode[], own: Own): boolean {
  const others = parts.filter((part) => kindOf(part) !== 'bgp');
  if (others.some((part) => uses(part, own))) return false;
  return others.every((part) => {
    switch (kindOf(part)) {
      case 'filter':
      case 'bind':
        return !hasPattern(part) || (hasTriples(parts) && !/"type":"query"|"subType":"minus"/u.test(JSON.stringify(part)));
      case 'minus':
        // What is taken away has a variable in common anyway.
        return overlaps(certain(parts.slice(0, parts.indexOf(part))), certain(partsOf(part))) && isByTriples(partsOf(part), own);
      case 'optional':
      case 'group':
      case 'union':
        return isByTriples(partsOf(part), own);
      case 'graph':
        return hasTriples(parts);
      default:
        return kindOf(part) === 'values';
    }
  });
}
