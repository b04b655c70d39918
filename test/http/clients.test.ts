import assert from 'node:assert/strict';
import { TestService, type Call } from '../support/service.js';
import { fill, ok } from './fixture.js';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const select = 'SELECT ?t { <http://localhost:3000/id/actor/aalst> <http://purl.org/dc/terms/title> ?t }';
const ask = 'ASK { ?s <http://purl.org/dc/terms/title> "Aalst"@nl }';
const construct = 'CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o ; <http://purl.org/dc/terms/title> "Aalst"@nl }';
const describe_ = 'DESCRIBE <http://localhost:3000/id/actor/aalst>';
const q = encodeURIComponent;

const [json, xml, csv, tsv] = ['application/sparql-results+json', 'application/sparql-results+xml', 'text/csv', 'text/tab-separated-values'];
const [turtle, ntriples, jsonld, rdfxml] = ['text/turtle', 'application/n-triples', 'application/ld+json', 'application/rdf+xml'];

/** The Accept header the library sends, then the parameters beside the query, then what it must be answered in. */
type Sent = readonly [query: string, accept: string | undefined, parameters: string, expected: string];

const all = 'application/sparql-results+json,application/json,text/javascript,application/javascript';
const rdfAll = 'application/rdf+xml, text/n3, text/turtle, application/n-triples, application/ld+json, application/n-quads, application/trix, application/trig';
const repeated = (short: string, long: string): string => ['format', 'output', 'results'].map((name) => `${name}=${q(short)}&${name}=${q(long)}`).join('&');
const once = (short: string): string => ['format', 'output', 'results'].map((name) => `${name}=${q(short)}`).join('&');

const clients: Readonly<Record<string, readonly Sent[]>> = {
  SPARQLWrapper: [
    [select, all, once('json'), json],
    [select, 'application/sparql-results+xml', once('xml'), xml],
    [ask, 'text/csv', once('csv'), csv],
    [select, 'text/tab-separated-values', repeated('tsv', ''), tsv],
    [select, '*/*', repeated('json-ld', 'application/ld+json,application/x-json+ld'), json],
    [select, '*/*', once('turtle'), json],
    [construct, 'application/rdf+xml', once('xml'), rdfxml],
    [construct, 'application/rdf+xml', repeated('rdf+xml', 'application/rdf+xml'), rdfxml],
    [construct, 'application/ld+json,application/x-json+ld', repeated('json-ld', 'application/ld+json,application/x-json+ld'), jsonld],
    [describe_, 'text/rdf+n3,application/n-triples,application/turtle,application/n3,text/n3,text/turtle', once('n3'), turtle],
    [construct, '*/*', once('csv'), turtle],
    [construct, '*/*', repeated('tsv', ''), turtle],
  ],
  'rdflib SPARQLStore': [
    [select, 'application/rdf+xml, application/sparql-results+xml', '', xml],
    [construct, 'application/rdf+xml, application/sparql-results+xml', '', rdfxml],
    [select, 'application/sparql-results+json', '', json],
    [construct, 'application/sparql-results+json', '', jsonld],
  ],
  'Apache Jena': [
    [select, 'application/sparql-results+json,application/sparql-results+xml;q=0.9,text/tab-separated-values;q=0.7,text/csv;q=0.5,application/json;q=0.2,application/xml;q=0.2,*/*;q=0.1', '', json],
    [construct, 'text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3', '', turtle],
  ],
  'RDF4J SPARQLRepository': [
    [select, 'application/sparql-results+xml;q=0.8, application/xml;q=0.8, application/x-sparqlstar-results+json;q=0.8, application/x-binary-rdf-results-table, application/sparql-results+json;q=0.9', 'queryLn=SPARQL&infer=true&timeout=5&distinct=false', json],
    [ask, 'text/boolean;q=0.8, application/sparql-results+xml, application/sparql-results+json;q=0.9', 'infer=true', xml],
    [construct, 'application/x-binary-rdf, application/rdf+xml;q=0.5, application/n-triples;q=0.9', 'infer=true', ntriples],
  ],
  'Virtuoso forms': [
    [select, 'text/html;q=0.1', 'default-graph-uri=&format=application%2Fsparql-results%2Bjson&timeout=0&debug=on&run=+Run+Query+&signal_void=on', json],
    [select, undefined, 'default-graph-uri=&named-graph-uri=&format=application/sparql-results+json&should-sponge=&timeout=', json],
    [construct, '*/*', 'format=auto&timeout=0', turtle],
    [construct, '*/*', 'format=application%2Fx-json%2Bld', jsonld],
  ],
  'YASQE and GraphDB': [
    [select, 'application/sparql-results+json,*/*;q=0.9', '', json],
    [construct, 'application/n-triples,*/*;q=0.9', '', ntriples],
    [select, 'application/x-sparqlstar-results+json, application/sparql-results+json;q=0.9, */*;q=0.8', 'infer=true&sameAs=true&limit=1001&offset=0', json],
  ],
  'Comunica and fetch-sparql-endpoint': [
    [select, 'application/sparql-results+json;q=1.0,application/sparql-results+xml;q=0.7', '', json],
    [construct, 'application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,text/turtle;q=0.6', '', 'application/n-quads'],
  ],
  'Power Query, R, browsers and axios': [
    [select, undefined, 'format=csv', csv],
    [select, 'text/csv', '', csv],
    [select, 'application/json, text/plain, */*', '', 'application/json'],
    [construct, 'application/json, text/plain, */*', '', 'application/json'],
    [select, 'text/xml', '', 'application/xml'],
  ],
};

