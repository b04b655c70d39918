import { checkedDecimal, decimalOne, decimalText, parseDecimal, type Decimal } from './decimal.js';

/**
 * The engine's dates and times (XSD 1.1 §3.3.7 to §3.3.14): a moment on the time line plus a time zone offset.
 * This follows its arithmetic step by step, rounding included, because the point is to write what it writes.
 */
export const dateTimeKinds = ['dateTime', 'time', 'date', 'gYearMonth', 'gYear', 'gMonthDay', 'gMonth', 'gDay'] as const;
export type DateTimeKind = (typeof dateTimeKinds)[number];

interface Fields {
  readonly year?: bigint;
  readonly month?: bigint;
  readonly day?: bigint;
  readonly hour?: bigint;
  readonly minute?: bigint;
  readonly second?: Decimal;
  /** Minutes. */
  readonly zone?: bigint;
}

const year = '(?<year>-?(?:[1-9]\\d{3,}|0\\d{3}))';
const month = '(?<month>0[1-9]|1[0-2])';
const day = '(?<day>0[1-9]|[12]\\d|3[01])';
const time = '(?<hour>[01]\\d|2[0-4]):(?<minute>[0-5]\\d):(?<second>[0-5]\\d(?:\\.\\d+)?)';
const zone = '(?<zone>Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))?';
const shapes: Readonly<Record<DateTimeKind, RegExp>> = {
  dateTime: new RegExp(`^${year}-${month}-${day}T${time}${zone}$`),
  time: new RegExp(`^${time}${zone}$`),
  date: new RegExp(`^${year}-${month}-${day}${zone}$`),
  gYearMonth: new RegExp(`^${year}-${month}${zone}$`),
  gYear: new RegExp(`^${year}${zone}$`),
  gMonthDay: new RegExp(`^--${month}-${day}${zone}$`),
  gMonth: new RegExp(`^--${month}${zone}$`),
  gDay: new RegExp(`^---${day}${zone}$`),
};

/* Texts like these are either ill-typed or already as the engine writes them. */
const settled = /^(?:\d{4}-\d\d-\d\d(?:T[01]\d:\d\d:\d\d|T2[0-3]:\d\d:\d\d)?Z?|\d{4}(?:-\d\d)?)$/;

const maxLong = 2n ** 63n - 1n;

