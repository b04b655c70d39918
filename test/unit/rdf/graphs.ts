import type * as RDF from '@rdfjs/types';
import fc from 'fast-check';
import { blankNode, defaultGraph, literal, namedNode, quad } from '../../../src/rdf/terms.js';
import { anyText, languageTag, lexicalForms, xsd } from './literals.js';

/** Random terms, quads and graphs for round trips. */
export const iri: fc.Arbitrary<RDF.NamedNode> = fc
  .constantFrom(
    'http://example.org/a', 'http://example.org/b', 'http://www.w3.org/2004/02/skos/core#prefLabel', 'http://example.org/é/ü', 'urn:isbn:1', 'http://example.org/x?q=1&r=<'.slice(0, -1),
    'http://www.w3.org/1999/02/22-rdf-syntax-ns#type', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#nil', 'https://data.vlaanderen.be/id/organisatie/OVO002949', 'http://www.w3.org/ns/org#a.b', 'http://www.w3.org/ns/org#a.', 'http://www.w3.org/ns/org#-a', 'http://www.w3.org/ns/org#', 'http://www.w3.org/ns/org#%20', 'http://www.w3.org/ns/org#a/b', "http://example.org/it's", 'http://example.org/𝄞',
  )
  .map(namedNode);

export const predicate: fc.Arbitrary<RDF.NamedNode> = fc
  .constantFrom('http://example.org/p', 'http://example.org/q', 'http://www.w3.org/2004/02/skos/core#prefLabel', 'http://purl.org/dc/terms/title', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#first', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#rest', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#_1', 'urn:x:p', 'http://example.org/ë')
  .map(namedNode);

export const blank: fc.Arbitrary<RDF.BlankNode> = fc.constantFrom('x', 'y', 'z', 'x1', 'b0', 'a.b').map((label) => blankNode(label));

export function literals(text: fc.Arbitrary<string> = anyText): fc.Arbitrary<RDF.Literal> {
  const typed = fc.oneof(...Object.entries(lexicalForms).map(([name, forms]) => forms.map((form) => literal(form, namedNode(xsd + name)))));
  return fc.oneof(
    text.map((value) => literal(value)),
    fc.tuple(text, languageTag).map(([value, language]) => literal(value, language.toLowerCase())),
    typed,
    text.map((value) => literal(value, namedNode('http://example.org/datatype'))),
  );
}

/** Literals every format can hold: XML has no place for most control characters. */
export const xmlText: fc.Arbitrary<string> = anyText.map((text) => text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '·'));

export function quads(options: { readonly graphs: boolean; readonly text?: fc.Arbitrary<string>; readonly maxLength?: number }): fc.Arbitrary<RDF.Quad[]> {
  const graph: fc.Arbitrary<RDF.Quad_Graph> = options.graphs ? fc.oneof(fc.constant(defaultGraph()), fc.constantFrom('http://example.org/g1', 'http://example.org/g2').map(namedNode), fc.constant(blankNode('g'))) : fc.constant(defaultGraph());
  return fc.array(
    fc.tuple(fc.oneof(iri, blank), predicate, fc.oneof(iri, blank, literals(options.text)), graph).map(([s, p, o, g]) => quad(s, p, o, g)),
    { maxLength: options.maxLength ?? 12 },
  );
}

/** A list of items as quads, and its head. */
export function listOf(items: readonly RDF.Quad_Object[], label: string): { readonly head: RDF.NamedNode | RDF.BlankNode; readonly quads: readonly RDF.Quad[] } {
  const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
  const cells = items.map((_, at) => blankNode(`${label}${at}`));
  const nil = namedNode(`${rdf}nil`);
  return {
    head: cells[0] ?? nil,
    quads: items.flatMap((item, at) => {
      const cell = cells[at] ?? nil;
      return [quad(cell, namedNode(`${rdf}first`), item), quad(cell, namedNode(`${rdf}rest`), cells[at + 1] ?? nil)];
    }),
  };
}

/** RDF sets: quads without duplicates. */
export function distinct(all: readonly RDF.Quad[]): RDF.Quad[] {
  return all.filter((one, at) => all.findIndex((other) => other.equals(one)) === at);
}
