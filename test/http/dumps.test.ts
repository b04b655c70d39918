import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { Parser } from 'n3';
import { toLine } from '../../src/rdf/nquads.js';
import { TestService } from '../support/service.js';
import { ok, problem } from './fixture.js';

const base = 'http://localhost:3000/';
const licence = 'https://creativecommons.org/publicdomain/zero/1.0/';
const open = { titel: 'Open', licentie: licence, controle: 'off' };
const content = `@prefix ex: <http://ex.org/> . ex:a ex:p "één"@nl, "1"^^<http://www.w3.org/2001/XMLSchema#integer>, "lang \\"citaat\\"\\n" ; ex:q ex:b, [ ex:r "deel" ] . ex:b a ex:Ding .`;

interface Index {
  readonly commit: string;
  readonly distribution: readonly { readonly downloadURL: string; readonly byteSize: string; readonly checksum: { readonly checksumValue: string } }[];
  readonly dataset: readonly (Omit<Index, 'dataset'> & { readonly '@id': string })[];
}

const quads = (text: string, format: string): string[] => [...new Set(new Parser({ format }).parse(text).map((quad) => toLine(quad)))].toSorted();
const longLine = (index: number): string => `<http://ex.org/${index}> <http://ex.org/p> "${'x'.repeat(4000)}" .\n`;

