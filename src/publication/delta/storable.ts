import type { Literal } from '@rdfjs/types';
import { prefixes } from '../../rdf/prefixes.js';
import { literal, namedNode } from '../../rdf/terms.js';
import { plainWkt } from './wkt.js';

const wktLiteral = `${prefixes.geo}wktLiteral`;
const geometry = /^\s*(?:POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON|GEOMETRYCOLLECTION)\s*(?:Z|M|ZM)?\s*(?:\(.*\)|EMPTY)\s*$/isu;
const largest = 2n ** 63n - 1n;

const never = (): boolean => false;
const like = (form: RegExp) => (text: string): boolean => form.test(text);
/** Integers have 64 bits there. */
const whole = (text: string): boolean => {
  if (!/^[+-]?\d+$/u.test(text)) return false;
  const number = BigInt(text.replace(/^\+/u, ''));
  return number <= largest && number >= -largest;
};
const floating = like(/^[+-]?(?:\d+(?:\.\d*)?|\.\d+|INF)(?:[eE][+-]?\d+)?$/u);

/** Which texts the store of consumers (Virtuoso 7) takes under a datatype of XML Schema, and gives up again. */
const taken: ReadonlyMap<string, (text: string) => boolean> = new Map([
  // It refuses every one of these.
  ...['duration', 'yearMonthDuration'].map((name) => [name, never] as const),
  ...['integer', 'long', 'int', 'short', 'byte', 'nonNegativeInteger', 'positiveInteger', 'nonPositiveInteger', 'negativeInteger', 'unsignedLong', 'unsignedInt', 'unsignedShort', 'unsignedByte'].map(
    (name) => [name, whole] as const,
  ),
  ['decimal', like(/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/u)],
  // NaN it takes, but never deletes.
  ['double', floating],
  ['float', floating],
  ['boolean', like(/^(?:true|false|1|0)$/u)],
]);

/**
 * A literal as the store of consumers takes it. One that it refuses under its datatype would block a consumer for
 * ever: it becomes a plain text, so that the value is not lost. Undefined for a geometry in a coordinate system that
 * cannot be left out.
 */
export function storable(term: Literal): Literal | undefined {
  const { value, datatype } = term;
  if (datatype.value === wktLiteral) {
    const wkt = plainWkt(value);
    if (wkt === undefined) return undefined;
    return geometry.test(wkt) ? literal(wkt, namedNode(wktLiteral)) : literal(value);
  }
  if (!datatype.value.startsWith(prefixes.xsd)) return term;
  const takes = taken.get(datatype.value.slice(prefixes.xsd.length));
  return takes === undefined || takes(value) ? term : literal(value);
}
