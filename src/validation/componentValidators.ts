/**
 * Validators that take the place of the library's: where it departs from the text of SHACL, and where it reads the
 * data (ours read the focus view). Each line of the table says what is different.
 */
import type { Term } from '@rdfjs/types';
import type SHACLValidator from 'rdf-validate-shacl';
import type { GenericValidator, ValidationResult as Found, Validator } from 'rdf-validate-shacl/src/validation-engine.js';
import type { Constraint } from 'rdf-validate-shacl/src/shapes-graph.js';
import { dateTimeKinds, isDateTimeValue } from '../rdf/lexical/dateTime.js';
import { rdf, rdfs, sh, xsd } from '../rdf/prefixes.js';
import { namedNode, termText } from '../rdf/terms.js';
import type { TermText } from '../rdf/termText.js';
import { compareTerms } from './compare.js';
import { isSkolemText } from './focusView.js';
import { toRegExp } from './pattern.js';

/** What validators may ask about the data and the shapes; terms of the data come from one cache. */
export interface Reading {
  objects(node: Term, predicate: Term): readonly Term[];
  triples(node: Term): readonly (readonly [Term, Term])[];
  /** Value nodes of the constraint's shape. */
  values(focusNode: Term, constraint: Constraint): readonly Term[];
  list(head: Term): readonly Term[];
  siblings(shape: Term): readonly Term[];
  /** IRIs of the direct property shapes' paths, for sh:closed. */
  declared(shape: Term): ReadonlySet<TermText>;
  /** Solutions of the SPARQL-based constraint. */
  solutions(focusNode: Term, constraint: Constraint): Found[];
}

type Test = (value: Term, parameter: Term, constraint: Constraint, focusNode: Term) => boolean;

const type = namedNode(rdf('type'));
const subClassOf = namedNode(rdfs('subClassOf'));

/** `datatype` is the library's own check, which knows most lexical forms but lets impossible dates pass. */
export function componentValidators(data: Reading, datatype: GenericValidator): ReadonlyMap<string, Validator> {
  const counts = (name: string, test: (count: number, limit: number) => boolean): Validator =>
    perFocus((focusNode, constraint) => test(data.values(focusNode, constraint).length, numberOf(parameter(constraint, name))));
  const shapeCount = (context: SHACLValidator, value: Term, constraint: Constraint, name: string): number =>
    data.list(parameter(constraint, name)).filter((shape) => context.nodeConformsToShape(value, shape)).length;

  const lessThan = (name: string, test: (order: number) => boolean): Validator =>
    perFocus((focusNode, constraint) => {
      const others = data.objects(focusNode, parameter(constraint, name));
      return data.values(focusNode, constraint).flatMap((value) => others.filter((other) => !ordered(value, other, test)).map(() => ({ value })));
    });
  const qualified = (name: string, test: (count: number, limit: number) => boolean): Validator =>
    perFocus((focusNode, constraint, context) => {
      const shape = parameter(constraint, 'qualifiedValueShape');
      const siblings = data.siblings(constraint.shape.shapeNode);
      const count = data
        .values(focusNode, constraint)
        .filter((value) => context.nodeConformsToShape(value, shape) && !siblings.some((sibling) => context.nodeConformsToShape(value, sibling))).length;
      return test(count, numberOf(parameter(constraint, name)));
    });
  const isInstance = (node: Term, name: Term): boolean => {
    const classes = new Map<string, Term>(data.objects(node, type).map((item) => [termText(item), item]));
    for (const item of classes.values()) {
      if (item.equals(name)) return true;
      for (const wider of data.objects(item, subClassOf)) classes.set(termText(wider), wider);
    }
    return false;
  };

  const byName: Readonly<Record<string, Validator>> = {
    // Each value node must conform; the library checks the focus node with the path put over the listed shapes.
    And: { validate: (context, _focus, value, constraint) => data.list(parameter(constraint, 'and')).every((shape) => context.nodeConformsToShape(value, shape)) },
    Or: { validate: (context, _focus, value, constraint) => shapeCount(context, value, constraint, 'or') > 0 },
    Xone: { validate: (context, _focus, value, constraint) => shapeCount(context, value, constraint, 'xone') === 1 },
    // Walks up from the types; the library walks down from the class and never ends on cyclic subclasses.
    Class: perValue('class', isInstance),
    Datatype: {
      validate: (context, focusNode, value, constraint) => isPossibleDate(value) && datatype.validate(context, focusNode, value, constraint) === true,
    },
    Closed: {
      validate: (_context, _focus, value, constraint) => {
        if (parameter(constraint, 'closed').value !== 'true') return true;
        const ignored = parameter(constraint, 'ignoredProperties');
        const allowed = new Set([...data.declared(constraint.shape.shapeNode), ...(ignored ? data.list(ignored).map(termText) : [])]);
        return data.triples(value).flatMap(([path, object]) => (allowed.has(termText(path)) ? [] : [{ path, value: object }]));
      },
    },
    Disjoint: perValue('disjoint', (value, predicate, _constraint, focusNode) => !includes(data.objects(focusNode, predicate), value)),
    // In a node shape the focus node itself also is a result when it is missing; the library leaves it out.
    Equals: perFocus((focusNode, constraint) => {
      const others = data.objects(focusNode, parameter(constraint, 'equals'));
      const values = constraint.shape.isPropertyShape ? data.values(focusNode, constraint) : [focusNode];
      return [...values.filter((value) => !includes(others, value)), ...others.filter((other) => !includes(values, other))].map((value) => ({ value }));
    }),
    HasValue: perFocus((focusNode, constraint) =>
      includes(constraint.shape.isPropertyShape ? data.values(focusNode, constraint) : [focusNode], parameter(constraint, 'hasValue')),
    ),
    // langMatches (RFC 4647 basic filtering): not by bare prefix, and without regard to case.
    LanguageIn: perValue('languageIn', (value, head) => value.termType === 'Literal' && data.list(head).some((range) => languageMatches(value.language, range.value))),
    LessThan: lessThan('lessThan', (order) => order < 0),
    LessThanOrEquals: lessThan('lessThanOrEquals', (order) => order <= 0),
    MinCount: counts('minCount', (count, limit) => count >= limit),
    MaxCount: counts('maxCount', (count, limit) => count <= limit),
    // Comparison as in SPARQL; the library compares strings by locale and calendar types loosely.
    MinExclusive: perValue('minExclusive', (value, limit) => ordered(value, limit, (order) => order > 0)),
    MinInclusive: perValue('minInclusive', (value, limit) => ordered(value, limit, (order) => order >= 0)),
    MaxExclusive: perValue('maxExclusive', (value, limit) => ordered(value, limit, (order) => order < 0)),
    MaxInclusive: perValue('maxInclusive', (value, limit) => ordered(value, limit, (order) => order <= 0)),
    // Characters are code points; skolem IRIs are blank nodes, which have no length.
    MinLength: perValue('minLength', (value, limit) => !isBlank(value) && [...value.value].length >= numberOf(limit)),
    MaxLength: perValue('maxLength', (value, limit) => !isBlank(value) && [...value.value].length <= numberOf(limit)),
    NodeKind: perValue('nodeKind', (value, kind) => nodeKindsOf(value).has(kind.value)),
    // Flags x and q, and XPath's own classes.
    Pattern: perValue('pattern', (value, pattern, constraint) => !isBlank(value) && regExp(pattern.value, parameter(constraint, 'flags')?.value ?? '').test(value.value)),
    QualifiedMinCount: qualified('qualifiedMinCount', (count, limit) => count >= limit),
    QualifiedMaxCount: qualified('qualifiedMaxCount', (count, limit) => count <= limit),
    // One result per language tag, without regard to case.
    UniqueLang: perFocus((focusNode, constraint) => {
      if (parameter(constraint, 'uniqueLang').value !== 'true') return [];
      const tags = data.values(focusNode, constraint).map((value) => (value.termType === 'Literal' ? value.language.toLowerCase() : ''));
      const repeated = new Set(tags.filter((tag, index) => tag !== '' && tags.indexOf(tag) !== index));
      return [...repeated].map((message) => ({ message }));
    }),
    SPARQL: perFocus((focusNode, constraint) => data.solutions(focusNode, constraint)),
  };
  return new Map(Object.entries(byName).map(([name, validator]) => [sh(`${name}ConstraintComponent`), validator]));
}

