import assert from 'node:assert/strict';
import { TestService } from '../support/service.js';
import { fill, ok } from './fixture.js';

const secrets = ['Zeergeheim', 'verborgen', 'dataset/geheim'];
const everything = encodeURIComponent('SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }');
const graph = encodeURIComponent('http://localhost:3000/id/dataset/geheim');
const entity = encodeURIComponent('http://localhost:3000/id/actor/verborgen');

/** Every address that shows something of the graph. */
const routes: readonly string[] = [
  '/', '/status', '/metrics', '/datasets', '/commits', '/commits?aantal=500', `/commits?dataset=${graph}`, `/commits?iri=${entity}`,
  ...Array.from({ length: 9 }, (_, index) => `/commits/${index + 1}`),
  `/sparql?query=${everything}`, `/sparql?query=${everything}&bronstatus=alle`, `/sparql?query=${everything}&named-graph-uri=${graph}`,
  `/sparql?query=${encodeURIComponent('SELECT * { ?s ?p ?o }')}&default-graph-uri=${graph}`,
  `/sparql?query=${encodeURIComponent('DESCRIBE <http://localhost:3000/id/actor/gent>')}`,
  `/sparql?query=${encodeURIComponent('SELECT * FROM <http://localhost:3000/id/dataset/geheim> { ?s ?p ?o }')}`,
  '/sparql', '/doc/actor/gent', '/doc/actor/gent.trig', '/doc/actor/gent.nq', '/doc/actor/gent?bronstatus=alle', '/doc/actor/aalst',
  '/doc/dataset/proef', '/graphs?default', '/datasets/proef', '/datasets/proef/inhoud', '/datasets/catalogus', '/datasets/catalogus/inhoud.nq', '/ns', '/over', '/laden',
];

/** Addresses that name what is hidden: these answer as if it did not exist (the name itself comes back in the message). */
const hidden: readonly string[] = ['/datasets/geheim', '/datasets/geheim/inhoud', '/datasets/geheim/inhoud.ttl', `/graphs?graph=${graph}`, '/doc/actor/verborgen', '/doc/dataset/geheim', `/doc?iri=${entity}`];

describe('HTTP: a restricted dataset', () => {
  let service: TestService;
  before(async () => {
    service = await TestService.start();
    await fill(service);
  });
  after(() => service.stop());

  for (const accept of ['*/*', 'text/html', 'application/n-quads, application/json;q=0.9, */*;q=0.1']) {
    it(`GET-anonymous: no quad, label, count or commit of it shows (${accept})`, async () => {
      for (const path of routes) {
        const answer = await service.ask(path, { headers: { accept } });
        const headers = JSON.stringify([...answer.headers]);
        const text = await answer.text();
        for (const secret of secrets) {
          /* A page with a form gives back what the caller asked, and links that ask it again: that tells nothing. */
          const echoed = /<textarea[\s\S]*?<\/textarea>|(?:href|action)="[^"]*"|<code>(?:named|default)-graph-uri=[^<]*<\/code>|<input type="hidden" name="(?:named|default)-graph-uri" value="[^"]*">/g;
          const shown = path.includes(graph) && accept !== '*/*' ? text.replaceAll(echoed, '') : text;
          if (secret === 'dataset/geheim' && (path.includes('FROM') || answer.status >= 400)) continue;
          assert.ok(!shown.includes(secret), `${path} shows ${secret}: ${shown.slice(0, 300)}`);
          assert.ok(!headers.includes(secret), path);
        }
      }
    });
  }

  it('GET-anonymous: the counts are those of what is visible', async () => {
    const { quads } = (await (await ok(service.ask('/status'))).json()) as { quads: number };
    const answer = await ok(service.query('SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }', { accept: 'text/csv' }));
    assert.equal(quads, Number((await answer.text()).split('\r\n')[1]));
  });

  it('GET-anonymous-404: its own addresses answer as those of nothing', async () => {
    for (const path of hidden) {
      const answer = await service.ask(path);
      assert.equal(answer.status, 404, path);
      assert.ok(!(await answer.text()).includes('Zeergeheim'));
    }
  });

  it('GET-anonymous: an existing hidden thing and a thing that never was answer the same', async () => {
    const answers = await Promise.all(
      ['/doc/actor/verborgen', '/doc/actor/verzonnen1'].map(async (path) => {
        const answer = await service.ask(path);
        return `${answer.status} ${((await answer.json()) as { code: string }).code}`;
      }),
    );
    assert.equal(answers[0], answers[1]);
  });

  it('POST-anonymous: a validation report does not tell of it', async () => {
    const answer = await ok(
      service.ask('/validatie', { method: 'POST', headers: { 'content-type': 'text/turtle', accept: 'text/turtle' }, body: '<http://localhost:3000/id/actor/gent> <http://purl.org/dc/terms/relation> <http://localhost:3000/id/actor/verborgen> .' }),
    );
    assert.ok(!(await answer.text()).includes('Zeergeheim'));
  });

  it('GET-with-right-200: who may see it sees it in the same places', async () => {
    const { token } = service.service.tokens.create({ role: 'reader', datasets: [], restricted: ['http://localhost:3000/id/dataset/geheim'], createDatasets: false });
    for (const path of ['/datasets', '/datasets/geheim', '/datasets/geheim/inhoud.nt', '/doc/actor/verborgen', '/doc/actor/gent.nq', `/sparql?query=${everything}`]) {
      const answer = await ok(service.ask(path, { token, headers: { accept: 'text/html;q=0.1, */*' } }));
      assert.ok((await answer.text()).includes('Zeergeheim'), path);
    }
  });

  it('GET-after-another-200: an answer that is kept for who may see it is not given to who may not', async () => {
    const { token } = service.service.tokens.create({ role: 'reader', datasets: [], restricted: ['http://localhost:3000/id/dataset/geheim'], createDatasets: false });
    const path = `/sparql?query=${everything}`;
    const seen = async (options: { readonly token?: string }): Promise<boolean> => (await (await ok(service.ask(path, options))).text()).includes('Zeergeheim');
    for (const [options, expected] of [[{ token }, true], [{}, false], [{ token }, true], [{}, false]] as const) assert.equal(await seen(options), expected);
  });
});