describe('full downloads', function () {
  this.timeout(240_000);
  let test: TestService;
  before(async () => {
    test = await TestService.start({ READERS: '2' });
    await ok(test.describe('open', open));
    await ok(test.load('open', content));
    await ok(test.describe('geheim', { ...open, titel: 'Zeergeheim', zichtbaarheid: 'restricted' }));
    await ok(test.load('geheim', '<http://ex.org/geheim> <http://ex.org/p> "Zeergeheim" .'));
    await ok(test.describe('zonder', { titel: 'Zonder licentie', controle: 'off' }));
    await ok(test.load('zonder', '<http://ex.org/zonder> <http://ex.org/p> "x" .'));
    await made();
  });
  after(() => test.stop());

  /** Waits until the downloads are of the newest commit. */
  async function made(): Promise<void> {
    const { commit } = await test.service.graph.status();
    for (const begun = Date.now(); Date.now() - begun < 120_000; await sleep(50)) {
      const response = await test.ask('/dumps');
      if (response.status === 200 && ((await response.json()) as Index).commit === String(commit)) return;
    }
    assert.fail('no downloads of the newest commit');
  }
  const index = async (): Promise<Index> => (await (await ok(test.ask('/dumps'))).json()) as Index;
  const bytes = async (path: string): Promise<Buffer> => Buffer.from(await (await ok(test.ask(path))).arrayBuffer());

  it('hold the same quads in every format, plain and compressed, as the dataset itself', async () => {
    const expected = (await (await test.ask('/datasets/open/inhoud.nq')).text()).trim().split('\n').toSorted();
    const text = (await bytes('/dumps/dataset/open.nq')).toString();
    assert.deepEqual(text.trim().split('\n').toSorted(), expected);
    const triples = expected.map((line) => line.replace(` <${base}id/dataset/open> .`, ' .'));
    assert.deepEqual(quads((await bytes('/dumps/dataset/open.ttl')).toString(), 'text/turtle'), triples);
    assert.deepEqual(quads((await bytes('/dumps/dataset/open.trig')).toString(), 'application/trig'), expected);
    for (const format of ['nq', 'ttl', 'trig']) assert.deepEqual(gunzipSync(await bytes(`/dumps/dataset/open.${format}.gz`)), await bytes(`/dumps/dataset/open.${format}`));
    const whole = quads((await bytes('/dumps/alle.nq')).toString(), 'application/n-quads');
    assert.ok(expected.every((line) => whole.includes(line)));
    assert.deepEqual(quads((await bytes('/dumps/alle.trig')).toString(), 'application/trig'), whole);
    assert.deepEqual(gunzipSync(await bytes('/dumps/alle.trig.gz')), await bytes('/dumps/alle.trig'));
    const together = quads((await bytes('/dumps/alle.ttl')).toString(), 'text/turtle');
    assert.ok(triples.every((line) => together.includes(line)));
    assert.deepEqual(together, [...new Set(quads(whole.join('\n').replaceAll(/ <[^ ]*> \.(?=\n|$)/gu, ' .'), 'application/n-quads'))]);
    assert.deepEqual(gunzipSync(await bytes('/dumps/alle.ttl.gz')), await bytes('/dumps/alle.ttl'));
  });

  it('are listed with commit, size and SHA-256, which are right', async () => {
    const { distribution, dataset, commit } = await index();
    assert.equal(commit, String((await test.service.graph.status()).commit));
    const files = [...distribution, ...dataset.flatMap((one) => one.distribution)];
    assert.ok(files.length >= 10);
    for (const { downloadURL, byteSize, checksum } of files) {
      const response = await ok(test.ask(downloadURL.slice(base.length - 1)));
      const body = Buffer.from(await response.arrayBuffer());
      const digest = createHash('sha256').update(body).digest();
      assert.equal(String(body.length), byteSize);
      assert.equal(response.headers.get('content-length'), byteSize);
      assert.equal(digest.toString('hex'), checksum.checksumValue);
      assert.equal(response.headers.get('repr-digest'), `sha-256=:${digest.toString('base64')}:`);
      assert.equal(response.headers.get('regiograaf-commit'), commit);
    }
    const page = await (await test.ask('/dumps', { headers: { accept: 'text/html' } })).text();
    assert.match(page, /\/dumps\/alle\.nq\.gz/);
    const start = await (await test.ask('/', { headers: { accept: 'text/html' } })).text();
    assert.match(start, /href="\/dumps"/, 'the foot of every page leads to them');
  });

  it('never hold a restricted dataset, nor one without a licence', async () => {
    const { dataset } = await index();
    assert.deepEqual(dataset.map((one) => one['@id']).toSorted(), [`${base}id/dataset/catalogus`, `${base}id/dataset/open`]);
    for (const ending of ['nq', 'ttl', 'trig']) {
      const all = (await bytes(`/dumps/alle.${ending}`)).toString();
      assert.ok(!/geheim/i.test(all));
      assert.ok(!all.includes('http://ex.org/zonder'));
    }
    for (const slug of ['geheim', 'zonder', 'bestaatniet']) await problem(test.ask(`/dumps/dataset/${slug}.nq`), 404);
    await problem(test.ask('/dumps/../journal.sqlite'), 404);
    await problem(test.ask('/dumps/manifest.json'), 404);
  });

  it('resume: ranges of the file as it is, never compressed on the way (RFC 9110 §14)', async () => {
    const path = '/dumps/alle.nq';
    const whole = await bytes(path);
    const first = await test.ask(path, { headers: { 'accept-encoding': 'gzip' } });
    assert.equal(first.headers.get('content-encoding'), null);
    assert.equal(first.headers.get('accept-ranges'), 'bytes');
    const tag = first.headers.get('etag') ?? '';
    const range = async (value: string, headers: Record<string, string> = {}): Promise<Response> => test.ask(path, { headers: { range: value, 'accept-encoding': 'gzip', ...headers } });
    for (const [value, start, end] of [['bytes=0-99', 0, 100], ['bytes=100-', 100, whole.length], ['bytes=-50', whole.length - 50, whole.length]] as const) {
      const part = await range(value, { 'if-range': tag });
      assert.equal(part.status, 206);
      assert.equal(part.headers.get('content-range'), `bytes ${start}-${end - 1}/${whole.length}`);
      assert.deepEqual(Buffer.from(await part.arrayBuffer()), whole.subarray(start, end));
    }
    const beyond = await range(`bytes=${whole.length + 10}-`);
    assert.equal(beyond.status, 416);
    assert.equal(beyond.headers.get('content-range'), `bytes */${whole.length}`);
    assert.equal((await range('bytes=0-99', { 'if-range': '"een-andere"' })).status, 200, 'of another version: all of it');
    assert.equal((await test.ask(path, { headers: { 'if-none-match': tag } })).status, 304);
    const head = await test.ask(path, { method: 'HEAD' });
    assert.equal(head.headers.get('content-length'), String(whole.length));
  });

  it('of which the client expects another version are refused with 412, and sent when it is the one it has', async () => {
    const [etag = ''] = [(await ok(test.ask('/dumps/alle.nq', { method: 'HEAD' }))).headers.get('etag')];
    for (const headers of [{ 'if-match': '"anders"' }, { 'if-match': 'W/"0", W/"1"' }, { 'if-unmodified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' }]) {
      const refused = test.ask('/dumps/alle.nq', { headers });
      assert.equal((await problem(refused, 412))['code'], 'precondition-failed');
      const { headers: given } = await refused;
      assert.deepEqual([given.get('etag'), given.get('content-disposition')], [null, null]);
    }
    const sent = await ok(test.ask('/dumps/alle.nq', { headers: { 'if-match': etag ?? '' } }));
    assert.ok((await sent.text()).length > 0);
  });

  it('let a running download finish while a new set takes the place of the old', async () => {
    await ok(test.load('open', content + Array.from({ length: 2_500 }, (_, index) => longLine(index)).join('')));
    await made();
    const response = await test.ask('/dumps/dataset/open.nq');
    const reader = response.body?.getReader();
    const received: Uint8Array[] = [];
    const begin = await reader?.read();
    if (begin?.value) received.push(begin.value);
    await ok(test.load('open', content));
    await made();
    await sleep(6000);
    assert.equal(readdirSync(join(test.folder, 'dumps')).length, 1, 'the old set is removed');
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) received.push(next.value);
    const body = Buffer.concat(received);
    assert.equal(String(body.length), response.headers.get('content-length'));
    assert.equal(`sha-256=:${createHash('sha256').update(body).digest('base64')}:`, response.headers.get('repr-digest'));
  });

  it('lose what is purged or becomes restricted before anything more is given out', async () => {
    await ok(test.load('open', `${content} <http://ex.org/a> <http://ex.org/naam> "Weg Ermee" .`));
    await made();
    assert.ok((await bytes('/dumps/alle.nq')).includes('Weg Ermee'));
    await test.service.graph.purge({ text: 'Weg Ermee', note: { message: 'gewist' } }, { role: 'administrator', write: '*', createDatasets: true, visibility: { restricted: '*' } });
    const after = await test.ask('/dumps/alle.nq');
    assert.ok(after.status === 503 || !(await after.text()).includes('Weg Ermee'));
    await made();
    assert.ok(!(await bytes('/dumps/alle.nq')).includes('Weg Ermee'));
    assert.ok((await bytes('/dumps/dataset/open.nq')).length > 0);
    await ok(test.describe('open', { ...open, zichtbaarheid: 'restricted' }));
    const hidden = await test.ask('/dumps/dataset/open.nq');
    assert.ok([404, 503].includes(hidden.status));
    await made();
    await problem(test.ask('/dumps/dataset/open.nq'), 404);
  });
});

