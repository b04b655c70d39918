import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { adminToken, TestService } from '../support/service.js';
import { fill, ok, prefixes, sample } from './fixture.js';

/** A person with a browser that runs no scripts: keeps cookies, fills in forms, follows 303. */
class Visitor {
  readonly #service: TestService;
  readonly cookies = new Map<string, string>();

  constructor(service: TestService) {
    this.#service = service;
  }

  async #keep(answer: Response): Promise<Response> {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const at = pair.indexOf('=');
      if (attributes.includes('Max-Age=0')) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    if (answer.status !== 303) return answer;
    return this.open(answer.headers.get('location') ?? '');
  }

  #headers(): Record<string, string> {
    return { accept: 'text/html,*/*;q=0.8', cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  }

  async open(path: string): Promise<Response> {
    return this.#keep(await this.#service.ask(path, { headers: this.#headers() }));
  }

  async submit(path: string, fields: Record<string, string>): Promise<Response> {
    const body = new URLSearchParams(fields).toString();
    return this.#keep(await this.#service.ask(path, { method: 'POST', headers: { ...this.#headers(), 'content-type': 'application/x-www-form-urlencoded' }, body }));
  }

  async upload(fields: Record<string, string>, name: string, content: string): Promise<Response> {
    const form = new FormData();
    for (const [key, value] of Object.entries(fields)) form.append(key, value);
    form.append('bestand', new Blob([content]), name);
    return this.#keep(await this.#service.ask('/laden/controleren', { method: 'POST', headers: this.#headers(), body: form }));
  }
}

function secretOf(page: string): string {
  return /name="geheim" value="([^"]+)"/.exec(page)?.[1] ?? assert.fail(page);
}

