import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestService } from '../support/service.js';
import { problem } from './fixture.js';

const endless = 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j))) = 1) }';
const csv = { accept: 'text/csv' };

async function rows(answer: Promise<Response>): Promise<number> {
  return (await (await answer).text()).trim().split('\n').length - 1;
}

describe('HTTP: limits of a query', () => {
  let service: TestService;
  const post = (query: string, more = '', token?: true): Promise<Response> =>
    service.ask(`/sparql${more}`, { method: 'POST', headers: { 'content-type': 'application/sparql-query', ...csv }, body: query, ...(token ? { token } : {}) });

  before(async () => {
    service = await TestService.start({ MAX_RESULT_ROWS: '50', MAX_RESULT_BYTES: '20k', QUERY_TIMEOUT: '1s', MAX_QUERY_TIMEOUT: '3s', MAX_QUERY: '100k' });
    const lines = Array.from({ length: 60 }, (_, index) => `<urn:s${index}> <urn:p> "${index}" .`);
    await service.load('veel', lines.join('\n'));
  });
  after(() => service.stop());

  for (const query of ['SELECT * { ?s <urn:p> ?o }', 'SELECT * { ?s <urn:p> ?o } LIMIT 51', 'CONSTRUCT { ?s <urn:q> ?o } { ?s <urn:p> ?o }', 'CONSTRUCT WHERE { ?s <urn:p> ?o } # all']) {
    it(`413, never a part of the answer: ${query}`, async () => {
      const answer = await problem(service.query(query, { accept: 'application/sparql-results+json, text/turtle' }), 413);
      assert.equal(answer['limitRows'], 50);
    });
  }

  it('gives the whole of an answer that just fits, and any part that is asked for', async () => {
    assert.equal(await rows(service.query('SELECT * { ?s <urn:p> ?o } LIMIT 50', csv)), 50);
    assert.equal(await rows(service.query('SELECT * { ?s <urn:p> ?o } OFFSET 10', csv)), 50);
    assert.equal(await rows(service.query('SELECT * { ?s <urn:p> ?o } ORDER BY ?o LIMIT 20 OFFSET 50', csv)), 10);
    assert.equal(await rows(service.query('SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }', csv)), 1);
    const graph = await service.query('CONSTRUCT WHERE { ?s <urn:p> ?o } LIMIT 50', { accept: 'application/n-triples' });
    assert.equal((await graph.text()).trim().split('\n').length, 50);
  });

  it('413 for an answer of too many bytes', async () => {
    const answer = await problem(post('SELECT (GROUP_CONCAT(CONCAT(STR(?s), STR(?o), STR(?t))) AS ?all) { ?s <urn:p> ?o . ?t <urn:p> ?u }'), 413);
    assert.equal(answer['limitBytes'], 20 * 1024);
  });

  it('413 for a text that is too long, 400 with the place for one that is too deep, and goes on', async () => {
    await problem(post(`ASK { # ${'x'.repeat(10_000_000)}\n }`), 413);
    const deep = await problem(post(`SELECT *\n${'{'.repeat(10_000)}${'}'.repeat(10_000)}`), 400);
    assert.equal(deep['line'], 2);
    await problem(post(`SELECT * { ?s ?p ?o FILTER(${'!'.repeat(10_000)}?o) }`), 400);
    assert.equal(await rows(post('ASK {}')), 0);
  });

  it('400 with the place for a word that no grammar has, however long', async () => {
    const answer = await problem(service.ask('/sparql', { method: 'POST', headers: { 'content-type': 'application/sparql-query' }, body: `SELECT * {\n ${'a'.repeat(90_000)} }` }), 400);
    assert.deepEqual([answer['code'], answer['line'], answer['column']], ['query-syntax', 2, 2]);
  });

  it('an OFFSET beyond all solutions gives none, however large', async () => {
    for (const offset of ['4294967296', '9223372036854775808', '9'.repeat(30)]) {
      assert.equal(await rows(post(`SELECT * { ?s <urn:p> ?o } OFFSET ${offset}`)), 0);
      assert.equal(await rows(post(`SELECT * { ?s <urn:p> ?o } LIMIT 5 OFFSET ${offset}`)), 0);
    }
  });

  const update = (body: string): Promise<Response> => service.ask('/sparql/update?dry-run', { method: 'POST', token: true, headers: { 'content-type': 'application/sparql-update' }, body });

  it('an update: 400 for a word that no grammar has, 413 for a value that no document may hold', async () => {
    assert.equal((await problem(update('a'.repeat(100_000)), 400))['code'], 'query-syntax');
    const doubled = Array.from({ length: 20 }, (_, index) => `BIND(CONCAT(?x${index}, ?x${index}) AS ?x${index + 1})`).join(' ');
    assert.equal((await problem(update(`INSERT { <urn:a> <urn:b> ?x20 } WHERE { BIND("0123456789" AS ?x0) ${doubled} }`), 413))['code'], 'too-large');
    assert.equal((await problem(update(`INSERT DATA { <urn:a> <urn:b> "${'x'.repeat(2_000_000)}" }`), 413))['code'], 'too-large');
  });

  it('413 reaches who sends all before reading anything, on a connection that is closed after it', async () => {
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname);
    const body = 'x'.repeat(20_000_000);
    let text = '';
    socket.setEncoding('utf8').pause();
    await new Promise((sent, failed) => {
      socket.once('error', failed);
      socket.write(`POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/sparql-query\r\nContent-Length: ${body.length}\r\n\r\n${body}`, sent);
    });
    for await (const part of socket) text += String(part);
    assert.match(text, /^HTTP\/1\.1 413[^]*too-large/);
  });

  it('an update may bring its data as VALUES, by the ten thousand', async () => {
    const answer = await update(`INSERT { ?s <urn:b> ?o } WHERE { VALUES (?s ?o) { ${Array.from({ length: 30_000 }, (_, index) => `(<urn:${index}> ${index})`).join('\n')} } }`);
    assert.equal(answer.status, 200, await answer.text());
  });

  it('400 for a form of a million fields', async () => {
    const body = 'a&'.repeat(40_000);
    await problem(service.ask('/sparql', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body }), 400);
  });

  const limits = [
    ['', false, 1],
    ['?timeout=500ms', false, 0.5],
    ['?timeout=500', false, 0.5],
    ['?timeout=20', false, 1],
    ['?timeout=2', true, 2],
    ['?timeout=60s', true, 3],
  ] as const;
  for (const [more, token, seconds] of limits) {
    it(`503 with Retry-After after ${seconds} s${token ? ' for a token' : ''}: ${more || 'no timeout asked'}`, async () => {
      const answer = post(endless, more, token || undefined);
      const stopped = await problem(answer, 503);
      assert.equal(stopped['code'], 'query-timeout');
      assert.equal(stopped['limitSeconds'], seconds);
      assert.ok(Number((await answer).headers.get('retry-after')) >= 1);
    });
  }

  it('400 for a time limit that is none', async () => {
    for (const value of ['-1', 'soon', '5h', '0.00001']) await problem(post('ASK {}', `?timeout=${value}`), 400);
  });

  it('does not evaluate what nobody waits for any more', async () => {
    await answered(service);
    const left = Array.from({ length: 20 }, () => request(`${service.url}/sparql?query=${encodeURIComponent(`${endless} LIMIT 1`)}`).on('error', () => undefined));
    for (const one of left) one.end();
    await sleep(300);
    for (const one of left) one.destroy();
    // Twenty deadlines of one second each would be longer than it is waited for here.
    await answered(service);
    assert.equal(await rows(post('ASK {}')), 0);
  });
});

