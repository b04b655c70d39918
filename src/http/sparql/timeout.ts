import { Fault } from '../../faults.js';
import type { Fields } from '../form.js';

/** A bare number below this is in seconds, as in most clients; a larger one in milliseconds, as in others. */
const fewest = 100;

/** `timeout=` in milliseconds: `5`, `5s`, `1500ms`, `2m`; a bare number of 100 or more is milliseconds. */
export function askedTimeout(parameters: Fields): number | undefined {
  const text = parameters.one('timeout');
  /* Forms of other endpoints send an empty field, or 0 for "no limit of mine". */
  if (text === undefined || text === '' || text === '0') return undefined;
  const [, digits, unit] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m)?$/.exec(text) ?? [];
  const number = Number(digits);
  if (!(number > 0)) {
    throw new Fault('bad-request', {
      nl: `De parameter "timeout" is "${text}". Geef een aantal seconden, bijvoorbeeld 5, 5s of 1500ms.`,
      en: `Parameter "timeout" is "${text}". Give a number of seconds, for instance 5, 5s or 1500ms.`,
    });
  }
  const factor = { ms: 1, s: 1000, m: 60_000 }[unit ?? ''] ?? (number < fewest ? 1000 : 1);
  return Math.max(1, Math.round(number * factor));
}
