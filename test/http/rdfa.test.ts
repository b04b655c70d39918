import assert from 'node:assert/strict';
import type { Quad } from '@rdfjs/types';
import { isomorphic } from 'rdf-isomorphic';
import { canonicalQuad } from '../../src/rdf/canonical.js';
import { formatByMediaType } from '../../src/rdf/mediaTypes.js';
import { toLine } from '../../src/rdf/nquads.js';
import { parseString } from '../../src/rdf/parse.js';
import { deskolemise } from '../../src/rdf/skolem.js';
import { harvested, streamed } from '../support/rdfa.js';
import { TestService } from '../support/service.js';
import { fill, ok, prefixes } from './fixture.js';

const hard = `${prefixes}
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex:moeilijk a ex:Proef , <urn:x-soort:een> , <http://a.example/kind#of/thing> ;
  dct:title "Gelijk"@nl , "Gelijk"@en , "Gelijk"@fr , "Gelijk" , "Anders"@en ;
  dct:description "  <b>&amp;</b> \\"'  \\n\\ttwee\\r\\nregels  " , " "@nl , ""@nl , "" , "https://a.example/pagina" ;
  dct:issued "2016-12-15"^^xsd:date , "2016"^^xsd:gYear , "2025-13-11"^^xsd:date ;
  <http://a.example/p?q=1&r=2> "1"^^xsd:integer , "1.5"^^xsd:decimal , "true"^^xsd:boolean , "INF"^^xsd:double , "x"^^<urn:x-datatype:y> ;
  dct:relation <geo:51.05,3.72> , <mailto:info@a.example> , <tel:+32> , <http://a.example/%C3%A9%20n?x=%2F#y> , <http://a.example/éé/ü> , <http://a.example> , ex:moeilijk ;
  dct:spatial "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(3.72 51.05)"^^<http://www.opengis.net/ont/geosparql#wktLiteral> ;
  dct:temporal [ a ex:Deel ; dct:title "deel"@nl , "deel"@en ; dct:relation [ dct:title "dieper" ] , ex:gent ] ;
  dct:hasPart _:gedeeld ; dct:requires _:gedeeld .
_:gedeeld dct:title "gedeeld" ; dct:isPartOf _:gedeeld ; dct:relation _:ring . _:ring dct:relation _:gedeeld .
`;

function lines(quads: readonly Quad[]): readonly string[] {
  return quads.map(toLine).toSorted();
}

describe('HTTP: RDFa of an entity', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
    await fill(service);
    await ok(service.describe('moeilijk', { titel: 'Moeilijk', controle: 'off' }));
    await ok(service.load('moeilijk', hard));
    await ok(service.load('tweede', `${prefixes} ex:moeilijk dct:title "Gelijk"@de , "Gelijk"@nl .`));
  });
  after(() => service.stop());

  const text = async (path: string, accept: string): Promise<string> => (await ok(service.ask(path, { headers: { accept } }))).text();

  async function same(path: string): Promise<void> {
    const format = formatByMediaType('text/turtle');
    assert.ok(format);
    const expected = (await parseString(await text(path.replace(/^\/en/, ''), 'text/turtle'), { format })).map(canonicalQuad);
    const page = await text(path, 'text/html');
    const address = service.base + path.slice(1);
    for (const found of [await streamed(page, address), await harvested(page, address)]) {
      const read: readonly Quad[] = [...new Map([...deskolemise(found.map(canonicalQuad), service.base)].map((quad) => [toLine(quad), quad])).values()];
      if (isomorphic([...read], expected)) continue;
      assert.deepEqual(lines(read), lines(expected), path);
      assert.fail(`${path}: blank nodes differ`);
    }
  }

  it('GET-html-200: gives every text, type, address and part exactly, to both processors', () => same('/doc/actor/moeilijk'));

  it('GET-html-200: the English page states the same', () => same('/en/doc/actor/moeilijk'));

  it('GET-html-200: a proposal is shown but not stated, unless it is asked for', async () => {
    await same('/doc/actor/gent');
    await same('/doc/actor/gent?bronstatus=alle');
    const page = await text('/doc/actor/gent', 'text/html');
    assert.match(page, /Nog niet aangenomen/);
    assert.doesNotMatch(page, /property="dct:description"/);
  });

  it('GET-html-200: parts carry their skolem IRI, because harvesters drop blank nodes', async () => {
    const stated = await streamed(await text('/doc/actor/gent', 'text/html'), `${service.base}doc/actor/gent`);
    assert.ok(stated.length > 4);
    assert.ok(stated.every(({ subject, object }) => subject.termType === 'NamedNode' && object.termType !== 'BlankNode'));
  });

  it('GET-html-200: literals that are markup stay out, so that no page takes markup from data', async () => {
    await ok(service.load('opmaak', `${prefixes} @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . ex:opmaak dct:title "<i>schuin</i>"^^rdf:HTML ; dct:identifier "o" .`));
    const page = await text('/doc/actor/opmaak', 'text/html');
    assert.match(page, /&lt;i&gt;schuin/);
    assert.deepEqual((await streamed(page, service.base)).map(({ object }) => object.value), ['o']);
  });
});
