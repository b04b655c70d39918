import { xsd } from '../../rdf/prefixes.js';

/** A node of a syntax tree that may be changed where it is. */
export type SyntaxNode = Record<string, unknown>;
export type Expression = Readonly<SyntaxNode>;

/** Says to the generator: write this node out, do not copy it from a source text. */
export const written = { sourceLocationType: 'autoGenerate' } as const;

export function operation(operator: string, ...args: readonly unknown[]): Expression {
  return { type: 'expression', subType: 'operation', operator, args, loc: written };
}

export function literal(value: string, datatype?: string): Expression {
  const langOrIri = datatype === undefined ? {} : { langOrIri: { type: 'term', subType: 'namedNode', value: xsd(datatype), loc: written } };
  return { type: 'term', subType: 'literal', value, ...langOrIri, loc: written };
}

export function variable(value: string): Expression {
  return { type: 'term', subType: 'variable', value, loc: written };
}

export function iri(value: string): Expression {
  return { type: 'term', subType: 'namedNode', value, loc: written };
}

/** An expression that is an error whatever it is part of (SPARQL 1.1 §17.3: division of integers by zero). */
export function error(): Expression {
  return operation('/', literal('1', 'integer'), literal('0', 'integer'));
}

export function group(patterns: readonly unknown[], subType: 'group' | 'union' = 'group'): Expression {
  return { type: 'pattern', subType, patterns, loc: written };
}

export function filter(expression: Expression): Expression {
  return { type: 'pattern', subType: 'filter', expression, loc: written };
}

export function notExists(...patterns: readonly unknown[]): Expression {
  return { type: 'expression', subType: 'patternOperation', operator: 'notexists', args: group(patterns), loc: written };
}

export function bind(expression: Expression, name: string): Expression {
  return { type: 'pattern', subType: 'bind', expression, variable: variable(name), loc: written };
}

/** One variable and the terms it may be; no variable: one solution that says nothing. */
export function values(name?: string, ...terms: readonly unknown[]): Expression {
  const [variables, rows] = name === undefined ? [[], [{}]] : [[variable(name)], terms.map((term) => ({ [name]: term }))];
  return { type: 'pattern', subType: 'values', variables, values: rows, loc: written };
}

/** Makes one node into another, wherever it hangs. */
export function replace(node: SyntaxNode, by: Expression): void {
  for (const key of Object.keys(node)) delete node[key];
  Object.assign(node, by);
}
