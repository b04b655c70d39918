import assert from 'node:assert/strict';
import { request } from 'node:http';
import { TestService } from '../support/service.js';
import { fill, ok, prefixes, problem } from './fixture.js';

/** Headers and body exactly as sent: fetch would undo the coding. */
function raw(url: string, headers: Record<string, string>): Promise<{ status: number; headers: Record<string, unknown>; names: readonly string[]; body: Buffer }> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, names: answer.rawHeaders.filter((_text, index) => index % 2 === 0), body: Buffer.concat(chunks) }));
    })
      .on('error', reject)
      .end();
  });
}

/** An answer without what belongs to one exchange. */
function told({ headers, names, ...rest }: Awaited<ReturnType<typeof raw>>): object {
  const { 'x-request-id': id, date, 'content-length': _length, 'transfer-encoding': _coding, ...same } = headers;
  assert.ok(id !== undefined && date !== undefined);
  return { ...rest, same, names: names.filter((name) => !/^(?:date|content-length|transfer-encoding)$/i.test(name)).toSorted() };
}

describe('HTTP: conditional requests', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
    await fill(service);
  });
  after(() => service.stop());

  const paths = ['/doc/actor/gent.ttl', '/doc/actor/gent.html', '/datasets', '/datasets/proef', '/datasets/proef/inhoud.nq', '/commits', '/commits/2', '/graphs?graph=http%3A%2F%2Flocalhost%3A3000%2Fid%2Fdataset%2Fproef', '/sparql?query=ASK%7B%7D', '/ns'];
  for (const path of paths) {
    it(`GET-same-304: ${path}`, async () => {
      const first = await ok(service.ask(path));
      const etag = first.headers.get('etag') ?? '';
      assert.match(etag, /^"\d+-.+"$/);
      assert.equal(first.headers.get('cache-control'), 'public, max-age=0, must-revalidate');
      const again = await service.ask(path, { headers: { 'if-none-match': `"zomaar", W/${etag}` } });
      assert.equal(again.status, 304);
      assert.equal(await again.text(), '');
    });
  }

  it('GET-other-form-200: tags of different forms differ, also with a dash in their name', async () => {
    const tags = await Promise.all(['ttl', 'nt', 'nq', 'jsonld', 'html'].map(async (suffix) => (await ok(service.ask(`/doc/actor/gent.${suffix}`))).headers.get('etag') ?? ''));
    assert.equal(new Set(tags).size, tags.length);
    assert.equal((await service.ask('/doc/actor/gent.ttl', { headers: { 'if-none-match': tags[1] ?? '' } })).status, 200);
  });

  it('GET-gzip-200: a coding has a tag of its own, and it is recognised', async () => {
    const answer = await raw(`${service.url}/datasets/proef`, { accept: 'text/html', 'accept-encoding': 'gzip' });
    assert.equal(answer.headers['content-encoding'], 'gzip');
    const etag = String(answer.headers['etag']);
    assert.match(etag, /\.gzip"$/);
    assert.equal((await raw(`${service.url}/datasets/proef/inhoud.nq`, { 'accept-encoding': 'gzip' })).headers['content-encoding'], 'gzip');
    assert.equal((await raw(`${service.url}/datasets/proef`, { accept: 'text/html', 'accept-encoding': 'gzip', 'if-none-match': etag })).status, 304);
    assert.equal((await raw(`${service.url}/status`, { 'accept-encoding': 'gzip' })).headers['content-encoding'], undefined);
  });

  it('GET-again-200: an answer that is kept is the one that was made, every header and how it is spelt included', async () => {
    const asked: readonly (readonly [string, Record<string, string>])[] = [
      ['/doc/actor/gent.ttl', {}],
      ['/doc/actor/gent', { accept: 'text/html', 'accept-encoding': 'gzip' }],
      ['/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%203', { accept: 'text/csv' }],
    ];
    for (const [path, headers] of asked) {
      const answers = [await raw(service.url + path, headers), await raw(service.url + path, headers), await raw(service.url + path, headers)].map(told);
      assert.deepEqual(answers[1], answers[0], path);
      assert.deepEqual(answers[2], answers[0], path);
    }
  });

  it('GET-credentials-200: answers to credentials are private, and a tag does not pass between visibilities', async () => {
    const open = await ok(service.ask('/datasets', { headers: { accept: 'text/turtle' } }));
    const closed = await ok(service.ask('/datasets', { token: true, headers: { accept: 'text/turtle', 'if-none-match': open.headers.get('etag') ?? '' } }));
    assert.match(closed.headers.get('cache-control') ?? '', /^private/);
    assert.ok((await closed.text()).includes('Zeergeheim'));
  });

  it('HEAD-as-GET-200: the same headers, no body', async () => {
    for (const path of ['/doc/actor/gent.ttl', '/datasets/proef/inhoud.nq', '/datasets', '/status']) {
      const headers = { 'accept-encoding': 'identity' };
      const answer = await ok(service.ask(path, { method: 'HEAD', headers }));
      assert.equal(await answer.text(), '');
      assert.equal(answer.headers.get('etag'), (await ok(service.ask(path, { headers }))).headers.get('etag'));
    }
  });

  const put = (turtle: string, headers: Record<string, string> = {}): Promise<Response> =>
    service.ask('/id/actor/nieuw?dataset=proef', { method: 'PUT', token: true, headers: { 'content-type': 'text/turtle', ...headers }, body: prefixes + turtle });

  it('PUT-If-Match-200-412: a change goes through once; the same tag is then refused, in whatever form it was read', async () => {
    const created = await put('ex:nieuw dct:title "een" ; dct:temporal [ dct:title "deel" ] .', { 'if-none-match': '*' });
    assert.equal(created.status, 201);
    assert.equal(created.headers.get('location'), '/doc/actor/nieuw');
    assert.match(String((await problem(put('ex:nieuw dct:title "een" .', { 'if-none-match': '*' }), 412))['detail']), /^Dit bestaat al/);
    const read = await ok(service.ask('/doc/actor/nieuw', { headers: { accept: 'text/html' } }));
    const etag = read.headers.get('etag') ?? '';
    await ok(put('ex:nieuw dct:title "twee" .', { 'if-match': etag }));
    await problem(put('ex:nieuw dct:title "drie" .', { 'if-match': etag }), 412);
    await problem(put('ex:nieuw dct:title "drie" .', { 'if-match': '"niet-van-ons"' }), 412);
    assert.ok((await (await ok(service.ask('/doc/actor/nieuw.nt'))).text()).includes('"twee"'));
  });

  it('PUT-same-200: the same description, blank nodes included, changes nothing', async () => {
    const text = 'ex:nieuw dct:title "twee" ; dct:temporal [ dct:title "deel" ] .';
    await ok(put(text));
    const again = (await (await ok(put(text))).json()) as { uitkomst: string };
    assert.equal(again.uitkomst, 'ongewijzigd');
  });

  it('PUT-something-else-422: a document may describe only its entity', async () => {
    const answer = await problem(put('ex:nieuw dct:title "x" . ex:anders dct:title "y" .'), 422);
    assert.equal(answer['code'], 'foreign-quads');
  });

  it('PUT-no-dataset-400 and no-token-401', async () => {
    await problem(service.ask('/id/actor/nieuw', { method: 'PUT', token: true, headers: { 'content-type': 'text/turtle' }, body: '' }), 400);
    const answer = await service.ask('/id/actor/nieuw?dataset=proef', { method: 'PUT', headers: { 'content-type': 'text/turtle' }, body: '' });
    assert.equal(answer.status, 401);
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer realm="regiograaf"');
  });

  it('DELETE-If-Match-412-200: an entity goes when its tag is still right', async () => {
    const path = '/doc/actor/nieuw?dataset=proef';
    await problem(service.ask(path, { method: 'DELETE', token: true, headers: { 'if-match': '"1-turtle"' } }), 412);
    const etag = (await ok(service.ask('/doc/actor/nieuw.ttl'))).headers.get('etag') ?? '';
    await ok(service.ask(path, { method: 'DELETE', token: true, headers: { 'if-match': etag } }));
    assert.equal((await service.ask('/doc/actor/nieuw')).status, 410);
    await problem(service.ask(path, { method: 'DELETE', token: true }), 404);
  });

  it('DELETE-referred-409: an entity others refer to is not deleted', async () => {
    const answer = await problem(service.ask('/doc/actor/aalst?dataset=proef', { method: 'DELETE', token: true }), 409);
    assert.equal(answer['code'], 'still-referenced');
  });

  it('GET-if-match-412: who asks for one representation gets no other', async () => {
    const etag = (await ok(service.ask('/doc/actor/gent.ttl'))).headers.get('etag') ?? '';
    await ok(service.ask('/doc/actor/gent.ttl', { headers: { 'if-match': `"iets", ${etag}` } }));
    await ok(service.ask('/doc/actor/gent.ttl', { headers: { 'if-match': '*' } }));
    for (const other of ['"0-turtle"', `W/${etag}`, '"iets"']) await problem(service.ask('/doc/actor/gent.ttl', { headers: { 'if-match': other } }), 412);
  });

  it('PUT-if-none-match-repeated-200: a repeated request is answered as it was, also when it asked for something new', async () => {
    const put = (key: string, path = '/id/actor/nieuw?dataset=proef', title = 'Nieuw'): Promise<Response> =>
      service.ask(path, { method: 'PUT', token: true, headers: { 'content-type': 'text/turtle', 'if-none-match': '*', 'idempotency-key': key }, body: `<http://localhost:3000/id/actor/nieuw> <http://purl.org/dc/terms/title> "${title}"@nl .` });
    const first = (await (await ok(put('nieuw-1'))).json()) as { versie: number };
    const again = (await (await ok(put('nieuw-1'))).json()) as { versie: number };
    assert.equal(again.versie, first.versie);
    await problem(put('nieuw-2'), 412);
    await problem(put('nieuw-1', undefined, 'Anders'), 409);
    const remove = (): Promise<Response> => service.ask('/id/actor/nieuw?dataset=proef', { method: 'DELETE', token: true, headers: { 'idempotency-key': 'weg-1' } });
    await ok(remove());
    await ok(remove());
    await problem(service.ask('/id/actor/nieuw?dataset=proef', { method: 'DELETE', token: true }), 404);
  });

  const post = (base: string): Promise<Response> =>
    service.ask(`/datasets/proef/inhoud?basis=${encodeURIComponent(base)}`, { method: 'POST', token: true, headers: { 'content-type': 'text/turtle', 'idempotency-key': 'basis-1' }, body: '<a> <http://purl.org/dc/terms/title> "A"@nl .' });
  it('POST-other-base-409: the same bytes with another base are another request', async () => {
    await ok(post('http://ex.org/een/'));
    await ok(post('http://ex.org/een/'));
    await problem(post('http://ex.org/twee/'), 409);
  });
});
