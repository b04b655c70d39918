import assert from 'node:assert/strict';
import type * as RDF from '@rdfjs/types';
import fc from 'fast-check';
import { isomorphic } from 'rdf-isomorphic';
import { Fault } from '../../../src/faults.js';
import { rdfFormats, type RdfFormat } from '../../../src/rdf/mediaTypes.js';
import { parseString } from '../../../src/rdf/parse.js';
import { serialiseString } from '../../../src/rdf/serialise.js';
import { blankNode, literal, namedNode, quad } from '../../../src/rdf/terms.js';
import { blank, distinct, iri, listOf, literals, quads, xmlText } from './graphs.js';

const byId = Object.fromEntries(rdfFormats.map((format) => [format.id, format])) as Record<RdfFormat['id'], RdfFormat>;

async function checkRoundTrip(original: readonly RDF.Quad[], format: RdfFormat): Promise<void> {
  const expected = distinct(format.quads ? [...original] : original.map(({ subject, predicate, object }) => quad(subject, predicate, object)));
  const text = await serialiseString(original, { format });
  const again = distinct(await parseString(text, { format }));
  assert.ok(isomorphic(again, expected), `not the same graph:\n${text}`);
}

const dct = (name: string): RDF.NamedNode => namedNode(`http://purl.org/dc/terms/${name}`);

describe('serialise', () => {
  for (const format of rdfFormats) {
    const text = format.id === 'rdfxml' ? { text: xmlText } : {};
    it(`writes ${format.label} that reads back as the same graph`, async () => {
      await fc.assert(fc.asyncProperty(quads({ graphs: format.quads, ...text }), (original) => checkRoundTrip(original, format)), { numRuns: 150 });
    });

    it(`writes lists in ${format.label} that read back as the same graph`, async () => {
      const items = fc.array(fc.oneof(iri, blank, literals(format.id === 'rdfxml' ? xmlText : undefined)), { maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(items, items, quads({ graphs: false, ...text, maxLength: 4 }), async (one, two, others) => {
          const first = listOf(one, 'one');
          const second = listOf([first.head, ...two], 'two');
          await checkRoundTrip([...first.quads, ...second.quads, quad(namedNode('urn:s'), namedNode('http://example.org/p'), second.head), ...others], format);
        }),
        { numRuns: 60 },
      );
    });
  }

  it('writes pretty Turtle: used prefixes only, sorted, a first, blank nodes and lists nested', async () => {
    const list = listOf([namedNode('http://www.w3.org/ns/org#Role'), literal('twee')], 'l');
    const original = [
      quad(namedNode('http://example.org/b'), dct('title'), literal('Tweede', 'nl')),
      quad(namedNode('http://example.org/a'), dct('title'), literal('Eerste\nregel', 'nl')),
      quad(namedNode('http://example.org/a'), dct('creator'), blankNode('c')),
      quad(blankNode('c'), dct('extent'), literal('3', namedNode('http://www.w3.org/2001/XMLSchema#integer'))),
      quad(namedNode('http://example.org/a'), namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), namedNode('http://www.w3.org/ns/org#Organization')),
      quad(namedNode('http://example.org/a'), dct('relation'), list.head),
      ...list.quads,
    ];
    const expected = `@prefix dct: <http://purl.org/dc/terms/> .
@prefix org: <http://www.w3.org/ns/org#> .

<http://example.org/a> a org:Organization ;
  dct:creator [
    dct:extent 3
  ] ;
  dct:relation ( org:Role "twee" ) ;
  dct:title """Eerste
regel"""@nl .

<http://example.org/b> dct:title "Tweede"@nl .
`;
    assert.equal(await serialiseString(original, { format: byId.turtle }), expected);
    assert.equal(await serialiseString(original.toReversed(), { format: byId.turtle }), expected, 'whatever the order given');
  });

  it('writes chains of blank nodes far deeper than a reader could nest', async () => {
    const chain = Array.from({ length: 3000 }, (_, at) => quad(blankNode(`n${at}`), namedNode('http://example.org/p'), blankNode(`n${at + 1}`)));
    for (const format of [byId.turtle, byId.trig, byId.rdfxml]) {
      const again = await parseString(await serialiseString(chain, { format }), { format });
      assert.equal(again.length, chain.length);
    }
  });

  it('writes circles of blank nodes with labels', async () => {
    const p = namedNode('http://example.org/p');
    const circle = [quad(blankNode('a'), p, blankNode('b')), quad(blankNode('b'), p, blankNode('a')), quad(blankNode('c'), p, blankNode('c'))];
    for (const format of rdfFormats) await checkRoundTrip(circle, format);
  });

  it('drops graph names, and the duplicates that makes, in formats without graphs', async () => {
    const triple = [namedNode('urn:s'), namedNode('urn:x:p'), literal('o')] as const;
    const turtle = await serialiseString([quad(...triple, namedNode('urn:g1')), quad(...triple, namedNode('urn:g2'))], { format: byId.turtle });
    assert.equal(turtle, '<urn:s> <urn:x:p> "o" .\n');
  });

  it('compacts JSON-LD with the context given', async () => {
    const title = quad(namedNode('http://example.org/a'), namedNode('http://purl.org/dc/terms/title'), literal('Titel', 'nl'));
    const context = { titel: { '@id': 'http://purl.org/dc/terms/title', '@language': 'nl' } };
    const document = JSON.parse(await serialiseString([title], { format: byId.jsonld, context }));
    assert.deepEqual(document, { '@context': context, '@id': 'http://example.org/a', titel: 'Titel' });
  });

  const refused: readonly (readonly [name: string, quad: RDF.Quad])[] = [
    ['a control character', quad(namedNode('urn:s'), namedNode('http://example.org/p'), literal('bel\u0007'))],
    ['a predicate that ends in no name', quad(namedNode('urn:s'), namedNode('http://example.org/1'), literal('x'))],
    ['rdf:li as a predicate', quad(namedNode('urn:s'), namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#li'), literal('x'))],
  ];
  for (const [name, item] of refused) {
    it(`refuses ${name} in RDF/XML with a fault, and only there`, async () => {
      await assert.rejects(serialiseString([item], { format: byId.rdfxml }), (error) => error instanceof Fault && error.code === 'invalid-term');
      for (const format of rdfFormats) if (format.id !== 'rdfxml') await checkRoundTrip([item], format);
    });
  }
});
