import assert from 'node:assert/strict';
import { TestService } from '../support/service.js';
import { fill, ok, problem } from './fixture.js';

describe('HTTP: documents of entities', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
    await fill(service);
  });
  after(() => service.stop());

  const text = async (path: string): Promise<string> => (await ok(service.ask(path))).text();

  const types: readonly (readonly [suffix: string, mediaType: string, contains: string])[] = [
    ['ttl', 'text/turtle', 'dct:title'],
    ['trig', 'application/trig', 'dataset/proef'],
    ['nt', 'application/n-triples', '<http://localhost:3000/id/actor/gent>'],
    ['nq', 'application/n-quads', '<http://localhost:3000/id/dataset/proef>'],
    ['jsonld', 'application/ld+json', '@context'],
    ['rdf', 'application/rdf+xml', '<rdf:RDF'],
    ['html', 'text/html', '<!doctype html>'],
  ];
  for (const [suffix, mediaType, contains] of types) {
    it(`GET-${suffix}-200: by Accept and by suffix the same form`, async () => {
      const byAccept = await ok(service.ask('/doc/actor/gent', { headers: { accept: mediaType } }));
      const bySuffix = await ok(service.ask(`/doc/actor/gent.${suffix}`));
      for (const answer of [byAccept, bySuffix]) assert.equal(answer.headers.get('content-type')?.split(';')[0], mediaType);
      assert.equal(byAccept.headers.get('vary'), 'Accept, Accept-Encoding, Authorization, Accept-Datetime');
      const text = await byAccept.text();
      assert.ok(text.includes(contains), text);
      if (suffix !== 'html') assert.equal(await bySuffix.text(), text);
    });
  }

  it('GET-id-303: a thing leads to its document, whatever is accepted', async () => {
    for (const accept of ['text/html', 'text/turtle', '*/*']) {
      const answer = await service.ask('/id/actor/gent', { headers: { accept } });
      assert.equal(answer.status, 303);
      assert.equal(answer.headers.get('location'), '/doc/actor/gent');
    }
  });

  it('GET-duplicate-slashes-200: slashes collapse before routing', async () => {
    assert.equal((await service.ask('//doc///actor//gent.ttl')).status, 200);
  });

  it('GET-parameters-200: profiles, versions and qualities are understood', async () => {
    for (const [accept, expected] of [
      ['application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted, x"', 'application/ld+json'],
      ['text/turtle;q=0.5, application/ld+json;profile=http://www.w3.org/ns/json-ld#flattened', 'application/ld+json'],
      ['text/turtle;version=1.2', 'text/turtle'],
      ['text/turtle;q=0.4, application/n-triples;q=0.5', 'application/n-triples'],
      ['*/*;q=0.1, text/*;q=0.5', 'text/html'],
      ['text/html;q=0, text/*', 'text/turtle'],
      ['application/json', 'application/json'],
      ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
    ] as const) {
      const answer = await ok(service.ask('/doc/actor/gent', { headers: { accept } }));
      assert.equal(answer.headers.get('content-type')?.split(';')[0], expected, accept);
    }
  });

  it('GET-unknown-type-406: the problem lists what is possible', async () => {
    const { mogelijk } = await problem(service.ask('/doc/actor/gent', { headers: { accept: 'image/png' } }), 406);
    assert.ok(Array.isArray(mogelijk) && mogelijk.includes('text/turtle'));
  });

  it('GET-links-200: every other form is linked', async () => {
    const link = (await ok(service.ask('/doc/actor/gent.ttl'))).headers.get('link') ?? '';
    assert.ok(link.includes('</doc/actor/gent.jsonld>; rel="alternate"; type="application/ld+json"'), link);
    assert.ok(link.includes('<http://localhost:3000/id/actor/gent>; rel="describes"'), link);
  });

  it('GET-iri-200: an entity with an IRI of somebody else has a document by that IRI', async () => {
    await ok(service.load('elders', '<https://elders.example/x?a=1&b=2#y> <http://purl.org/dc/terms/title> "Elders"@nl .'));
    const path = `/doc?iri=${encodeURIComponent('https://elders.example/x?a=1&b=2#y')}`;
    assert.ok((await (await ok(service.ask(`${path}&formaat=ttl`))).text()).includes('Elders'));
    assert.ok((await (await ok(service.ask(path, { headers: { accept: 'text/html' } }))).text()).includes('<h1>Elders</h1>'));
  });

  it('GET-bad-query-400: a document needs one way to name its entity', async () => {
    await problem(service.ask('/doc'), 400);
    await problem(service.ask('/doc?iri=geen-adres'), 400);
    await problem(service.ask('/doc?iri=http://a.example/&formaat=pdf'), 400);
  });

  it('GET-proposal-200: what is only proposed stays out of the merged document, and apart in the others', async () => {
    assert.ok(!(await text('/doc/actor/gent.ttl')).includes('Nog niet aangenomen'));
    assert.ok((await text('/doc/actor/gent.ttl?bronstatus=alle')).includes('Nog niet aangenomen'));
    assert.match(await text('/doc/actor/gent.nq'), /Nog niet aangenomen"@nl <http:\/\/localhost:3000\/id\/dataset\/voorstel>/);
  });

  it('GET-blank-200: blank nodes come back nested, skolem IRIs do not show', async () => {
    const text = await (await ok(service.ask('/doc/actor/gent.ttl'))).text();
    assert.match(text, /\[\s*dct:title "deel"\s*\]/);
    assert.ok(!text.includes('genid'));
  });

  it('GET-html-200: values are escaped, links have names, the language is Dutch unless chosen', async () => {
    const dutch = await (await ok(service.ask('/doc/actor/gent', { headers: { accept: 'text/html', 'accept-language': 'en' } }))).text();
    assert.ok(dutch.includes('<html lang="nl">'));
    assert.ok(dutch.includes('<h1>Gent &lt;b&gt;&amp;&quot;&#39;</h1>'));
    assert.ok(dutch.includes('15 december 2016'));
    assert.ok(dutch.includes('>Aalst</a>'));
    assert.ok(dutch.includes('voorstel, niet aangenomen'));
    for (const path of ['/en/doc/actor/gent', '/doc/actor/gent?taal=en']) {
      const english = await (await ok(service.ask(path, { headers: { accept: 'text/html' } }))).text();
      assert.ok(english.includes('<html lang="en">') && english.includes('<h1>Ghent</h1>'), path);
    }
  });

  it('GET-unknown-404 and deleted-410', async () => {
    assert.equal((await problem(service.ask('/doc/actor/nergens'), 404))['code'], 'not-found');
    await ok(service.load('even', '<http://localhost:3000/id/actor/even> <http://purl.org/dc/terms/title> "Even"@nl .'));
    await ok(service.ask('/datasets/even/inhoud', { method: 'DELETE', token: true }));
    assert.equal((await problem(service.ask('/doc/actor/even'), 410))['code'], 'gone');
  });
});
