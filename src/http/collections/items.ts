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
  readonly texts: ReadonlyMap<string, string>;
  /** `nl` gives texts as strings where there is one; `*` gives language maps. */
  readonly language: 'nl' | 'en' | '*';
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text for a reader. A bare string means Dutch in our context, so other languages keep their tag. */
function text(value: Json, language: Reading['language']): Json {
  if (!isObject(value) || language === '*') return value;
  const tag = [language, 'nl', 'en', '@none'].find((one) => value[one] !== undefined);
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

/** Names of the terms that hold language maps, by what stands in the document where such a term did not fit. */
export function textTerms(terms: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(terms).flatMap(([name, definition]) => {
      const { '@id': id, '@container': container }: Definition = Object(definition);
      return container === '@language' && id !== undefined ? [[id, name] as const] : [];
    }),
  );
}

/** The language map of a value, whether it is one or a list of values with a language. */
function languageMap(value: Json): Readonly<Record<string, readonly Json[]>> {
  const map: Record<string, Json[]> = {};
  const add = (tag: string, item: Json): void => void (map[tag] = [...(map[tag] ?? []), ...(Array.isArray(item) ? item : [item])]);
  for (const item of Array.isArray(value) ? value : [value]) {
    if (!isObject(item)) add('@none', item);
    else if ('@value' in item) add(String(item['@language'] ?? '@none'), item['@value']);
    else for (const [tag, texts] of Object.entries(item)) add(tag, texts);
  }
  return map;
}

/** Our texts are Dutch by default, so others were compacted to the full name of the property: they join the term again. */
function joinedTexts(value: JsonObject, { texts }: Reading): JsonObject {
  const strayed = Object.entries(value).filter(([key, item]) => texts.has(key) && isPlainText(item));
  if (strayed.length === 0) return value;
  const joined: Record<string, Json> = { ...value };
  for (const [key, item] of strayed) {
    const term = texts.get(key) ?? key;
    const map: Record<string, readonly Json[]> = { ...(joined[term] === undefined ? {} : languageMap(joined[term])) };
    for (const [tag, list] of Object.entries(languageMap(item))) map[tag] = [...(map[tag] ?? []), ...list];
    joined[term] = Object.fromEntries(Object.entries(map).map(([tag, list]) => [tag, list.length === 1 ? list[0] : list]));
    delete joined[key];
  }
  return joined;
}

/** Strings with or without a language; typed values and links stay where they are. */
function isPlainText(value: Json): boolean {
  return (Array.isArray(value) ? value : [value]).every((item) => typeof item === 'string' || (isObject(item) && typeof item['@value'] === 'string' && !('@type' in item)));
}

function node(value: JsonObject, reading: Reading): JsonObject {
  return Object.fromEntries(Object.entries(joinedTexts(value, reading)).map(([key, item]) => [key, member(key, item, reading)]));
}

function member(key: string, value: Json, reading: Reading): Json {
  if (key.startsWith('@')) return value;
  const definition: Definition = Object(reading.terms[key]);
  if (definition['@container'] === '@language') return text(value, reading.language);
  if (Array.isArray(value)) return value.map((item) => member(key, item, reading));
  return isObject(value) ? node(value, reading) : native(value, definition['@type']);
}

/** One item: identity, name and page first. Other pages about it stand apart, so that `pagina` is always one address. */
export function readableItem(item: JsonObject, ownPage: string, reading: Reading): JsonObject {
  const { '@id': id, '@type': type, pagina, naam, titel, ...rest } = node(item, reading);
  const others = (Array.isArray(pagina) ? pagina : [pagina]).filter((page) => page !== undefined && page !== ownPage);
  return {
    '@id': id,
    ...(type === undefined ? {} : { '@type': type }),
    ...(naam === undefined ? {} : { naam }),
    ...(titel === undefined ? {} : { titel }),
    pagina: ownPage,
    ...rest,
    ...(others.length === 0 ? {} : { 'foaf:page': others.map((page) => (typeof page === 'string' ? { '@id': page } : page)) }),
  };
}