describe('full downloads by other settings', function () {
  this.timeout(120_000);

  it('DUMPS=off: there are none, and the answer says where the data are', async () => {
    const test = await TestService.start({ DUMPS: 'off' });
    try {
      await ok(test.describe('open', open));
      await ok(test.load('open', content));
      for (const path of ['/dumps', '/dumps/alle.nq']) assert.match(JSON.stringify(await problem(test.ask(path), 404)), /DUMPS=off.*inhoud/);
      const catalogue = await (await test.ask('/catalog.nt')).text();
      assert.ok(!catalogue.includes('/dumps'), 'nor does the catalogue name any');
    } finally {
      await test.stop();
    }
  });

  it('DUMPS=1d: a set is made at the start, and stays although something changed', async () => {
    const test = await TestService.start({ DUMPS: '1d' });
    try {
      const commit = async (): Promise<string | null> => (await test.ask('/dumps')).headers.get('regiograaf-commit');
      await ok(test.describe('open', open));
      while ((await commit()) === null) await sleep(100);
      const first = await commit();
      for (let round = 0; round < 3; round += 1) {
        await ok(test.load('open', `${content} <http://ex.org/ronde> <http://ex.org/p> "${round}" .`));
        await sleep(1200);
      }
      assert.equal(await commit(), first);
    } finally {
      await test.stop();
    }
  });
});
