import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { get } from 'node:http';
import { StreamLint } from '../../src/publication/ldes/lint.js';
import type { LintRule, LintedPage } from '../../src/publication/ldes/lintRules.js';
import { splitLine } from '../../src/rdf/nquads.js';
import { TestService } from '../support/service.js';
import { linesOf, stateOf, type ReadMember } from '../support/streamReaders.js';

const open = { titel: { nl: 'Proef' }, bronstatus: 'aangenomen', controle: 'off', zichtbaarheid: 'public' };
const tree = 'https://w3id.org/tree#';
const ldes = 'https://w3id.org/ldes#';
const rdfType = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>';
const stream = '/ldes/dataset/proef';

/** Bytes as they come over the line, not unpacked. */
function raw(url: string, headers: Record<string, string>): Promise<{ headers: Record<string, string | string[] | undefined>; body: Buffer; status: number }> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ headers: answer.headers, body: Buffer.concat(chunks), status: answer.statusCode ?? 0 }));
    }).on('error', reject);
  });
}

function entity({ lines }: ReadMember): string {
  return lines.find((line) => line.includes('activitystreams#object>')) ?? '';
}

function body(from: string | RegExp, to: string): (page: LintedPage) => LintedPage {
  return (page) => ({ ...page, body: page.body.replace(from, to) });
}

