import type { Text } from '../faults.js';
import { xsd, rdf } from '../rdf/prefixes.js';
import { parseTermText } from '../rdf/terms.js';
import type { TermText } from '../rdf/termText.js';
import { descriptive, parameters, targetPredicates, type ParameterKind } from './components.js';
import { toRegExp } from './pattern.js';
import { referredShapes } from './shape.js';
import { IllFormed, rdfType, shacl, type ShapesGraph } from './shapesGraph.js';

export interface ShapeProblem {
  readonly shape: TermText;
  readonly problem: Text;
}

const nodeKinds = new Set(['BlankNode', 'IRI', 'Literal', 'BlankNodeOrIRI', 'BlankNodeOrLiteral', 'IRIOrLiteral'].map(shacl));
const integerTypes = new Set(['integer', 'nonNegativeInteger', 'positiveInteger', 'int', 'long', 'short', 'byte', 'unsignedInt', 'unsignedLong', 'unsignedShort', 'unsignedByte'].map(xsd));

/** What is wrong with one shape (SHACL "syntax rules"); an empty list for a well-formed shape. */
export function checkShape(graph: ShapesGraph, node: TermText): readonly ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  const report = (nl: string, en: string): void => void problems.push({ shape: node, problem: { nl, en } });
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof IllFormed)) throw error;
      report(error.text.nl, error.text.en);
    }
  };
  const paths = graph.values(node, shacl('path'));
  const isProperty = paths.length > 0;
  if (node.startsWith('"')) report('een tekst of getal kan geen vorm (shape) zijn', 'a literal cannot be a shape');
  if (paths.length > 1) report('een eigenschapsvorm heeft precies één sh:path', 'a property shape has exactly one sh:path');
  for (const path of paths) attempt(() => graph.path(path));
  if (!isProperty && graph.values(node, rdfType).includes(shacl('PropertyShape'))) report('sh:PropertyShape zonder sh:path', 'sh:PropertyShape without sh:path');
  if (isProperty && graph.values(node, rdfType).includes(shacl('NodeShape'))) report('een sh:NodeShape mag geen sh:path hebben', 'a sh:NodeShape must not have sh:path');

  for (const predicate of graph.predicates(node)) {
    const parameter = parameters.get(predicate);
    const values = graph.values(node, predicate);
    if (!parameter) {
      if (predicate.startsWith(shacl('').slice(0, -1)) && !descriptive.has(predicate)) {
        report(`${predicate} wordt niet ondersteund of bestaat niet in SHACL`, `${predicate} is not supported or not a term of SHACL Core`);
      }
      continue;
    }
    if (parameter.propertyOnly && !isProperty) report(`sh:${parameter.name} kan alleen bij een sh:path staan`, `sh:${parameter.name} needs a sh:path`);
    if (parameter.single && values.length > 1) report(`sh:${parameter.name} mag maar één keer voorkomen`, `sh:${parameter.name} may occur only once`);
    if (parameter.needs && graph.values(node, shacl(parameter.needs)).length === 0) {
      report(`sh:${parameter.name} heeft sh:${parameter.needs} nodig`, `sh:${parameter.name} needs sh:${parameter.needs}`);
    }
    for (const value of values) attempt(() => checkValue(graph, parameter.kind, parameter.name, value));
  }
  attempt(() => checkPatterns(graph, node));
  checkDescription(graph, node, report);
  return problems;
}

function checkPatterns(graph: ShapesGraph, node: TermText): void {
  const flags = graph.value(node, shacl('flags'));
  for (const pattern of graph.values(node, shacl('pattern'))) {
    toRegExp(parseTermText(pattern).value, flags === undefined ? '' : parseTermText(flags).value);
  }
}

function checkDescription(graph: ShapesGraph, node: TermText, report: (nl: string, en: string) => void): void {
  for (const predicate of Object.values(targetPredicates)) {
    for (const value of graph.values(node, predicate)) {
      if (value.startsWith('_:') || (predicate !== targetPredicates.node && !value.startsWith('<'))) {
        report(`${predicate} verwacht een webadres (IRI)`, `${predicate} expects an IRI`);
      }
    }
  }
  const severities = graph.values(node, shacl('severity'));
  if (severities.length > 1 || severities.some((value) => !value.startsWith('<'))) report('sh:severity verwacht één webadres (IRI)', 'sh:severity expects one IRI');
  const deactivated = graph.values(node, shacl('deactivated'));
  if (deactivated.length > 1 || deactivated.some((value) => !isBoolean(value))) report('sh:deactivated verwacht true of false', 'sh:deactivated expects true or false');
  for (const message of graph.values(node, shacl('message'))) {
    if (!isString(message)) report('sh:message verwacht een tekst', 'sh:message expects a string');
  }
}

function checkValue(graph: ShapesGraph, kind: ParameterKind, name: string, value: TermText): void {
  const expect = (condition: boolean, nl: string, en: string): void => {
    if (!condition) throw new IllFormed(`sh:${name} verwacht ${nl}, niet ${value}`, `sh:${name} expects ${en}, not ${value}`);
  };
  switch (kind) {
    case 'iri':
      return expect(value.startsWith('<'), 'een webadres (IRI)', 'an IRI');
    case 'integer':
      return expect(isInteger(value), 'een geheel getal', 'an integer');
    case 'string':
      return expect(isString(value), 'een tekst', 'a string');
    case 'boolean':
      return expect(isBoolean(value), 'true of false', 'true or false');
    case 'literal':
      return expect(value.startsWith('"'), 'een waarde', 'a literal');
    case 'node-kind':
      return expect(nodeKinds.has(value), 'een soort knoop (sh:IRI, sh:Literal …)', 'a node kind');
    case 'shape':
    case 'constraint':
      return expect(!value.startsWith('"'), 'een vorm (shape)', 'a shape');
    case 'property':
      return expect(!value.startsWith('"') && graph.values(value, shacl('path')).length > 0, 'een eigenschapsvorm met sh:path', 'a property shape with sh:path');
    case 'iris':
      return expect(graph.list(value).every((member) => member.startsWith('<')), 'een lijst van webadressen (IRI)', 'a list of IRIs');
    case 'strings':
      return expect(graph.list(value).every(isString), 'een lijst van teksten', 'a list of strings');
    case 'shapes':
      return expect(graph.list(value).every((member) => !member.startsWith('"')), 'een lijst van vormen (shapes)', 'a list of shapes');
    case 'terms':
      return void graph.list(value);
    case 'term':
      return;
  }
}

function datatypeOf(value: TermText): string {
  const term = parseTermText(value);
  return term.termType === 'Literal' ? term.datatype.value : '';
}

function isString(value: TermText): boolean {
  return [xsd('string'), rdf('langString')].includes(datatypeOf(value));
}

function isBoolean(value: TermText): boolean {
  return datatypeOf(value) === xsd('boolean');
}

function isInteger(value: TermText): boolean {
  return integerTypes.has(datatypeOf(value)) && /^\+?\d+$/.test(parseTermText(value).value);
}

/** A cycle among the references between shapes, if there is one: recursive shapes are refused (SHACL §3.4.3). */
export function findRecursion(graph: ShapesGraph, shapes: Iterable<TermText>): readonly TermText[] | undefined {
  const done = new Set<TermText>();
  const visit = (node: TermText, trail: readonly TermText[]): readonly TermText[] | undefined => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of referredShapes(graph, node)) {
      const cycle = visit(next, [...trail, node]);
      if (cycle) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const shape of shapes) {
    const cycle = visit(shape, []);
    if (cycle) return cycle;
  }
  return undefined;
}
