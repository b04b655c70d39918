import { createRequire } from 'node:module';
import type { Quad } from '@rdfjs/types';
import { JSDOM } from 'jsdom';
import { RdfaParser } from 'rdfa-streaming-parser';
import { formatByMediaType } from '../../src/rdf/mediaTypes.js';
import { parseString } from '../../src/rdf/parse.js';

/* The processor of the harvester has no types of its own. */
const extract = createRequire(import.meta.url)('@lblod/graph-rdfa-processor') as (document: unknown, options: { readonly baseURI: string }) => { toString(): string };

/** What RDFa 1.1 in HTML says (rdfa-streaming-parser, HTML profile). */
export function streamed(page: string, address: string): Promise<readonly Quad[]> {
  const parser = new RdfaParser({ baseIRI: address, contentType: 'text/html' });
  return new Promise((resolve, reject) => {
    const quads: Quad[] = [];
    parser.on('data', (quad: Quad) => quads.push(quad));
    parser.on('error', reject);
    parser.on('end', () => resolve(quads));
    parser.end(page);
  });
}

/** What the harvester of local decisions reads: jsdom, its own processor, and the Turtle that gives. */
export async function harvested(page: string, address: string): Promise<readonly Quad[]> {
  const dom = new JSDOM(page.replaceAll('\uFFFD', ''), { url: address });
  const text = extract(dom.window.document, { baseURI: address }).toString();
  dom.window.close();
  const format = formatByMediaType('text/turtle');
  if (!format) throw new Error('Turtle is not known');
  return parseString(text, { format });
}
