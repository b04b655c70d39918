import assert from 'node:assert/strict';
import { ex, refusalOf, registryOf, short, validateDocument } from './fixture.js';

const shapes = (select: string): string =>
  `ex:prefixes sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .
  ex:S sh:targetSubjectsOf ex:p ; sh:sparql [ sh:prefixes ex:prefixes ; sh:select """${select}""" ] .`;

describe('the queries of SPARQL-based constraints', () => {
  const select = 'SELECT $this ?value WHERE { $this ex:p ?value . FILTER NOT EXISTS { ?m ex:role ex:chair ; ex:of ?value } OPTIONAL { ?i ex:kind ex:Name ; ex:of $this } FILTER(!BOUND(?i)) }';

  it('are evaluated in the order that queries get, which begins with what is known', async () => {
    const registry = await registryOf(shapes(select));
    const [constraint] = registry.shapes.get(`<${ex}S>`)?.sparql ?? [];
    const text = constraint?.query(`<${ex}a>`, 'own', 'http://example.org/g', true).replaceAll(/\s+/g, ' ') ?? '';
    assert.match(text, /NOT EXISTS \{ \?m <http:\/\/example.org\/of> \?value \. LATERAL/);
    assert.ok(text.includes('<http://example.org/a>') && !text.includes('pre-bound'), text);
  });

  it('give the same results', async () => {
    const { results } = await validateDocument(shapes(select), 'ex:a ex:p ex:x, ex:y . ex:b ex:p ex:x . ex:m ex:role ex:chair ; ex:of ex:y . ex:i ex:kind ex:Name ; ex:of ex:b .');
    assert.deepEqual(results.map(short), ['a SPARQL x']);
  });

  it('compare literals by value, as they stand', async () => {
    const text = `ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:node [ sh:sparql [ sh:select "SELECT $this WHERE { <http://example.org/c> <http://example.org/is> ?x OPTIONAL { ?x ?y ?z } FILTER(?x = $this) }" ] ] ] .`;
    const { results } = await validateDocument(text, 'ex:a ex:p 2.0, 3 . ex:c ex:is 2 .');
    assert.equal(results.length, 1);
  });
});

describe('a shape that makes no sense', () => {
  it('is told in a sentence that does not repeat all of it', async () => {
    const pattern = `(${'a'.repeat(1_000_000)}`;
    const { data } = await refusalOf(`ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:pattern "${pattern}" ] .`);
    assert.ok(JSON.stringify(data).length < 3000);
    assert.match(data.detail.nl, /geen geldige reguliere uitdrukking.*Unterminated group/s);
  });
});
