import { dateTimeKinds, isDateTimeValue } from './dateTime.js';

const xsd = 'http://www.w3.org/2001/XMLSchema#';
const integer = /^[+-]?\d+$/u;
const number = '(?:\\d+(?:\\.\\d*)?|\\.\\d+)';
const double = new RegExp(`^(?:[+-]?${number}(?:[eE][+-]?\\d+)?|[+-]?INF|NaN)$`, 'u');
const time = '(?:T(?=\\d)(?:\\d+H)?(?:\\d+M)?(?:\\d+(?:\\.\\d+)?S)?)?';

type Test = (text: string) => boolean;

function pattern(expression: RegExp): Test {
  return (text) => expression.test(text);
}

function between(least: bigint | undefined, most: bigint | undefined): Test {
  return (text) => {
    if (!integer.test(text)) return false;
    const value = BigInt(text.replace('+', ''));
    return (least === undefined || value >= least) && (most === undefined || value <= most);
  };
}

function signed(bits: bigint): Test {
  return between(-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n);
}

/** Lexical spaces of the datatypes of XML Schema that have one worth checking (XSD 1.1 part 2, §3.3 and §3.4). */
const tests: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['boolean', pattern(/^(?:true|false|1|0)$/u)],
  ['integer', pattern(integer)],
  ['decimal', pattern(new RegExp(`^[+-]?${number}$`, 'u'))],
  ['double', pattern(double)],
  ['float', pattern(double)],
  ['byte', signed(8n)],
  ['short', signed(16n)],
  ['int', signed(32n)],
  ['long', signed(64n)],
  ['unsignedByte', between(0n, 2n ** 8n - 1n)],
  ['unsignedShort', between(0n, 2n ** 16n - 1n)],
  ['unsignedInt', between(0n, 2n ** 32n - 1n)],
  ['unsignedLong', between(0n, 2n ** 64n - 1n)],
  ['positiveInteger', between(1n, undefined)],
  ['nonNegativeInteger', between(0n, undefined)],
  ['negativeInteger', between(undefined, -1n)],
  ['nonPositiveInteger', between(undefined, 0n)],
  ['duration', pattern(new RegExp(`^-?P(?=\\d|T\\d)(?:\\d+Y)?(?:\\d+M)?(?:\\d+D)?${time}$`, 'u'))],
  ['yearMonthDuration', pattern(/^-?P(?=\d)(?:\d+Y)?(?:\d+M)?$/u)],
  ['dayTimeDuration', pattern(new RegExp(`^-?P(?=\\d|T\\d)(?:\\d+D)?${time}$`, 'u'))],
  ['dateTimeStamp', (text) => /(?:Z|[+-]\d\d:\d\d)$/u.test(text) && isDateTimeValue('dateTime', text)],
  ...dateTimeKinds.map((kind): [string, Test] => [kind, (text) => isDateTimeValue(kind, text)]),
]);

/** False for a text that is no value of its datatype (`"2020-13-45"^^xsd:date`); true for datatypes we do not know. */
export function isWellFormed(text: string, datatype: string): boolean {
  if (!datatype.startsWith(xsd)) return true;
  // White space around a value is collapsed before it is read (XSD 1.1 part 2, §4.3.6).
  return tests.get(datatype.slice(xsd.length))?.(text.trim()) ?? true;
}
