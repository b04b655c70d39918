import assert from 'node:assert/strict';
import { Fault } from '../../../src/faults.js';
import { bundledContexts, contextLoader } from '../../../src/rdf/contexts.js';
import { formatByExtension, formatByMediaType, rdfFormats } from '../../../src/rdf/mediaTypes.js';
import { ns, prefixes, rdf, shrink } from '../../../src/rdf/prefixes.js';

describe('prefixes', () => {
  it('shorten an IRI to a name that Turtle and SPARQL read back', () => {
    assert.equal(shrink('http://www.w3.org/2004/02/skos/core#prefLabel'), 'skos:prefLabel');
    assert.equal(shrink('http://data.vlaanderen.be/ns/subsidie#FinanciëleTransactie'), 'subs:FinanciëleTransactie');
    for (const iri of ['http://unknown.example/a', 'http://purl.org/dc/terms/a/b', 'http://purl.org/dc/terms/', 'http://purl.org/dc/terms/a.', 'http://purl.org/dc/terms/a b']) assert.equal(shrink(iri), undefined);
  });

  it('keep the two namespaces of Flanders that differ in https only apart', () => {
    assert.equal(prefixes.subs.replace('http:', 'https:'), prefixes.subs2);
    assert.equal(prefixes.schema.replace('http:', 'https:'), prefixes.schemas);
  });

  it('stand each for a namespace of its own', () => {
    const namespaces = Object.values(prefixes);
    assert.equal(new Set(namespaces).size, namespaces.length);
    assert.equal(rdf('type'), 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type');
    assert.equal(ns.sh('NodeShape'), 'http://www.w3.org/ns/shacl#NodeShape');
  });
});

describe('media types', () => {
  it('are found whatever their case and parameters', () => {
    assert.equal(formatByMediaType('Text/Turtle; charset=UTF-8')?.id, 'turtle');
    assert.equal(formatByMediaType('application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"')?.id, 'jsonld');
    assert.equal(formatByMediaType('text/html'), undefined);
  });

  it('are found by extension, with or without a dot', () => {
    assert.equal(formatByExtension('.TTL')?.id, 'turtle');
    assert.equal(formatByExtension('nq')?.id, 'nquads');
    assert.equal(formatByExtension('docx'), undefined);
  });

  it('and extensions each belong to one format', () => {
    const names = rdfFormats.flatMap(({ mediaType, aliases, extensions }) => [mediaType].concat(aliases, extensions));
    assert.equal(new Set(names).size, names.length);
  });
});

describe('contexts', () => {
  it('come from the bundle or from the caller, never from the network', async () => {
    const own = { '@context': {} };
    const load = contextLoader({ 'http://localhost:3000/context/v1.jsonld': own });
    assert.equal((await load('http://localhost:3000/context/v1.jsonld')).document, own);
    await assert.rejects(load('https://schema.org/'), (error) => error instanceof Fault && error.code === 'remote-context');
    await assert.rejects(load('constructor'), (error) => error instanceof Fault && error.code === 'remote-context');
  });

  it('that are bundled can all be loaded', async () => {
    const load = contextLoader();
    for (const iri of bundledContexts()) assert.ok('@context' in (await load(iri)).document, iri);
  });
});
