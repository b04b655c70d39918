import assert from 'node:assert/strict';
import { Fault, type FaultCode } from '../../../../src/faults.js';
import { parseUpdate } from '../../../../src/graph/update/index.js';

function faultOf(text: string, options = {}): Fault {
  try {
    parseUpdate(text, options);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: `accepted: ${text}` });
}

const refusals: readonly (readonly [string, FaultCode, string])[] = [
  ['a query', 'query-syntax', 'SELECT * { ?s ?p ?o }'],
  ['a variable in INSERT DATA', 'query-syntax', 'INSERT DATA { ?s <http://p> 1 }'],
  ['a blank node in DELETE DATA', 'query-syntax', 'DELETE DATA { _:b <http://p> 1 }'],
  ['a blank node in a DELETE template', 'query-syntax', 'DELETE { _:b <http://p> ?o } WHERE { ?s ?p ?o }'],
  ['a blank node in DELETE WHERE', 'query-syntax', 'DELETE WHERE { [] <http://p> ?o }'],
  ['a literal subject', 'invalid-term', 'INSERT DATA { "x" <http://p> 1 }'],
  ['one blank node label in two INSERT DATA', 'query-syntax', 'INSERT DATA { _:b <http://p> 1 } ; INSERT DATA { _:b <http://p> 2 }'],
  ['an unknown prefix', 'query-syntax', 'INSERT DATA { foaf:a <http://p> 1 }'],
  ['SERVICE', 'address-refused', 'INSERT { ?s ?p ?o } WHERE { SERVICE <http://e.test/> { ?s ?p ?o } }'],
  ['SERVICE inside EXISTS', 'address-refused', 'DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER EXISTS { SERVICE <http://e.test/> { ?s ?p ?o } } }'],
  ['a relative IRI in a template', 'relative-iri', 'INSERT DATA { <a> <http://p> 1 }'],
  ['a relative IRI in WHERE', 'relative-iri', 'DELETE { ?s ?p ?o } WHERE { ?s ?p ?o . ?s <p> 1 }'],
  ['a relative graph', 'relative-iri', 'CLEAR GRAPH <g>'],
  ['an invalid IRI', 'invalid-iri', 'INSERT DATA { <http://a/%zz> <http://p> 1 }'],
  ['an invalid datatype', 'invalid-iri', 'INSERT DATA { <http://a> <http://p> "1"^^<http://a/%zz> }'],
];

describe('Reading a SPARQL update', () => {
  for (const [what, code, text] of refusals) {
    it(`refuses ${what} as ${code}`, () => assert.equal(faultOf(text).code, code));
  }

  it('says where a syntax error is, what was found and what could stand there', () => {
    const { detail, place } = faultOf('INSERT DATA {\n  <http://a> <http://p> }').data;
    assert.equal(place?.line, 2);
    assert.equal(place?.column, 25);
    assert.match(place?.expected ?? '', /\?x|<…>/u);
    assert.match(detail.nl, /regel 2, kolom 25/iu);
    assert.match(detail.en, /line 2, column 25/iu);
  });

  it('points at the end of a text that stops too early', () => {
    assert.deepEqual(faultOf('INSERT DATA { <http://a> <http://p> 1').data.place, { line: 1, column: 38, expected: '}' });
  });

  it('offers the declaration of a well-known prefix that is missing', () => {
    const fault = faultOf('INSERT DATA {\n foaf:a <http://p> 1 }');
    assert.match(fault.data.detail.nl, /PREFIX foaf: <http:\/\/xmlns\.com\/foaf\/0\.1\/>/u);
    assert.equal(fault.data.place?.line, 2);
  });

  it('resolves relative IRIs against the given base, and against BASE in the request first', () => {
    const [first, second] = parseUpdate('CLEAR GRAPH <g> ; BASE <http://own.test/> CLEAR GRAPH <g>', { base: 'http://given.test/x/' }).operations;
    assert.deepEqual(first, { kind: 'clear', target: { graph: 'http://given.test/x/g' }, silent: false });
    assert.deepEqual(second, { kind: 'clear', target: { graph: 'http://own.test/g' }, silent: false });
  });

  it('lets a prefix mean something else from a later operation on', () => {
    const plan = parseUpdate('PREFIX a: <http://one/> CLEAR GRAPH a:g ; PREFIX a: <http://two/> CLEAR GRAPH a:g');
    assert.deepEqual(
      plan.operations.map((operation) => (operation.kind === 'clear' ? operation.target : undefined)),
      [{ graph: 'http://one/g' }, { graph: 'http://two/g' }],
    );
  });

  it('takes an empty request as no operations', () => {
    assert.deepEqual(parseUpdate('').operations, []);
    assert.deepEqual(parseUpdate('PREFIX a: <http://one/>').operations, []);
  });

  it('refuses using-graph-uri beside USING or WITH, as the protocol says', () => {
    const options = { usingGraphs: ['http://g'] };
    assert.equal(faultOf('WITH <http://h> DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }', options).code, 'bad-request');
    assert.equal(faultOf('DELETE { ?s ?p 1 } USING <http://h> WHERE { ?s ?p 1 }', options).code, 'bad-request');
    const [operation] = parseUpdate('DELETE WHERE { ?s ?p 1 }', options).operations;
    assert.ok(operation?.kind === 'modify');
    assert.deepEqual(operation.dataset, { kind: 'using', graphs: ['http://g'], namedGraphs: [] });
  });

  it('keeps SILENT, and reads every kind of graph reference', () => {
    assert.deepEqual(parseUpdate('CLEAR SILENT NAMED; DROP ALL; CREATE SILENT GRAPH <http://g>; MOVE DEFAULT TO <http://g>').operations, [
      { kind: 'clear', target: 'named', silent: true },
      { kind: 'drop', target: 'all', silent: false },
      { kind: 'create', graph: 'http://g', silent: true },
      { kind: 'move', source: 'default', destination: { graph: 'http://g' }, silent: false },
    ]);
  });
});
