import { checkedDecimal, decimalOne, decimalText, parseDecimal, type Decimal } from './decimal.js';

export const durationKinds = ['duration', 'yearMonthDuration', 'dayTimeDuration'] as const;
export type DurationKind = (typeof durationKinds)[number];

const maxLong = 2n ** 63n - 1n;

function checkedLong(value: bigint): bigint | undefined {
  return value > maxLong || value < -maxLong - 1n ? undefined : value;
}

interface Duration {
  readonly months?: bigint;
  readonly seconds?: Decimal;
}

const whole = '\\d+\\.?';
// More liberal than XSD 1.1 §3.3.6 where the engine is: a T with nothing behind it, `1.S`, `.5S`.
const shape = new RegExp(
  `^(-?)P(?:(\\d+)Y)?(?:(\\d+)M)?(?:(\\d+)D)?(?:T(?:(\\d+)H)?(?:(\\d+)M)?(?:(${whole}\\d*|\\.\\d+)S)?)?$`,
);

/** Sums parts as the engine does, part by part, each step within its range. */
function sum(parts: readonly (readonly [text: string | undefined, unit: bigint])[], sign: bigint): Decimal | undefined | 'overflow' {
  let total: Decimal | undefined;
  for (const [text, unit] of parts) {
    if (text === undefined) continue;
    const value = parseDecimal(text);
    const scaled = value === undefined ? undefined : checkedDecimal(sign * value * unit);
    const next = scaled === undefined ? undefined : checkedDecimal((total ?? 0n) + scaled);
    if (next === undefined) return 'overflow';
    total = next;
  }
  return total;
}

function parseDuration(text: string): Duration | undefined {
  const match = shape.exec(text);
  if (!match) return undefined;
  const [, minus, years, months, days, hours, minutes, seconds] = match;
  const sign = minus === '-' ? -1n : 1n;
  const time = sum([[days, 86_400n], [hours, 3600n], [minutes, 60n], [seconds, 1n]], sign);
  if (time === 'overflow') return undefined;
  const y = checkedLong(BigInt(years ?? 0));
  const m = checkedLong(BigInt(months ?? 0));
  if (y === undefined || m === undefined) return undefined;
  const yearMonths = checkedLong(sign * y * 12n);
  const all = yearMonths === undefined ? undefined : checkedLong(yearMonths + sign * m);
  if (all === undefined) return undefined;
  return {
    ...(years === undefined && months === undefined ? {} : { months: all }),
    ...(time === undefined ? {} : { seconds: time }),
  };
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function unit(value: bigint, name: string): string {
  return value === 0n ? '' : `${size(value)}${name}`;
}

function durationParts(months: bigint, seconds: Decimal): string {
  if (months === 0n && seconds === 0n) return 'PT0S';
  const whole = seconds / decimalOne;
  const rest = seconds - (whole - (whole % 60n)) * decimalOne;
  const time = `${unit((whole % 86_400n) / 3600n, 'H')}${unit((whole % 3600n) / 60n, 'M')}${rest === 0n ? '' : `${decimalText(size(rest))}S`}`;
  return `${months < 0n || seconds < 0n ? '-' : ''}P${unit(months / 12n, 'Y')}${unit(months % 12n, 'M')}${unit(whole / 86_400n, 'D')}${time === '' ? '' : `T${time}`}`;
}

/** The engine's text of a duration, or undefined when it keeps what was written. */
export function durationText(kind: DurationKind, text: string): string | undefined {
  const value = parseDuration(text);
  if (!value) return undefined;
  const { months, seconds } = value;
  switch (kind) {
    case 'duration':
      return months === undefined && seconds === undefined ? undefined : durationParts(months ?? 0n, seconds ?? 0n);
    case 'yearMonthDuration':
      if (months === undefined || seconds !== undefined) return undefined;
      return months === 0n ? 'P0M' : durationParts(months, 0n);
    case 'dayTimeDuration':
      return months !== undefined || seconds === undefined ? undefined : durationParts(0n, seconds);
  }
}
