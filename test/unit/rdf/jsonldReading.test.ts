import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Quad } from '@rdfjs/types';
import fc from 'fast-check';
import { isomorphic } from 'rdf-isomorphic';
import { formatByMediaType } from '../../../src/rdf/mediaTypes.js';
import { parseString } from '../../../src/rdf/parse.js';
import { dct, rg, skos, xsd } from '../../../src/rdf/prefixes.js';
import { serialiseString } from '../../../src/rdf/serialise.js';
import { blankNode, literal, namedNode, quad } from '../../../src/rdf/terms.js';
import { resource } from '../../../src/resources.js';

const address = 'http://localhost:3000/context/v1.jsonld';
const contexts = { [address]: JSON.parse(readFileSync(resource('vocab', 'contexts', 'v1.jsonld'), 'utf8')) as unknown };
const format = formatByMediaType('application/ld+json');
const iri = 'http://localhost:3000/id/document/proef';

async function written(quads: readonly Quad[], reading: '*' | 'nl' | 'en'): Promise<string> {
  assert.ok(format);
  return serialiseString(quads, { format, context: address, contexts, reading });
}

async function document(quads: readonly Quad[], reading: '*' | 'nl' | 'en' = '*'): Promise<Record<string, unknown>> {
  return JSON.parse(await written(quads, reading)) as Record<string, unknown>;
}

const about = (predicate: string, ...objects: readonly Quad['object'][]): Quad[] => objects.map((object) => quad(namedNode(iri), namedNode(predicate), object));
const typed = (value: string, datatype: string): Quad['object'] => literal(value, namedNode(xsd(datatype)));

describe('JSON-LD as a program likes to read it', () => {
  it('keeps every language of a text under its term', async () => {
    const { titel, ...rest } = await document(about(dct('title'), literal('Kamer', 'nl'), literal('Room', 'en'), literal('Zaal', 'nl'), literal('K1')));
    assert.deepEqual(titel, { nl: ['Kamer', 'Zaal'], en: 'Room', '@none': 'K1' });
    assert.deepEqual(Object.keys(rest), ['@context', '@id']);
  });

  it('gives one reader plain strings', async () => {
    const quads = about(dct('title'), literal('Kamer', 'nl'), literal('Room', 'en'));
    assert.equal((await document(quads, 'nl'))['titel'], 'Kamer');
    assert.deepEqual((await document(quads, 'en'))['titel'], { en: 'Room' });
  });

  it('gives a date, a month and a year of issue each a key of its own, so that none needs a type beside it', async () => {
    const found = await document([...about(dct('issued'), typed('2016-12-15', 'date'), typed('2016', 'gYear'), typed('2016-12', 'gYearMonth')), ...about(rg('aantal'), typed('12', 'integer')), ...about(rg('isSaldo'), typed('true', 'boolean'))]);
    assert.deepEqual({ ...found, '@context': undefined }, { '@context': undefined, '@id': iri, uitgavedatum: '2016-12-15', uitgavejaar: '2016', uitgavemaand: '2016-12', aantal: 12, isSaldo: true });
  });

  it('says exactly the same statements', async () => {
    const predicates = [dct('title'), dct('issued'), dct('source'), rg('aantal'), rg('isSaldo'), rg('vte'), skos('prefLabel'), 'http://a.example/p'];
    const object = fc.oneof(
      fc.constantFrom('nl', 'en', 'nl-be', 'fr').chain((language) => fc.string().map((text) => literal(text, language))),
      fc.string().map((text) => literal(text)),
      fc.constantFrom('date', 'gYear', 'integer', 'boolean', 'decimal').chain((datatype) => fc.constantFrom('1', '01', '-5', 'true', '2016', '2016-12-15', '1.50', 'x').map((text) => typed(text, datatype))),
      fc.constantFrom('http://a.example/a', iri).map((value) => namedNode(value)),
      fc.constantFrom('a', 'b').map((label) => blankNode(label)),
    );
    const subject = fc.constantFrom(namedNode(iri), namedNode('http://a.example/b'), blankNode('a'), blankNode('b'));
    const statement = fc.tuple(subject, fc.constantFrom(...predicates), object).map(([s, p, o]) => quad(s, namedNode(p), o));
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 12 }), async (quads) => {
        assert.ok(format);
        const text = await written(quads, '*');
        const read = await parseString(text, { format, contexts });
        assert.ok(isomorphic(read, quads), text);
      }),
      { numRuns: 200 },
    );
  });
});
