import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { composeText } from '../../src/publication/delta/consumerConfig.js';
import { DeltaConsumer } from '../support/deltaConsumer.js';
import { Proxy } from '../support/streamReaders.js';
import { TestService } from '../support/service.js';
import { ok, prefixes } from './fixture.js';

const jsonApi = { accept: 'application/vnd.api+json' };
const base = 'http://localhost:3000/';

interface Document {
  readonly data: readonly { readonly id: string; readonly type: string; readonly attributes: Readonly<Record<string, string>>; readonly relationships?: Readonly<Record<string, { links: { related: string } }>> }[];
  readonly meta: Readonly<Record<string, unknown>>;
  readonly links: Readonly<Record<string, string>>;
  readonly errors: readonly { readonly status: string; readonly code: string; readonly detail: string; readonly links: Readonly<Record<string, string>> }[];
}

/** Without the ids that a stream adds. */
const withoutIds = (lines: Iterable<string>): string[] => [...lines].filter((line) => !line.includes('<http://mu.semte.ch/vocabularies/core/uuid>')).toSorted();

describe('LBLOD delta sync', function () {
  this.timeout(120_000);
  let test: TestService;
  before(async () => {
    test = await TestService.start({ READERS: '2', SYNC_STREAMS: 'standaarden,dataset:eigen', SYNC_CLOSED: 'standaarden' });
    await ok(test.describe('eigen', { titel: 'Eigen', controle: 'off' }));
    await caughtUp();
  });
  after(() => test.stop());

  const ask = async (path: string, status = 200): Promise<Document> => {
    const response = await test.ask(path, { headers: jsonApi });
    const text = await response.text();
    assert.equal(response.status, status, text);
    assert.match(response.headers.get('content-type') ?? '', /^application\/vnd\.api\+json/);
    return JSON.parse(text) as Document;
  };
  const update = (text: string): Promise<Response> => ok(test.ask('/sparql/update', { method: 'POST', token: true, headers: { 'content-type': 'application/sparql-update' }, body: text }));
  const insert = (triples: string): Promise<Response> => update(`${prefixes.replaceAll('@prefix', 'PREFIX').replaceAll(' .\n', '\n')} INSERT DATA { GRAPH <${base}id/dataset/eigen> { ${triples} } }`);
  const consumerOf = (stream: string, more: Partial<ConstructorParameters<typeof DeltaConsumer>[0]> = {}): DeltaConsumer =>
    new DeltaConsumer({ baseUrl: test.url, subject: `${base}sync/${stream}`, filesPath: `/sync/${stream}/files`, ...more });

  /** Waits until a stream has taken in the newest commit. */
  async function caughtUp(stream = 'alle'): Promise<void> {
    const { commit } = await test.service.graph.status();
    for (const begun = Date.now(); Date.now() - begun < 60_000; await sleep(30)) {
      const response = await test.ask(`/sync/${stream}/files`, { headers: jsonApi, token: true });
      const { meta } = (await response.json()) as Partial<Document>;
      if (response.status === 200 && Number(meta?.['commit']) >= commit) return;
    }
    assert.fail('the stream does not catch up');
  }

  /** What a stream should say of what is in the merged graph, without the ids it adds. */
  async function expected(): Promise<string[]> {
    const response = await test.query('CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }', { accept: 'application/n-triples' });
    return (await response.text()).trim().split('\n').toSorted();
  }
  it('brings the real consumer to exactly the state of the graph, and keeps it there', async () => {
    await insert('ex:een a ex:Proef ; dct:title "Één"@nl, "One"@en, "Eins"@de ; dct:extent 5 ; dct:temporal [ dct:title "deel" ] .');
    await caughtUp();
    const consumer = consumerOf('alle');
    await consumer.initialSync();
    await consumer.syncAll();
    assert.deepEqual(withoutIds(consumer.store.statements), await expected());
    await update(`DELETE WHERE { GRAPH ?g { <${base}id/actor/een> <http://purl.org/dc/terms/title> ?t } } ; INSERT DATA { GRAPH <${base}id/dataset/eigen> { <${base}id/actor/een> <http://purl.org/dc/terms/title> "Twee \\"aanhalingen\\"\\nen een regel"@nl } }`);
    await insert('ex:twee dct:relation ex:een ; dct:title "Twee" .');
    await caughtUp();
    await consumer.syncAll();
    assert.deepEqual(withoutIds(consumer.store.statements), await expected());
    // Parts that no entity leads to any more, and that become part of another one.
    for (const change of ['DELETE { GRAPH ?g { ?e dct:temporal ?n } } WHERE { GRAPH ?g { ?e dct:temporal ?n } }', 'INSERT { GRAPH ?g { ex:twee dct:temporal ?n } } WHERE { GRAPH ?g { ?n dct:title "deel" } }', 'DELETE { GRAPH ?g { ?e dct:temporal ?n } } WHERE { GRAPH ?g { ?e dct:temporal ?n } }', 'DELETE WHERE { GRAPH ?g { ?n dct:title "deel" } }']) {
      await update(`${prefixes.replaceAll('@prefix', 'PREFIX').replaceAll(' .\n', '\n')} ${change}`);
      await caughtUp();
      await consumer.syncAll();
      assert.deepEqual(withoutIds(consumer.store.statements), await expected(), change);
    }
    // Asking again brings nothing: a moment finer than a millisecond would come back for ever.
    assert.equal(await consumer.deltaSync(), 0);
    assert.ok(consumer.requests.some((url) => url.includes('//datasets/')), 'it asks with a double slash');
  });

  it('gives the dump and its parts as JSON:API on the path of the catalogue', async () => {
    const { data } = await ask(`/datasets?filter[subject]=${base}sync/alle&filter[:has-no:next-version]=yes`);
    assert.equal(data.length, 1);
    const [dataset] = data;
    assert.match(dataset?.attributes['release-date'] ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const related = dataset?.relationships?.['distributions']?.links.related ?? '';
    assert.equal(related, `/datasets/${dataset?.id}/distributions`);
    const withFile = (await ask(`/${related}?include=subject`)) as unknown as { data: { id: string; relationships: { subject: { data: { id: string } } } }[]; included: { id: string }[] };
    const file = withFile.data[0]?.relationships.subject.data.id;
    assert.equal(withFile.included[0]?.id, file);
    await ask(`/distributions/${withFile.data[0]?.id}`);
    await ask(`/files/${file}`);
    await ask(`/datasets/${dataset?.id}`);
    const turtle = await test.ask('/datasets', { headers: { accept: 'text/turtle' } });
    assert.match(turtle.headers.get('content-type') ?? '', /^text\/turtle/);
    assert.equal((await ask('/datasets')).data.some(({ attributes }) => attributes['subject'] === `${base}sync/standaarden`), false, 'a closed stream is not listed');
    assert.deepEqual((await ask(`/datasets?filter[subject]=${encodeURIComponent('http://ex.org/onbekend')}`)).data, []);
  });

  it('lists files oldest first and strictly later than since, with what a consumer needs to check', async () => {
    await insert('ex:drie dct:title "3" .');
    await insert('ex:vier dct:title "4" .');
    await caughtUp();
    const { data, meta } = await ask('/sync/alle/files');
    const moments = data.map(({ attributes }) => attributes['created'] ?? '');
    assert.deepEqual(moments, [...new Set(moments)].toSorted());
    for (const moment of moments) assert.equal(new Date(moment).toISOString(), moment);
    assert.equal(meta['count'], data.length);
    assert.equal(meta['next'], moments.at(-1));
    assert.equal(meta['sha256'], createHash('sha256').update(data.map(({ attributes }) => `${attributes['sha256']}\n`).join('')).digest('hex'));
    const since = moments.at(-2) ?? '';
    const later = await ask(`/sync/alle/files/?since=${since}`);
    assert.deepEqual(later.data.map(({ attributes }) => attributes['created']), moments.slice(-1), 'also with a slash at the end');
    const finer = await ask(`/sync/alle/files?since=${since.replace('Z', '999Z')}`);
    assert.deepEqual(finer.data.length, 1, 'finer than a millisecond is cut off');
    const zone = await ask(`/sync/alle/files?since=${new Date(Date.parse(since) + 3_600_000).toISOString().replace('Z', '+01:00')}`);
    assert.deepEqual(zone.data.length, 1);
    const [first] = (await ask(`/sync/alle/files?since=${moments[0]}&limit=1`)).data;
    assert.equal(first?.attributes['created'], moments[1]);
    assert.deepEqual((await ask('/sync/alle/files?since=2999-01-01T00:00:00.000Z')).data, []);
    assert.deepEqual((await ask(`/sync/files?since=${since}`)).data, later.data, 'at the path of consumers that are given none');
  });

  it('gives a long list in pieces, each with where the next begins', async () => {
    const { data } = await ask('/sync/alle/files');
    const found: string[] = [];
    for (let path: string | undefined = `/sync/alle/files?limit=2`; path !== undefined; ) {
      const { data: piece, meta, links } = await ask(path);
      found.push(...piece.map(({ id }) => id));
      assert.equal(meta['more'], links['next'] !== undefined);
      path = links['next'] === undefined ? undefined : `${links['next']}&limit=2`;
    }
    assert.deepEqual(found, data.map(({ id }) => id));
    for (const limit of ['0', '1001', 'veel']) await ask(`/sync/alle/files?limit=${limit}`, 400);
  });

  it('loses nothing for a consumer that is refused, cut off or kept waiting in the middle', async () => {
    const proxy = await Proxy.start(test.url);
    try {
      const consumer = consumerOf('alle', { baseUrl: proxy.url });
      await consumer.initialSync();
      await insert('ex:onderbroken dct:title "Onderbroken"@nl ; dct:extent 7 .');
      await insert('ex:onderbroken dct:description "Verder" .');
      await caughtUp();
      // The consumer does not look at the status: it stops at what is no list of changesets, and asks again at its next tick.
      const hindrances: ((res: ServerResponse) => void)[] = [
        (res) => void res.writeHead(429, { 'content-type': 'application/problem+json', 'retry-after': '1' }).end('{"status":429}'),
        (res) => void res.writeHead(503).end(),
        (res) => void res.destroy(),
        (res) => void setTimeout(() => res.destroy(), 300),
      ];
      proxy.before = (path, res) => {
        const hinder = path.includes('/download') ? hindrances.pop() : undefined;
        hinder?.(res);
        return hinder !== undefined;
      };
      let failures = 0;
      for (let done = false; !done; ) {
        try {
          await consumer.syncAll();
          done = true;
        } catch {
          failures += 1;
        }
      }
      assert.equal(failures, 4);
      assert.deepEqual(withoutIds(consumer.store.statements), await expected());
    } finally {
      await proxy.stop();
    }
  });

  it('gives each file as it was, with its digest, to be asked again for nothing', async () => {
    const { data } = await ask('/sync/alle/files');
    const { id = '', attributes } = data.at(-1) ?? { attributes: {} as Record<string, string> };
    for (const coding of ['identity', 'gzip']) {
      const response = await test.ask(`/files/${id}/download`, { headers: { ...jsonApi, 'accept-encoding': coding } });
      assert.equal(response.headers.get('content-encoding') ?? 'identity', coding);
      const text = await response.text();
      assert.equal(createHash('sha256').update(text).digest('hex'), attributes['sha256']);
      const again = await test.ask(`/files/${id}/download`, { headers: { 'if-none-match': response.headers.get('etag') ?? '' } });
      assert.equal(again.status, 304);
      for (const { inserts, deletes } of JSON.parse(text) as { inserts: object[]; deletes: object[] }[]) assert.ok(Array.isArray(inserts) && Array.isArray(deletes));
    }
  });

  it('says what is wrong: no moment, too long ago, no such stream or file', async () => {
    assert.equal((await ask('/sync/alle/files?since=gisteren', 400)).errors[0]?.code, 'bad-request');
    for (const since of ['', '2026-13-01', '2026-02-30T00:00:00Z', '12:00', '1e3']) await ask(`/sync/alle/files?since=${since}`, 400);
    const [old] = (await ask('/sync/alle/files?since=2020-01-01T00:00:00.000Z', 410)).errors;
    assert.equal(old?.status, '410');
    const way = await test.ask((old?.links['dump'] ?? '').replace(base, '/'), { headers: jsonApi });
    assert.equal(((await way.json()) as Document).data.length, 1, 'the way back to a dump');
    assert.match((await ask('/sync/bestaatniet/files', 404)).errors[0]?.detail ?? '', /alle, actoren/);
    await ask('/files/00000000-0000-5000-8000-000000000000/download', 404);
    await ask('/datasets/00000000-0000-5000-8000-000000000000/distributions', 404);
    assert.equal((await test.ask('/sync/alle/files', { method: 'DELETE' })).status, 405);
  });

  it('lets a consumer with a token into a closed stream, and answers 400 when its session is gone', async () => {
    await ask('/sync/standaarden/files', 400);
    await ask(`/datasets?filter[subject]=${base}sync/standaarden`, 400);
    for (const [key, status] of [['', 400], ['verkeerd', 403]] as const) {
      const login = await test.ask('/sync/standaarden/login', { method: 'POST', headers: { ...jsonApi, ...(key === '' ? {} : { key }) } });
      assert.equal(login.status, status);
      assert.equal(login.headers.get('set-cookie'), null);
    }
    const settings = { loginEndpoint: `${test.url}/sync/standaarden/login`, key: 'een-token-voor-de-beheerder-van-de-test' };
    await caughtUp('standaarden');
    const consumer = consumerOf('standaarden', settings);
    await consumer.initialSync();
    await consumer.syncAll();
    const other = await test.ask('/sync/standaarden/files', { headers: { ...jsonApi, cookie: 'sync=verlopen' } });
    assert.equal(other.status, 400);
    assert.equal((await test.ask('/sync/standaarden/files', { headers: jsonApi, token: true })).status, 200);
  });

  it('ends the session of a consumer when its token is withdrawn, and gives a cookie no script reads', async () => {
    const { token, info } = test.service.tokens.create({ role: 'reader', datasets: [], restricted: [], createDatasets: false });
    const login = await ok(test.ask('/sync/standaarden/login', { method: 'POST', headers: { ...jsonApi, key: token } }));
    assert.equal(login.status, 201);
    const [set = '', ...others] = login.headers.getSetCookie();
    assert.deepEqual(others, [], 'consumers take the first cookie');
    assert.match(set, /HttpOnly/);
    const headers = { ...jsonApi, cookie: set.split(';')[0] ?? '' };
    assert.equal((await test.ask('/sync/standaarden/files', { headers })).status, 200);
    assert.equal((await test.ask(`/datasets?filter[subject]=${base}sync/standaarden`, { headers })).status, 200);
    const [dump] = ((await (await test.ask(`/datasets?filter[subject]=${base}sync/standaarden`, { headers })).json()) as Document).data;
    assert.equal((await test.ask(`/datasets/${dump?.id}/distributions`, { headers: jsonApi })).status, 400, 'its parts are closed too');
    test.service.tokens.revoke(info.id);
    assert.equal((await test.ask('/sync/standaarden/files', { headers })).status, 400);
    assert.equal((await test.ask('/sync/standaarden/login', { method: 'POST', headers: { ...jsonApi, key: token } })).status, 403);
  });

  it('lets a consumer that logs in everywhere into an open stream as well', async () => {
    const consumer = consumerOf('actoren', { loginEndpoint: `${test.url}/sync/actoren/login`, key: 'een-token-voor-de-beheerder-van-de-test' });
    await consumer.initialSync();
    await consumer.syncAll();
    assert.notEqual(consumer.since, undefined);
  });

  it('follows one dataset where that is configured', async () => {
    await caughtUp('dataset-eigen');
    const consumer = consumerOf('dataset-eigen');
    await consumer.initialSync();
    await consumer.syncAll();
    const graph = (await (await test.ask('/datasets/eigen/inhoud.nt')).text()).trim().split('\n').toSorted();
    assert.deepEqual(withoutIds(consumer.store.statements), graph);
  });

  it('has a test stream whose end is known', async () => {
    const consumer = consumerOf('proef');
    await consumer.initialSync();
    assert.equal(consumer.since, '2026-01-01T00:00:00.000Z');
    await consumer.syncAll();
    const text = [...consumer.store.statements].toSorted().map((line) => `${line}\n`).join('');
    const end = await test.ask('/sync/proef/eindtoestand');
    assert.equal(await end.text(), text);
    const info = (await (await test.ask('/sync/proef', { headers: jsonApi })).json()) as { data: { attributes: { 'end-state': { sha256: string; count: number } } } };
    assert.equal(createHash('sha256').update(text).digest('hex'), info.data.attributes['end-state'].sha256);
    assert.ok(consumer.fileNames.length > 10);
  });

  it('compares what a consumer of the test stream has with what it must have, by value, as its store exports it', async () => {
    const end = await (await test.ask('/sync/proef/eindtoestand')).text();
    const compare = async (body: string, status = 200): Promise<{ gelijk: boolean; gekregen: number; ontbreekt: { aantal: number; uitspraken: string[] }; teveel: { aantal: number } }> => {
      const answer = await test.ask('/sync/proef/eindtoestand', { method: 'POST', headers: { 'content-type': 'application/n-triples' }, body });
      assert.equal(answer.status, status);
      return (await answer.json()) as Awaited<ReturnType<typeof compare>>;
    };
    const asVirtuoso = end
      .replaceAll(/[^ -~\n]/gu, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
      .replaceAll('> <', '>\t<')
      .replace('"POINT(3.7 51.05)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>', '"POINT(3.7000000476837 51.049999237061)"^^<http://www.openlinksw.com/schemas/virtrdf#Geometry>');
    assert.notEqual(asVirtuoso, end);
    for (const body of [end, asVirtuoso]) assert.equal((await compare(body)).gelijk, true);
    const [first = '', ...rest] = end.trim().split('\n');
    const other = await compare(`${rest.join('\n')}\n<http://ex.org/a> <http://ex.org/b> "c" .\n`);
    assert.deepEqual([other.gelijk, other.ontbreekt.uitspraken, other.teveel.aantal], [false, [first], 1]);
    assert.equal((await compare('')).gekregen, 0);
    await compare(`<http://ex.org/a> <http://ex.org/b> "${'x'.repeat(1_100_000)}" .`, 413);
    await compare('geen rdf', 400);
    assert.equal((await test.ask('/sync/alle/eindtoestand', { method: 'POST', headers: { 'content-type': 'application/n-triples' }, body: end })).status, 404);
  });

  it('writes the settings of the consumer for each stream', async () => {
    const text = await (await test.ask('/sync/actoren/consumer')).text();
    assert.match(text, /DCR_SYNC_BASE_URL: "http:\/\/localhost:3000"\n/);
    assert.match(text, /DCR_SYNC_FILES_PATH: "\/sync\/actoren\/files"/);
    assert.ok(!text.includes('DCR_SECRET_KEY'));
    assert.match(text, /^# In een container is localhost die container zelf/m, 'this installation is on localhost');
    assert.ok(!composeText('https://regiograaf.example.org/', { name: 'actoren', closed: false }).includes('localhost'));
    const env = await (await test.ask('/sync/standaarden/consumer.env')).text();
    assert.match(env, /^DCR_SYNC_LOGIN_ENDPOINT=http:\/\/localhost:3000\/sync\/standaarden\/login$/m);
    const page = await (await test.ask('/sync/actoren/consumer', { headers: { accept: 'text/html' } })).text();
    assert.match(page, /DCR_SYNC_DATASET_SUBJECT: &quot;http:\/\/localhost:3000\/sync\/actoren&quot;/);
    for (const path of ['/sync', '/sync/alle', '/sync/proef', '/en/sync/alle']) assert.match(await (await test.ask(path, { headers: { accept: 'text/html' } })).text(), /<h1>/);
  });

  it('resumes a dump that broke off', async () => {
    const { data } = await ask(`/datasets?filter[subject]=${base}sync/proef&include=distributions`);
    const document = (await ask(`/datasets/${data[0]?.id}/distributions`)) as unknown as { data: { relationships: { subject: { data: { id: string } } } }[] };
    const path = `/files/${document.data[0]?.relationships.subject.data.id}/download`;
    const whole = await test.ask(path);
    const bytes = new Uint8Array(await whole.arrayBuffer());
    const rest = await test.ask(path, { headers: { range: 'bytes=1000-', 'if-range': whole.headers.get('etag') ?? '' } });
    assert.equal(rest.status, 206);
    assert.deepEqual(new Uint8Array(await rest.arrayBuffer()), bytes.slice(1000));
  });

  it('keeps a consumer in sync when a dataset is dropped', async () => {
    await ok(test.describe('tijdelijk', { titel: 'Tijdelijk', controle: 'off' }));
    await ok(test.load('tijdelijk', '<http://ex.org/tijdelijk> <http://ex.org/p> "even"@nl, [ <http://ex.org/q> "deel" ] .'));
    await caughtUp();
    const consumer = consumerOf('alle');
    await consumer.initialSync();
    await consumer.syncAll();
    assert.ok([...consumer.store.statements].some((line) => line.includes('"even"@nl')));
    await ok(test.ask('/datasets/tijdelijk', { method: 'DELETE', token: true }));
    await caughtUp();
    await consumer.syncAll();
    assert.deepEqual(withoutIds(consumer.store.statements), await expected());
    const ids = [...consumer.store.statements].filter((line) => !withoutIds([line]).length).map((line) => line.split(' ')[0]);
    const subjects = new Set(withoutIds(consumer.store.statements).map((line) => line.split(' ')[0]));
    assert.deepEqual(new Set(ids), subjects, 'an id for every subject, and for no other');
  });

  it('forgets what became restricted at once: old files are gone, and the new dump does not say it', async () => {
    await ok(test.describe('straks-geheim', { titel: 'Straks geheim', controle: 'off' }));
    await ok(test.load('straks-geheim', '<http://ex.org/geheim> <http://ex.org/p> "Alleen hier" .'));
    await caughtUp();
    const before = await ask('/sync/alle/files');
    const consumer = consumerOf('alle');
    await consumer.initialSync();
    await consumer.syncAll();
    assert.ok([...consumer.store.statements].some((line) => line.includes('Alleen hier')));
    await ok(test.describe('straks-geheim', { titel: 'Straks geheim', controle: 'off', zichtbaarheid: 'restricted' }));
    for (const { id } of before.data) await ask(`/files/${id}/download`, 410);
    await caughtUp();
    await ask(`/sync/alle/files?since=${consumer.since}`, 410);
    const fresh = consumerOf('alle');
    await fresh.initialSync();
    await fresh.syncAll();
    assert.ok(![...fresh.store.statements].some((line) => line.includes('Alleen hier')));
    assert.deepEqual(withoutIds(fresh.store.statements), await expected());
  });
});

describe('a consumer that comes while the first dump is being made', () => {
  it('gets that dump at its first question, and is not told that there is none', async () => {
    const test = await TestService.start();
    try {
      const consumer = new DeltaConsumer({ baseUrl: test.url, subject: `${base}sync/alle`, filesPath: '/sync/alle/files' });
      await consumer.initialSync();
      await consumer.syncAll();
      assert.notEqual(consumer.since, undefined);
    } finally {
      await test.stop();
    }
  });
});
