import { createRequire } from 'node:module';
import type { Quad } from '@rdfjs/types';
import { JSDOM, type Document } from 'jsdom';
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

/* One window parses all pages: making one takes longer than all the rest. */
const dom = new JSDOM('');

function parsed(page: string, address: string): Document {
  dom.reconfigure({ url: address });
  return new dom.window.DOMParser().parseFromString(page, 'text/html');
}

/** What the harvester of local decisions reads: jsdom, its own processor, and the Turtle that gives. */
export async function harvested(page: string, address: string): Promise<readonly Quad[]> {
  const text = extract(parsed(page.replaceAll('\uFFFD', ''), address), { baseURI: address }).toString();
  const format = formatByMediaType('text/turtle');
  if (!format) throw new Error('Turtle is not known');
  return parseString(text, { format });
}

/** The links the spider of the harvester follows: `//a[@href and @property]` with one of its properties, unless it ends in `.pdf`. */
export function followed(page: string, address: string): readonly string[] {
  return [...parsed(page, address).querySelectorAll('a[href][property*="linkToPublication"]')].filter(({ href }) => !href.endsWith('.pdf')).map(({ href }) => href.replace(/#.*$/, ''));
}
