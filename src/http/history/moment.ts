import { Fault } from '../../faults.js';
import type { Moment } from '../../graph/past/sight.js';

const zone = 'Europe/Brussels';
/* A plus sign in an address that was not encoded arrives as a space. */
const offset = '(Z|[+\\- ]\\d\\d:\\d\\d)?';
const day = new RegExp(`^(\\d{4}-\\d\\d-\\d\\d)${offset}$`);
const dateTime = new RegExp(`^(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d:\\d\\d(?::\\d\\d)?)(\\.\\d+)?${offset}$`);

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' });

/** Milliseconds that the clocks of Brussels are ahead of UTC. */
function ahead(time: number): number {
  const name = clock.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const found = /([+-])(\d\d):(\d\d)/.exec(name);
  return found ? (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) * 60_000 : 0;
}

/** The instant of a date and time on the clock of a zone; without one, of Brussels. */
function instant(local: number, written: string | undefined): number {
  if (written === 'Z' || Number.isNaN(local)) return local;
  if (written === undefined) return local - ahead(local - ahead(local));
  const minutes = Number(written.slice(1, 3)) * 60 + Number(written.slice(4));
  return local - (written.startsWith('-') ? -1 : 1) * minutes * 60_000;
}

function localTime(date: string, time: string): number {
  const value = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}Z`);
  /* 30 February is no date, though the parser makes one of it. */
  return !Number.isNaN(value) && new Date(value).toISOString().startsWith(date) ? value : Number.NaN;
}

function read(text: string): Moment | undefined {
  if (/^\d{1,15}$/.test(text)) return { commit: Number(text) };
  const date = day.exec(text);
  const full = dateTime.exec(text);
  let end = Number.NaN;
  if (date?.[1] !== undefined) end = instant(localTime(date[1], '23:59:59'), date[2]) + 999;
  else if (full?.[1] !== undefined && full[2] !== undefined) {
    // What has no parts of a second, or no seconds, means the whole of it.
    const rest = full[3] === undefined ? (full[2].length === 5 ? 59_999 : 999) : Math.floor(Number(full[3]) * 1000);
    end = instant(localTime(full[1], full[2]), full[4]) + rest;
  }
  return Number.isNaN(end) || Math.abs(end) > 8.64e15 ? undefined : { time: new Date(end).toISOString() };
}

/**
 * Reads `at=`: the number of a commit, an xsd:dateTime, or an xsd:date, which is the end of that day. Without an
 * offset the clock is that of Brussels.
 */
export function readMoment(text: string, parameter = 'at'): Moment {
  const moment = read(text.trim());
  if (moment) return moment;
  const allowed = ['12', '2026-01-31', '2026-01-31T12:00:00', '2026-01-31T11:00:00Z', '2026-01-31T12:00:00+01:00'];
  throw new Fault(
    'bad-request',
    {
      nl: `"${text}" kan niet bij "${parameter}". Geef het nummer van een versie, een dag (het einde van die dag) of een dag en uur, zoals ${allowed.join(', ')}.`,
      en: `"${text}" is not possible for "${parameter}". Give the number of a version, a day (the end of that day) or a date and time, such as ${allowed.join(', ')}.`,
    },
    { extra: { parameter, waarde: text, toegelaten: allowed } },
  );
}

const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;

/** Reads `Accept-Datetime` (RFC 7089 §2.1.1): the whole of that second. Fault bad-request when it is no RFC 1123 date. */
export function readAcceptDatetime(text: string): { readonly time: string } {
  const time = httpDate.test(text.trim()) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return { time: new Date(time + 999).toISOString() };
  throw new Fault('bad-request', {
    nl: `"${text}" kan niet bij Accept-Datetime. Geef een datum zoals ${new Date(0).toUTCString()} (RFC 1123, GMT).`,
    en: `"${text}" is not possible for Accept-Datetime. Give a date such as ${new Date(0).toUTCString()} (RFC 1123, GMT).`,
  });
}

/** A time as headers write it: whole seconds (RFC 9110 §5.6.7). */
export function httpTime(iso: string): string {
  return new Date(iso).toUTCString();
}
