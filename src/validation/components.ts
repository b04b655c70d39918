import { shacl } from './shapesGraph.js';
import type { TermText } from '../rdf/termText.js';

/** What the value of a constraint parameter must be (SHACL §4 and appendix A). */
export type ParameterKind =
  | 'shape'
  | 'shapes'
  | 'property'
  | 'iri'
  | 'integer'
  | 'string'
  | 'boolean'
  | 'iris'
  | 'strings'
  | 'terms'
  | 'literal'
  | 'node-kind'
  | 'term'
  | 'constraint';

interface Parameter {
  readonly kind: ParameterKind;
  /** May only stand in a property shape. */
  readonly propertyOnly?: true;
  /** At most one value per shape. */
  readonly single?: true;
  /** Useless without this other parameter. */
  readonly needs?: string;
}

const table: Readonly<Record<string, Parameter>> = {
  class: { kind: 'iri' },
  datatype: { kind: 'iri', single: true },
  nodeKind: { kind: 'node-kind', single: true },
  minCount: { kind: 'integer', propertyOnly: true, single: true },
  maxCount: { kind: 'integer', propertyOnly: true, single: true },
  minExclusive: { kind: 'literal', single: true },
  minInclusive: { kind: 'literal', single: true },
  maxExclusive: { kind: 'literal', single: true },
  maxInclusive: { kind: 'literal', single: true },
  minLength: { kind: 'integer', single: true },
  maxLength: { kind: 'integer', single: true },
  pattern: { kind: 'string' },
  flags: { kind: 'string', single: true, needs: 'pattern' },
  languageIn: { kind: 'strings', single: true },
  uniqueLang: { kind: 'boolean', propertyOnly: true, single: true },
  equals: { kind: 'iri' },
  disjoint: { kind: 'iri' },
  lessThan: { kind: 'iri', propertyOnly: true },
  lessThanOrEquals: { kind: 'iri', propertyOnly: true },
  not: { kind: 'shape' },
  and: { kind: 'shapes' },
  or: { kind: 'shapes' },
  xone: { kind: 'shapes' },
  node: { kind: 'shape' },
  property: { kind: 'property' },
  qualifiedValueShape: { kind: 'shape', propertyOnly: true, single: true },
  qualifiedMinCount: { kind: 'integer', propertyOnly: true, single: true, needs: 'qualifiedValueShape' },
  qualifiedMaxCount: { kind: 'integer', propertyOnly: true, single: true, needs: 'qualifiedValueShape' },
  qualifiedValueShapesDisjoint: { kind: 'boolean', propertyOnly: true, single: true, needs: 'qualifiedValueShape' },
  closed: { kind: 'boolean', single: true },
  ignoredProperties: { kind: 'iris', single: true, needs: 'closed' },
  hasValue: { kind: 'term' },
  in: { kind: 'terms', single: true },
  sparql: { kind: 'constraint' },
};

/** Constraint parameters of SHACL Core and SPARQL-based constraints, by predicate. */
export const parameters: ReadonlyMap<TermText, Parameter & { readonly name: string }> = new Map(
  Object.entries(table).map(([name, parameter]) => [shacl(name), { name, ...parameter }]),
);

export const targetPredicates = {
  class: shacl('targetClass'),
  node: shacl('targetNode'),
  subjectsOf: shacl('targetSubjectsOf'),
  objectsOf: shacl('targetObjectsOf'),
} as const;

/** Further predicates a shape may carry (SHACL §2.1, §2.3.2). */
export const descriptive: ReadonlySet<TermText> = new Set(
  ['path', 'severity', 'message', 'deactivated', 'name', 'description', 'order', 'group', 'defaultValue', 'targetClass', 'targetNode', 'targetSubjectsOf', 'targetObjectsOf', 'declare', 'prefixes', 'shapesGraph', 'entailment', 'suggestedShapesGraph'].map(shacl),
);

/** Where a parameter's values, or the members of its lists, are shapes. */
export const shapeParameters: readonly TermText[] = ['not', 'node', 'property', 'qualifiedValueShape'].map(shacl);
export const shapeListParameters: readonly TermText[] = ['and', 'or', 'xone'].map(shacl);