describe('HTTP: the load page, without scripts', () => {
  let service: TestService;
  let visitor: Visitor;
  before(async () => {
    service = await TestService.start();
    await fill(service);
  });
  after(() => service.stop());
  beforeEach(() => {
    visitor = new Visitor(service);
  });

  async function signIn(): Promise<string> {
    const form = await (await visitor.open('/laden')).text();
    const page = await (await visitor.submit('/laden/aanmelden', { geheim: secretOf(form), token: adminToken })).text();
    assert.ok(page.includes('type="file"'), page);
    return secretOf(page);
  }
  const dataset = 'http://localhost:3000/id/dataset/proef';
  const title = async (): Promise<string> => (await service.ask('/doc/actor/geladen.nt')).text();

  it('signs in with a token; the cookie is no business of scripts or other sites', async () => {
    const form = await (await visitor.open('/laden')).text();
    const answer = await service.ask('/laden/aanmelden', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      body: new URLSearchParams({ geheim: secretOf(form), token: adminToken }).toString(),
    });
    assert.equal(answer.status, 303);
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('regiograaf-sessie=')) ?? '';
    assert.match(cookie, /HttpOnly; SameSite=Strict/);
    assert.ok(!cookie.includes(adminToken));
  });

  it('takes back a version from its page, after showing what that changes', async () => {
    const loaded = await service.ask('/sparql/update', { method: 'POST', headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/sparql-update' }, body: `INSERT DATA { GRAPH <${dataset}> { <http://ex.org/even> <http://purl.org/dc/terms/title> "Even maar"@nl } }` });
    const number = loaded.headers.get('regiograaf-commit') ?? '';
    const commit = await (await visitor.open(`/commits/${number}`)).text();
    const path = /href="(\/laden\/ongedaan\/\d+)"/.exec(commit)?.[1] ?? assert.fail(commit);
    const form = await (await visitor.open(path)).text();
    const page = await (await visitor.submit('/laden/aanmelden', { geheim: secretOf(form), naar: path, token: adminToken })).text();
    for (const part of [`Versie ${number} ongedaan maken`, 'Even maar', '0 toegevoegd, 1 verwijderd']) assert.ok(page.includes(part), part);
    assert.equal((await visitor.submit(path, { geheim: 'vervalst' })).status, 403);
    const done = await (await visitor.submit(path, { geheim: secretOf(page) })).text();
    assert.ok(done.includes('Gepubliceerd'), done);
    assert.equal((await service.ask('/doc?iri=http%3A%2F%2Fex.org%2Feven')).status, 410);
    assert.equal((await visitor.open(path)).status, 409);
    assert.ok((await (await visitor.open(`${path}?force=1`)).text()).includes('niets om ongedaan te maken'));
    assert.equal((await visitor.open('/laden/ongedaan/99999')).status, 404);
  });

  it('leads after signing in to no other address than its own', async () => {
    const form = await (await visitor.open('/laden')).text();
    const page = await (await visitor.submit('/laden/aanmelden', { geheim: secretOf(form), naar: 'https://elders.example/', token: adminToken })).text();
    assert.ok(page.includes('type="file"'), page);
  });

  it('says so when the token is wrong, and refuses a form that is not its own', async () => {
    const form = await (await visitor.open('/laden')).text();
    const wrong = await visitor.submit('/laden/aanmelden', { geheim: secretOf(form), token: 'fout' });
    assert.equal(wrong.status, 401);
    assert.ok((await wrong.text()).includes('niet geldig'));
    assert.equal((await visitor.submit('/laden/aanmelden', { geheim: 'vervalst', token: adminToken })).status, 403);
    const secret = await signIn();
    assert.equal((await visitor.upload({ geheim: `${secret}x`, dataset, wijze: 'toevoegen' }, 'a.ttl', sample)).status, 403);
    assert.equal((await visitor.submit('/laden/afmelden', {})).status, 403);
  });

  it('shows the change in words, publishes it, and the page of the thing is there', async () => {
    const secret = await signIn();
    const draft = await (await visitor.upload({ geheim: secret, dataset, wijze: 'toevoegen' }, 'goed.ttl', `${prefixes} ex:geladen a ex:Proef ; dct:title "Geladen <3"@nl ; dct:relation ex:aalst .`)).text();
    for (const part of ['Ontwerp: goed.ttl', 'Toevoegen aan Proefdataset', 'Geladen &lt;3', 'Aalst', '3 toegevoegd, 0 verwijderd']) assert.ok(draft.includes(part), part);
    assert.equal((await service.ask('/doc/actor/geladen')).status, 404);
    const action = /action="([^"]*\/publiceren)"/.exec(draft)?.[1] ?? assert.fail(draft);
    const done = await (await visitor.submit(action, { geheim: secret, bericht: 'Eerste lading' })).text();
    assert.ok(done.includes('Gepubliceerd'), done);
    assert.ok((await title()).includes('Geladen'));
    const commits = await (await ok(service.ask('/commits', { headers: { accept: 'text/html' } }))).text();
    assert.ok(commits.includes('Eerste lading'));
    const version = /versie \d+/.exec(done)?.[0] ?? assert.fail(done);
    const again = await (await visitor.submit(action, { geheim: secret })).text();
    assert.ok(again.includes(version), 'pressing the button twice publishes once, and shows that version');
  });

  it('publishes nothing else than what was shown: a change by somebody else in between is shown first', async () => {
    const secret = await signIn();
    const draft = await (await visitor.upload({ geheim: secret, dataset, wijze: 'toevoegen' }, 'laat.ttl', `${prefixes} ex:laat a ex:Proef ; dct:title "Laat"@nl .`)).text();
    const action = /action="([^"]*\/publiceren)"/.exec(draft)?.[1] ?? assert.fail(draft);
    await ok(service.ask('/sparql/update', { method: 'POST', token: true, headers: { 'content-type': 'application/sparql-update' }, body: `INSERT DATA { GRAPH <${dataset}> { <http://ex.org/tussendoor> <http://purl.org/dc/terms/title> "Tussendoor"@nl } }` }));
    const stale = await visitor.submit(action, { geheim: secret });
    assert.equal(stale.status, 409);
    assert.ok((await stale.text()).includes('Iemand wijzigde deze dataset'));
    assert.equal((await service.ask('/doc/actor/laat')).status, 404);
    assert.ok((await (await visitor.submit(action, { geheim: secret })).text()).includes('Gepubliceerd'));
    assert.equal((await service.ask('/doc/actor/laat')).status, 200);
  });

  it('says that a file holds nothing, and that replacing with it empties the dataset', async () => {
    const secret = await signIn();
    const added = await (await visitor.upload({ geheim: secret, dataset, wijze: 'toevoegen' }, 'leeg.ttl', prefixes)).text();
    assert.ok(added.includes('geen enkele uitspraak') && !added.includes('/publiceren'), added);
    const replaced = await (await visitor.upload({ geheim: secret, dataset, wijze: 'vervangen' }, 'leeg.ttl', prefixes)).text();
    assert.ok(replaced.includes('wordt de dataset leeg'), replaced);
  });

  it('says of a spreadsheet and of a packed file what they are', async () => {
    const secret = await signIn();
    for (const [name, text, said] of [
      ['lijst.csv', 'Naam;KBO\nGent;0207451227\n', 'tabel uit een rekenblad'],
      ['lijst.ttl', 'Naam;KBO\nGent;0207451227\n', 'tabel uit een rekenblad'],
      ['lijst.zip', 'PK', 'Pak het eerst uit'],
      ['lijst.ttl', 'PK\u0003\u0004', 'Pak het eerst uit'],
      ['lijst.json', '{"naam": "Gent"}', 'geen JSON-LD'],
      ['lijst.dat', 'x', 'blijkt niet welk formaat'],
    ] as const) {
      const page = await (await visitor.upload({ geheim: secret, dataset, wijze: 'toevoegen' }, name, text)).text();
      assert.ok(page.includes(said), `${name}: ${said}\n${page}`);
    }
  });

  it('shows what is wrong with line and column, and keeps what was chosen', async () => {
    const secret = await signIn();
    const answer = await visitor.upload({ geheim: secret, dataset, wijze: 'vervangen' }, 'fout.ttl', `${prefixes}\nex:a dct:title "b"@nl .\nex:c dct:title nietgoed .`);
    assert.equal(answer.status, 400);
    const page = await answer.text();
    assert.match(page, /Regel 9, kolom \d+:/);
    assert.ok(page.includes('fout.ttl'));
    assert.match(page, /value="vervangen" checked/);
    assert.ok(page.includes(`<option value="${dataset}" selected>`));
  });

  it('shows the report of data that break the rules, without a button to publish', async () => {
    const secret = await signIn();
    const page = await (await visitor.upload({ geheim: secret, dataset, wijze: 'toevoegen' }, 'naamloos.ttl', `${prefixes} ex:naamloos a org:Organization .`)).text();
    assert.ok(page.includes('Dit kan nog niet gepubliceerd worden') && page.includes('Geef een naam'), page);
    assert.ok(!page.includes('/publiceren"'));
  });

  it('says that a file changes nothing', async () => {
    const secret = await signIn();
    const page = await (await visitor.upload({ geheim: secret, dataset: 'http://localhost:3000/id/dataset/proef', wijze: 'toevoegen' }, 'zelfde.ttl', sample)).text();
    assert.ok(page.includes('verandert niets'), page);
  });

  it('refuses a file of a kind it does not know, and a form without a file', async () => {
    const secret = await signIn();
    assert.equal((await visitor.upload({ geheim: secret, dataset, wijze: 'toevoegen' }, 'foto.png', 'x')).status, 415);
    assert.equal((await visitor.upload({ geheim: secret, dataset, wijze: 'toevoegen' }, '', '')).status, 400);
  });

  it('throws a draft away, and leaves no file behind on signing out', async () => {
    const staging = join(service.folder, 'staging');
    const before = (await readdir(staging)).length;
    const secret = await signIn();
    const page = await (await visitor.upload({ geheim: secret, dataset, wijze: 'toevoegen' }, 'weg.ttl', `${prefixes} ex:weg dct:title "weg" .`)).text();
    const action = /action="([^"]*\/weggooien)"/.exec(page)?.[1] ?? assert.fail(page);
    assert.ok((await (await visitor.submit(action, { geheim: secret })).text()).includes('type="file"'));
    await visitor.upload({ geheim: secret, dataset, wijze: 'toevoegen' }, 'weg.ttl', `${prefixes} ex:weg dct:title "weg" .`);
    assert.equal((await readdir(staging)).length, before + 1);
    assert.ok((await (await visitor.submit('/laden/afmelden', { geheim: secret })).text()).includes('name="token"'));
    assert.ok((await readdir(staging)).length <= before);
    assert.ok((await (await visitor.open('/laden')).text()).includes('name="token"'));
  });

  it('makes a dataset for somebody who may, under the name that was typed', async () => {
    const geheim = await signIn();
    const form = { geheim, dataset: 'nieuw', wijze: 'toevoegen' };
    const nameless = await visitor.upload({ ...form, naam: ' ' }, 'a.ttl', sample);
    assert.equal(nameless.status, 400);
    assert.match(await nameless.text(), /Geef de nieuwe dataset een naam/);
    const taken = await (await visitor.upload({ ...form, naam: 'Proef' }, 'a.ttl', sample)).text();
    assert.match(taken, /Er is al een dataset proef/);
    assert.match(taken, /value="nieuw" selected[^]*name="naam"[^>]*value="Proef"/);
    const draft = await (await visitor.upload({ ...form, naam: 'Mijn Café' }, 'a.ttl', sample)).text();
    assert.match(draft, /Nieuwe dataset: mijn-cafe/);
    const action = /action="([^"]+publiceren)"/.exec(draft)?.[1] ?? assert.fail(draft);
    assert.equal((await visitor.submit(action, { geheim: secretOf(draft) })).status, 200);
    assert.equal((await service.ask('/datasets/mijn-cafe')).status, 200);
  });

  it('works in English too', async () => {
    const form = await (await visitor.open('/en/laden')).text();
    assert.ok(form.includes('<html lang="en">') && form.includes('action="/en/laden/aanmelden"'));
  });
});