/** Waits until a query is answered, at most as long as a query may wait. */
async function answered(service: TestService): Promise<void> {
  for (let attempt = 0; attempt < 15; attempt += 1) {
    const answer = await service.query(`SELECT * {} # ${attempt}`, csv);
    await answer.arrayBuffer();
    if (answer.status === 200) return;
    await sleep(1000);
  }
  assert.fail('no query was answered');
}

async function values(answer: Promise<Response>): Promise<readonly string[]> {
  const { results } = (await (await answer).json()) as { results: { bindings: { o: { value: string } }[] } };
  return results.bindings.map(({ o }) => o.value);
}

describe('HTTP: answers from cache', () => {
  let service: TestService;
  const json = 'application/sparql-results+json';
  const select = 'SELECT ?o { <urn:s> <urn:p> ?o } ORDER BY ?o';
  before(async () => {
    service = await TestService.start();
    await service.load('open', '<urn:s> <urn:p> "1" .');
    await service.describe('dicht', { titel: 'Dicht', zichtbaarheid: 'restricted' });
    await service.load('dicht', '<urn:s> <urn:p> "geheim" .');
  });
  after(() => service.stop());

  it('shows every commit at once, however often it was asked before, by GET and by POST', async () => {
    for (const number of ['2', '3', '4']) {
      for (let again = 0; again < 3; again += 1) assert.ok(!(await values(service.query(select, { accept: json }))).includes(number));
      await service.load('open', `<urn:s> <urn:p> "${number}" .`);
      assert.deepEqual(await values(service.query(select, { accept: json })), [number]);
      assert.deepEqual(await values(service.ask('/sparql', { method: 'POST', headers: { 'content-type': 'application/sparql-query', accept: json }, body: `# ${number}\n${select}` })), [number]);
    }
  });

  it('keeps the same text apart by form, dataset and caller', async () => {
    const forms = [json, 'text/csv', 'application/sparql-results+xml'];
    for (let again = 0; again < 2; again += 1) {
      for (const accept of forms) assert.match((await service.query(select, { accept })).headers.get('content-type') ?? '', new RegExp(accept.replace('+', '\\+')));
      const target = `/sparql?query=${encodeURIComponent('SELECT ?o { GRAPH ?g { <urn:s> <urn:p> ?o } }')}`;
      assert.ok(!(await (await service.ask(target)).text()).includes('geheim'));
      assert.ok((await (await service.ask(target, { token: true })).text()).includes('geheim'));
      assert.ok(!(await (await service.ask(target)).text()).includes('geheim'));
      assert.deepEqual(await values(service.ask(`/sparql?query=${encodeURIComponent(select)}&default-graph-uri=urn:none`, { headers: { accept: json } })), []);
    }
  });

  it('gives the same bytes in every coding, with a tag of its own, and 304 for each', async () => {
    await service.load('open', Array.from({ length: 200 }, (_, index) => `<urn:s> <urn:p> "${index}" .`).join('\n'));
    const bodies = new Set<string>();
    const tags = new Set<string | null>();
    for (const coding of ['identity', 'gzip', 'br', 'gzip', 'br']) {
      const answer = await service.query(select, { accept: json, 'accept-encoding': coding });
      assert.equal(answer.headers.get('content-encoding'), coding === 'identity' ? null : coding);
      bodies.add(await answer.text());
      tags.add(answer.headers.get('etag'));
      const again = await service.query(select, { accept: json, 'accept-encoding': coding, 'if-none-match': answer.headers.get('etag') ?? '' });
      assert.equal(again.status, 304);
      assert.equal(await again.text(), '');
    }
    assert.equal(bodies.size, 1);
    assert.equal(tags.size, 3);
  });

  it('evaluates anew what differs every time', async () => {
    const query = 'SELECT (STRUUID() AS ?o) {}';
    const [first, second] = [await values(service.query(query, { accept: json })), await values(service.query(query, { accept: json }))];
    assert.notDeepEqual(first, second);
    assert.match((await service.query(query)).headers.get('cache-control') ?? '', /no-store/);
  });

  it('gives every request an id of its own, and HEAD the headers of GET', async () => {
    const answers = [await service.query(select), await service.query(select), await service.ask(`/sparql?query=${encodeURIComponent(select)}`, { method: 'HEAD' })];
    assert.equal(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size, 3);
    assert.equal(answers[2]?.headers.get('etag'), answers[1]?.headers.get('etag'));
    assert.equal(await answers[2]?.text(), '');
  });

  it('sends a long answer whole', async () => {
    const query = 'SELECT * { ?s <urn:p> ?o . ?t <urn:p> ?u . ?v <urn:p> ?w } LIMIT 20000';
    for (const coding of ['identity', 'gzip']) {
      const answer = await service.query(query, { accept: 'text/csv', 'accept-encoding': coding });
      assert.equal((await answer.text()).trim().split('\n').length, 20_001);
    }
  });
});
