import assert from 'node:assert/strict';
import { TestService } from '../support/service.js';

const line = (name: string, value: string): string => `<http://ex.org/${name}> <http://ex.org/p> "${value}" .\n`;
const quad = (name: string, value: string): string => `<http://ex.org/${name}> <http://ex.org/p> "${value}" <http://localhost:3000/id/dataset/proef> .`;

interface Difference {
  readonly van: { readonly versie: number };
  readonly tot: { readonly versie: number };
  readonly wijzigingen: Record<string, { toegevoegd: number; verwijderd: number }>;
  readonly verschil: readonly string[];
  readonly meer?: boolean;
}

describe('commits and differences over HTTP', () => {
  let test: TestService;
  let first = 0;
  let last = 0;
  const load = async (turtle: string): Promise<number> => ((await (await test.load('proef', turtle)).json()) as { versie: number }).versie;
  before(async () => {
    test = await TestService.start();
    first = await load(line('a', 'een') + line('b', 'blijft'));
    await load(line('a', 'twee') + line('b', 'blijft'));
    await load(line('a', 'twee') + line('b', 'blijft') + line('c', 'even'));
    last = await load(line('a', 'drie') + line('b', 'blijft'));
  });
  after(() => test.stop());

  const json = async <T>(path: string): Promise<T> => (await (await test.ask(path, { headers: { accept: 'application/json' } })).json()) as T;
  const diff = (query: string): Promise<Difference> => json(`/diff?${query}`);

  const hash = async (number: number): Promise<string> => (await json<{ hash: string }>(`/commits/${number}`)).hash;
  const numbers = async (path: string): Promise<number[]> => (await json<{ versies: { versie: number }[] }>(path)).versies.map(({ versie }) => versie);

  it('gives what really differs, once, whatever happened in between', async () => {
    const found = await diff(`from=${first}&to=${last}`);
    assert.deepEqual(found.verschil, [`+ ${quad('a', 'drie')}`, `- ${quad('a', 'een')}`]);
    assert.deepEqual(found.wijzigingen, { 'http://localhost:3000/id/dataset/proef': { toegevoegd: 1, verwijderd: 1 } });
    assert.deepEqual((await diff(`from=${last}&to=${first}`)).verschil, [`+ ${quad('a', 'een')}`, `- ${quad('a', 'drie')}`]);
    assert.deepEqual((await diff(`from=${first}`)).tot.versie, last, 'without to: the newest version');
    assert.deepEqual((await diff(`from=${last}&to=${last}`)).verschil, []);
  });

  it('takes times, a dataset and one thing', async () => {
    assert.equal((await diff(`from=${first}&to=2999-01-01`)).verschil.length, 2);
    assert.deepEqual((await diff(`from=${first + 1}&to=${first + 2}&entity=http://ex.org/c`)).verschil, [`+ ${quad('c', 'even')}`]);
    assert.deepEqual((await diff(`from=${first + 1}&to=${first + 2}&entity=http://ex.org/a`)).verschil, []);
    assert.equal((await diff(`from=${first}&to=${last}&dataset=proef`)).verschil.length, 2);
    assert.equal((await test.ask(`/diff?from=${first}&dataset=onbekend`)).status, 404);
    const part = await diff(`from=${first}&to=${last}&aantal=1`);
    assert.equal(part.verschil.length, 1);
    assert.equal(part.meer, true);
  });

  it('gives the same as RDF Patch, which leads from one state to the other', async () => {
    const answer = await test.ask(`/diff?from=${first}&to=${last}`, { headers: { accept: 'application/rdf-patch' } });
    assert.equal(answer.headers.get('content-type'), 'application/rdf-patch; charset=utf-8');
    const rows = (await answer.text()).trimEnd().split('\n');
    assert.deepEqual(rows, [`H id <urn:sha256:${await hash(last)}> .`, `H prev <urn:sha256:${await hash(first)}> .`, 'TX .', `A ${quad('a', 'drie')}`, `D ${quad('a', 'een')}`, 'TC .']);
  });

  it('shows a page with the difference in words', async () => {
    const page = await (await test.ask(`/diff?from=${first}&to=${last}`, { headers: { accept: 'text/html' } })).text();
    assert.match(page, /Verschil tussen versie/);
    assert.match(page, /drie/);
    assert.match(page, /verwijderd/);
  });

  it('says what is missing or wrong', async () => {
    assert.equal((await test.ask('/diff')).status, 400);
    assert.equal((await test.ask(`/diff?from=gisteren`)).status, 400);
    assert.equal((await test.ask(`/diff?from=${first}&to=999`)).status, 404);
    assert.equal((await test.ask(`/diff?from=${first}&formaat=pdf`)).status, 400);
    assert.equal((await test.ask(`/diff?from=${first}`, { headers: { accept: 'image/png' } })).status, 406);
  });

  it('lists the commits of a thing and of a dataset, in pages', async () => {
    assert.deepEqual(await numbers('/commits?entity=http://ex.org/c'), [last, first + 2]);
    assert.deepEqual(await numbers('/commits?dataset=proef'), [last, first + 2, first + 1, first]);
    assert.deepEqual(await numbers(`/commits?dataset=proef&before=${last}&aantal=2`), [first + 2, first + 1]);
    const one = await (await test.ask(`/commits/${last}?formaat=rdfp&entity=http://ex.org/c`)).text();
    assert.equal(one, `TX .\nD ${quad('c', 'even')}\nTC .\n`);
  });

  it('lists a purge among the commits of the dataset it took something from', async () => {
    const { commit } = await test.service.graph.purge({ text: 'blijft', note: { message: 'gewist' } }, { role: 'administrator', write: '*', createDatasets: true, visibility: { restricted: '*' } });
    const found = await json<{ versies: { versie: number }[] }>('/commits?dataset=proef');
    assert.equal(found.versies[0]?.versie, commit.number);
    assert.doesNotMatch(await (await test.ask(`/doc?iri=http://ex.org/b&formaat=ttl&at=${first}`)).text(), /blijft/);
    await test.load('ander', line('d', 'iets'));
    const other = await json<{ versies: { versie: number }[] }>('/commits?dataset=ander');
    assert.ok(other.versies.every(({ versie }) => versie !== commit.number));
  });
});
