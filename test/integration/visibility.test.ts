import assert from 'node:assert/strict';
import { questions } from '../../src/datasets/questions.js';
import { collections } from '../../src/http/collections/table.js';
import { splitLine } from '../../src/rdf/nquads.js';
import type { Service } from '../../src/service.js';
import { registeredRoutes } from '../support/routes.js';
import { TestService } from '../support/service.js';

const slug = 'personen-sro';
const turtle = 'text/turtle';
const everything = 'SELECT * WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }';

interface Call {
  /** The registered path it exercises. */
  readonly route: string;
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Every route an anonymous caller can reach, with requests that go for the restricted dataset. */
function calls(base: string, secret: { entity: string; commit: number }): Call[] {
  const dataset = `${base}id/dataset/${slug}`;
  const q = encodeURIComponent;
  const accepts = ['text/html', 'application/ld+json', turtle, 'application/n-quads', 'application/trig', 'application/rdf+xml', 'application/json'];
  const each = (route: string, path: string): Call[] => accepts.map((accept) => ({ route, path, headers: { accept } }));
  const query = (text: string, more = ''): Call[] =>
    ['application/sparql-results+json', 'application/sparql-results+xml', 'text/csv', 'text/tab-separated-values', 'text/html', turtle].map((accept) => ({
      route: '/sparql',
      path: `/sparql?query=${q(text)}${more}`,
      headers: { accept },
    }));
  const triple = '<http://ex.org/a> <http://ex.org/p> "x" .';
  const relative = secret.entity.startsWith(base) ? secret.entity.slice(base.length) : `doc?iri=${q(secret.entity)}`;
  return [
    ...each('/', '/'),
    ...each('/status', '/status'),
    ...each('/metrics', '/metrics'),
    ...each('/datasets', '/datasets'),
    ...each('/catalog', '/catalog'),
    ...['ttl', 'nq', 'trig', 'jsonld', 'json', 'rdf', 'nt'].map((suffix) => ({ route: `/catalog.${suffix}`, path: `/catalog.${suffix}` })),
    ...each('/datasets/:slug', `/datasets/${slug}`),
    ...each('/datasets/:slug/inhoud', `/datasets/${slug}/inhoud`),
    ...['ttl', 'nq', 'trig', 'jsonld', 'json', 'rdf', 'nt'].map((suffix) => ({ route: `/datasets/:slug/inhoud.${suffix}`, path: `/datasets/${slug}/inhoud.${suffix}` })),
    post('/datasets/:slug/inhoud', `/datasets/${slug}/inhoud`, turtle, triple),
    post('/datasets/:slug/inhoud', `/datasets/${slug}/inhoud`, turtle, triple, 'PUT'),
    { route: '/datasets/:slug', method: 'DELETE', path: `/datasets/${slug}` },
    ...each('/graphs', `/graphs?graph=${q(dataset)}`),
    ...each('/graphs', `/graphs?graph=${q(`${dataset}/beschrijving`)}`),
    ...each('/graphs', '/graphs?default'),
    ...each('/void', '/void'),
    ...each('/.well-known/void', '/.well-known/void'),
    ...['ttl', 'nq', 'trig', 'jsonld', 'json', 'rdf', 'nt'].map((suffix) => ({ route: `/void.${suffix}`, path: `/void.${suffix}` })),
    ...each('/graphs/*name', '/graphs/personen-sro'),
    post('/graphs', `/graphs?graph=${q(dataset)}`, 'application/sparql-update', 'DELETE WHERE { ?s ?p ?o }', 'PATCH'),
    ...each('/id/*path', `/${relative}`),
    ...each('/doc/*path', `/${relative.replace(/^id\//, 'doc/')}`),
    ...each('/doc/*path', `/doc/dataset/${slug}`),
    ...each('/.well-known/genid/*id', '/.well-known/genid/een-deel'),
    ...each('/doc', `/doc?iri=${q(secret.entity)}`),
    ...each('/doc', `/doc?iri=${q(dataset)}`),
    ...query(everything),
    ...query(`SELECT (COUNT(*) AS ?n) WHERE { GRAPH <${dataset}> { ?s ?p ?o } }`),
    ...query(`SELECT * FROM <${dataset}> FROM NAMED <${dataset}/beschrijving> WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }`),
    ...query('SELECT * { ?s ?p ?o }', `&default-graph-uri=${q(dataset)}&named-graph-uri=${q(dataset)}`),
    ...query(`DESCRIBE <${secret.entity}> <${dataset}>`),
    ...query(`CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), "${dataset}")) }`),
    post('/sparql', '/sparql', 'application/sparql-query', everything),
    post('/sparql', '/sparql', 'application/x-www-form-urlencoded', `query=${q(everything)}`),
    post('/sparql/update', '/sparql/update', 'application/sparql-update', `DELETE WHERE { GRAPH <${dataset}> { ?s ?p ?o } }`),
    ...each('/commits', '/commits'),
    ...each('/commits', `/commits?dataset=${q(dataset)}`),
    ...each('/commits', `/commits?entity=${q(secret.entity)}`),
    ...each('/commits/:number', `/commits/${secret.commit}`),
    ...each('/diff', `/diff?from=1&to=${secret.commit}`),
    ...each('/diff', `/diff?from=${secret.commit}&to=1`),
    ...each('/diff', `/diff?from=1&entity=${q(secret.entity)}`),
    ...each('/diff', `/diff?from=1&dataset=${slug}`),
    { route: '/diff', path: `/diff?from=1&to=${secret.commit}&formaat=rdfp` },
    post('/commits/:number/ongedaan', `/commits/${secret.commit}/ongedaan`, 'application/x-www-form-urlencoded', ''),
    ...each('/timemap', `/timemap?iri=${q(secret.entity)}`),
    ...each('/timemap', `/timemap?iri=${q(dataset)}`),
    ...each('/timegate', `/timegate?iri=${q(secret.entity)}`),
    ...each('/doc/*path', `/${relative.replace(/^id\//, 'doc/')}${relative.includes('?') ? '&' : '?'}at=${secret.commit}`),
    ...each('/actoren', `/actoren?aantal=500&bronstatus=alle&at=${secret.commit}`),
    ...query(everything, `&at=${secret.commit}`),
    post('/validatie', '/validatie', turtle, `<${secret.entity}> <http://ex.org/p> "x" .`),
    post('/validatie', `/validatie?dataset=${slug}`, turtle, triple),
    post('/validatie', '/validatie?dataset=standaard', turtle, `<${secret.entity}> a <http://xmlns.com/foaf/0.1/Person> .`),
    post('/validatie/verschil', `/validatie/verschil?dataset=${slug}`, turtle, triple),
    ...each('/laden', '/laden'),
    post('/laden/aanmelden', '/laden/aanmelden', 'application/x-www-form-urlencoded', 'token=x'),
    post('/laden/afmelden', '/laden/afmelden', 'application/x-www-form-urlencoded', ''),
    post('/laden/controleren', '/laden/controleren', 'application/x-www-form-urlencoded', `dataset=${slug}`),
    ...each('/laden/ontwerp/:id', '/laden/ontwerp/1'),
    post('/laden/ontwerp/:id/publiceren', '/laden/ontwerp/1/publiceren', 'application/x-www-form-urlencoded', ''),
    ...each('/laden/ongedaan/:number', '/laden/ongedaan/2'),
    post('/laden/ongedaan/:number', '/laden/ongedaan/2', 'application/x-www-form-urlencoded', ''),
    post('/laden/ontwerp/:id/weggooien', '/laden/ontwerp/1/weggooien', 'application/x-www-form-urlencoded', ''),
    ...collections.flatMap(({ name }) => each(`/${name}`, `/${name}?q=sro`)),
    ...collections.flatMap(({ name }) => each(`/${name}`, `/${name}?aantal=500&bronstatus=alle`)),
    ...collections.flatMap(({ name }) => ['jsonld', 'ttl', 'csv'].map((suffix) => ({ route: `/${name}.:suffix`, path: `/${name}.${suffix}?aantal=500` }))),
    ...each('/overzicht', '/overzicht'),
    ...[`${base}id/x`, 'http://www.w3.org/ns/person#Person', 'onbekend'].flatMap((kind) => each('/overzicht', `/overzicht?soort=${q(kind)}`)),
    ...each('/ldes', '/ldes'),
    ...['alles', 'actoren', `dataset/${slug}`, `dataset/${q(dataset)}`].flatMap((stream) =>
      ['', '/p/1', '/activiteiten', '/activiteiten/p/1', '/laatste', '/momentopname', '/recent', '/keten/p/1', '?at=2020-01-01'].flatMap((page) => each('/ldes/*path', `/ldes/${stream}${page}`)),
    ),
    { route: '/ldes/lid/:commit/:id', path: `/ldes/lid/1/${'0'.repeat(20)}` },
    { route: '/ldes/dataset/:slug/gebeurtenissen', method: 'HEAD', path: `/ldes/dataset/${slug}/gebeurtenissen` },
    { route: '/ldes/:stream/gebeurtenissen', method: 'HEAD', path: '/ldes/alles/gebeurtenissen' },
    { route: '/ldes/dataset/:slug/conformiteit', path: `/ldes/dataset/${slug}/conformiteit` },
    { route: '/ldes/:stream/conformiteit', path: '/ldes/alles/conformiteit' },
    ...each('/vragen', '/vragen'),
    { route: '/vragen.jsonld', path: '/vragen.jsonld' },
    { route: '/vragen.json', path: '/vragen.json' },
    ...questions().map(({ name }) => ({ route: '/vragen/:name', path: `/vragen/${name}`, headers: { accept: 'application/sparql-results+json' } })),
    ...each('/sync', '/sync'),
    ...each('/sync/files', '/sync/files'),
    ...['alle', `dataset-${slug}`].flatMap((stream) => each('/sync/:stream', `/sync/${stream}`)),
    ...['alle', `dataset-${slug}`].flatMap((stream) => each('/sync/:stream/files', `/sync/${stream}/files`)),
    ...['alle', `dataset-${slug}`].flatMap((stream) => [
      { route: '/sync/:stream/consumer', path: `/sync/${stream}/consumer` },
      { route: '/sync/:stream/consumer.yml', path: `/sync/${stream}/consumer.yml` },
      { route: '/sync/:stream/consumer.env', path: `/sync/${stream}/consumer.env` },
      { route: '/sync/:stream/eindtoestand', path: `/sync/${stream}/eindtoestand` },
      { route: '/sync/:stream/eindtoestand', method: 'POST', path: `/sync/${stream}/eindtoestand`, headers: { 'content-type': 'application/n-triples' } },
      { route: '/sync/:stream/login', method: 'POST', path: `/sync/${stream}/login`, headers: { key: 'x' } },
    ]),
    { route: '/datasets', path: `/datasets?filter[subject]=${q(`${base}sync/dataset-${slug}`)}&filter[:has-no:next-version]=yes` },
    { route: '/datasets', path: '/datasets?include=distributions', headers: { accept: 'application/vnd.api+json' } },
    { route: '/datasets/:id', path: `/datasets/${slug}`, headers: { accept: 'application/vnd.api+json' } },
    { route: '/datasets/:id/distributions', path: `/datasets/${slug}/distributions?include=subject` },
    { route: '/distributions/:id', path: `/distributions/${slug}` },
    { route: '/distributions/:id/subject', path: `/distributions/${slug}/subject` },
    { route: '/files/:id', path: `/files/${slug}` },
    { route: '/files/:id/download', path: `/files/${slug}/download` },
    ...each('/dumps', '/dumps'),
    ...['alle.nq', 'alle.trig', 'manifest.json'].map((file) => ({ route: '/dumps/:file', path: `/dumps/${file}` })),
    ...['nq', 'ttl', 'trig'].map((suffix) => ({ route: '/dumps/dataset/:file', path: `/dumps/dataset/${slug}.${suffix}` })),
    ...each('/ns', '/ns'),
    { route: '/ns.ttl', path: '/ns.ttl' },
    { route: '/ns.jsonld', path: '/ns.jsonld' },
    { route: '/context/:name.jsonld', path: '/context/v1.jsonld' },
    { route: '/openapi.json', path: '/openapi.json' },
    ...each('/api', '/api'),
    ...each('/problemen', '/problemen'),
    ...each('/problemen/:code', '/problemen/unknown-dataset'),
  ];
}

function post(route: string, path: string, type: string, body: string, method = 'POST'): Call {
  return { route, method, path, headers: { 'content-type': type }, body };
}

/** Paths that serve files of the package, the same for everybody. */
const fixed = /^\/(assets\/|favicon|over$|privacy$|gebruiksvoorwaarden$|toegankelijkheidsverklaring$)/;

describe('a restricted dataset', () => {
  let test: TestService;
  before(async function () {
    this.timeout(180_000);
    test = await TestService.start({ SEED: 'default', READERS: '2' });
  });
  after(() => test.stop());

  it('leaves no quad, count, label or commit on any route for an anonymous caller', async function () {
    this.timeout(300_000);
    const { graph, base } = test.service;
    const dataset = `${base}id/dataset/${slug}`;
    const lines: string[] = [];
    for (const iri of [dataset, `${dataset}/beschrijving`]) for await (const batch of graph.export(iri, { restricted: '*' })) lines.push(...batch);
    assert.ok(lines.length > 10, 'the seed has a restricted dataset with content');
    const marks = await secretsOf(lines, test.service);
    const entity = lines.map((line) => splitLine(line).subject.slice(1, -1)).find((iri) => marks.includes(iri));
    assert.ok(entity, 'something only the restricted dataset describes');
    const outcome = await graph.write(
      { action: { kind: 'update', update: `INSERT DATA { GRAPH <${dataset}> { <${entity}> <http://ex.org/p> "Alleen hier" } }` }, source: 'update', note: { message: 'Alleen in deze versie' } },
      { role: 'administrator', write: '*', createDatasets: true, visibility: { restricted: '*' } },
    );
    assert.equal(outcome.outcome, 'committed');
    const commit = outcome.outcome === 'committed' ? outcome.commit.number : 0;
    marks.push('Alleen hier', 'Alleen in deze versie');
    for (const call of calls(base, { entity, commit })) await assertSilent(call, marks, test.url);
  });

  it('is tried on every route that is registered', () => {
    const tried = new Set(calls(test.base, { entity: `${test.base}id/persoon/x`, commit: 2 }).map((call) => call.route));
    const missing = registeredRoutes(test.service.app).map(({ path }) => path).filter((path) => !tried.has(path) && !fixed.test(path));
    assert.deepEqual(missing, []);
  });
});

async function assertSilent(call: Call, marks: readonly string[], url: string): Promise<void> {
  const response = await fetch(new URL(call.path, url), {
    method: call.method ?? 'GET',
    redirect: 'manual',
    ...(call.headers === undefined ? {} : { headers: call.headers }),
    ...(call.body === undefined ? {} : { body: call.body }),
  });
  const path = decodeURIComponent(call.path);
  const name = `${call.method ?? 'GET'} ${call.path} (${call.headers?.['accept'] ?? call.headers?.['content-type'] ?? ''})`;
  assert.ok(response.status < 500, `${name} answers ${response.status}`);
  if (path.includes(`datasets/${slug}`) || path.includes(`dataset=${slug}`)) assert.ok(response.status >= 400, `${name} answers ${response.status}`);
  // What the caller sent herself may come back in the answer.
  const sent = `${path} http://localhost:3000${path.replace('/doc/', '/id/')} ${path.includes(slug) ? `http://localhost:3000/id/dataset/${slug}` : ''} ${call.body ?? ''}`;
  const text = `${[...response.headers].join('\n')}\n${await response.text()}`;
  for (const mark of marks) {
    if (sent.includes(mark)) continue;
    assert.ok(!text.includes(mark), `${name} shows “${mark}”`);
  }
}

/** Texts and IRIs that stand in the restricted lines and nowhere public. */
async function secretsOf(lines: readonly string[], { graph }: Service): Promise<string[]> {
  let open = '';
  for (const { iri } of await graph.datasets({ restricted: [] })) for await (const batch of graph.export(iri, { restricted: [] })) open += `${batch.join('\n')}\n`;
  const terms = lines.flatMap((line) => {
    const { subject, object } = splitLine(line);
    return [subject, object].map((term) => (term.startsWith('<') ? term.slice(1, -1) : term.slice(1, term.lastIndexOf('"'))));
  });
  return [...new Set(terms)].filter((term) => term.length > 4 && !open.includes(term));
}
