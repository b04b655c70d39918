import { Fault } from '../../faults.js';

/* Any number of decimals, with or without a zone; `+` arrives as a space from who does not encode it. */
const form = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.(\d{1,9}))?)?)(Z|[+ -]\d\d:?\d\d)?)?$/u;

/**
 * The moment a consumer asks from, in milliseconds since 1970: what is finer than a millisecond is cut off, as our own
 * moments have nothing finer. Undefined when it is not given.
 */
export function readSince(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, day, time, , zone] = form.exec(text.trim()) ?? [];
  const iso = `${day ?? ''}T${time ?? '00:00'}${(zone ?? 'Z').replace(' ', '+').replace(/^([+-]\d\d)(\d\d)$/u, '$1:$2')}`;
  const value = day === undefined ? Number.NaN : Date.parse(iso);
  if (Number.isNaN(value) || value < 0 || new Date(Date.parse(`${day}T00:00Z`)).toISOString().slice(0, 10) !== day) {
    throw new Fault('bad-request', {
      nl: '"since" is geen moment. Geef een datum en tijd in ISO 8601, zoals 2026-03-01T10:00:00.000Z.',
      en: '"since" is no moment. Give a date and time in ISO 8601, such as 2026-03-01T10:00:00.000Z.',
    });
  }
  return value;
}
