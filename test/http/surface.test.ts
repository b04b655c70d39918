import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { faultKinds } from '../../src/faults.js';
import { TestService } from '../support/service.js';
import { fill, ok, problem } from './fixture.js';

/** Sends bytes no client library would send, and reads the status line. */
function rawStatus(url: string, target: string): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nAccept: */*\r\nConnection: close\r\n\r\n`));
    let text = '';
    socket.on('data', (data) => (text += data.toString()));
    socket.on('end', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1])));
    socket.on('error', reject);
  });
}

describe('HTTP: the whole surface', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
    await fill(service);
  });
  after(() => service.stop());

  const detail = async (headers: Record<string, string>, path = '/niets'): Promise<unknown> => (await problem(service.ask(path, { headers }), 404))['title'];

  const pages = ['/', '/datasets', '/datasets/proef', '/doc/actor/gent', '/sparql', '/commits', '/commits/3', '/laden', '/ns', '/over', '/privacy', '/toegankelijkheidsverklaring', '/gebruiksvoorwaarden', '/problemen', '/problemen/gone', '/bestaat-niet'];
  for (const page of pages) {
    it(`GET-page: ${page} is a whole page in both languages, without inline scripts and without foreign addresses`, async () => {
      for (const [prefix, language] of [['', 'nl'], ['/en', 'en']] as const) {
        const answer = await service.ask(prefix + page, { headers: { accept: 'text/html' } });
        assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
        const text = await answer.text();
        assert.ok(text.includes(`<html lang="${language}">`));
        assert.equal(text.match(/<h1>/g)?.length, 1);
        for (const part of ['<main id="inhoud"', 'class="skip"', '<title>', '<footer']) assert.ok(text.includes(part), part);
        assert.ok(page === '/sparql' || !text.includes('<script'), 'only the query page has scripts');
        assert.ok(!/<script(?! src=| type="module" src=)|style="|onclick|undefined|\[object|\{\w+\}/.test(text.replace(/<(pre|textarea)[\s\S]*?<\/\1>/g, '')), page);
        for (const [, address] of text.matchAll(/(?:src|<link[^>]*href)="([^"]+)"/g)) assert.ok(address?.startsWith('/'), address);
        assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
      }
    });
  }

  it('GET-links: every link of the start page leads somewhere', async () => {
    const text = await (await ok(service.ask('/', { headers: { accept: 'text/html' } }))).text();
    for (const [, path = ''] of text.matchAll(/href="(\/[^"]*)"/g)) {
      assert.equal((await service.ask(path, { headers: { accept: 'text/html,*/*;q=0.5' } })).status, 200, path);
    }
  });

  it('OPTIONS-204 and wrong method-405: every address says what it can', async () => {
    for (const [path, allow] of [
      ['/sparql', 'GET, HEAD, POST, OPTIONS'],
      ['/sparql/update', 'POST, OPTIONS'],
      ['/graphs', 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'],
      ['/datasets', 'GET, HEAD, OPTIONS'],
      ['/datasets/proef', 'GET, HEAD, POST, PUT, DELETE, OPTIONS'],
      ['/datasets/proef/inhoud', 'GET, HEAD, POST, PUT, DELETE, OPTIONS'],
      ['/id/actor/gent', 'GET, HEAD, PUT, DELETE, OPTIONS'],
      ['/status', 'GET, HEAD, OPTIONS'],
    ] as const) {
      const options = await service.ask(path, { method: 'OPTIONS', headers: { origin: 'https://a.example', 'access-control-request-method': 'PUT' } });
      assert.equal(options.status, 204);
      assert.equal(options.headers.get('allow'), allow);
      assert.equal(options.headers.get('access-control-allow-origin'), '*');
      assert.match(options.headers.get('access-control-allow-headers') ?? '', /Authorization/);
      const wrong = await service.ask(path, { method: 'PROPFIND' });
      assert.equal(wrong.status, 405);
      assert.equal(wrong.headers.get('allow'), allow);
    }
  });

  it('GET-problem: the language follows the client; every code has its page', async () => {
    assert.equal(await detail({}), 'Niet gevonden');
    assert.equal(await detail({ 'accept-language': 'en-GB, en;q=0.9' }), 'Not found');
    assert.equal(await detail({ 'accept-language': 'en, nl' }), 'Niet gevonden');
    assert.equal(await detail({}, '/niets?taal=en'), 'Not found');
    for (const code of Object.keys(faultKinds)) await ok(service.ask(`/problemen/${code}`));
  });

  it('GET-broken-400: broken addresses are the fault of the client', async () => {
    for (const target of ['/%', '/doc/%ff', '/sparql?query=%', '/doc/%E0%A4%A', `/sparql?query=${'x'.repeat(15_990)}%`, '/?taal=%zz']) {
      assert.equal(await rawStatus(service.url, target), 400, target.slice(0, 40));
    }
    const long = await rawStatus(service.url, `/${'x'.repeat(16_100)}`);
    assert.ok(long === 400 || long === 431);
  });

  it('GET-near-404: an address that is nearly another one is told which', async () => {
    const { detail, lijktOp } = await problem(service.ask('/actors'), 404);
    assert.match(String(detail), /Bedoelde u \/actoren/);
    assert.ok(Array.isArray(lijktOp) && lijktOp.includes('/actoren'));
  });

  it('GET-odd-404: odd paths are just not found', async () => {
    for (const target of ['/__proto__', '/problemen/__proto__', '/problemen/constructor', '/context/..%2fv1.jsonld', '/commits/0', '/commits/x', '/commits/99999999999999999', '/datasets/%00', '/id', '/doc/actor/%00']) {
      assert.ok([400, 404].includes(await rawStatus(service.url, target)), target);
    }
  });

  it('GET-status, metrics, context, ns-200', async () => {
    const status = (await (await ok(service.ask('/status'))).json()) as Record<string, unknown>;
    assert.equal(status['ready'], true);
    assert.match(String(status['hash']), /^[0-9a-f]{64}$/);
    assert.match(await (await ok(service.ask('/metrics'))).text(), /^regiograaf_http_requests_total\{method="GET",status="200"\} \d+$/m);
    const context = await ok(service.ask('/context/v1.jsonld'));
    assert.equal(context.headers.get('content-type'), 'application/ld+json');
    assert.ok('@context' in ((await context.json()) as object));
    for (const accept of ['text/turtle', 'application/ld+json', 'text/html']) assert.ok((await (await ok(service.ask('/ns', { headers: { accept } }))).text()).length > 500);
  });

  it('GET-commits-200: pages of the log, and one commit as page, JSON and RDF Patch', async () => {
    const first = (await (await ok(service.ask('/commits?aantal=2'))).json()) as { versies: { versie: number }[]; volgende: string };
    assert.equal(first.versies.length, 2);
    const second = (await (await ok(service.ask(first.volgende))).json()) as { versies: { versie: number }[] };
    assert.ok((second.versies[0]?.versie ?? 0) < (first.versies[1]?.versie ?? 0));
    const commit = (await (await ok(service.ask('/commits/3'))).json()) as Record<string, unknown>;
    assert.deepEqual(commit['door'], { rol: 'beheerder' });
    assert.ok(Array.isArray(commit['verschil']));
    const patch = await (await ok(service.ask('/commits/3', { headers: { accept: 'application/rdf-patch' } }))).text();
    assert.match(patch, /^H id .*\n[\s\S]*^A <[\s\S]*TC \.\n$/m);
    await problem(service.ask('/commits/4711'), 404);
    assert.match(String((await problem(service.ask('/commits?entity=aalst'), 400))['detail']), /zoals http.*\/id\/actor\//);
    const numbers = async (entity: string): Promise<number[]> => ((await (await ok(service.ask(`/commits?entity=${encodeURIComponent(entity)}`))).json()) as { versies: { versie: number }[] }).versies.map(({ versie }) => versie);
    assert.ok((await numbers('http://localhost:3000/id/actor/aalst')).length > 0);
    for (const same of ['http://localhost:3000/doc/actor/aalst', '/doc/actor/aalst', 'id/actor/aalst']) assert.deepEqual(await numbers(same), await numbers('http://localhost:3000/id/actor/aalst'));
    await problem(service.ask('/commits?aantal=0'), 400);
  });

  it('GET-html-words: what a version changed goes by its name, in every list of versions', async () => {
    await ok(service.ask('/id/actor/genoemd?dataset=voorstel', { method: 'PUT', token: true, headers: { 'content-type': 'text/turtle' }, body: '<> <http://purl.org/dc/terms/title> "Een mooie naam"@nl .' }));
    await ok(service.ask('/sparql/update', { method: 'POST', token: true, headers: { 'content-type': 'application/sparql-update' }, body: 'INSERT DATA { <urn:a> <urn:b> <urn:c> }' }));
    const commits = await (await ok(service.ask('/commits', { headers: { accept: 'text/html' } }))).text();
    assert.match(commits, /Gewijzigd: Een mooie naam/);
    assert.doesNotMatch(commits, /INSERT DATA/);
    for (const path of ['/doc/actor/genoemd', '/datasets/voorstel']) assert.match(await (await ok(service.ask(path, { headers: { accept: 'text/html' } }))).text(), /Gewijzigd: Een mooie naam/, path);
  });

  it('GET-licence: the page of a dataset without licence offers no files, and says why', async () => {
    const page = await (await ok(service.ask('/datasets/voorstel', { headers: { accept: 'text/html' } }))).text();
    assert.match(page, /De licentie is niet gekend/);
    assert.doesNotMatch(page, /<a href="[^"]*inhoud\.ttl"/);
  });

  it('GET-request-id: comes back, and a made-up one is replaced', async () => {
    assert.equal((await service.ask('/', { headers: { 'x-request-id': 'mijn-verzoek-1' } })).headers.get('x-request-id'), 'mijn-verzoek-1');
    assert.notEqual((await service.ask('/', { headers: { 'x-request-id': 'a b' } })).headers.get('x-request-id'), 'a b');
  });

  it('GET-base-path-200: a base with a path works at that path, and links keep it', async () => {
    const below = await TestService.start({ BASE_IRI: 'http://localhost:3000/graaf/' });
    try {
      const text = await (await ok(below.ask('/graaf/en/datasets', { headers: { accept: 'text/html' } }))).text();
      for (const [, path = ''] of text.matchAll(/href="(\/[^"]*)"/g)) {
        assert.ok(path.startsWith('/graaf/'), path);
        assert.equal((await below.ask(path, { headers: { accept: 'text/html,*/*;q=0.5' } })).status, 200, path);
      }
      assert.equal((await below.ask('/graaf/id/actor/x')).headers.get('location'), '/graaf/doc/actor/x');
    } finally {
      await below.stop();
    }
  });

  it('GET-limit-429: over the limit, with the time to wait', async () => {
    const limited = await TestService.start({ RATE_LIMIT: '3' });
    try {
      for (let index = 0; index < 3; index += 1) assert.equal((await limited.ask('/status')).status, 200);
      const answer = await limited.ask('/status');
      assert.equal(answer.status, 429);
      assert.ok(Number(answer.headers.get('retry-after')) > 0);
    } finally {
      await limited.stop();
    }
  });
});
