import assert from 'node:assert/strict';
import { OxigraphReplica } from '../../../../src/graph/engine/oxigraphReplica.js';
import type { QueryRequest } from '../../../../src/graph/api.js';
import { standardDataset } from '../../../../src/graph/catalogue.js';

const base = 'http://regio.test/';
const standard = standardDataset(base);
const settings = { status: 'aangenomen', mode: 'off', visibility: 'public' } as const;

/** The plain dataset of the specifications (UNION_DEFAULT_GRAPH=false), with one blank node. */
describe('the plain dataset', () => {
  const node = `<${base}.well-known/genid/abc-1>`;
  const engine = new OxigraphReplica({ base, unionDefaultGraph: false });
  engine.setDatasets([{ iri: standard, ...settings }, { iri: `${base}id/dataset/catalogus`, ...settings }, { iri: 'http://ex.test/g', ...settings }]);
  engine.load([
    `<a:s> <a:p> ${node} <${standard}> .`,
    `${node} <a:q> "zie ${node.replaceAll('"', '')}, \\"echt\\"" <${standard}> .`,
    `<a:t> <a:p> <a:o> <${standard}> .`,
    `<a:t> <a:p> "een" <${standard}> .`,
    '<a:g> <a:p> 1 <http://ex.test/g> .'.replace(' 1 ', ' "1"^^<http://www.w3.org/2001/XMLSchema#integer> '),
    `<a:c> <a:p> <a:c> <${base}id/dataset/catalogus> .`,
  ]);
  const ask = (query: string, format: string): string =>
    engine.query(engine.prepare({ query, resultFormat: format as QueryRequest['resultFormat'], graphFormat: format }, { restricted: [] })).body;
  const values = (query: string): readonly string[] => ask(query, 'text/tab-separated-values').trimEnd().split('\n').slice(1);

  it('gives blank nodes in every format, and leaves texts alone', () => {
    const query = 'SELECT ?o ?v { <a:s> <a:p> ?o . ?o <a:q> ?v }';
    assert.ok(ask(query, 'application/sparql-results+json').includes('{"type":"bnode","value":"abc-1"}'));
    assert.ok(ask(query, 'application/sparql-results+xml').includes('<bnode>abc-1</bnode>'));
    assert.ok(ask(query, 'text/tab-separated-values').includes('\n_:abc-1\t"zie <http://regio.test/'));
    assert.equal(ask(query, 'text/csv'), `o,v\r\n_:abc-1,"zie ${node}, ""echt"""\r\n`);
    const construct = 'CONSTRUCT { ?s <a:q> ?o } WHERE { ?s <a:q> ?o }';
    assert.ok(ask(construct, 'application/n-triples').startsWith('_:abc-1 <a:q> "zie <http'));
    assert.ok(ask(construct, 'text/turtle').startsWith('_:abc-1 <a:q> "zie <http'));
    assert.ok(ask(construct, 'application/rdf+xml').includes('rdf:nodeID="nabc-1"'));
    assert.ok(ask(construct, 'application/ld+json').includes('"@id":"_:abc-1"'));
  });

  it('tests find them: isBlank, isIRI, STR, ORDER BY', () => {
    assert.deepEqual(values('SELECT ?o { ?s <a:p> ?o FILTER(isBlank(?o)) }'), ['_:abc-1']);
    assert.deepEqual(values('SELECT ?o { ?s <a:p> ?o FILTER(isIRI(?o)) }'), ['<a:o>']);
    assert.deepEqual(values('SELECT ?o { ?s <a:p> ?o FILTER(STR(?o) != "") } ORDER BY ?o'), ['<a:o>', '"een"']);
    assert.deepEqual(values('SELECT ?o { ?s <a:p> ?o } ORDER BY ?o'), ['_:abc-1', '<a:o>', '"een"']);
    assert.deepEqual(values('SELECT ?o { ?s <a:p> ?o } ORDER BY DESC(?o)'), ['"een"', '<a:o>', '_:abc-1']);
  });

  it('holds the graphs of users as named graphs, not its own description', () => {
    assert.deepEqual(values('SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }'), ['<http://ex.test/g>']);
    assert.deepEqual(values(`SELECT ?s FROM <${base}id/dataset/catalogus> { ?s ?p ?o }`), ['<a:c>']);
  });

  it('a function nobody knows is an error of its solution', () => {
    assert.deepEqual(values('PREFIX f: <a:f#> SELECT ?s { ?s <a:q> ?o FILTER(f:x(?o) || true) }').length, 1);
    assert.deepEqual(values('PREFIX f: <a:f#> SELECT ?s { ?s <a:q> ?o FILTER(f:x(?o)) }'), []);
  });
});

describe('SELECT *', () => {
  const merged = new OxigraphReplica({ base });
  const plain = new OxigraphReplica({ base, unionDefaultGraph: false });
  const header = (query: string, engine = merged): string =>
    engine.query(engine.prepare({ query, resultFormat: 'text/csv', graphFormat: 'text/turtle' }, { restricted: [] })).body.split('\r\n')[0] ?? '';

  it('gives its variables in the order in which they appear', () => {
    assert.equal(header('SELECT * { ?s ?p ?o }'), 's,p,o');
    assert.equal(header('# SELECT *\nPREFIX a: <a:*>\nselect distinct*{ ?z a:b [ a:c ?y ] OPTIONAL { ?x a:d (?w) } FILTER(?f = 1) MINUS { ?z a:e ?m } }'), 'z,y,x,w');
    assert.equal(header('SELECT * { GRAPH ?g { ?s a ?t } BIND(?s AS ?c) VALUES (?v ?b) { (1 TRUE) } { SELECT (COUNT(?n) AS ?a) ?k { ?k ?l ?n } GROUP BY ?k } { SELECT * { ?i ?h ?s } } }'), 'g,s,t,c,v,b,a,k,i,h');
    assert.equal(header('SELECT * { } VALUES ?q { 1 }'), 'q');
    assert.equal(header('SELECT * { }'), '');
    // Written out again: with an order of evaluation, and (in the plain dataset) of kinds of terms.
    assert.equal(header('SELECT * { ?z <a:b> ?y OPTIONAL { ?y <a:c> ?x . ?x a <a:d> } } ORDER BY ?y'), 'z,y,x');
    assert.equal(header('SELECT * { ?z <a:b> ?y } ORDER BY ?y', plain), 'z,y');
  });
});
