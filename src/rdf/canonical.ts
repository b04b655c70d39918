import type * as RDF from '@rdfjs/types';
import { literal, namedNode, quad } from './dataModel.js';
import { dateTimeKinds, dateTimeText, isDateTimeValue } from './lexical/dateTime.js';
import { decimalText, parseDecimal, parseInteger } from './lexical/decimal.js';
import { durationKinds, durationText } from './lexical/duration.js';
import { doubleText, floatText } from './lexical/float.js';
import { joinLine, splitLine } from './nquads.js';
import { escapeString, unescapeString } from './ntriples.js';
import type { QuadLine } from './quadLine.js';
import type { TermText } from './termText.js';

/*
 * The canonical form of a term is what the engine keeps of it, as long as the engine keeps its datatype. Where it
 * would change the datatype too (derived integers, dateTimeStamp) the literal is canonical as written, and
 * `engineTermText` says what the engine makes of it.
 */
const xsd = 'http://www.w3.org/2001/XMLSchema#';

/** Gives the engine's text of a lexical form, or undefined when it keeps what was written. */
type Rewrite = (text: string) => string | undefined;

const settledInteger = /^(?:0|-?[1-9]\d{0,17})$/;

const integerText: Rewrite = (text) => (settledInteger.test(text) ? undefined : parseInteger(text)?.toString());

const decimalRewrite: Rewrite = (text) => {
  const value = parseDecimal(text);
  return value === undefined ? undefined : decimalText(value);
};

const booleanText: Rewrite = (text) => (text === '1' ? 'true' : text === '0' ? 'false' : undefined);

const rewrites: ReadonlyMap<string, Rewrite> = new Map<string, Rewrite>([
  [`${xsd}integer`, integerText],
  [`${xsd}decimal`, decimalRewrite],
  [`${xsd}double`, doubleText],
  [`${xsd}float`, floatText],
  [`${xsd}boolean`, booleanText],
  ...dateTimeKinds.map((kind): [string, Rewrite] => [xsd + kind, (text) => dateTimeText(kind, text)]),
  ...durationKinds.map((kind): [string, Rewrite] => [xsd + kind, (text) => durationText(kind, text)]),
]);

const derivedIntegers = [
  'byte',
  'short',
  'int',
  'long',
  'unsignedByte',
  'unsignedShort',
  'unsignedInt',
  'unsignedLong',
  'positiveInteger',
  'negativeInteger',
  'nonPositiveInteger',
  'nonNegativeInteger',
];

/** Datatypes the engine replaces when the text is a value to it, and by which. */
const collapsed: ReadonlyMap<string, string> = new Map([
  ...derivedIntegers.map((name) => [xsd + name, `${xsd}integer`] as const),
  [`${xsd}dateTimeStamp`, `${xsd}dateTime`] as const,
]);

/** Says whether the text is a value of a datatype the engine collapses, apart from how it is written. */
function isCollapsedValue(text: string, into: string): boolean {
  return into === `${xsd}integer` ? parseInteger(text) !== undefined : isDateTimeValue('dateTime', text);
}

/**
 * Canonical text of a lexical form. Before year 1 the engine adds a minute to some moments with a fraction of a
 * second, and another each time it reads what it wrote: a form that does not stay put is kept as written.
 */
function canonicalText(datatype: string, text: string): string {
  const rewrite = rewrites.get(datatype);
  const once = rewrite?.(text);
  return once === undefined || (rewrite?.(once) ?? once) !== once ? text : once;
}

/** The canonical form of a term: lexical form and language tag as the engine keeps them, the datatype untouched. */
export function canonicalTerm<T extends RDF.Term>(term: T): T | RDF.Literal {
  if (term.termType !== 'Literal') return term;
  if (term.language) {
    const language = term.language.toLowerCase();
    return language === term.language ? term : literal(term.value, language);
  }
  const text = canonicalText(term.datatype.value, term.value);
  return text === term.value ? term : literal(text, namedNode(term.datatype.value));
}

/** The quad with its object in canonical form (only objects can be literals). */
export function canonicalQuad(original: RDF.Quad): RDF.Quad {
  const object = canonicalTerm(original.object);
  return object === original.object ? original : quad(original.subject, original.predicate, object, original.graph);
}

/**
 * What the engine gives back for a term: the canonical form, and `xsd:integer` for derived integers, `xsd:dateTime`
 * for `xsd:dateTimeStamp` when the text is a value to the engine.
 */
export function engineTermText(text: TermText): TermText {
  if (text.charCodeAt(0) !== 34 /* " */ || text.endsWith('"')) return text;
  const close = text.lastIndexOf('"');
  if (text.charCodeAt(close + 1) === 64 /* @ */) return text.slice(0, close + 1) + text.slice(close + 1).toLowerCase();
  const datatype = text.slice(close + 4, -1);
  const into = collapsed.get(datatype);
  const rewrite = rewrites.get(into ?? datatype);
  if (!rewrite) return text;
  const value = unescapeString(text.slice(1, close));
  if (into !== undefined && !isCollapsedValue(value, into)) return text;
  return `"${escapeString(rewrite(value) ?? value)}"^^<${into ?? datatype}>`;
}

/* The moments that `canonicalText` keeps as written; the first quote of a line opens its object. */
const beforeYearOne = /^[^"]*"(?:-|0000)/;
const xsdObject = `"^^<${xsd}`;

/** What the engine gives back for a quad line in canonical form: nearly always the line itself. */
export function engineLine(line: QuadLine): QuadLine {
  const at = line.lastIndexOf(xsdObject);
  if (at === -1) return line;
  const datatype = line.slice(at + 4, line.indexOf('>', at));
  if (!collapsed.has(datatype) && !(datatype === `${xsd}dateTime` && beforeYearOne.test(line))) return line;
  const { subject, predicate, object, graph } = splitLine(line);
  const stored = engineTermText(object);
  return stored === object ? line : joinLine(subject, predicate, stored, graph);
}
