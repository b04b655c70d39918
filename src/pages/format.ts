import { word, type Language } from './words.js';

const zone = 'Europe/Brussels';
const xsd = 'http://www.w3.org/2001/XMLSchema#';

function locale(language: Language): string {
  return language === 'nl' ? 'nl-BE' : 'en-GB';
}

/** 15 december 2016 */
export function longDate(date: Date, language: Language, timeZone = zone): string {
  return new Intl.DateTimeFormat(locale(language), { day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(date);
}

/** 15/12/2016: for tables. */
function shortDate(date: Date, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: zone }).format(date);
}

/** 14.30 uur */
function clock(date: Date, language: Language): string {
  const text = new Intl.DateTimeFormat('nl-BE', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(date);
  return language === 'nl' ? `${text.replace(':', '.')} uur` : text;
}

/** 15 december 2016, 14.30 uur */
export function moment(iso: string, language: Language): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : `${longDate(date, language)}, ${clock(date, language)}`;
}

/** 15/12/2016, 14.30 uur: for tables. */
export function shortMoment(iso: string, language: Language): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : `${shortDate(date, language)}, ${clock(date, language)}`;
}

export function count(value: number, language: Language): string {
  return new Intl.NumberFormat(locale(language)).format(value);
}

/** € 1.000.000,50 */
export function amount(value: number, language: Language): string {
  const text = new Intl.NumberFormat(locale(language), { minimumFractionDigits: Number.isInteger(value) ? 0 : 2, maximumFractionDigits: 2 }).format(value);
  return `€ ${text}`;
}

export function bytes(size: number, language: Language): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  let value = size;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${new Intl.NumberFormat(locale(language), { maximumFractionDigits: 1 }).format(value)} ${units[unit]}`;
}

/** True for a KBO number: ten digits, the last two 97 minus the rest modulo 97. */
export function isKbo(text: string): boolean {
  return /^[01]\d{9}$/.test(text) && 97 - (Number(text.slice(0, 8)) % 97) === Number(text.slice(8));
}

/** 0207.535.458 */
export function identifier(text: string): string {
  return isKbo(text) ? `${text.slice(0, 4)}.${text.slice(4, 7)}.${text.slice(7)}` : text;
}

/** A code with the register it is from: KBO 0207.535.458, NIS 71022; an OVO code says so itself. */
export function codeText(text: string): string {
  if (isKbo(text)) return `KBO ${identifier(text)}`;
  return /^\d{5}$/.test(text) ? `NIS ${text}` : text;
}

/**
 * A literal as a person reads it. A year stays a year and a month a month: no precision is added or lost. Forms that
 * do not follow their datatype are shown as they are.
 */
export function literalText(value: string, datatype: string, language: Language): string {
  switch (datatype) {
    case `${xsd}date`: {
      const found = /^(\d{4})-(\d\d)-(\d\d)/.exec(value);
      const date = new Date(`${found?.[0]}T12:00:00Z`);
      return Number.isNaN(date.getTime()) ? value : longDate(date, language, 'UTC');
    }
    case `${xsd}dateTime`:
    case `${xsd}dateTimeStamp`:
      return moment(value, language);
    case `${xsd}gYearMonth`: {
      const date = new Date(`${value}-15T12:00:00Z`);
      if (!/^\d{4}-\d\d$/.test(value) || Number.isNaN(date.getTime())) return value;
      return new Intl.DateTimeFormat(locale(language), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(date);
    }
    case `${xsd}boolean`:
      return value === 'true' || value === '1' ? word('yes', language) : word('no', language);
    case `${xsd}integer`:
    case `${xsd}decimal`:
    case `${xsd}double`:
    case `${xsd}nonNegativeInteger`: {
      const number = Number(value);
      const safe = Number.isFinite(number) && value.replace(/\D/g, '').length <= 15;
      return safe ? new Intl.NumberFormat(locale(language), { maximumFractionDigits: 10 }).format(number) : value;
    }
    case `${xsd}string`:
      return identifier(value);
    default:
      return value;
  }
}
