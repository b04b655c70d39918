import { Fault } from '../../faults.js';
import type { SourceStatus } from '../../graph/dataset.js';
import { type Fields, wholeNumber } from '../form.js';
import { filterNames, type Collection, type Column, type FilterName } from './table.js';

const defaultSize = 50;
export const largestSize = 500;
const longestSearch = 200;
/** Values of all filters, and words of all searches, together: each costs a pattern in the query. */
const mostValues = 50;
const statuses = ['aangenomen', 'extern', 'afgeleid', 'voorgesteld'] as const satisfies readonly SourceStatus[];
export const statusChoices = ['alle', ...statuses] as const;
const languages = ['nl', 'en', '*'] as const;

/** What a request asks of a collection, as far as that can be read without the graph. */
export interface CollectionRequest {
  readonly searches: readonly (readonly string[])[];
  /** As written; still to be looked up. */
  readonly filters: ReadonlyMap<FilterName, readonly string[]>;
  /** Only what these say; absent: everything that is read. */
  readonly statuses?: readonly SourceStatus[];
  readonly withProposals: boolean;
  readonly sort: { readonly text: string; readonly column?: Column; readonly descending: boolean };
  readonly page: number;
  readonly size: number;
  readonly language: (typeof languages)[number];
  readonly format?: string;
  /** The query string without `pagina`, for links to other pages. */
  readonly kept: readonly (readonly [string, string])[];
}

/** A parameter that cannot be, with what can. */
export function refused(name: string, value: string, allowed: readonly string[]): Fault {
  return new Fault(
    'bad-request',
    {
      nl: `"${value}" kan niet bij "${name}". ${allowed.length === 0 ? 'Hier is nog niets om uit te kiezen.' : `Kies uit: ${allowed.join(', ')}.`}`,
      en: `"${value}" is not possible for "${name}". ${allowed.length === 0 ? 'There is nothing to choose from yet.' : `Choose from: ${allowed.join(', ')}.`}`,
    },
    { extra: { parameter: name, waarde: value, toegelaten: allowed } },
  );
}

/** Names of the parameters a collection knows. */
function parametersOf({ filters }: Collection): readonly string[] {
  return ['q', ...filterNames.filter((name) => filters[name]), 'bronstatus', 'sorteer', 'pagina', 'aantal', 'taal', 'formaat', 'at'];
}

export function sortKeys({ columns }: Collection): readonly string[] {
  return ['naam', ...columns.filter(({ sortable }) => sortable).map(({ key }) => key)].flatMap((key) => [key, `-${key}`]);
}

function isIn<T extends string>(values: readonly T[], text: string): text is T {
  return values.some((value) => value === text);
}

function readSort(collection: Collection, text: string): CollectionRequest['sort'] {
  if (!sortKeys(collection).includes(text)) throw refused('sorteer', text, sortKeys(collection));
  const column = collection.columns.find(({ key }) => key === text.replace(/^-/, ''));
  return { text, descending: text.startsWith('-'), ...(column ? { column } : {}) };
}

function readSearches(texts: readonly string[]): CollectionRequest['searches'] {
  const tooLong = texts.find((text) => text.length > longestSearch);
  if (tooLong !== undefined) {
    throw new Fault('bad-request', { nl: `"q" mag hoogstens ${longestSearch} tekens lang zijn.`, en: `"q" may be ${longestSearch} characters long at most.` });
  }
  return texts.map((text) => text.split(/\s+/).filter((word) => word !== '')).filter((words) => words.length > 0);
}

function tooMany(): Fault {
  return new Fault('bad-request', { nl: `Geef samen hoogstens ${mostValues} zoekwoorden en filterwaarden.`, en: `Give ${mostValues} search words and filter values at most, together.` });
}

/**
 * Reads the parameters of a collection. Empty ones count as absent: a form sends them all. Faults `bad-request` list
 * what is allowed.
 */
export function readRequest(collection: Collection, fields: Fields): CollectionRequest {
  const allowed = parametersOf(collection);
  const unknown = fields.entries.find(([name]) => !allowed.includes(name));
  if (unknown) {
    throw new Fault(
      'bad-request',
      { nl: `"${unknown[0]}" kan hier niet. Wel: ${allowed.join(', ')}.`, en: `"${unknown[0]}" is not possible here. Possible: ${allowed.join(', ')}.` },
      { extra: { parameter: unknown[0], toegelaten: allowed } },
    );
  }
  const given = (name: string): readonly string[] => fields.all(name).filter((value) => value.trim() !== '');
  const asked = given('bronstatus');
  const wrong = asked.find((value) => !isIn(statusChoices, value));
  if (wrong !== undefined) throw refused('bronstatus', wrong, statusChoices);
  const chosen = statuses.filter((status) => asked.includes(status));
  const language = given('taal').at(-1) ?? 'nl';
  if (!isIn(languages, language)) throw refused('taal', language, languages);
  const format = given('formaat').at(-1);
  const searches = readSearches(given('q'));
  const filters = new Map(filterNames.map((name) => [name, given(name)] as const).filter(([, values]) => values.length > 0));
  if (searches.flat().length + [...filters.values()].flat().length > mostValues) throw tooMany();
  return {
    searches,
    filters,
    ...(chosen.length === 0 || asked.includes('alle') ? {} : { statuses: chosen }),
    withProposals: asked.includes('alle') || asked.includes('voorgesteld'),
    sort: readSort(collection, given('sorteer').at(-1) ?? 'naam'),
    page: wholeNumber(fields, 'pagina', { min: 1, max: 1_000_000 }) ?? 1,
    size: wholeNumber(fields, 'aantal', { min: 1, max: largestSize }) ?? defaultSize,
    language,
    ...(format === undefined ? {} : { format }),
    kept: fields.entries.filter(([name, value]) => name !== 'pagina' && value.trim() !== ''),
  };
}
