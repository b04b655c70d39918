import assert from 'node:assert/strict';
import { TestService, type Call } from '../support/service.js';
import { fill, ok, problem } from './fixture.js';

const form = 'application/x-www-form-urlencoded';
const titles = 'PREFIX dct: <http://purl.org/dc/terms/> SELECT ?t { ?s dct:title ?t } ORDER BY ?t';

describe('HTTP: SPARQL protocol', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
    await fill(service);
  });
  after(() => service.stop());

  const post = (type: string, body: string | Uint8Array, call: Call = {}, path = '/sparql'): Promise<Response> =>
    service.ask(path, { method: 'POST', ...call, headers: { 'content-type': type, ...call.headers }, body });
  const update = (text: string, call: Call = {}, query = ''): Promise<Response> =>
    post('application/sparql-update', text, { token: true, ...call }, `/sparql/update${query}`);
  const count = async (pattern: string): Promise<number> => {
    const answer = (await (await ok(service.query(`SELECT (COUNT(*) AS ?n) { ${pattern} }`))).json()) as { results: { bindings: { n: { value: string } }[] } };
    return Number(answer.results.bindings[0]?.n.value);
  };

  it('GET, POST-form and POST-direct-200: three ways, one answer', async () => {
    const answers = await Promise.all([
      service.query(titles),
      post(form, `query=${encodeURIComponent(titles)}`),
      post('application/sparql-query; charset=UTF-8', titles),
    ]);
    const texts = await Promise.all(answers.map(async (answer) => (await ok(Promise.resolve(answer))).text()));
    assert.equal(new Set(texts).size, 1);
    assert.ok(texts[0]?.includes('Aalst'));
  });

  for (const [accept, type, contains] of [
    ['*/*', 'application/sparql-results+json', '"bindings"'],
    ['application/sparql-results+json', 'application/sparql-results+json', '"bindings"'],
    ['application/json', 'application/json', '"bindings"'],
    ['application/sparql-results+xml', 'application/sparql-results+xml', '<sparql'],
    ['text/csv', 'text/csv', 'Aalst'],
    ['text/tab-separated-values', 'text/tab-separated-values', '"Aalst"@nl'],
    ['text/html,*/*;q=0.8', 'text/html', '<td><span lang="nl">Aalst</span>'],
  ] as const) {
    it(`GET-select-200: ${accept}`, async () => {
      const answer = await ok(service.query(titles, { accept }));
      assert.equal(answer.headers.get('content-type')?.split(';')[0], type);
      assert.ok((await answer.text()).includes(contains));
    });
  }

  for (const type of ['text/turtle', 'application/trig', 'application/n-triples', 'application/n-quads', 'application/ld+json', 'application/rdf+xml']) {
    it(`GET-construct-200: ${type}`, async () => {
      const answer = await ok(service.query('CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o ; <http://purl.org/dc/terms/title> "Aalst"@nl }', { accept: type }));
      assert.equal(answer.headers.get('content-type')?.split(';')[0], type);
      assert.ok((await answer.text()).includes('Aalst'));
    });
  }

  it('GET-describe-200 and ask-200', async () => {
    assert.ok((await (await ok(service.query('DESCRIBE <http://localhost:3000/id/actor/aalst>'))).text()).includes('Aalst'));
    assert.deepEqual(((await (await ok(service.query('ASK { }'))).json()) as { boolean: boolean }).boolean, true);
  });

  it('GET-and-POST-byte-order-mark-200: a file as an editor saved it', async () => {
    const text = encodeURIComponent('\ufeffASK { }');
    await ok(service.ask(`/sparql?query=${text}`));
    await ok(post(form, `query=${text}`));
    await ok(post('application/sparql-query', '\ufeffASK { }'));
    await ok(post(form, `update=${encodeURIComponent('\ufeffDELETE DATA { <a:nergens> <a:p> 1 }')}`, { token: true }, '/sparql/update'));
  });

  it('GET-select-as-turtle-406: a form the kind of query does not have', async () => {
    await problem(service.query(titles, { accept: 'text/turtle' }), 406);
    await problem(service.query('CONSTRUCT WHERE { ?s ?p ?o }', { accept: 'text/csv' }), 406);
  });

  it('GET-without-query-200: a form for people, the service description for programs', async () => {
    assert.ok((await (await ok(service.ask('/sparql', { headers: { accept: 'text/html' } }))).text()).includes('<textarea'));
    assert.ok((await (await ok(service.ask('/sparql', { headers: { accept: 'text/turtle' } }))).text()).includes('SPARQL11Query'));
  });

  it('GET-html-syntax-error-400: the page keeps the query and says where it is wrong', async () => {
    const answer = await service.query('SELECT <x', { accept: 'text/html' });
    assert.equal(answer.status, 400);
    const text = await answer.text();
    assert.ok(text.includes('SELECT &lt;x') && text.includes('role="alert"'));
  });

  it('GET-default-graph-200: only the graphs that are named', async () => {
    const graph = encodeURIComponent('http://localhost:3000/id/dataset/voorstel');
    const answer = await ok(service.ask(`/sparql?query=${encodeURIComponent('SELECT * { ?s ?p ?o }')}&default-graph-uri=${graph}`, { headers: { accept: 'text/csv' } }));
    const text = await answer.text();
    assert.ok(text.includes('Nog niet aangenomen') && !text.includes('Aalst'));
  });

  it('GET-bronstatus-200: proposals join on request', async () => {
    const query = encodeURIComponent('ASK { ?s <http://purl.org/dc/terms/description> "Nog niet aangenomen"@nl }');
    const without = (await (await ok(service.ask(`/sparql?query=${query}`))).json()) as { boolean: boolean };
    const all = (await (await ok(service.ask(`/sparql?query=${query}&bronstatus=alle`))).json()) as { boolean: boolean };
    assert.deepEqual([without.boolean, all.boolean], [false, true]);
  });

  describe('misuse', () => {
    const cases: readonly (readonly [name: string, status: number, ask: () => Promise<Response>])[] = [
      ['PUT-405', 405, () => service.ask('/sparql', { method: 'PUT', body: 'x' })],
      ['two-queries-400', 400, () => service.ask('/sparql?query=ASK%7B%7D&query=ASK%7B%7D')],
      ['two-queries-form-400', 400, () => post(form, 'query=ASK%7B%7D&query=ASK%7B%7D')],
      ['no-query-form-400', 400, () => post(form, '')],
      ['no-type-415', 415, () => post('', 'ASK {}')],
      ['wrong-type-415', 415, () => post('text/plain', 'ASK {}')],
      ['multipart-415', 415, () => post('multipart/form-data; boundary=x', '--x--')],
      ['syntax-400', 400, () => service.query('SELECT * {')],
      ['latin1-charset-415', 415, () => post('application/sparql-query; charset=iso-8859-1', 'ASK {}')],
      ['not-utf8-400', 400, () => post('application/sparql-query', new Uint8Array([0x41, 0x53, 0x4b, 0xff, 0x7b, 0x7d]))],
      ['not-utf8-escape-400', 400, () => service.ask('/sparql?query=ASK%ff')],
      ['update-as-query-400', 400, () => service.query('INSERT DATA { <a:a> <a:b> <a:c> }')],
      ['update-parameter-anonymous-401', 401, () => post(form, 'update=CLEAR%20ALL')],
      ['update-by-get-405', 405, () => service.ask('/sparql/update?update=CLEAR%20ALL')],
      ['query-as-update-400', 400, () => update('ASK {}')],
      ['bad-graph-400', 400, () => service.ask('/sparql?query=ASK%7B%7D&default-graph-uri=niks')],
      ['odd-format-406', 406, () => service.ask('/sparql?query=ASK%7B%7D&format=constructor')],
      ['bad-timeout-400', 400, () => service.ask('/sparql?query=ASK%7B%7D&timeout=-1')],
      ['update-anonymous-401', 401, () => post('application/sparql-update', 'CLEAR ALL', {}, '/sparql/update')],
      ['update-wrong-token-401', 401, () => update('CLEAR ALL', { token: 'verzonnen' })],
      ['service-403', 403, () => service.query('SELECT * { SERVICE <http://elders.example/sparql> { ?s ?p ?o } }')],
      ['service-in-update-403', 403, () => update('INSERT { ?s ?p ?o } WHERE { SERVICE <http://elders.example/sparql> { ?s ?p ?o } }')],
      ['load-403', 403, () => update('LOAD <http://a.example/>')],
    ];
    for (const [name, status, ask] of cases) {
      it(name, async () => {
        const answer = await problem(ask(), status);
        assert.equal(answer['status'], status);
        assert.match(String(answer['type']), /^http:\/\/localhost:3000\/problemen\/[a-z-]+$/);
        assert.ok(String(answer['detail']).length > 10);
      });
    }

    it('syntax-400: the place of the error is told', async () => {
      const answer = await problem(service.query('SELECT *\nWHERE { ?s ?p }'), 400);
      assert.equal(answer['code'], 'query-syntax');
      assert.equal(answer['line'], 2);
    });

    it('too-large-413: also when the length is not told before', async () => {
      const endless = new ReadableStream({
        pull(controller) {
          controller.enqueue(new TextEncoder().encode(`#${'x'.repeat(65_535)}`));
          sent += 1;
          if (sent > 60) controller.close();
        },
      });
      let sent = 0;
      const init = { method: 'POST', headers: { 'content-type': 'application/sparql-query' }, body: endless, duplex: 'half' };
      const answer = await fetch(`${service.url}/sparql`, init as RequestInit);
      assert.equal(answer.status, 413);
      assert.equal(((await answer.json()) as { code: string }).code, 'too-large');
    });

    it('too-large-413', async () => {
      await problem(post('application/sparql-query', `ASK {} #${'x'.repeat(2_000_000)}`), 413);
    });
  });

  describe('updates', () => {
    const insert = 'INSERT DATA { GRAPH <http://localhost:3000/id/dataset/proef> { <a:s> <a:p> "nieuw" } }';

    it('POST-dry-run-200: counts, but nothing changes', async () => {
      const answer = (await (await ok(update(insert, {}, '?dry-run'))).json()) as { uitkomst: string; verschil: string[] };
      assert.equal(answer.uitkomst, 'proef');
      assert.equal(answer.verschil.length, 1);
      assert.equal(await count('<a:s> <a:p> ?o'), 0);
    });

    it('POST-200: what is written is read at once, and the head can be the condition of the next', async () => {
      const first = await ok(update(insert));
      assert.equal(await count('<a:s> <a:p> ?o'), 1);
      const etag = first.headers.get('etag') ?? '';
      const remove = insert.replace('INSERT', 'DELETE');
      await ok(update(remove, { headers: { 'if-match': etag } }));
      await problem(update(insert, { headers: { 'if-match': etag } }), 412);
    });

    it('POST-form-200: with a token, also as a form', async () => {
      await ok(post(form, `update=${encodeURIComponent(insert)}`, { token: true }, '/sparql/update'));
      assert.equal(((await (await ok(update(insert))).json()) as { uitkomst: string }).uitkomst, 'ongewijzigd');
    });

    it('POST-idempotency-key-200-409: the same request again is one commit, another one is refused', async () => {
      const key = { headers: { 'idempotency-key': 'sleutel-1' } };
      const text = insert.replace('nieuw', 'eenmaal');
      const first = (await (await ok(update(text, key))).json()) as { versie: number };
      const second = (await (await ok(update(text, key))).json()) as { versie: number };
      assert.equal(second.versie, first.versie);
      await problem(update(insert.replace('nieuw', 'anders'), key), 409);
    });
  });
});
