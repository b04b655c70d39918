import { Fault } from '../faults.js';

/** Fields of a query string or a urlencoded body, in order. */
export class Fields {
  readonly entries: readonly (readonly [name: string, value: string])[];

  constructor(entries: readonly (readonly [string, string])[]) {
    this.entries = entries;
  }

  all(name: string): readonly string[] {
    return this.entries.filter(([key]) => key === name).map(([, value]) => value);
  }

  has(name: string): boolean {
    return this.entries.some(([key]) => key === name);
  }

  /** The value of a field that may be given once; Fault `bad-request` when repeated. */
  one(name: string): string | undefined {
    const values = this.all(name);
    if (values.length > 1) {
      throw new Fault('bad-request', {
        nl: `De parameter "${name}" staat er meer dan één keer. Geef hem één keer.`,
        en: `Parameter "${name}" is repeated. Give it once.`,
      });
    }
    return values[0];
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    throw new Fault(
      'bad-request',
      {
        nl: 'Een parameter is niet goed gecodeerd: gebruik UTF-8 en procentcodering (%20 voor een spatie).',
        en: 'A parameter is not encoded well: use UTF-8 and percent-encoding (%20 for a space).',
      },
      { cause },
    );
  }
}

/** Fields of one form: reading them must not keep others waiting. */
const maxFields = 1000;

/** application/x-www-form-urlencoded, read strictly: broken escapes and bytes that are no UTF-8 are faults. */
export function parseForm(text: string): Fields {
  const pairs = text.split('&', maxFields + 1);
  if (pairs.length > maxFields) {
    throw new Fault('bad-request', { nl: `Er zijn meer dan ${maxFields} velden. Stuur er minder.`, en: `There are more than ${maxFields} fields. Send fewer.` });
  }
  const entries = pairs
    .filter((pair) => pair !== '')
    .map((pair): readonly [string, string] => {
      const at = pair.indexOf('=');
      return at === -1 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
    });
  return new Fields(entries);
}

/** The query string of a request target. */
export function queryFields(url: string): Fields {
  const at = url.indexOf('?');
  return parseForm(at === -1 ? '' : url.slice(at + 1));
}

/** A whole number within bounds, or the fallback when absent; Fault `bad-request` otherwise. */
export function wholeNumber(fields: Fields, name: string, bounds: { readonly min: number; readonly max: number }): number | undefined {
  const text = fields.one(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < bounds.min || value > bounds.max) {
    throw new Fault('bad-request', {
      nl: `"${name}" moet een geheel getal zijn van ${bounds.min} tot ${bounds.max}.`,
      en: `"${name}" must be a whole number from ${bounds.min} to ${bounds.max}.`,
    });
  }
  return value;
}