function daysInMonth(year: bigint | undefined, month: bigint): bigint {
  if (month === 2n) return year !== undefined && year % 4n === 0n && (year % 100n !== 0n || year % 400n === 0n) ? 29n : 28n;
  return month === 4n || month === 6n || month === 9n || month === 11n ? 30n : 31n;
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

function remainder(value: bigint, by: bigint): bigint {
  const rest = value % by;
  return rest < 0n ? rest + by : rest;
}

function zoneMinutes(text: string): bigint {
  if (text === 'Z') return 0n;
  const minutes = BigInt(text.slice(1, 3)) * 60n + BigInt(text.slice(4, 6));
  return text.startsWith('-') ? -minutes : minutes;
}

function parseFields(kind: DateTimeKind, text: string): Fields | undefined {
  const groups = shapes[kind].exec(text)?.groups;
  if (!groups) return undefined;
  const whole = (name: string): Record<string, bigint> => (groups[name] === undefined ? {} : { [name]: BigInt(groups[name]) });
  const second = groups['second'] === undefined ? undefined : parseDecimal(groups['second']);
  if (groups['second'] !== undefined && second === undefined) return undefined;
  const fields: Fields = {
    ...whole('year'),
    ...whole('month'),
    ...whole('day'),
    ...whole('hour'),
    ...whole('minute'),
    ...(second === undefined ? {} : { second }),
    ...(groups['zone'] === undefined ? {} : { zone: zoneMinutes(groups['zone']) }),
  };
  const { year, month, day, hour } = fields;
  if (year !== undefined && (year > maxLong || year < -maxLong)) return undefined;
  if (month !== undefined && day !== undefined && day > daysInMonth(year, month)) return undefined;
  if (hour === 24n && (fields.minute !== 0n || second !== 0n)) return undefined;
  return hour === 24n && kind === 'time' ? { ...fields, hour: 0n } : fields;
}

/** timeOnTimeline (XSD 1.1 §E.3.4) in the engine's decimals; undefined on overflow. */
function timeOnTimeline(fields: Fields): Decimal | undefined {
  const year = fields.year === undefined ? 1971n : fields.year - 1n;
  const month = fields.month ?? 12n;
  const day = fields.day === undefined ? daysInMonth(year + 1n, month) - 1n : fields.day - 1n;
  let days = 365n * year + floorDivide(year, 400n) - floorDivide(year, 100n) + floorDivide(year, 4n) + day;
  for (let before = 1n; before < month; before += 1n) days += daysInMonth(year + 1n, before);
  const seconds = 86_400n * days + 3600n * (fields.hour ?? 0n) + 60n * ((fields.minute ?? 0n) - (fields.zone ?? 0n));
  const moment = checkedDecimal(seconds * decimalOne);
  return moment === undefined ? undefined : checkedDecimal(moment + (fields.second ?? 0n));
}

function yearMonthDay(seconds: bigint): readonly [year: bigint, month: bigint, day: bigint] {
  // The Gregorian calendar repeats every 400 years, which are 146 097 days.
  const cycle = floorDivide(floorDivide(seconds, 86_400n), 146_097n);
  let days = floorDivide(seconds, 86_400n) - cycle * 146_097n;
  let year = cycle * 400n + 1n;
  const centuries = days / 36_524n > 3n ? 3n : days / 36_524n;
  days -= centuries * 36_524n;
  const fours = days / 1461n;
  days -= fours * 1461n;
  const years = days / 365n > 3n ? 3n : days / 365n;
  days -= years * 365n;
  year += centuries * 100n + fours * 4n + years;
  let month = 1n;
  while (days >= daysInMonth(year, month)) {
    days -= daysInMonth(year, month);
    month += 1n;
  }
  return [year, month, days + 1n];
}

function pad(value: bigint, width: number): string {
  return value.toString().padStart(width, '0');
}

function zoneText(zone: bigint | undefined): string {
  if (zone === undefined) return '';
  if (zone === 0n) return 'Z';
  const size = zone < 0n ? -zone : zone;
  return `${zone < 0n ? '-' : '+'}${pad(size / 60n, 2)}:${pad(size % 60n, 2)}`;
}

/** True when the text is a value to the engine. */
export function isDateTimeValue(kind: DateTimeKind, text: string): boolean {
  const fields = parseFields(kind, text);
  return fields !== undefined && timeOnTimeline(fields) !== undefined;
}

/** The engine's text of a date or time, or undefined when it keeps what was written. */
export function dateTimeText(kind: DateTimeKind, text: string): string | undefined {
  if (settled.test(text)) return undefined;
  const fields = parseFields(kind, text);
  if (!fields) return undefined;
  const moment = timeOnTimeline(fields);
  if (moment === undefined) return undefined;
  // The division rounds towards zero, as the engine's does: before year 1 a fraction shifts the second.
  const local = moment / decimalOne + (fields.zone ?? 0n) * 60n;
  const [year, month, day] = yearMonthDay(local);
  const yearText = `${year < 0n ? '-' : ''}${pad(year < 0n ? -year : year, 4)}`;
  const second = remainder(moment, 60n * decimalOne);
  const clock = `${pad(remainder(local, 86_400n) / 3600n, 2)}:${pad(remainder(local, 3600n) / 60n, 2)}:${second < 10n * decimalOne ? '0' : ''}${decimalText(second)}`;
  return parts(kind, { year: yearText, month: pad(month, 2), day: pad(day, 2), clock }) + zoneText(fields.zone);
}

function parts(kind: DateTimeKind, value: { readonly year: string; readonly month: string; readonly day: string; readonly clock: string }): string {
  switch (kind) {
    case 'dateTime':
      return `${value.year}-${value.month}-${value.day}T${value.clock}`;
    case 'time':
      return value.clock;
    case 'date':
      return `${value.year}-${value.month}-${value.day}`;
    case 'gYearMonth':
      return `${value.year}-${value.month}`;
    case 'gYear':
      return value.year;
    case 'gMonthDay':
      return `--${value.month}-${value.day}`;
    case 'gMonth':
      return `--${value.month}`;
    case 'gDay':
      return `---${value.day}`;
  }
}
