import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import jsonld from 'jsonld';
import { Writer } from 'n3';
import type { Quad } from '@rdfjs/types';
import { resource } from '../../../src/resources.js';
import { shapeQuads } from './check.js';
import { datasets, readTurtle, seedQuads } from './seed.js';

const own = 'https://w3id.org/regiograaf/ns#';
const skos = 'http://www.w3.org/2004/02/skos/core#';
const standard = new Map(
  Object.entries(JSON.parse(readFileSync(resource('test', 'fixtures', 'vocabularies', 'terms.json'), 'utf8')) as Record<string, string>).map(([namespace, names]) => [namespace, new Set(names.split(' '))]),
);
const vocabulary = readTurtle(resource('vocab', 'regiograaf.ttl'));
const defined = new Set(vocabulary.map(({ subject }) => subject.value).filter((iri) => iri.startsWith(own) && iri !== own));
const data = datasets.flatMap(({ slug }) => seedQuads(slug));

function* iris(quads: readonly Quad[]): Iterable<string> {
  for (const { subject, predicate, object } of quads) {
    yield subject.value;
    yield predicate.value;
    if (object.termType === 'NamedNode') yield object.value;
    if (object.termType === 'Literal') yield object.datatype.value;
  }
}

function unknownTerms(quads: readonly Quad[]): string[] {
  const unknown = new Set<string>();
  for (const iri of iris(quads)) {
    const end = Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1;
    const names = standard.get(iri.slice(0, end));
    if (names && end < iri.length && !names.has(iri.slice(end))) unknown.add(iri);
    if (iri.startsWith(own) && iri !== own && !defined.has(iri)) unknown.add(iri);
  }
  return [...unknown].toSorted();
}

