import assert from 'node:assert/strict';
import jsonld from 'jsonld';
import { TestService } from '../support/service.js';
import { fill, ok, problem } from './fixture.js';

const profile = 'http://www.w3.org/ns/json-ld#';
const forms = ['compacted', 'expanded', 'flattened'] as const;
type Json = Readonly<Record<string, unknown>>;

/** The `profile` parameter of `application/ld+json` (JSON-LD 1.1 §6.1). */
describe('HTTP: forms of JSON-LD', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
    await fill(service);
  });
  after(() => service.stop());

  /* Contexts come from the service itself, whatever its base says. */
  const documentLoader = async (url: string): Promise<object> => ({ documentUrl: url, document: await (await ok(service.ask(url.slice(service.base.length - 1)))).json() });
  const quads = async (document: unknown): Promise<string> =>
    String(await jsonld.canonize(document as Parameters<typeof jsonld.canonize>[0], { format: 'application/n-quads', documentLoader } as Parameters<typeof jsonld.canonize>[1]));

  const inForm = (form: string, etag?: string): Promise<Response> => service.ask('/doc/actor/gent', { headers: { accept: `application/ld+json;profile="${profile}${form}"`, ...(etag === undefined ? {} : { 'if-none-match': etag }) } });
  const construct = encodeURIComponent('CONSTRUCT WHERE { ?s <http://purl.org/dc/terms/title> ?o . ?s ?p ?x }');
  const places = ['/doc/actor/gent', '/actoren', '/graphs?graph=http://localhost:3000/id/dataset/proef', '/datasets/proef/inhoud', '/void', '/sparql', `/sparql?query=${construct}`];
  for (const place of places) {
    it(`GET-profile-200: ${place.slice(0, 40)} in the form asked for, which the answer names`, async () => {
      const bodies: unknown[] = [];
      const tags = new Set<string | null>();
      for (const form of forms) {
        for (const accept of [`application/ld+json;profile="${profile}${form}"`, `text/html;q=0.5, application/ld+json; profile=${profile}${form};q=0.9`]) {
          const answer = await ok(service.ask(place, { headers: { accept } }));
          assert.equal(answer.headers.get('content-type'), `application/ld+json;profile="${profile}${form}"`, accept);
          assert.match(answer.headers.get('vary') ?? '', /\bAccept\b/);
          tags.add(answer.headers.get('etag'));
          const body: unknown = await answer.json();
          assert.equal(Array.isArray(body), form !== 'compacted', form);
          if (form === 'flattened') {
            const nodes = body as readonly Json[];
            assert.ok(nodes.every((node) => node['@id'] !== undefined || node['@graph'] !== undefined), 'each node is named');
            assert.equal(new Set(nodes.map((node) => node['@id'])).size, nodes.length, 'each node stands there once');
          }
          bodies.push(body);
        }
      }
      if (place !== '/sparql') assert.equal(tags.size, forms.length, 'each form has its entity tag');
      const [first, ...others] = await Promise.all(bodies.map(quads));
      assert.ok(first);
      // A page of a collection names its items also in one list of its own.
      if (place !== '/actoren') for (const other of others) assert.equal(other, first);
    });
  }

  it('GET-no-profile-200: without one, and with one we do not know, the usual form under the usual name', async () => {
    for (const accept of ['application/ld+json', 'application/ld+json;profile="http://ex.test/eigen"', `application/ld+json, application/ld+json;profile="${profile}expanded";q=0.5`]) {
      const answer = await ok(service.ask('/doc/actor/gent', { headers: { accept } }));
      assert.equal(answer.headers.get('content-type'), 'application/ld+json', accept);
      assert.ok('@context' in Object(await answer.json()));
    }
  });

  it('GET-profile-304: the entity tag of one form is not that of another', async () => {
    const etag = (await ok(inForm('expanded'))).headers.get('etag') ?? '';
    assert.equal((await inForm('expanded', etag)).status, 304);
    assert.equal((await inForm('flattened', etag)).status, 200);
  });

  it('POST-query-profile: by a form parameter too; what is too long for it is refused with what to do', async () => {
    const body = (query: string): URLSearchParams => new URLSearchParams({ query, format: `application/ld+json;profile="${profile}flattened"` });
    const ask = (query: string): Promise<Response> => service.ask('/sparql', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: body(query).toString() });
    assert.equal((await ok(ask('CONSTRUCT WHERE { ?s ?p ?o }'))).headers.get('content-type'), `application/ld+json;profile="${profile}flattened"`);
    const much = Array.from({ length: 30 }, (_, index) => index).join(' ');
    const long = `CONSTRUCT { ?s ?p ?text } WHERE { VALUES ?a { ${much} } VALUES ?b { ${much} } VALUES ?c { ${much} } BIND(IRI(CONCAT("urn:een-lange-naam-voor-een-ding:", STR(?a), "-", STR(?b), "-", STR(?c))) AS ?s) BIND(<urn:p> AS ?p) BIND(CONCAT("een tekst van enige lengte, opdat het antwoord te lang wordt: ", STR(?a)) AS ?text) }`;
    const { code, detail } = await problem(ask(long), 413);
    assert.equal(code, 'too-large');
    assert.match(String(detail), /LIMIT/);
  });
});
