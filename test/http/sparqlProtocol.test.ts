import assert from 'node:assert/strict';
import { TestService, type Call } from '../support/service.js';
import { ok, problem } from './fixture.js';

const form = 'application/x-www-form-urlencoded';
const query = 'application/sparql-query';
const update = 'application/sparql-update';
const q = encodeURIComponent;
const [one, two, three] = ['http://ex.test/een', 'http://ex.test/twee', 'http://ex.test/drie'];

async function values(answer: Promise<Response>): Promise<readonly string[]> {
  const { results } = (await (await ok(answer)).json()) as { results: { bindings: readonly { v: { value: string } }[] } }
  return results.bindings.map(({ v }) => v.value).toSorted();
}

const graphs = (name: string, ...iris: readonly string[]): string => iris.map((iri) => `${name}=${q(iri)}`).join('&');

/** SPARQL 1.1 Protocol, by section; the plain dataset of the specifications. */
describe('SPARQL 1.1 Protocol', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start({ UNION_DEFAULT_GRAPH: 'false' });
    await ok(send(update, `INSERT DATA { <a:s> <a:in> "standaard" GRAPH <${one}> { <a:s> <a:in> "een" } GRAPH <${two}> { <a:s> <a:in> "twee" } GRAPH <${three}> { <a:s> <a:in> "drie" } }`, { token: true }));
  });
  after(() => service.stop());

  const send = (type: string, body: string, call: Call = {}, path = '/sparql'): Promise<Response> =>
    service.ask(path, { method: 'POST', ...call, headers: { ...(type === '' ? {} : { 'content-type': type }), ...call.headers }, body });
  const inDefault = 'SELECT ?v { ?s <a:in> ?v }';
  const inNamed = 'SELECT ?v { GRAPH ?g { ?s <a:in> ?v } }';

  const reset = (): Promise<Response> => ok(send(update, 'DROP SILENT GRAPH <http://ex.test/uit>', { token: true }));
  const written = (): Promise<readonly string[]> => values(service.ask(`/sparql?query=${q('SELECT ?v { GRAPH <http://ex.test/uit> { ?s <a:in> ?v } }')}`));

  describe('2.1 query operation', () => {
    const ways: Readonly<Record<string, (text: string, more: string) => Promise<Response>>> = {
      GET: (text, more) => service.ask(`/sparql?query=${q(text)}&${more}`),
      'POST with a form': (text, more) => send(form, `${more}&query=${q(text)}`),
      'POST of the query': (text, more) => send(`${query}; charset=utf-8`, text, {}, `/sparql?${more}`),
      'POST with a form, the dataset in the address': (text, more) => send(form, `query=${q(text)}`, {}, `/sparql/?${more}`),
    };
    for (const [name, ask] of Object.entries(ways)) {
      it(`${name}: default-graph-uri and named-graph-uri make the dataset, repeated ones add up`, async () => {
        assert.deepEqual(await values(ask(inDefault, '')), ['standaard']);
        assert.deepEqual(await values(ask(inDefault, graphs('default-graph-uri', one, two))), ['een', 'twee']);
        assert.deepEqual(await values(ask(inNamed, graphs('named-graph-uri', one, three))), ['drie', 'een']);
        const both = `${graphs('default-graph-uri', two)}&${graphs('named-graph-uri', one)}`;
        assert.deepEqual(await values(ask(inDefault, both)), ['twee']);
        assert.deepEqual(await values(ask(inNamed, both)), ['een']);
        assert.deepEqual(await values(ask(inDefault, graphs('named-graph-uri', one))), []);
      });
    }

    it('the dataset of the protocol goes before the one of the query (2.1.4)', async () => {
      assert.deepEqual(await values(service.ask(`/sparql?query=${q(`SELECT ?v FROM <${one}> { ?s <a:in> ?v }`)}&${graphs('default-graph-uri', two)}`)), ['twee']);
    });

    it('HEAD is GET without the body, OPTIONS tells the methods', async () => {
      const path = `/sparql?query=${q(inDefault)}`;
      const [head, get] = [await ok(service.ask(path, { method: 'HEAD' })), await ok(service.ask(path))];
      assert.equal(await head.text(), '');
      assert.equal(head.headers.get('content-type'), get.headers.get('content-type'));
      assert.equal((await ok(service.ask('/sparql', { method: 'OPTIONS' }))).headers.get('allow'), 'GET, HEAD, POST, OPTIONS');
    });
  });

  describe('2.2 update operation', () => {
    const copy = 'INSERT { GRAPH <http://ex.test/uit> { ?s <a:in> ?v } } WHERE { ?s <a:in> ?v }';
    const copyNamed = 'INSERT { GRAPH <http://ex.test/uit> { ?s <a:in> ?v } } WHERE { GRAPH ?g { ?s <a:in> ?v } }';
    const ways: Record<string, (text: string, more: string) => Promise<Response>> = {};
    for (const path of ['/sparql', '/sparql/update']) {
      ways[`POST of the update to ${path}`] = (text, more) => send(update, text, { token: true }, `${path}?${more}`);
      ways[`POST with a form to ${path}`] = (text, more) => send(form, `update=${q(text)}&${more}`, { token: true }, path);
    }
    for (const [name, ask] of Object.entries(ways)) {
      it(`${name}: using-graph-uri and using-named-graph-uri make the dataset of WHERE (2.2.3)`, async () => {
        const cases: readonly (readonly [string, string, readonly string[]])[] = [
          [copy, '', ['standaard']],
          [copy, graphs('using-graph-uri', one, two), ['een', 'twee']],
          [copyNamed, graphs('using-named-graph-uri', three), ['drie']],
          [copyNamed, graphs('using-graph-uri', three), []],
        ];
        for (const [text, more, expected] of cases) {
          await reset();
          await ok(ask(text, more));
          assert.deepEqual(await written(), expected, `${text} ${more}`);
        }
      });
    }

    it('a request with USING, USING NAMED or WITH takes no using parameters', async () => {
      for (const text of [`INSERT { <a:x> <a:y> <a:z> } USING <${one}> WHERE { ?s ?p ?o }`, `INSERT { <a:x> <a:y> <a:z> } USING NAMED <${one}> WHERE { GRAPH ?g { ?s ?p ?o } }`, `WITH <${one}> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }`]) {
        await problem(send(update, text, { token: true }, `/sparql/update?${graphs('using-graph-uri', two)}`), 400);
        await problem(send(update, text, { token: true }, `/sparql/update?${graphs('using-named-graph-uri', two)}`), 400);
      }
    });
  });

  describe('misuse', () => {
    const misuse: readonly (readonly [string, number, () => Promise<Response>])[] = [
      ['two queries in the address', 400, () => service.ask('/sparql?query=ASK%7B%7D&query=ASK%7B%7D')],
      ['two queries in a form', 400, () => send(form, 'query=ASK%7B%7D&query=ASK%7B%7D')],
      ['one query in the address, one in the form', 400, () => send(form, 'query=ASK%7B%7D', {}, '/sparql?query=ASK%7B%7D')],
      ['a query in the address, another as the body', 400, () => send(query, 'ASK {}', {}, '/sparql?query=ASK%7B%7D')],
      ['two updates', 400, () => send(form, 'update=CLEAR+ALL&update=CLEAR+ALL', { token: true }, '/sparql/update')],
      ['an update in the address, another as the body', 400, () => send(update, 'CLEAR DEFAULT', { token: true }, '/sparql/update?update=CLEAR%20ALL')],
      ['a query and an update', 400, () => send(form, 'query=ASK%7B%7D&update=CLEAR+ALL', { token: true })],
      ['a form without either', 400, () => send(form, 'x=1', { token: true })],
      ['an empty query', 400, () => send(query, '')],
      ['an update by GET', 400, () => service.ask('/sparql?update=CLEAR%20ALL', { token: true })],
      ['an update by GET at its own address', 405, () => service.ask('/sparql/update?update=CLEAR%20ALL', { token: true })],
      ['PUT', 405, () => service.ask('/sparql?query=ASK%7B%7D', { method: 'PUT', body: '' })],
      ['text/plain', 415, () => send('text/plain', 'ASK {}')],
      ['another charset', 415, () => send(`${query}; charset=UTF-16`, 'ASK {}')],
      ['another charset in a form', 415, () => send(`${form}; charset=iso-8859-1`, 'query=ASK%7B%7D')],
      ['another charset for an update', 415, () => send(`${update}; charset=UTF-16`, 'CLEAR ALL', { token: true }, '/sparql/update')],
      ['a query sent as an update', 400, () => send(update, 'ASK {}', { token: true })],
      ['an update sent as a query', 400, () => send(query, 'CLEAR ALL', { token: true })],
      ['a query at the address of updates', 400, () => send(query, 'ASK {}', { token: true }, '/sparql/update')],
      ['the dataset of a query on an update', 400, () => send(update, 'CLEAR DEFAULT', { token: true }, `/sparql/update?${graphs('default-graph-uri', one)}`)],
      ['the dataset of an update on a query', 400, () => service.ask(`/sparql?query=ASK%7B%7D&${graphs('using-graph-uri', one)}`)],
      ['a relative graph', 400, () => service.ask('/sparql?query=ASK%7B%7D&default-graph-uri=een')],
      ['a format there is not', 406, () => service.ask('/sparql?query=ASK%7B%7D', { headers: { accept: 'image/png' } })],
      ['an update without a token', 401, () => send(update, 'CLEAR ALL')],
      ['an update as a form without a token', 401, () => send(form, 'update=CLEAR+ALL')],
    ];
    for (const [name, status, ask] of misuse) {
      it(`${status}: ${name}`, async () => {
        await problem(ask(), status);
        assert.deepEqual(await values(service.ask(`/sparql?query=${q(inDefault)}`)), ['standaard']);
      });
    }

    it('405 names what is possible', async () => {
      assert.equal((await service.ask('/sparql', { method: 'DELETE' })).headers.get('allow'), 'GET, HEAD, POST, OPTIONS');
      assert.equal((await service.ask('/sparql/update')).headers.get('allow'), 'POST, OPTIONS');
    });
  });
});
