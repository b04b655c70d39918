import assert from 'node:assert/strict';
import { request } from 'node:http';
import { followed, streamed } from '../support/rdfa.js';
import { TestService } from '../support/service.js';
import { fill, ok, prefixes, problem } from './fixture.js';

const link = 'http://lblod.data.gift/vocabularies/besluit/linkToPublication';

/** A page asked for by another name of the machine than the one the connection is made to. */
function asHost(url: string, path: string, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, url), { headers: { host, accept: 'text/html' } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part)).on('end', () => resolve(text)).on('error', reject);
    });
    asked.on('error', reject).end();
  });
}

describe('HTTP: lists that harvesters follow', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
    await fill(service);
    const many = Array.from({ length: 260 }, (_, index) => `ex:ding-${String(index).padStart(3, '0')} a ex:Ding .`);
    await ok(service.load('veel', `${prefixes} ${many.join('\n')} ex:naamloos dct:title "Zonder soort"@nl . <http://ex.org/nota.pdf> a ex:Nota .`));
  });
  after(() => service.stop());

  const page = async (path: string): Promise<string> => (await ok(service.ask(path, { headers: { accept: 'text/html' } }))).text();

  it('GET-start-200: leads spiders that begin at the start page to these lists', async () => {
    assert.deepEqual(followed(await page('/'), service.base), [`${service.base}overzicht`]);
  });

  it('GET-overview-200: every kind, then its things, page by page; what has no kind stands apart', async () => {
    const kinds = followed(await page('/overzicht'), `${service.base}overzicht`);
    const things = kinds.find((address) => address.includes('actor%2FDing'));
    assert.ok(things, kinds.join());
    const first = followed(await page(things.replace(service.base, '/')), things);
    const next = first.find((address) => address.includes('pagina=2'));
    assert.equal(first.length, 251);
    assert.ok(next);
    assert.equal(followed(await page(next.replace(service.base, '/')), next).length, 10);
    assert.deepEqual(followed(await page('/overzicht?soort=onbekend'), service.base), [`${service.base}doc/actor/naamloos`]);
  });

  it('GET-overview-200: the pages state where they lead, and which is the next', async () => {
    const address = `${service.base}overzicht?soort=${encodeURIComponent(`${service.base}id/actor/Ding`)}`;
    const stated = await streamed(await page(address.replace(service.base, '/')), address);
    assert.equal(stated.length, 252);
    assert.ok(stated.every(({ subject }) => subject.value === address));
    assert.deepEqual([...new Set(stated.map(({ predicate }) => predicate.value))].toSorted(), [link, 'http://www.w3.org/ns/hydra/core#next']);
    assert.ok(stated.some(({ object }) => object.value === `${service.base}doc/actor/ding-000`));
  });

  it('GET-home-200: whole addresses and a base at its own address, paths through another name', async () => {
    const path = '/doc/actor/gent';
    const { host } = new URL(service.base);
    assert.match(await asHost(service.url, path, host), new RegExp(`<base href="${service.base}doc/actor/gent">`));
    assert.doesNotMatch(await asHost(service.url, path, 'elders.example'), /<base/);
    assert.match(await asHost(service.url, `/en${path}`, host), new RegExp(`<base href="${service.base}en/doc/actor/gent">`));
    assert.match(await asHost(service.url, '/overzicht?soort=onbekend', host), new RegExp(`<a href="${service.base}doc/actor/naamloos" property="lblodBesluit:linkToPublication"`));
    assert.match(await asHost(service.url, '/overzicht?soort=onbekend', 'elders.example'), /<a href="\/doc\/actor\/naamloos"/);
  });

  it('GET-overview-200: a link to a thing with an address in .pdf is one that spiders follow too', async () => {
    const list = `/overzicht?soort=${encodeURIComponent(`${service.base}id/actor/Nota`)}`;
    const [address = ''] = followed(await page(list), service.base);
    assert.equal(address, `${service.base}doc?iri=http%3A%2F%2Fex.org%2Fnota%2Epdf`);
    assert.match(await page(address.replace(service.base, '/')), /nota\.pdf/);
  });

  it('GET-hidden-200: what only a restricted dataset describes is in no list of an anonymous caller', async () => {
    for (const path of ['/overzicht', '/overzicht?soort=http%3A%2F%2Flocalhost%3A3000%2Fid%2Factor%2FProef']) assert.doesNotMatch(await page(path), /[Zz]eergeheim/);
  });

  it('GET-unknown-404, bad-400', async () => {
    await problem(service.ask('/overzicht?soort=urn:niets', { headers: { accept: 'text/html;q=0.1, */*' } }), 404);
    await problem(service.ask('/overzicht?soort=geen%20iri'), 400);
    await problem(service.ask('/overzicht?soort=onbekend&pagina=99'), 404);
    await problem(service.ask('/overzicht?pagina=0'), 400);
    await problem(service.ask('/overzicht', { headers: { accept: 'text/turtle' } }), 406);
  });
});
