import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { questions } from '../../src/datasets/questions.js';
import { resource } from '../../src/resources.js';
import { TestService } from '../support/service.js';
import { cli } from '../unit/cli/runCli.js';
import { ok, problem } from './fixture.js';

interface Results {
  readonly head: { readonly vars: readonly string[] };
  readonly results: { readonly bindings: readonly Readonly<Record<string, { readonly value: string }>>[] };
}

interface Listed {
  readonly totaal: number;
  readonly items: readonly { readonly '@id': string; readonly naam: string; readonly titel: { readonly nl: string }; readonly sparql: string; readonly eindpunt: string }[];
}

const answers = JSON.parse(readFileSync(resource('test', 'fixtures', 'competency', 'answers.json'), 'utf8')) as Record<string, { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }>;

/** The distinct rows of the columns an answer is stated in. */
function rows(body: Results, columns: readonly string[]): readonly string[] {
  return [...new Set(body.results.bindings.map((row) => JSON.stringify(columns.map((column) => row[column]?.value ?? ''))))].toSorted();
}

describe('HTTP: named questions', function () {
  this.timeout(180_000);
  let service: TestService;
  before(async () => {
    service = await TestService.start({ SEED: 'default' });
  });
  after(() => service.stop());

  for (const { name, title } of questions()) {
    it(`${name}: ${title.nl}`, async () => {
      const expected = answers[name];
      assert.ok(expected, 'no stated answer');
      const answer = await ok(service.ask(`/vragen/${name}`));
      assert.equal(answer.headers.get('content-type'), 'application/sparql-results+json');
      const body = (await answer.json()) as Results;
      assert.deepEqual(rows(body, expected.columns), expected.rows.map((row) => JSON.stringify(row)).toSorted());
      for (const row of body.results.bindings) assert.ok(row['bron'], 'a row without source');
    });
  }

  it('lists all of them for browsers, in groups with links and Dutch sentences', async () => {
    const page = await (await ok(service.ask('/vragen', { headers: { accept: 'text/html' } }))).text();
    for (const { name } of questions()) assert.ok(page.includes(`href="/vragen/${name}"`), name);
    assert.match(page, /<h2>Kernvragen<\/h2>/);
    assert.match(page, /ook wat is voorgesteld/);
  });

  it('lists all of them for programs, each with a text that gives the same answer at its endpoint', async () => {
    const list = (await (await ok(service.ask('/vragen.jsonld'))).json()) as Listed;
    assert.equal(list.totaal, questions().length);
    for (const name of ['cq01-organisaties-sro', 'cq06-overlegorganen-voorstel']) {
      const item = list.items.find(({ naam }) => naam === name);
      const expected = answers[name];
      assert.ok(item && expected);
      const endpoint = item.eindpunt.replace('http://localhost:3000', '');
      const asked = await ok(service.ask(`${endpoint}${endpoint.includes('?') ? '&' : '?'}query=${encodeURIComponent(item.sparql)}`));
      assert.deepEqual(rows((await asked.json()) as Results, expected.columns), expected.rows.map((row) => JSON.stringify(row)).toSorted());
    }
  });

  it('answers in JSON, XML, CSV and TSV, by Accept and by suffix', async () => {
    for (const [suffix, type] of [['json', 'application/json'], ['xml', 'application/xml'], ['csv', 'text/csv'], ['tsv', 'text/tab-separated-values']] as const) {
      assert.ok((await ok(service.ask(`/vragen/cq01-organisaties-sro.${suffix}`))).headers.get('content-type')?.startsWith(type));
      assert.ok((await ok(service.ask('/vragen/cq01-organisaties-sro', { headers: { accept: type } }))).headers.get('content-type')?.startsWith(type));
    }
  });

  it('shows a person the answer with its sources, the scope, and the query to change', async () => {
    const page = await (await ok(service.ask('/vragen/cq01-organisaties-sro', { headers: { accept: 'text/html' } }))).text();
    assert.match(page, /Aantal rijen: 3\./);
    assert.match(page, /alleen wat is aangenomen/);
    assert.match(page, /SRO-strategienota/);
    assert.match(page, /href="\/sparql\?query=BASE/);
    assert.match(page, /SELECT DISTINCT \?organisatie/);
  });

  it('keeps names of people from who may not see them, in every form', async () => {
    const texts = await Promise.all(['json', 'csv', 'html'].map(async (suffix) => (await ok(service.ask(`/vragen/cq05-team-sro.${suffix}`))).text()));
    for (const text of texts) {
      assert.match(text, /naam afgeschermd/);
      assert.doesNotMatch(text, /@vlaanderen\.be/);
    }
  });

  it('an unknown question is a problem that lists the known ones; an unchanged answer is 304', async () => {
    const unknown = await problem(service.ask('/vragen/bestaat-niet'), 404);
    assert.ok((unknown['toegelaten'] as readonly string[]).includes('cq01-organisaties-sro'));
    const etag = (await ok(service.ask('/vragen/cq01-organisaties-sro'))).headers.get('etag') ?? '';
    assert.equal((await service.ask('/vragen/cq01-organisaties-sro', { headers: { 'if-none-match': etag } })).status, 304);
    assert.equal((await service.ask('/vragen/cq01-organisaties-sro', { method: 'HEAD' })).status, 200);
    assert.equal((await service.ask('/vragen', { method: 'OPTIONS' })).headers.get('allow'), 'GET, HEAD, OPTIONS');
  });

  it('the command line lists and answers them, here of a running service', async () => {
    const list = await cli(['ask']);
    assert.equal(list.code, 0);
    assert.match(list.out, /cq01-organisaties-sro +Welke drie organisaties/);
    const asked = await cli(['ask', 'cq06-overlegorganen-voorstel', '--format', 'json', '--url', service.url]);
    assert.equal(asked.code, 0, asked.err);
    const expected = answers['cq06-overlegorganen-voorstel'];
    assert.ok(expected);
    assert.deepEqual(rows(JSON.parse(asked.out) as Results, expected.columns), expected.rows.map((row) => JSON.stringify(row)).toSorted());
    assert.equal((await cli(['ask', 'bestaat-niet', '--url', service.url])).code, 1);
    assert.equal((await cli(['ask', 'cq01-organisaties-sro', '--format', 'xls'])).code, 2);
  });
});