function parameter(constraint: Constraint, name: string): Term {
  return constraint.getParameterValue(namedNode(sh(name)));
}

function perValue(name: string, test: Test): Validator {
  return { validate: (_context, focusNode, value, constraint) => test(value, parameter(constraint, name), constraint, focusNode) };
}

type Find = (focusNode: Term, constraint: Constraint, context: SHACLValidator) => Found[] | boolean;

function perFocus(find: Find): Validator {
  return {
    nodeValidate: (context, focusNode, _value, constraint) => find(focusNode, constraint, context),
    propertyValidate: (context, focusNode, _value, constraint) => find(focusNode, constraint, context),
  };
}

function ordered(value: Term, other: Term, test: (order: number) => boolean): boolean {
  const order = compareTerms(value, other);
  return order !== undefined && test(order);
}

function includes(terms: readonly Term[], term: Term): boolean {
  return terms.some((other) => other.equals(term));
}

function isPossibleDate(value: Term): boolean {
  if (value.termType !== 'Literal') return true;
  const kind = dateTimeKinds.find((name) => value.datatype.value === xsd(name));
  return kind === undefined || isDateTimeValue(kind, value.value);
}

function numberOf(term: Term): number {
  return Number(term.value);
}

function isBlank(term: Term): boolean {
  return term.termType === 'BlankNode' || (term.termType === 'NamedNode' && isSkolemText(`<${term.value}>`));
}

const kinds = { iri: ['IRI', 'BlankNodeOrIRI', 'IRIOrLiteral'], blank: ['BlankNode', 'BlankNodeOrIRI', 'BlankNodeOrLiteral'], literal: ['Literal', 'BlankNodeOrLiteral', 'IRIOrLiteral'] };
const kindSets = { iri: new Set(kinds.iri.map(sh)), blank: new Set(kinds.blank.map(sh)), literal: new Set(kinds.literal.map(sh)) };

/** Node kinds a term has; a skolem IRI is the blank node it stands for. */
function nodeKindsOf(term: Term): ReadonlySet<string> {
  if (isBlank(term)) return kindSets.blank;
  return term.termType === 'Literal' ? kindSets.literal : kindSets.iri;
}

function languageMatches(language: string, range: string): boolean {
  const tag = language.toLowerCase();
  const wanted = range.toLowerCase();
  return tag !== '' && (wanted === '*' || tag === wanted || tag.startsWith(`${wanted}-`));
}

const compiled = new Map<string, RegExp>();

function regExp(pattern: string, flags: string): RegExp {
  const key = `${flags} ${pattern}`;
  let expression = compiled.get(key);
  if (!expression) compiled.set(key, (expression = toRegExp(pattern, flags)));
  return expression;
}

