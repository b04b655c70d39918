/** Forms of a JSON-LD document, as its `profile` names them (JSON-LD 1.1 §6.1). */
export const jsonLdForms = ['compacted', 'expanded', 'flattened'] as const;
export type JsonLdForm = (typeof jsonLdForms)[number];

/** A format RDF is read from or written in. */
export interface RdfFormat {
  readonly id: 'turtle' | 'trig' | 'ntriples' | 'nquads' | 'jsonld' | 'rdfxml';
  readonly mediaType: string;
  /** Other media types it is known by. */
  readonly aliases: readonly string[];
  /** File name extensions without the dot, the usual one first. */
  readonly extensions: readonly [string, ...string[]];
  readonly label: string;
  /** Whether it can hold named graphs. */
  readonly quads: boolean;
  readonly canParse: boolean;
  readonly canWrite: boolean;
  /** JSON-LD: the form to write; compacted unless given. */
  readonly form?: JsonLdForm;
}

type Entry = readonly [RdfFormat['id'], string, string, boolean, readonly [string, ...string[]], readonly string[]];

const entries: readonly Entry[] = [
  ['turtle', 'text/turtle', 'Turtle', false, ['ttl', 'turtle'], ['application/x-turtle', 'application/turtle']],
  ['trig', 'application/trig', 'TriG', true, ['trig'], ['application/x-trig']],
  ['ntriples', 'application/n-triples', 'N-Triples', false, ['nt'], []],
  ['nquads', 'application/n-quads', 'N-Quads', true, ['nq'], ['text/x-nquads', 'text/nquads']],
  ['jsonld', 'application/ld+json', 'JSON-LD', true, ['jsonld', 'json'], ['application/json']],
  ['rdfxml', 'application/rdf+xml', 'RDF/XML', false, ['rdf', 'owl', 'xml'], ['application/xml', 'text/xml']],
];

/** Every format, in order of preference. */
export const rdfFormats: readonly RdfFormat[] = entries.map(([id, mediaType, label, quads, extensions, aliases]) => ({
  id,
  mediaType,
  aliases,
  extensions,
  label,
  quads,
  canParse: true,
  canWrite: true,
}));

/** The format of a Content-Type; parameters (RFC 9110 §8.3.1) and case do not matter. */
export function formatByMediaType(type: string): RdfFormat | undefined {
  const bare = type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return rdfFormats.find((format) => format.mediaType === bare) ?? rdfFormats.find((format) => format.aliases.includes(bare));
}

/** The format of a file name extension, with or without its dot. */
export function formatByExtension(extension: string): RdfFormat | undefined {
  const bare = extension.replace(/^\./, '').toLowerCase();
  return rdfFormats.find((format) => format.extensions.includes(bare));
}
