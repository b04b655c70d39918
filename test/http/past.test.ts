import assert from 'node:assert/strict';
import { TestService } from '../support/service.js';

const turtle = (value: string): string => `@base <http://localhost:3000/id/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix org: <http://www.w3.org/ns/org#> .
<actor/gent> a org:Organization ; skos:prefLabel "${value}"@nl ; <http://www.w3.org/ns/adms#identifier> [ <http://www.w3.org/2004/02/skos/core#notation> "0207451227" ; <http://www.w3.org/ns/adms#schemaAgency> "KBO" ] ; org:hasSite [ org:siteAddress "${value} straat" ] .`;
const query = encodeURIComponent('SELECT ?l { <http://localhost:3000/id/actor/gent> <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }');

describe('the past over HTTP', () => {
  let test: TestService;
  /** Numbers of the versions in which Gent got its names. */
  const versions: number[] = [];
  const times: string[] = [];
  before(async () => {
    test = await TestService.start();
    for (const name of ['Gent', 'Gand', 'Ghent']) {
      const { versie, tijd } = (await (await test.load('actoren', turtle(name))).json()) as { versie: number; tijd: string };
      versions.push(versie);
      times.push(tijd);
      // Versions of one second cannot be told apart by Accept-Datetime.
      await new Promise((resolve) => setTimeout(resolve, 1001));
    }
  });
  after(() => test.stop());

  const label = async (at: string): Promise<string> => (await (await test.ask(`/sparql?query=${query}&format=csv&at=${encodeURIComponent(at)}`)).text()).trim().split('\r\n')[1] ?? '';

  it('answers a query by the number of a version, by a time and by a day', async () => {
    assert.deepEqual(await Promise.all(versions.map((number) => label(String(number)))), ['Gent', 'Gand', 'Ghent']);
    assert.equal(await label(times[1] ?? ''), 'Gand');
    assert.equal(await label((times[0] ?? '').replace(/\.\d+Z$/, 'Z')), 'Gent', 'a time in whole seconds means the whole second');
    assert.equal(await label('2999-12-31'), 'Ghent', 'what is to come is not known yet: the newest version');
  });

  it('takes the moment with a POST too', async () => {
    const answer = await test.ask('/sparql', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/csv' }, body: `query=${query}&at=${versions[0]}` });
    assert.match(await answer.text(), /Gent/);
  });

  it('names the newest version when there is no such one, and what can be asked', async () => {
    const missing = await test.ask(`/sparql?query=${query}&at=999`);
    assert.equal(missing.status, 404);
    assert.equal(((await missing.json()) as { nieuwsteVersie: number }).nieuwsteVersie, versions[2]);
    assert.equal((await test.ask(`/sparql?query=${query}&at=0`)).status, 404);
    assert.equal((await test.ask(`/sparql?query=${query}&at=1999-01-01`)).status, 404);
    for (const wrong of ['gisteren', '2026-02-30', '-1', '2026-01-01T25:00:00Z', '']) {
      const answer = await test.ask(`/sparql?query=${query}&at=${encodeURIComponent(wrong)}`);
      assert.equal(answer.status, 400, wrong);
      assert.ok(Array.isArray(((await answer.json()) as { toegelaten: unknown }).toegelaten));
    }
  });

  it('shows an old document in every form, with the headers of an old version', async () => {
    for (const suffix of ['ttl', 'jsonld', 'nt', 'nq', 'trig', 'rdf', 'html']) {
      const answer = await test.ask(`/doc/actor/gent.${suffix}?at=${versions[0]}`);
      const text = await answer.text();
      assert.equal(answer.status, 200, `${suffix}: ${text}`);
      assert.match(text, /Gent straat/);
      assert.doesNotMatch(text, /Ghent/);
      assert.equal(answer.headers.get('memento-datetime'), new Date(times[0] ?? '').toUTCString());
      assert.match(answer.headers.get('etag') ?? '', /^"/);
      assert.equal(answer.headers.get('cache-control'), 'public, max-age=300, must-revalidate');
      const links = answer.headers.get('link') ?? '';
      assert.match(links, /<\/doc\/actor\/gent\.\w+>; rel="original latest-version"/);
      for (const relation of ['first memento', 'next memento', 'last memento', 'timemap', 'timegate']) assert.ok(links.includes(`rel="${relation}"`), relation);
      assert.ok(!links.includes('rel="prev memento"'));
      const again = await test.ask(`/doc/actor/gent.${suffix}?at=${versions[0]}`, { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } });
      assert.equal(again.status, 304);
    }
  });

  it('says on the page that it is an old version, and leads to the one of today', async () => {
    const page = await (await test.ask(`/doc/actor/gent?at=${versions[0]}`, { headers: { accept: 'text/html' } })).text();
    assert.match(page, /Dit is een oude versie/);
    assert.match(page, /href="\/doc\/actor\/gent(?:\.html)?" rel="latest-version"/);
    const now = await (await test.ask('/doc/actor/gent', { headers: { accept: 'text/html' } })).text();
    assert.doesNotMatch(now, /Dit is een oude versie/);
  });

  it('shows a collection as it was', async () => {
    for (const [index, name] of [[0, 'Gent'], [1, 'Gand']] as const) {
      const answer = await test.ask(`/actoren?at=${versions[index]}`, { headers: { accept: 'text/csv' } });
      assert.equal(answer.status, 200);
      assert.match(await answer.text(), new RegExp(name));
    }
    const page = await (await test.ask(`/actoren?at=${versions[0]}`, { headers: { accept: 'text/html' } })).text();
    assert.match(page, /Dit is een oude versie/);
    assert.ok(page.includes(`<input type="hidden" name="at" value="${versions[0]}">`), 'filtering stays in the past');
  });

  it('leads from a number to the document of that moment', async () => {
    const answer = await test.ask(`/doc?kbo=0207.451.227&at=${encodeURIComponent('2999-12-31T10:00:00+01:00')}`);
    assert.equal(answer.status, 303, await answer.text());
    assert.equal(answer.headers.get('location'), `/doc/actor/gent?at=${encodeURIComponent('2999-12-31T10:00:00+01:00')}`);
  });

  it('leads from a document to the version of a time (RFC 7089)', async () => {
    const at = async (path: string, time: string): Promise<Response> => test.ask(path, { headers: { 'accept-datetime': new Date(time).toUTCString() } });
    for (const path of ['/doc/actor/gent', '/timegate?iri=http://localhost:3000/id/actor/gent']) {
      for (const [index, time] of times.entries()) {
        const answer = await at(path, time);
        assert.equal(answer.status, 302);
        assert.equal(answer.headers.get('location'), `/doc/actor/gent?at=${versions[index]}`);
        assert.match(answer.headers.get('vary') ?? '', /accept-datetime/i);
        assert.match(answer.headers.get('link') ?? '', /rel="original".*rel="timegate".*rel="timemap"/);
      }
      assert.equal((await at(path, '1990-01-01T00:00:00Z')).headers.get('location'), `/doc/actor/gent?at=${versions[0]}`);
      assert.equal((await test.ask(path, { headers: { 'accept-datetime': 'gisteren' } })).status, 400);
    }
    assert.match((await test.ask('/doc/actor/gent')).headers.get('vary') ?? '', /accept-datetime/i);
    assert.match((await test.ask('/doc/actor/gent')).headers.get('link') ?? '', /rel="timegate"/);
  });

  it('lists the versions of a thing', async () => {
    const path = '/timemap?iri=http://localhost:3000/id/actor/gent';
    const answer = await test.ask(path);
    assert.equal(answer.headers.get('content-type'), 'application/link-format');
    const found = [...(await answer.text()).matchAll(/<([^>]+)>; rel="([\w ]*memento)"; datetime="([^"]+)"/g)].map((match) => match.slice(1));
    assert.deepEqual(found, versions.map((number, index) => [`http://localhost:3000/doc/actor/gent?at=${number}`, ['first memento', 'memento', 'last memento'][index], new Date(times[index] ?? '').toUTCString()]));
    const json = (await (await test.ask(path, { headers: { accept: 'application/json' } })).json()) as { mementos: { list: unknown[] } };
    assert.equal(json.mementos.list.length, 3);
    assert.equal((await test.ask('/timemap?iri=http://localhost:3000/id/actor/niets')).status, 404);
    assert.equal((await test.ask('/timemap')).status, 400);
  });
});
