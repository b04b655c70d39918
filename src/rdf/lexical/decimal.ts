/**
 * The engine's decimals: 128-bit integers of 10^-18. Texts outside that range, or with more digits, are no values
 * to it and stay as written.
 */
export type Decimal = bigint;

export const decimalOne: Decimal = 10n ** 18n;
const max = 2n ** 127n - 1n;
const min = -(2n ** 127n);
const decimalPattern = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))$/;

/** `value`, or undefined when it does not fit in 128 bits. */
export function checkedDecimal(value: bigint): Decimal | undefined {
  return value > max || value < min ? undefined : value;
}

/** Index of the first character from the end that is not '0', plus one. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end -= 1;
  return digits.slice(0, end);
}

function withoutLeadingZeros(digits: string): string {
  let start = 0;
  while (start < digits.length && digits.charCodeAt(start) === 48) start += 1;
  return digits.slice(start);
}

/** Parses an `xsd:decimal` (XSD 1.1 §3.3.3) as the engine does; undefined when it would keep the text. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = decimalPattern.exec(text);
  if (!match) return undefined;
  const whole = withoutLeadingZeros(match[2] ?? '');
  const fraction = withoutTrailingZeros(match[3] ?? match[4] ?? '');
  if (fraction.length > 18 || whole.length > 21) return undefined;
  const magnitude = BigInt(whole + fraction.padEnd(18, '0'));
  return checkedDecimal(match[1] === '-' ? -magnitude : magnitude);
}

/** Canonical text of a decimal: no sign for zero, no zeros to spare. */
export function decimalText(value: Decimal): string {
  const digits = (value < 0n ? -value : value).toString().padStart(19, '0');
  const fraction = withoutTrailingZeros(digits.slice(-18));
  return `${value < 0n ? '-' : ''}${digits.slice(0, -18)}${fraction === '' ? '' : `.${fraction}`}`;
}

const integerPattern = /^[+-]?\d+$/;
const maxInteger = 2n ** 63n - 1n;
const minInteger = -(2n ** 63n);

/** Parses an integer as the engine does: 64 bits; undefined when it would keep the text. */
export function parseInteger(text: string): bigint | undefined {
  if (!integerPattern.test(text)) return undefined;
  const negative = text.startsWith('-');
  const digits = withoutLeadingZeros(text.replace(/^[+-]/, ''));
  if (digits.length > 19) return undefined;
  const value = negative ? -BigInt(digits) : BigInt(digits);
  return value > maxInteger || value < minInteger ? undefined : value;
}