const parentsOf = (term: string): readonly string[] => vocabulary.filter(({ subject, predicate }) => subject.value === term && /#sub(ClassOf|PropertyOf)$|#type$/.test(predicate.value)).map(({ object }) => object.value);

const contextText = readFileSync(resource('vocab', 'contexts', 'v1.jsonld'), 'utf8');

function contextTerms(): { readonly '@id'?: string }[] {
  const { '@context': terms } = JSON.parse(contextText) as { '@context': Record<string, string | { '@id'?: string }> };
  return Object.values(terms).map((term) => (typeof term === 'string' ? { '@id': term } : term));
}

describe('terms', () => {
  it('of the data exist in their standard or in our vocabulary', () => assert.deepEqual(unknownTerms(data), []));
  it('of the shapes exist in their standard or in our vocabulary', () => assert.deepEqual(unknownTerms(shapeQuads), []));
  it('of our vocabulary rest on terms that exist', () => assert.deepEqual(unknownTerms(vocabulary), []));

  it('of our own that the code writes or asks for are in our vocabulary', () => {
    const used = new Set<string>();
    for (const file of readdirSync(resource('src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))) {
      const text = readFileSync(resource('src', file), 'utf8');
      for (const [, quoted, bare] of text.matchAll(/(?<![\w-])rg\('(\w+)'|(?<![\w-])(?:rg:|regiograaf\/ns#)(\w+)/gu)) used.add(own + (quoted ?? bare));
    }
    for (const { '@id': iri } of contextTerms()) if (iri?.startsWith('rg:')) used.add(own + iri.slice('rg:'.length));
    assert.deepEqual([...used].filter((iri) => !defined.has(iri)).toSorted(), []);
    assert(used.has(`${own}afgekapt`));
  });

  it('of our own have label and definition in Dutch and English, a parent, a domain of use and a status', () => {
    for (const term of defined) {
      const about = vocabulary.filter(({ subject }) => subject.value === term);
      const languages = (name: string) => about.filter(({ predicate }) => predicate.value.endsWith(`#${name}`)).map(({ object }) => (object.termType === 'Literal' ? object.language : '')).toSorted();
      assert.deepEqual([languages('label'), languages('comment')], [['en', 'nl'], ['en', 'nl']], term);
      assert(about.some(({ predicate, object }) => /#sub(ClassOf|PropertyOf)$/.test(predicate.value) || object.value === `${skos}Concept`), `${term} has no parent`);
      assert(about.some(({ predicate }) => predicate.value.endsWith('adms#status')), `${term} has no status`);
      const property = about.some(({ object }) => /#(Object|Datatype)Property$/.test(object.value));
      assert(!property || about.some(({ predicate }) => /#domain$|\/domainIncludes$/.test(predicate.value)), `${term} does not say what it is used with`);
    }
  });

  it('of our own that the rules and questions ask for are in our vocabulary', () => {
    const files = [['vocab', 'rules'], ['data', 'queries']].flatMap((folder) => readdirSync(resource(...folder)).map((name) => resource(...folder, name)));
    const used = new Set(files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/(?<![\w-])rg:(\w+)/gu)].map(([, name]) => own + name)));
    assert.deepEqual([...used].filter((iri) => !defined.has(iri)).toSorted(), []);
    assert(used.has(`${own}locator`));
  });

  it('of our own rest on a standard, if not at once then by a parent of ours', () => {
    const rests = (term: string): boolean => parentsOf(term).some((parent) => (parent.startsWith(own) ? rests(parent) : !parent.startsWith('http://www.w3.org/2002/07/owl#')));
    for (const term of defined) assert(rests(term), term);
  });

  it('of our own describe values only once', () => {
    for (const term of defined) {
      const ranges = vocabulary.filter(({ subject, predicate }) => subject.value === term && predicate.value.endsWith('#range'));
      assert(ranges.length < 2, term);
    }
  });
});

const canonical = (text: string) => jsonld.canonize(Object(text), { algorithm: 'URDNA2015', inputFormat: 'application/n-quads', format: 'application/n-quads' });

describe('context v1', () => {
  const context = (JSON.parse(contextText) as { '@context': Record<string, string | { '@id': string }> })['@context'];
  const iriOf = (term: string | { '@id': string }): string => {
    const [prefix = '', name = ''] = (typeof term === 'string' ? term : term['@id']).split(':');
    const namespace = context[prefix];
    return typeof namespace === 'string' ? namespace + name : '';
  };

  it('has a Dutch key for every class and property of the data', () => {
    const named = new Set(Object.entries(context).filter(([key]) => !key.startsWith('@')).map(([, term]) => iriOf(term)));
    const type = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
    const used = new Set(data.map(({ predicate, object }) => (predicate.value === type ? object.value : predicate.value)));
    assert.deepEqual([...used].filter((iri) => !named.has(iri)), []);
  });

  it('gives no key to a prefix and to a term at once, and no two keys to one IRI with the same type of values', () => {
    const terms = Object.entries(context).filter(([key]) => !key.startsWith('@'));
    const meanings = terms.flatMap(([, term]) => (iriOf(term) === '' ? [] : [`${iriOf(term)} ${typeof term === 'string' ? '' : String(Reflect.get(term, '@type'))}`]));
    assert.deepEqual(meanings.filter((iri, index) => meanings.indexOf(iri) !== index), []);
  });

  for (const { slug } of datasets.filter(({ slug: name }) => name !== 'lokale-besturen' && name !== 'standaardenregister')) {
    it(`carries ${slug} there and back without losing a statement`, async () => {
      const lines = new Writer({ format: 'N-Quads' }).quadsToString([...seedQuads(slug)]);
      const flat = await jsonld.fromRDF(Object(lines), { format: 'application/n-quads', useNativeTypes: false });
      const compacted = await jsonld.compact(flat, context);
      const quads: unknown = await jsonld.toRDF(compacted, { format: 'application/n-quads' });
      assert.equal(await canonical(String(quads)), await canonical(lines));
    });
  }

  it('takes text as a Dutch string and as a language map, and links as links', async () => {
    const quads: unknown = await jsonld.toRDF({ '@context': context, '@id': 'urn:x', naam: 'Proef', titel: { nl: 'Een', en: 'One' }, rol: 'urn:r' } as object, { format: 'application/n-quads' });
    assert.deepEqual(String(quads).trim().split('\n').toSorted(), [
      '<urn:x> <http://purl.org/dc/terms/title> "Een"@nl .',
      '<urn:x> <http://purl.org/dc/terms/title> "One"@en .',
      '<urn:x> <http://www.w3.org/2004/02/skos/core#prefLabel> "Proef"@nl .',
      '<urn:x> <http://www.w3.org/ns/org#role> <urn:r> .',
    ]);
  });

  it('is bundled with the contexts incoming documents name, all of which expand', async () => {
    const index = JSON.parse(readFileSync(resource('vocab', 'contexts', 'index.json'), 'utf8')) as Record<string, string>;
    const files = readdirSync(resource('vocab', 'contexts')).filter((file) => file.endsWith('.jsonld'));
    assert.deepEqual(Object.values(index).toSorted(), files.toSorted());
    for (const file of files) {
      const content = JSON.parse(readFileSync(resource('vocab', 'contexts', file), 'utf8')) as { '@context': object };
      await jsonld.expand({ '@context': content['@context'], '@id': 'urn:x' } as object);
    }
  });
});