describe('HTTP: event streams', function () {
  this.timeout(120_000);
  let service: TestService;
  const quads = async (path: string): Promise<ReturnType<typeof splitLine>[]> => {
    const answer = await service.ask(path, { headers: { accept: 'application/n-quads' } });
    assert.equal(answer.status, 200, path);
    return (await linesOf(await answer.text(), 'application/n-quads')).map(splitLine);
  };
  const write = async (text: string): Promise<void> => {
    const answer = await service.ask('/sparql/update', { method: 'POST', token: true, headers: { 'content-type': 'application/sparql-update' }, body: `PREFIX : <http://ex.org/> ${text.replaceAll('GRAPH p', `GRAPH <${service.base}id/dataset/proef>`)}` });
    assert.ok(answer.ok, await answer.text());
    const { commit } = await service.service.graph.status();
    const begun = Date.now();
    for (;;) {
      const etag = (await service.ask(stream, { method: 'HEAD' })).headers.get('etag') ?? '';
      if (Math.floor(Number(/^"(\d+)-/.exec(etag)?.[1] ?? 0) / 2 ** 24) >= commit) return;
      assert.ok(Date.now() - begun < 20_000, 'the stream follows');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const members = async (root: string): Promise<ReadMember[]> => {
    const pages = [...new Set((await quads(root)).filter(({ predicate }) => predicate === `<${tree}node>`).map(({ object }) => new URL(object.slice(1, -1)).pathname))];
    const found: ReadMember[] = [];
    for (const page of pages) {
      const lines = (await (await service.ask(page, { headers: { accept: 'application/n-quads' } })).text()).split('\n').filter((line) => line !== '');
      const ids = lines.map(splitLine).filter(({ predicate }) => predicate === `<${tree}member>`).map(({ object }) => object);
      for (const id of ids) found.push({ id: id.slice(1, -1), lines: lines.filter((line) => line.startsWith(`${id} `) || line.endsWith(` ${id} .`)) });
    }
    return found;
  };
  /** What a reader has who keeps the newest version of each node, of what the tests say. */
  const flat = async (name: string, flavour = ''): Promise<string[]> => stateOf(await members(`/ldes/${name}${flavour}`)).filter((line) => line.includes('http://ex.org/'));
  const whole = async (): Promise<string[]> => (await (await service.query('CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(STRSTARTS(STR(?p), "http://ex.org/") || STRSTARTS(STR(?s), "http://ex.org/")) }', { accept: 'application/n-triples' })).text()).trim().split('\n').toSorted();
  const inSync = async (actors: readonly RegExp[]): Promise<void> => {
    for (const flavour of ['', '/activiteiten']) {
      assert.deepEqual(await flat('alles', flavour), await whole());
      const found = await flat('actoren', flavour);
      assert.equal(found.length, actors.length, found.join('\n'));
      for (const form of actors) assert.ok(found.some((line) => form.test(line)), String(form));
    }
    const ids = (await members('/ldes/alles')).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, 'no member twice');
    assert.ok((await members('/ldes/alles')).every(({ lines }) => !lines.some((line) => line.includes('#Tombstone>')) || !lines.some((line) => line.includes('http://ex.org/q>'))), 'nothing is gone and there at once');
  };
  const policies = async (path: string): Promise<string[]> => (await quads(path)).filter(({ predicate }) => predicate === `<${ldes}retentionPolicy>`).map(({ object }) => object);
  before(async () => {
    service = await TestService.start();
    assert.ok((await service.describe('proef', open)).ok);
    await write(`INSERT DATA { GRAPH p { ${Array.from({ length: 300 }, (_, n) => `:e${n} a :Ding ; :p "é \\" ${n}"@nl .`).join(' ')} :e1 :deel [ :q "onder" ] } }`);
    await write('DELETE DATA { GRAPH p { :e0 a :Ding ; :p "é \\" 0"@nl } }; INSERT DATA { GRAPH p { :e1 :p "nieuw" } }');
  });
  after(() => service.stop());

  it('gives every format of both flavours the same statements, each with its own media type and the TREE profile', async () => {
    for (const [path, types] of [
      [`${stream}/p/1`, ['text/turtle', 'application/trig', 'application/n-triples', 'application/n-quads', 'application/ld+json']],
      [`${stream}/activiteiten/p/1`, ['application/trig', 'application/n-quads', 'application/ld+json']],
      [stream, ['text/turtle', 'application/trig', 'application/n-triples', 'application/n-quads', 'application/ld+json']],
    ] as const) {
      const seen = new Set<string>();
      for (const accept of types) {
        const answer = await service.ask(path, { headers: { accept } });
        assert.ok(answer.headers.get('content-type')?.startsWith(accept) && answer.headers.get('content-type')?.includes('profile="https://w3id.org/tree/profile"'), accept);
        const lines = await linesOf(await answer.text(), accept);
        seen.add(lines.filter((line) => !line.includes('_:')).toSorted().join('\n'));
        assert.ok(lines.length > 10);
      }
      assert.equal(seen.size, 1, path);
    }
  });

  it('defaults to Turtle for versions and TriG for activities, and refuses forms without graphs for those', async () => {
    assert.match((await service.ask(stream)).headers.get('content-type') ?? '', /^text\/turtle/);
    assert.match((await service.ask(`${stream}/activiteiten`)).headers.get('content-type') ?? '', /^application\/trig/);
    assert.equal((await service.ask(`${stream}/activiteiten`, { headers: { accept: 'text/turtle' } })).status, 406);
    assert.match((await service.ask(`${stream}/p/1.nq`)).headers.get('content-type') ?? '', /^application\/n-quads/);
  });

  it('says forever of full pages only, in header and body, and never of root or newest page', async () => {
    const full = await service.ask(`${stream}/p/1`, { headers: { accept: 'application/n-quads' } });
    assert.equal(full.headers.get('cache-control'), 'public, max-age=604800, immutable');
    assert.ok((await full.text()).includes(`<${ldes}immutable> "true"`));
    for (const path of [stream, `${stream}/p/2`, `${stream}/laatste`, `${stream}/laatste/p/1`, `${stream}/keten/p/1`]) {
      const answer = await service.ask(path, { headers: { accept: 'application/n-quads' } });
      assert.match(answer.headers.get('cache-control') ?? '', /^public, max-age=\d+, must-revalidate$/, path);
      assert.ok(!(await answer.text()).includes('immutable'), path);
    }
  });

  it('answers 304 to who has the page, in whatever coding', async () => {
    for (const path of [stream, `${stream}/p/1`, `${stream}/activiteiten/p/2`, `${stream}/momentopname`]) {
      for (const encoding of ['gzip', 'identity']) {
        const first = await raw(service.url + path, { 'accept-encoding': encoding });
        assert.equal(first.headers['content-encoding'], encoding === 'gzip' ? 'gzip' : undefined);
        assert.equal(String(first.headers['vary']), 'Accept, Accept-Encoding');
        const text = encoding === 'gzip' ? gunzipSync(first.body) : first.body;
        assert.ok(text.length > 100);
        const again = await raw(service.url + path, { 'accept-encoding': encoding, 'if-none-match': String(first.headers['etag']) });
        assert.deepEqual([again.status, again.body.length], [304, 0]);
      }
    }
  });

  it('has one view, one predicate for time and entity, and the type of both namespaces, on the root and on every page', async () => {
    for (const path of [stream, `${stream}/activiteiten`, `${stream}/p/1`, `${stream}/laatste`, `${stream}/keten/p/1`, `${stream}/momentopname`, `${stream}/recent`]) {
      const statements = await quads(path);
      const having = (predicate: string): string[] => statements.filter((one) => one.predicate === `<${predicate}>`).map(({ object }) => object);
      assert.equal(having(`${tree}view`).length, 1, path);
      assert.equal(having(`${ldes}timestampPath`).length, 1);
      assert.equal(having(`${ldes}versionOfPath`).length, 1);
      const types = new Set(statements.filter(({ predicate }) => predicate === rdfType).map(({ object }) => object));
      for (const type of ['<https://w3id.org/ldes#EventStream>', '<http://w3id.org/ldes#EventStream>']) assert.ok(types.has(type), `${path} ${type}`);
    }
  });

  it('answers addresses that name its host as the client did', async () => {
    const text = await (await service.ask(stream, { headers: { accept: 'application/n-quads' } })).text();
    assert.ok(text.includes(`<${service.url}/ldes/dataset/proef> <${tree}relation>`));
    assert.ok(text.includes(`<${service.base}ldes/dataset/proef#stream>`), 'the stream itself has one name');
  });

  it('tells of a delete with a tombstone and of an activity with as:Delete, without payload', async () => {
    const versions = await quads(`${stream}/p/2`);
    assert.ok(versions.some(({ object }) => object === '<https://www.w3.org/ns/activitystreams#Tombstone>'));
    const activities = await quads(`${stream}/activiteiten/p/2`);
    const deleted = activities.find(({ object }) => object === '<https://www.w3.org/ns/activitystreams#Delete>')?.subject;
    assert.ok(deleted && !activities.some(({ graph }) => graph === deleted));
  });

  it('closes every transaction once, with its last member', async () => {
    const finals = (await quads(`${stream}/p/2`)).filter(({ predicate }) => predicate.endsWith('#transactieKlaar>'));
    assert.equal(finals.length, 2, 'of the bulk commit and of the one after it');
    assert.ok(!(await quads(`${stream}/p/1`)).some(({ predicate }) => predicate.endsWith('#transactieKlaar>')));
  });

  it('keeps what its policy says: the newest version of each entity, and the state at a moment with what came after', async () => {
    const all = await members(`${stream}/activiteiten`);
    const latest = await members(`${stream}/activiteiten/laatste`);
    assert.equal(latest.length, new Set(all.map((member) => entity(member).split(' ')[2])).size, 'one version of each');
    assert.deepEqual(stateOf(latest), stateOf(all));
    assert.deepEqual(stateOf(await members(`${stream}/activiteiten/recent`)), stateOf(all));
    assert.deepEqual(stateOf(await members(`${stream}/momentopname`)), stateOf(await members(stream)));
    assert.deepEqual(await policies(stream), []);
    for (const view of ['laatste', 'recent']) {
      const [policy, ...more] = await policies(`${stream}/${view}`);
      assert.ok(policy?.startsWith('<') && more.length === 0, view);
      const said = (await quads(`${stream}/${view}`)).filter(({ subject }) => subject === policy).map(({ predicate }) => predicate);
      assert.ok(said.some((predicate) => predicate.startsWith(`<${ldes}`)), view);
    }
  });

  it('jumps to the page of a moment, and says what is wrong with one that is none', async () => {
    const jump = async (at: string): Promise<string> => {
      const answer = await service.ask(`${stream}?at=${at}`);
      assert.equal(answer.status, 302);
      return new URL(answer.headers.get('location') ?? '').pathname;
    };
    assert.equal(await jump('2001-01-01'), `${stream}/p/1`);
    assert.equal(await jump('2999-01-01T00:00:00Z'), `${stream}/p/2`);
    assert.equal(await jump('2999-01-01T00:00:00%2B01:00'), `${stream}/p/2`);
    const wrong = await service.ask(`${stream}?at=gisteren`);
    assert.equal((await service.ask(`${stream}?at=2026-02-31`)).status, 400, 'a day that does not exist');
    assert.equal((await service.ask(`${stream}?at=2024-02-29T23:30:00-05:00`)).status, 302, 'a zone may make it another day');
    assert.equal(wrong.status, 400);
    assert.match(await wrong.text(), /gisteren/);
    assert.ok((await quads(stream)).some(({ predicate }) => predicate === `<${tree}search>`));
  });

  it('says clearly that a stream, a page of the future or a path is not there', async () => {
    for (const path of ['/ldes/niets', '/ldes/dataset/niets', `${stream}/p/999`, `${stream}/p/0`, `${stream}/p/1x`, `${stream}/index/1`, `${stream}/momentopname/8/p/1`, '/ldes/merged', `${stream}/p/12-1`]) {
      const answer = await service.ask(path);
      assert.equal(answer.status, 404, path);
      assert.match(answer.headers.get('content-type') ?? '', /problem\+json/);
    }
    assert.match(await (await service.ask(`${stream}/p/999`)).text(), /nieuwste is 2/);
  });

  it('has an empty stream ready for who comes early', async () => {
    const about = (await quads('/ldes/bouwstenen')).filter(({ predicate }) => predicate === '<http://purl.org/dc/terms/description>').map(({ object }) => object);
    assert.equal(about.length, 2, 'it says in both languages what it holds');
    for (const text of about) assert.match(text, /PUBLISH_ALSO/);
    const root = await quads('/ldes/oproepen');
    assert.ok(!root.some(({ predicate }) => predicate === `<${tree}relation>`));
    assert.ok((await quads('/ldes/oproepen/p/1')).length > 3);
    assert.equal((await service.ask('/ldes/oproepen/p/2')).status, 404);
  });

  it('takes a token in X-API-KEY, and refuses a wrong one', async () => {
    assert.equal((await service.ask(stream, { headers: { 'x-api-key': 'een-token-voor-de-beheerder-van-de-test' } })).status, 200);
    assert.equal((await service.ask(stream, { headers: { 'x-api-key': 'verkeerd' } })).status, 401);
  });

  it('gives every member at its own address, parts and tombstones too, and says why one is not there', async () => {
    const all = await members(stream);
    for (const { id, lines } of [all[0], all.find((one) => one.lines.some((line) => line.includes('"onder"'))), all.find((one) => one.lines.some((line) => line.includes('#Tombstone>')))].filter((one) => one !== undefined)) {
      const path = new URL(id).pathname;
      const found = await quads(path);
      const own = found.filter(({ subject }) => subject === `<${id}>`).map(({ predicate, object }) => `<${id}> ${predicate} ${object} .`);
      assert.deepEqual(own.toSorted(), lines.filter((line) => line.startsWith(`<${id}> `)).toSorted());
      assert.ok(found.some(({ predicate, object }) => predicate === `<${tree}member>` && object === `<${id}>`));
      const tag = (await service.ask(path)).headers.get('etag') ?? '';
      assert.equal((await service.ask(path, { headers: { 'if-none-match': tag } })).status, 304);
      assert.match((await service.ask(path, { headers: { accept: 'text/html,*/*;q=0.8' } })).headers.get('content-type') ?? '', /^text\/turtle/);
    }
    for (const path of [`/ldes/lid/2/${'0'.repeat(20)}`, `/ldes/lid/99999999/${'0'.repeat(20)}`, '/ldes/lid/x/y']) {
      const answer = await service.ask(path);
      assert.equal(answer.status, 404, path);
      assert.match(await answer.text(), /lid van een stream/);
    }
  });

  it('keeps flat readers of every stream equal to the graph: parts that come loose, move or go, and entities that leave a kind', async () => {
    const organisation = '<http://www.w3.org/ns/org#Organization>';
    await write(`INSERT DATA { GRAPH p { :org a ${organisation} ; :deel [ :q "deel" ] . :ander :p "x" . :weg a ${organisation} ; :p "straks geen actor" } }`);
    await inSync([/org> .*type/, /org> .*deel/, /"deel"/, /weg> .*type/, /weg> .*p>/]);
    await write(`DELETE { GRAPH p { :org :deel ?n . :weg a ${organisation} } } INSERT { GRAPH p { :ander :deel ?n } } WHERE { :org :deel ?n }`);
    await inSync([/org> .*type/]);
    await write('DELETE WHERE { GRAPH p { :ander :deel ?n } }');
    await inSync([/org> .*type/]);
    await write('INSERT { GRAPH p { :org :deel ?n } } WHERE { GRAPH p { ?n :q "deel" } }');
    await inSync([/org> .*type/, /org> .*deel/, /"deel"/]);
    await write('DELETE WHERE { GRAPH p { ?n :q "deel" } }; DELETE WHERE { GRAPH p { :org ?p ?o } }');
    await inSync([]);
  });

  it('tells who waits that a page changed', async () => {
    const answer = await service.ask(`${stream}/gebeurtenissen`);
    assert.equal(answer.headers.get('content-type'), 'text/event-stream');
    const reader = answer.body?.getReader();
    assert.ok(reader);
    let text = '';
    const until = async (events: number): Promise<void> => {
      while ((text.match(/event: pagina/g)?.length ?? 0) < events) {
        const { value, done } = await reader.read();
        assert.ok(!done);
        text += Buffer.from(value).toString();
      }
    };
    await until(1);
    await write('INSERT DATA { GRAPH p { :nieuw :p "nieuw" } }');
    await until(2);
    await reader.cancel();
  });

  it('publishes what its own lint says, and lists its streams', async () => {
    const report = await service.ask(`${stream}/conformiteit`, { headers: { accept: 'text/turtle' } });
    const text = await report.text();
    assert.ok(text.includes('passed') && !text.includes('failed'), text.slice(0, 2000));
    const list = await (await service.ask('/ldes', { headers: { accept: 'text/turtle' } })).text();
    assert.ok(list.includes('ldes/dataset/proef'));
    assert.match(await (await service.ask('/ldes', { headers: { accept: 'text/html' } })).text(), /<h1>Streams/);
  });

  it('answers 410 for the pages of a dataset that became restricted, and tells that its entities are gone', async () => {
    const [kept] = await members(stream);
    assert.ok((await service.describe('weg', { ...open, titel: { nl: 'Weg' } })).ok);
    const answer = await service.ask('/sparql/update', { method: 'POST', token: true, headers: { 'content-type': 'application/sparql-update' }, body: `INSERT DATA { GRAPH <${service.base}id/dataset/weg> { <http://ex.org/weg> <http://ex.org/p> "straks besloten" ; <http://ex.org/deel> [ <http://ex.org/q> "besloten deel" ] } }` });
    assert.ok(answer.ok);
    const text = async (path: string): Promise<string> => (await service.ask(path, { headers: { accept: 'application/n-quads' } })).text();
    for (let tries = 0; tries < 400 && !(await text('/ldes/dataset/weg/p/1')).includes('straks besloten'); tries += 1) await new Promise((resolve) => setTimeout(resolve, 25));
    const told = /<([^>]*\/ldes\/lid\/[^>]*)> <[^>]*> "straks besloten"/.exec(await text('/ldes/dataset/weg/p/1'))?.[1] ?? '';
    assert.equal((await service.ask(new URL(told).pathname)).status, 200);
    assert.ok((await service.describe('weg', { ...open, zichtbaarheid: 'restricted' })).ok);
    // From the moment it is acknowledged.
    const page = await service.ask('/ldes/dataset/weg/p/1');
    assert.equal(page.status, 410);
    assert.match(await page.text(), /ldes\/dataset\/weg/);
    const root = await text('/ldes/dataset/weg');
    const fresh = /\/ldes\/dataset\/weg\/p\/(\d+-\d+)/.exec(root)?.[1];
    assert.ok(fresh, root);
    const now = await text(`/ldes/dataset/weg/p/${fresh}`);
    assert.ok(now.includes('Tombstone') && now.includes('http://ex.org/weg') && !now.includes('besloten'));
    assert.match(now, /isVersionOf> <[^>]*\/genid\//, 'its parts are gone too');
    assert.equal((await service.ask(`${stream}/p/1`)).status, 410, 'every page was cut anew');
    assert.equal((await service.ask(new URL(told).pathname)).status, 410);
    assert.equal((await service.ask(new URL(kept?.id ?? '').pathname)).status, 200, 'members keep their addresses');
  });

  describe('the lint finds', () => {
    const pages = new Map<string, LintedPage>();
    const fetched = async (url: string): Promise<LintedPage> => {
      let page = pages.get(url);
      if (!page) {
        const answer = await fetch(url, { headers: { accept: 'application/n-quads' } });
        const header = (name: string): string => answer.headers.get(name) ?? '';
        pages.set(url, (page = { url, body: await answer.text(), cacheControl: header('cache-control'), vary: header('vary'), etag: header('etag') }));
      }
      return page;
    };
    const broken = async (change: (page: LintedPage) => LintedPage): Promise<Set<LintRule>> => new Set((await StreamLint.run(service.url + stream, async (url) => change(await fetched(url)))).findings.map(({ rule }) => rule));
    const cases: readonly (readonly [LintRule, (page: LintedPage) => LintedPage])[] = [
      ['headers', (page) => ({ ...page, cacheControl: page.cacheControl.replaceAll(', ', ',') })],
      ['headers', (page) => ({ ...page, etag: '' })],
      ['one-view', body(/^(<[^>]+> <https:\/\/w3id.org\/tree#view> <[^>]+)> \.$/m, '$1> .\n$1/anders> .')],
      ['typed', body(/^.*<http:\/\/w3id.org\/ldes#EventStream> \.\n/m, '')],
      ['paths', body(/^.*ldes#timestampPath.*\n/m, '')],
      ['relations', body(/^_:g0 <https:\/\/w3id.org\/tree#path>.*\n/m, '')],
      ['intervals', body(/^_:l0 <https:\/\/w3id.org\/tree#value> "\d{4}/m, '_:l0 <https://w3id.org/tree#value> "2999')],
      ['immutable', (page) => ({ ...page, cacheControl: 'public, max-age=1, immutable' })],
      ['members', body(/^.*generatedAtTime> ".*\n/m, '')],
      ['self-contained', body(/^(<[^>]+lid\/[^>]+>) <http:\/\/ex.org\/p> .*$/m, '$1 <http://ex.org/p> _:b .')],
      ['self-contained', body(/^(<[^>]+lid\/[^>]+>) <http:\/\/ex.org\/p> .*$/m, '$1 <http://ex.org/p> "x"^^<http://www.w3.org/2001/XMLSchema#string> .')],
      ['order', body(/volgnummerInStroom> "\d+\.0"/g, 'volgnummerInStroom> "1.0"')],
      ['retention', (page) => ({ ...page, body: `${page.body}<http://ex.org/v> <https://w3id.org/ldes#retentionPolicy> <http://ex.org/leeg> .\n` })],
      ['retention', (page) => ({ ...page, body: ['een', 'twee'].reduce((text, name) => `${text}<http://ex.org/v> <https://w3id.org/ldes#retentionPolicy> <http://ex.org/${name}> .\n<http://ex.org/${name}> <https://w3id.org/ldes#versionAmount> "1" .\n`, page.body) })],
      ['paths', body(/^.*ldes#pollingInterval>.*$/m, '$&\n$&')],
      ['transactions', body(/^(<[^>]+lid\/[^>]+>) <[^>]+transactie> .*$/m, '$&\n$1 <https://w3id.org/regiograaf/ns#transactieKlaar> "true" .')],
      ['grouped', (page) => ({ ...page, body: page.body + (/^<[^>]+lid\/[^>]+> .*\n/m.exec(page.body)?.[0] ?? '') })],
      ['shape', body(/shape-moment> <http:\/\/www.w3.org\/ns\/shacl#path> <[^>]+>/, 'shape-moment> <http://www.w3.org/ns/shacl#path> <http://ex.org/p>')],
    ];
    it('nothing in what the service says', async () => assert.deepEqual([...(await broken((page) => page))], []));
    for (const [at, [rule, change]] of cases.entries()) {
      it(`a break of the rule ${rule} (${at + 1})`, async () => assert.ok((await broken(change)).has(rule)));
    }
    it('a member on two pages, and a page that is too long', async () => {
      let all = '';
      for (const page of pages.values()) all += page.body.split('\n').filter((line) => line.includes('tree#member>') || line.includes('/lid/')).join('\n') + '\n';
      const found = await broken((page) => (page.url.includes('/p/') ? { ...page, body: page.body + all } : page));
      assert.ok(found.has('once') && found.has('page-size'));
    });
  });
});
