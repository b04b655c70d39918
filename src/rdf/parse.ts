import type * as RDF from '@rdfjs/types';
import { parseJsonLd } from './jsonldParse.js';
import type { RdfFormat } from './mediaTypes.js';
import { parseRdfXml } from './rdfXmlParse.js';
import { decodeUtf8 } from './text.js';
import { parseTurtleFamily } from './turtleParse.js';

export interface ParsedQuad {
  readonly quad: RDF.Quad;
  /** Line the subject's statement starts on, from 1; 0 when unknown. */
  readonly line: number;
}

export interface ParseOptions {
  readonly format: RdfFormat;
  /** Relative IRIs are resolved against it (RFC 3986 §5); without one they are refused. */
  readonly baseIri?: string;
  /** Longest text of one term, in characters. */
  readonly maxTermLength?: number;
  /** Longest JSON-LD document, in characters: those are read as a whole. */
  readonly maxDocumentLength?: number;
  /** Name shown in errors. */
  readonly file?: string;
  /** JSON-LD contexts on top of the bundled ones: IRI -> document. */
  readonly contexts?: Readonly<Record<string, unknown>>;
}

/**
 * Parses RDF in batches of about a thousand quads, bounded in memory for all formats but JSON-LD. Strict: only the
 * syntax of the format, UTF-8, absolute IRIs, RDF 1.1 terms. Throws Faults that say where and what was expected.
 */
export function parseRdf(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ParseOptions,
): AsyncIterable<readonly ParsedQuad[]> {
  const text = decodeUtf8(input, options.file);
  switch (options.format.id) {
    case 'jsonld':
      return parseJsonLd(text, options);
    case 'rdfxml':
      return parseRdfXml(text, options);
    case 'turtle':
    case 'trig':
    case 'ntriples':
    case 'nquads':
      return parseTurtleFamily(text, options);
  }
}

/** All quads of a text. */
export async function parseString(text: string, options: ParseOptions): Promise<RDF.Quad[]> {
  const quads: RDF.Quad[] = [];
  for await (const batch of parseRdf([Buffer.from(text)], options)) for (const { quad } of batch) quads.push(quad);
  return quads;
}
