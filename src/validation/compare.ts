import type { Literal, Term } from '@rdfjs/types';
import { xsd } from '../rdf/prefixes.js';

const integerTypes = new Set(
  ['integer', 'nonPositiveInteger', 'negativeInteger', 'long', 'int', 'short', 'byte', 'nonNegativeInteger', 'unsignedLong', 'unsignedInt', 'unsignedShort', 'unsignedByte', 'positiveInteger'].map(xsd),
);
const floatTypes = new Set(['decimal', 'float', 'double'].map(xsd));
/** Pattern of a date or time type; its groups are year, month, day, hour, minute, second. */
const dateTypes: ReadonlyMap<string, RegExp> = new Map([
  [xsd('dateTime'), /^(-?\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d(?:\.\d+)?)$/],
  [xsd('dateTimeStamp'), /^(-?\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d(?:\.\d+)?)$/],
  [xsd('date'), /^(-?\d{4,})-(\d\d)-(\d\d)$/],
  [xsd('gYearMonth'), /^(-?\d{4,})-(\d\d)$/],
  [xsd('gYear'), /^(-?\d{4,})$/],
  [xsd('time'), /^()()()(\d\d):(\d\d):(\d\d(?:\.\d+)?)$/],
]);

type Value =
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'date'; readonly type: string; readonly zoned: boolean; readonly value: number };

/**
 * Order of two terms as SPARQL's `<` sees it (SPARQL §17.3, dates and times as in XPath): negative, 0, positive, or
 * undefined when they cannot be compared. Date-times with and without time zone cannot.
 */
export function compareTerms(left: Term, right: Term): number | undefined {
  if (left.termType !== 'Literal' || right.termType !== 'Literal') return undefined;
  const a = valueOf(left);
  const b = valueOf(right);
  if (!a || !b) return undefined;
  if (a.kind === 'integer' && b.kind === 'integer') return order(a.value, b.value);
  if (isNumber(a) && isNumber(b)) {
    const x = Number(a.value);
    const y = Number(b.value);
    return Number.isNaN(x) || Number.isNaN(y) ? undefined : order(x, y);
  }
  if (a.kind === 'string' && b.kind === 'string') return orderByCodePoint(a.value, b.value);
  if (a.kind === 'boolean' && b.kind === 'boolean') return order(Number(a.value), Number(b.value));
  if (a.kind === 'date' && b.kind === 'date' && a.type === b.type && a.zoned === b.zoned) return order(a.value, b.value);
  return undefined;
}

function isNumber(value: Value): value is Extract<Value, { kind: 'integer' | 'number' }> {
  return value.kind === 'integer' || value.kind === 'number';
}

function order<T extends bigint | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** JavaScript orders by UTF-16 unit, which puts astral characters before the end of the basic plane. */
function orderByCodePoint(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function valueOf({ value, language, datatype }: Literal): Value | undefined {
  const type = datatype.value;
  const text = value.trim();
  if (type === xsd('string') && language === '') return { kind: 'string', value };
  if (integerTypes.has(type)) return /^[+-]?\d+$/.test(text) ? { kind: 'integer', value: BigInt(text.replace(/^\+/, '')) } : undefined;
  if (floatTypes.has(type)) return numberOf(text);
  if (type === xsd('boolean')) return /^(?:true|false|0|1)$/.test(text) ? { kind: 'boolean', value: text === 'true' || text === '1' } : undefined;
  return dateOf(text, type);
}

function numberOf(text: string): Value | undefined {
  const special = { INF: Infinity, '+INF': Infinity, '-INF': -Infinity, NaN: Number.NaN }[text];
  if (special !== undefined) return { kind: 'number', value: special };
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? { kind: 'number', value: Number(text) } : undefined;
}

function dateOf(text: string, type: string): Value | undefined {
  const pattern = dateTypes.get(type);
  if (!pattern) return undefined;
  const zone = /(?:Z|[+-]\d\d:\d\d)$/.exec(text)?.[0] ?? '';
  const match = pattern.exec(text.slice(0, text.length - zone.length));
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const date = new Date(0);
  date.setUTCFullYear(Number(year || 1972), Number(month || 1) - 1, Number(day || 1));
  const seconds = date.getTime() / 1000 + Number(hour ?? 0) * 3600 + Number(minute ?? 0) * 60 + Number(second ?? 0);
  return { kind: 'date', type: type.replace('dateTimeStamp', 'dateTime'), zoned: zone !== '', value: seconds - offsetOf(zone) };
}

function offsetOf(zone: string): number {
  if (zone === '' || zone === 'Z') return 0;
  const [hours = '0', minutes = '0'] = zone.slice(1).split(':');
  return (zone.startsWith('-') ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}
