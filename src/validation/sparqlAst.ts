import type { TermText } from '../rdf/termText.js';

/** A node of the parser's syntax tree, read generically: the rewriting only cares about a few kinds. */
export type Ast = Readonly<Record<string, unknown>>;

/** Narrower than `Ast`, so that a failed test leaves `Ast` behind. */
type TypedAst = Ast & { readonly type: string };

export interface Triple {
  readonly subject: Ast;
  readonly predicate: Ast;
  readonly object: Ast;
}

const loc = { sourceLocationType: 'autoGenerate' } as const;

export function isAst(value: unknown): value is Ast {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function is(node: unknown, type: string, subType?: string): node is TypedAst {
  return isAst(node) && node['type'] === type && (subType === undefined || node['subType'] === subType);
}

export function astList(node: Ast, member: string): readonly Ast[] {
  const value = node[member];
  return Array.isArray(value) ? value.filter(isAst) : [];
}

export function astText(node: Ast, member: string): string {
  const value = node[member];
  return typeof value === 'string' ? value : '';
}

export const iriNode = (iri: string): Ast => ({ type: 'term', subType: 'namedNode', value: iri, loc });
export const variableNode = (name: string): Ast => ({ type: 'term', subType: 'variable', value: name, loc });
export const booleanNode = (value: boolean): Ast => ({ type: 'term', subType: 'literal', value: String(value), langOrIri: iriNode('http://www.w3.org/2001/XMLSchema#boolean'), loc });
export const numberNode = (value: number): Ast => ({ type: 'term', subType: 'literal', value: String(value), langOrIri: iriNode('http://www.w3.org/2001/XMLSchema#integer'), loc });
export const bgpNode = (triples: readonly Triple[]): Ast => ({ type: 'pattern', subType: 'bgp', triples: triples.map((triple) => ({ type: 'triple', ...triple, loc })), loc });
export const groupNode = (patterns: readonly Ast[]): Ast => ({ type: 'pattern', subType: 'group', patterns, loc });
export const unionNode = (...branches: readonly (readonly Ast[])[]): Ast => ({ type: 'pattern', subType: 'union', patterns: branches.map(groupNode), loc });
export const graphNode = (graph: string, patterns: readonly Ast[]): Ast => ({ type: 'pattern', subType: 'graph', name: iriNode(graph), patterns, loc });
export const filterNode = (expression: Ast): Ast => ({ type: 'pattern', subType: 'filter', expression, loc });
export const notExistsNode = (pattern: Ast): Ast => filterNode({ type: 'expression', subType: 'patternOperation', operator: 'notexists', args: groupNode([pattern]), loc });
export const bindNode = (expression: Ast, name: string): Ast => ({ type: 'pattern', subType: 'bind', expression, variable: variableNode(name), loc });

export const valuesNode = (name: string, value: Ast): Ast => ({ type: 'pattern', subType: 'values', variables: [variableNode(name)], values: [{ [name]: value }], loc });

export function isVariable(node: unknown, name?: string): node is TypedAst {
  return is(node, 'term', 'variable') && (name === undefined || node['value'] === name);
}

/** Visits every node below, parents first. */
export function visit(node: unknown, see: (node: Ast) => void): void {
  if (Array.isArray(node)) {
    for (const member of node) visit(member, see);
  } else if (isAst(node)) {
    see(node);
    for (const key in node) if (key !== 'loc') visit(node[key], see);
  }
}

/** A copy in which `change` replaced nodes, children first; it may answer several nodes for a member of a list. */
export function rewrite<T>(node: T, change: (node: Ast) => Ast | readonly Ast[]): T {
  const result = rewriteNode(node, change);
  return (Array.isArray(result) && !Array.isArray(node) ? groupNode(result) : result) as T;
}

function rewriteNode(node: unknown, change: (node: Ast) => Ast | readonly Ast[]): unknown {
  if (Array.isArray(node)) {
    return node.flatMap((member: unknown) => {
      const result = rewriteNode(member, change);
      return Array.isArray(member) ? [result] : result;
    });
  }
  if (!isAst(node)) return node;
  const copy: Record<string, unknown> = {};
  for (const key in node) copy[key] = key === 'loc' ? loc : rewriteNode(node[key], change);
  return change(copy);
}

/** Term text of a constant; undefined for variables and blank nodes. */
export function constantText(node: Ast): TermText | undefined {
  if (is(node, 'term', 'namedNode')) return `<${astText(node, 'value')}>`;
  return undefined;
}

/** Triples of a basic graph pattern. */
export function triplesOf(bgp: Ast): readonly Triple[] {
  return astList(bgp, 'triples').flatMap(({ subject, predicate, object }) => (isAst(subject) && isAst(predicate) && isAst(object) ? [{ subject, predicate, object }] : []));
}
