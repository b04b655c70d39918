/* Compacted JSON-LD as programs like to read it. With `*` every change keeps the triples the same (tests hold it to that). */

type Json = unknown;
export type JsonObject = Readonly<Record<string, Json>>;

/** A term definition of our context, as far as it matters here. */
interface Definition {
  readonly '@id'?: string;
  readonly '@type'?: string;
  readonly '@container'?: string;
}

/** `nl` gives texts as strings where there is one; `*` gives language maps. */
export type ReadingLanguage = 'nl' | 'en' | '*';

export interface Reading {
  /** Definitions of the context. */
  readonly terms: Readonly<Record<string, unknown>>;
  readonly texts: ReadonlyMap<string, string>;
  readonly language: ReadingLanguage;
}

/** How to read documents compacted with a context (the document that holds `@context`). */
export function readingOf(context: unknown, language: ReadingLanguage): Reading {
  const terms = Object(Object(context)['@context']) as Readonly<Record<string, unknown>>;
  return { terms, texts: textTerms(terms), language };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text for a reader. A bare string means Dutch in our context, so other languages keep their tag. */
function text(value: Json, language: ReadingLanguage): Json {
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
function textTerms(terms: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
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

/** A node object, and those in it. */
export function readableNode(value: JsonObject, reading: Reading): JsonObject {
  return Object.fromEntries(Object.entries(joinedTexts(value, reading)).map(([key, item]) => [key, member(key, item, reading)]));
}

function member(key: string, value: Json, reading: Reading): Json {
  if (key.startsWith('@')) return value;
  const definition: Definition = Object(reading.terms[key]);
  if (definition['@container'] === '@language') return text(value, reading.language);
  if (Array.isArray(value)) return value.map((item) => member(key, item, reading));
  return isObject(value) ? readableNode(value, reading) : native(value, definition['@type']);
}

/** What people look for first comes first. */
function inOrder({ '@context': context, '@id': id, '@type': type, naam, titel, ...rest }: JsonObject): JsonObject {
  const first = { '@context': context, '@id': id, '@type': type, naam, titel };
  return { ...Object.fromEntries(Object.entries(first).filter(([, value]) => value !== undefined)), ...rest };
}

/** A whole document of one or more nodes. */
export function readableDocument(document: JsonObject, reading: Reading): JsonObject {
  const { '@graph': nodes } = document;
  if (!Array.isArray(nodes)) return inOrder(readableNode(document, reading));
  return { ...document, '@graph': nodes.map((one) => (isObject(one) ? inOrder(readableNode(one, reading)) : one)) };
}
