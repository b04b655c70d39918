import assert from 'node:assert/strict';
import { quadsOf, refusalOf, registryOf } from './fixture.js';
import { ShapesRegistry } from '../../../src/validation/shapesRegistry.js';

const property = (text: string): string => `ex:S sh:targetNode ex:a ; sh:property [ ${text} ] .`;
const sparql = (select: string): string => `ex:S sh:targetNode ex:a ; sh:sparql [ sh:select """${select}""" ] .`;

const refused: readonly (readonly [name: string, shapes: string, mentions: RegExp])[] = [
  ['a property shape without path', 'ex:S sh:targetNode ex:a ; sh:property [ sh:minCount 1 ] .', /sh:property/],
  ['two paths', property('sh:path ex:p, ex:q'), /sh:path/],
  ['a path that is a literal', property('sh:path "p"'), /path/],
  ['a path that contains itself', 'ex:S sh:targetNode ex:a ; sh:property [ sh:path _:x ] . _:x sh:inversePath _:x .', /itself/],
  ['an alternative of one', property('sh:path [ sh:alternativePath ( ex:p ) ]'), /fewer than two/],
  ['a sequence of one', property('sh:path ( ex:p )'), /fewer than two/],
  ['a misspelt constraint', property('sh:path ex:p ; sh:minCont 1'), /minCont/],
  ['a node shape with sh:minCount', 'ex:S sh:targetNode ex:a ; sh:minCount 1 .', /minCount/],
  ['a count that is no integer', property('sh:path ex:p ; sh:minCount "1"'), /integer/],
  ['two values where one is allowed', property('sh:path ex:p ; sh:datatype ex:a, ex:b'), /only once/],
  ['a qualified count without a shape', property('sh:path ex:p ; sh:qualifiedMinCount 1'), /qualifiedValueShape/],
  ['a list without end', property('sh:path ex:p ; sh:in [ rdf:first 1 ]'), /list/],
  ['a list that contains itself', 'ex:S sh:targetNode ex:a ; sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .', /itself/],
  ['a regular expression that does not compile', property('sh:path ex:p ; sh:pattern "(" '), /regular expression/],
  ['unknown flags', property('sh:path ex:p ; sh:pattern "a" ; sh:flags "g"'), /flags/],
  ['an unknown node kind', property('sh:path ex:p ; sh:nodeKind sh:Thing'), /node kind/],
  ['a recursive shape', 'ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:node ex:S ] .', /recursive/],
  ['a recursion through a list', 'ex:S sh:targetNode ex:a ; sh:or ( [ sh:not ex:S ] ex:T ) . ex:T sh:nodeKind sh:IRI .', /recursive/],
  ['sh:js', 'ex:S sh:targetNode ex:a ; sh:js [ sh:jsFunctionName "f" ] .', /not supported/],
  ['a SPARQL target', 'ex:S sh:target [ a sh:SPARQLTarget ; sh:select "SELECT ?this {}" ] ; sh:nodeKind sh:IRI .', /not supported/],
  ['a custom constraint component', 'ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:x ] .', /ConstraintComponent/],
  ['sh:sparql without sh:select', 'ex:S sh:targetNode ex:a ; sh:sparql [ sh:message "x" ] .', /sh:select/],
  ['sh:sparql with sh:ask', 'ex:S sh:targetNode ex:a ; sh:sparql [ sh:ask "ASK {}" ] .', /sh:ask/],
  ['a query with a syntax error', sparql('SELECT $this WHERE { $this ?p }'), /syntax error/],
  ['a CONSTRUCT', sparql('CONSTRUCT WHERE { $this ?p ?o }'), /SELECT/],
  ['a SELECT without $this', sparql('SELECT ?x WHERE { $this ?p ?x }'), /\$this/],
  ['a subselect without $this', sparql('SELECT $this WHERE { { SELECT ?x WHERE { ?x ?p ?y } } }'), /\$this/],
  ['MINUS', sparql('SELECT $this WHERE { $this ?p ?x MINUS { $this ?p 1 } }'), /MINUS/],
  ['VALUES', sparql('SELECT $this WHERE { VALUES ?x { 1 } }'), /VALUES/],
  ['SERVICE', sparql('SELECT $this WHERE { SERVICE <http://x.org/> { $this ?p ?x } }'), /SERVICE/],
  ['GRAPH, which could read restricted data', sparql('SELECT $this WHERE { GRAPH ?g { $this ?p ?x } }'), /GRAPH/],
  ['FROM', sparql('SELECT $this FROM <http://x.org/> WHERE { $this ?p ?x }'), /FROM/],
  ['AS ?this', sparql('SELECT $this WHERE { BIND(1 AS ?this) }'), /AS \?this|syntax/],
  ['$PATH in a node shape', sparql('SELECT $this WHERE { $this $PATH ?x }'), /\$PATH/],
  ['an undeclared prefix', sparql('SELECT $this WHERE { $this nope:p ?x }'), /nope|relative|syntax/],
];

describe('shapes registry', () => {
  for (const [name, shapes, mentions] of refused) {
    it(`refuses ${name}`, async () => {
      const fault = await refusalOf(shapes);
      assert.equal(fault.code, 'shapes-invalid');
      assert.match(fault.data.detail.en, mentions);
      assert.ok(fault.data.detail.nl.length > 0);
    });
  }

  it('lists every problem with the shape it is in', async () => {
    const fault = await refusalOf('ex:S sh:targetNode ex:a ; sh:minCount 1 . ex:T sh:targetNode ex:a ; sh:maxCount 1 ; sh:datatype 5 .');
    assert.deepEqual(
      JSON.parse(JSON.stringify(fault.data.extra?.['problems'])).map(({ shape }: { shape: string }) => shape),
      ['<http://example.org/S>', '<http://example.org/T>', '<http://example.org/T>'],
    );
  });

  it('has one version for equal shapes, whatever the order and the labels', async () => {
    const quads = await quadsOf('ex:S sh:targetNode ex:a ; sh:property [ sh:path ( ex:p ex:q ) ; sh:minCount 1 ], [ sh:path ex:r ; sh:in ( 1 2 ) ] .');
    const again = await quadsOf('ex:S sh:property [ sh:in ( 1 2 ) ; sh:path ex:r ], [ sh:minCount 1 ; sh:path ( ex:p ex:q ) ] ; sh:targetNode ex:a .');
    const other = await registryOf('ex:S sh:targetNode ex:a ; sh:property [ sh:path ( ex:q ex:p ) ; sh:minCount 1 ], [ sh:path ex:r ; sh:in ( 1 2 ) ] .');
    const { version } = ShapesRegistry.fromQuads(quads);
    assert.equal(version, ShapesRegistry.fromQuads(again).version);
    assert.notEqual(version, other.version);
  });

  it('knows which shapes have targets and which are switched off', async () => {
    const registry = await registryOf('ex:S sh:targetClass ex:C ; sh:node ex:T . ex:T sh:nodeKind sh:IRI . ex:U sh:targetClass ex:C ; sh:deactivated true .');
    assert.deepEqual(registry.roots.map(({ node }) => node), ['<http://example.org/S>']);
  });
});