const insert = (name: string): string => `INSERT DATA { GRAPH <http://localhost:3000/id/dataset/proef> { <http://localhost:3000/id/actor/${name}> <http://purl.org/dc/terms/title> "${name}"@nl } }`;

describe('what clients send is answered', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
    await fill(service);
  });
  after(() => service.stop());

  const ways: Readonly<Record<string, (text: string, parameters: string, call: Call) => Promise<Response>>> = {
    GET: (text, parameters, call) => service.ask(`/sparql?query=${q(text)}&${parameters}`, call),
    'a form': (text, parameters, call) => service.ask('/sparql', { ...call, method: 'POST', headers: { ...call.headers, ...form }, body: `query=${q(text)}&${parameters}` }),
    'a direct POST': (text, parameters, call) => service.ask(`/sparql?${parameters}`, { ...call, method: 'POST', headers: { ...call.headers, 'content-type': 'application/sparql-query; charset=UTF-8' }, body: text }),
  };

  for (const [client, requests] of Object.entries(clients)) {
    for (const [way, send] of Object.entries(ways)) {
      it(`${client}, by ${way}`, async () => {
        for (const [text, accept, parameters, expected] of requests) {
          const answer = await ok(send(text, parameters, accept === undefined ? {} : { headers: { accept } }));
          assert.equal(answer.headers.get('content-type')?.split(';')[0], expected, `${accept ?? ''} ${parameters}`);
          const body = await answer.text();
          assert.ok(text === ask ? body.includes('true') : body.includes('Aalst'), body);
        }
      });
    }
  }

  it('rdflib reads a document as N-Triples by the media type of 2004', async () => {
    const answer = await ok(service.ask('/doc/actor/aalst', { headers: { accept: 'text/plain, */*;q=0.1' } }));
    assert.equal(answer.headers.get('content-type'), ntriples);
    const any = await ok(service.ask('/doc/actor/aalst', { headers: { accept: rdfAll } }));
    assert.ok((await any.text()).includes('Aalst'));
  });

  it('Comunica, which prefers N-Quads, reads what a document and a dataset say in their default graph', async () => {
    const accept = 'application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,text/turtle;q=0.6,application/rdf+xml;q=0.5,text/html;q=0.2';
    for (const path of ['/doc/actor/aalst', '/datasets/proef/inhoud', '/graphs?graph=http://localhost:3000/id/dataset/proef']) {
      assert.equal((await ok(service.ask(path, { headers: { accept } }))).headers.get('content-type'), jsonld, path);
      assert.equal((await ok(service.ask(path, { headers: { accept: 'application/n-quads, */*;q=0.1' } }))).headers.get('content-type'), 'application/n-quads', path);
      // Who names two forms has chosen between them.
      assert.equal((await ok(service.ask(path, { headers: { accept: 'application/n-quads, text/turtle;q=0.9' } }))).headers.get('content-type'), 'application/n-quads', path);
    }
  });

  it('updates: SPARQLWrapper, rdflib and RDF4J, with an Accept for queries and empty parameters', async () => {
    const accept = 'application/rdf+xml, application/sparql-results+xml';
    await ok(service.ask('/sparql/update', { method: 'POST', token: true, headers: { ...form, accept: '*/*' }, body: `update=${q(insert('a'))}&${once('xml')}&using-graph-uri=` }));
    await ok(service.ask('/sparql/update?', { method: 'POST', token: true, headers: { 'content-type': 'application/sparql-update; charset=UTF-8', accept }, body: insert('b') }));
    await ok(service.ask('/sparql', { method: 'POST', token: true, headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', accept: '*/*' }, body: `update=${q(insert('c'))}&infer=true` }));
    const there = await ok(service.query('SELECT ?t { VALUES ?t { "a"@nl "b"@nl "c"@nl } ?s <http://purl.org/dc/terms/title> ?t }', { accept: csv }));
    assert.deepEqual((await there.text()).trim().split(/\r?\n/).slice(1).toSorted(), ['a', 'b', 'c']);
  });
});
