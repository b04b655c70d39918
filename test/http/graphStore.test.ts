import assert from 'node:assert/strict';
import { Parser, type Quad } from 'n3';
import { isomorphic } from 'rdf-isomorphic';
import { TestService, type Call } from '../support/service.js';
import { ok, problem } from './fixture.js';

const turtle = 'text/turtle';
const update = 'application/sparql-update';
const quads = (text: string): Quad[] => new Parser().parse(text);

const at = (graph: string): string => `/graphs?graph=${encodeURIComponent(graph)}`;

/** SPARQL 1.1 Graph Store HTTP Protocol, by section. */
describe('SPARQL 1.1 Graph Store HTTP Protocol', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
  });
  after(() => service.stop());

  const send = (method: string, path: string, body: string, call: Call = {}): Promise<Response> =>
    service.ask(path, { method, token: true, ...call, headers: { 'content-type': turtle, ...call.headers }, body });
  const content = async (path: string, accept = turtle): Promise<string> => (await ok(service.ask(path, { headers: { accept } }))).text();
  const holds = async (path: string, expected: string): Promise<void> => {
    const found = await content(path);
    assert.ok(isomorphic(quads(found), quads(expected)), found);
  };

  for (const [name, path] of [['indirect (§4.2)', at('http://ex.test/graaf')], ['direct (§4.1)', '/graphs/een/graaf.ttl']] as const) {
    describe(`${name} identification`, () => {
      it('PUT makes (201) and replaces (200), GET gives it back, blank nodes and all', async () => {
        const first = '<http://ex.test/a> <http://ex.test/p> [ <http://ex.test/q> "een" ] .';
        const made = await send('PUT', path, first);
        assert.equal(made.status, 201);
        await holds(path, first);
        for (const type of ['application/n-triples', 'application/n-quads']) {
          assert.ok((await content(path, type)).includes('_:'), type);
        }
        assert.equal((await send('PUT', path, first.replace('een', 'twee'))).status, 200);
        await holds(path, first.replace('een', 'twee'));
      });

      it('POST adds, HEAD tells, DELETE removes: after it GET, HEAD and DELETE are 404', async () => {
        assert.equal((await send('POST', path, '<http://ex.test/b> <http://ex.test/p> 1 .')).status, 200);
        assert.equal(quads(await content(path)).length, 3);
        const head = await ok(service.ask(path, { method: 'HEAD', headers: { accept: turtle } }));
        assert.equal(head.headers.get('content-type'), 'text/turtle; charset=utf-8');
        assert.equal((await service.ask(path, { method: 'DELETE', token: true })).status, 200);
        await problem(service.ask(path), 404);
        assert.equal((await service.ask(path, { method: 'HEAD' })).status, 404);
        await problem(service.ask(path, { method: 'DELETE', token: true }), 404);
        assert.equal((await send('POST', path, '<http://ex.test/b> <http://ex.test/p> 1 .')).status, 201);
      });

      it('PATCH is an update whose default graph it is (§5.7)', async () => {
        await ok(send('PUT', path, '<http://ex.test/a> <http://ex.test/p> 1 .'));
        await ok(send('PATCH', path, 'DELETE { ?s ?p 1 } INSERT { ?s ?p 2 } WHERE { ?s ?p 1 }', { headers: { 'content-type': update } }));
        await holds(path, '<http://ex.test/a> <http://ex.test/p> 2 .');
        await ok(send('PATCH', path, 'CLEAR DEFAULT; INSERT DATA { <http://ex.test/a> <http://ex.test/p> 3 }', { headers: { 'content-type': update } }));
        await holds(path, '<http://ex.test/a> <http://ex.test/p> 3 .');
      });

      it('PATCH that would change something else is 422 and changes nothing, another type is 415', async () => {
        for (const text of ['INSERT DATA { <a:s> <a:p> 1 GRAPH <http://ex.test/ander> { <a:s> <a:p> 1 } }', 'DROP ALL', 'COPY DEFAULT TO <http://ex.test/ander>']) {
          await problem(send('PATCH', path, text, { headers: { 'content-type': update } }), 422);
        }
        await holds(path, '<http://ex.test/a> <http://ex.test/p> 3 .');
        const refused = await send('PATCH', path, '<a:s> <a:p> 1 .');
        assert.equal(refused.status, 415);
        assert.equal(refused.headers.get('accept-patch'), update);
      });

      it('If-Match takes the entity tag of the graph, whatever was written elsewhere meanwhile', async () => {
        const etag = (await ok(service.ask(path))).headers.get('etag') ?? '';
        await ok(send('PUT', at('http://ex.test/elders'), `<a:s> <a:p> "${path}" .`));
        await ok(send('PUT', path, '<http://ex.test/a> <http://ex.test/p> 4 .', { headers: { 'if-match': etag } }));
        await problem(send('PUT', path, '<http://ex.test/a> <http://ex.test/p> 5 .', { headers: { 'if-match': etag } }), 412);
        await problem(send('PUT', path, '<http://ex.test/a> <http://ex.test/p> 5 .', { headers: { 'if-none-match': '*' } }), 412);
        await problem(send('PUT', at('http://ex.test/nieuw'), '<a:s> <a:p> 1 .', { headers: { 'if-match': '*' } }), 412);
        await holds(path, '<http://ex.test/a> <http://ex.test/p> 4 .');
      });

      it('multipart/form-data: each part is a document, together they are one commit (§5.5)', async () => {
        const before = (await service.service.graph.status()).commit;
        const body = new FormData();
        body.append('een', new Blob(['<http://ex.test/m> <http://ex.test/p> 1 .'], { type: turtle }), 'een.ttl');
        body.append('twee', new Blob(['<http://ex.test/m> <http://ex.test/p> [] .'], { type: 'application/n-triples' }), 'twee.ttl');
        await problem(service.ask(path, { method: 'POST', token: true, body }), 400);
        body.set('twee', new Blob(['<http://ex.test/m> <http://ex.test/p> [] .'], { type: turtle }), 'twee.ttl');
        await ok(service.ask(path, { method: 'POST', token: true, body }));
        assert.equal((await service.service.graph.status()).commit, before + 1);
        assert.equal(quads(await content(path)).length, 3);
      });
    });
  }

  it('both ways name one graph (§4.2), and the direct address is where it is', async () => {
    await ok(send('PUT', '/graphs/samen', '<http://ex.test/a> <http://ex.test/p> <> .'));
    const answer = await ok(service.ask(at(`${service.base}graphs/samen`), { headers: { accept: turtle } }));
    assert.equal(answer.headers.get('content-location'), `${service.base}graphs/samen`);
    assert.equal(await answer.text(), await content('/graphs/samen'));
  });

  it('the default graph: always there, emptied by DELETE', async () => {
    await ok(send('PUT', '/graphs?default', '<http://ex.test/a> <http://ex.test/p> 1 .'));
    await holds('/graphs?default', '<http://ex.test/a> <http://ex.test/p> 1 .');
    await ok(service.ask('/graphs?default', { method: 'DELETE', token: true }));
    await holds('/graphs?default', '');
  });

  it('POST to the store makes a graph of its own (§5.5): 201 with its address, which both ways take', async () => {
    const made = await send('POST', '/graphs', '<http://ex.test/a> <http://ex.test/p> 1 .');
    assert.equal(made.status, 201);
    const location = made.headers.get('location') ?? '';
    assert.ok(location.startsWith(`${service.base}graphs/`));
    await holds(at(location), '<http://ex.test/a> <http://ex.test/p> 1 .');
    await holds(new URL(location).pathname, '<http://ex.test/a> <http://ex.test/p> 1 .');
  });

  it('what stands percent-encoded in a graph stays so: it is decoded once', async () => {
    await ok(send('PUT', '/graphs?graph=http://ex.test/%31', '<http://ex.test/a> <http://ex.test/p> 1 .'));
    assert.equal((await send('PUT', '/graphs?graph=http://ex.test/%2531', '<http://ex.test/a> <http://ex.test/p> 2 .')).status, 201);
    await holds(at('http://ex.test/1'), '<http://ex.test/a> <http://ex.test/p> 1 .');
    await holds(at('http://ex.test/%31'), '<http://ex.test/a> <http://ex.test/p> 2 .');
  });

  describe('misuse', () => {
    const cases: readonly (readonly [string, number, () => Promise<Response>])[] = [
      ['no graph named', 400, () => service.ask('/graphs')],
      ['two graphs named', 400, () => service.ask('/graphs?graph=a:b&graph=a:c')],
      ['a graph and the default graph', 400, () => service.ask('/graphs?graph=a:b&default')],
      ['a direct graph and another', 400, () => service.ask('/graphs/x?graph=a:b')],
      ['a relative graph (§4.2)', 400, () => service.ask('/graphs?graph=x')],
      ['RDF that cannot be read', 400, () => send('PUT', '/graphs/x', '<a')],
      ['a multipart without files', 400, () => service.ask('/graphs/x', { method: 'POST', token: true, headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--\r\n' })],
      ['no token', 401, () => service.ask('/graphs/x', { method: 'PUT', headers: { 'content-type': turtle }, body: '' })],
      ['a graph there is not', 404, () => service.ask('/graphs/x')],
      ['a format there is not', 406, () => service.ask('/graphs?default', { headers: { accept: 'image/png' } })],
      ['a type that is no RDF', 415, () => send('PUT', '/graphs/x', 'x', { headers: { 'content-type': 'image/png' } })],
      ['the catalogue', 403, () => send('PUT', at(`${service.base}id/dataset/catalogus`), '<a:s> <a:p> 1 .')],
    ];
    for (const [name, status, ask] of cases) it(`${status}: ${name}`, async () => void (await problem(ask(), status)));
  });

  it('OPTIONS tells the methods', async () => {
    for (const path of ['/graphs', '/graphs/x']) {
      assert.equal((await ok(service.ask(path, { method: 'OPTIONS' }))).headers.get('allow'), 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS');
    }
  });
});
