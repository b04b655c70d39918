import { foaf } from '../../rdf/prefixes.js';

/* JSON-LD of one page as programs like to read it. Every change keeps the triples the same (a test holds it to that). */

type Json = unknown;
type JsonObject = Readonly<Record<string, Json>>;

/** A term definition of our context, as far as it matters here. */
interface Definition {
  readonly '@id'?: string;
  readonly '@type'?: string;
  readonly '@container'?: string;
}

export interface Reading {
  /** Definitions of our context. */
  readonly terms: Readonly<Record<string, unknown>>;
  /** `nl` gives texts as strings where there is one; `*` gives language maps. */
  readonly language: 'nl' | 'en' | '*';
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text for a reader. A bare string means Dutch in our context, so other languages keep their tag. */
function text(value: Json, language: Reading['language']): Json {
  if (!isObject(value) || language === '*') return value;
  const tag = [language, 'nl', 'en'].find((one) => value[one] !== undefined);
  if (tag === undefined) return value;
  return tag === 'nl' ? value[tag] : { [tag]: value[tag] };
}

/** Whole numbers and booleans as JSON has them; decimals stay text, since JSON-LD would make doubles of them. */
function native(value: Json, type: string | undefined): Json {
  if (Array.isArray(value)) return value.map((item) => native(item, type));
  if (typeof value !== 'string') return value;
  if (type === 'xsd:integer' && /^(?:0|-?[1-9]\d{0,14})$/.test(value)) return Number(value);
  return type === 'xsd:boolean' && (value === 'true' || value === 'false') ? value === 'true' : value;
}

function node(value: JsonObject, reading: Reading): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, member(key, item, reading)]));
}

function member(key: string, value: Json, reading: Reading): Json {
  if (key.startsWith('@')) return value;
  const definition: Definition = Object(reading.terms[key]);
  if (definition['@container'] === '@language') return text(value, reading.language);
  if (Array.isArray(value)) return value.map((item) => member(key, item, reading));
  return isObject(value) ? node(value, reading) : native(value, definition['@type']);
}

/** One item: identity and page first. Other pages about it stand apart, so that `pagina` is always one address. */
export function readableItem(item: JsonObject, ownPage: string, reading: Reading): JsonObject {
  const { '@id': id, '@type': type, pagina, ...rest } = node(item, reading);
  const others = (Array.isArray(pagina) ? pagina : [pagina]).filter((page) => page !== undefined && page !== ownPage);
  return {
    '@id': id,
    ...(type === undefined ? {} : { '@type': type }),
    pagina: ownPage,
    ...rest,
    ...(others.length === 0 ? {} : { [foaf('page')]: others.map((page) => (typeof page === 'string' ? { '@id': page } : page)) }),
  };
}
