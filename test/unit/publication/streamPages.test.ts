import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathOf, readPath, type PageAddress } from '../../../src/publication/ldes/address.js';
import { StreamLint } from '../../../src/publication/ldes/lint.js';
import type { LintReport } from '../../../src/publication/ldes/lintRules.js';
import { cacheControl, streamIri } from '../../../src/publication/ldes/hypermedia.js';
import { composePage, pageState, type PageState } from '../../../src/publication/ldes/streamPages.js';
import { openStreamStore, type StreamStore } from '../../../src/publication/ldes/streamStore.js';
import { writePage } from '../../../src/publication/ldes/writePage.js';
import { openStore } from '../../../src/publication/versions/schema.js';

const base = 'http://localhost:3000/';
const now = Date.parse('2026-11-22T12:00:00Z');
const start = Date.parse('2026-01-01T00:00:00Z');
const root: PageAddress = { stream: 'alles', flavour: 'versies', view: 'alles', page: { kind: 'root' } };
const about = { base, origin: base, title: { nl: 'Alles', en: 'Everything' }, licence: `${base}licentie` };

/** A store with one version on each of many pages. */
function storeOf(folder: string, pages: number): StreamStore {
  const path = join(folder, `${pages}.sqlite`);
  const db = openStore(path);
  db.transaction(() => {
    db.exec("INSERT INTO scope (id, name) VALUES (1, 'merged'); INSERT INTO collection (id, name) VALUES (0, '')");
    for (let number = 1; number <= pages; number += 1) {
      const sequence = number * 2 ** 24 + 1;
      db.prepare('INSERT INTO page VALUES (1, 0, ?, ?, ?, ?, 1)').run(number, start + number, sequence, sequence);
      db.prepare("INSERT INTO version (sequence, scope, entity, time, kind) VALUES (?, 1, 'http://ex.org/e' || ?, ?, 2)").run(sequence, number, start + number);
      db.prepare('INSERT INTO member (scope, collection, sequence, present, last) VALUES (1, 0, ?, 0, 1)').run(sequence);
    }
  })();
  db.close();
  const store = openStreamStore(path, base);
  assert.ok(store);
  return store;
}

function state(store: StreamStore, address: PageAddress): PageState {
  const answer = pageState(store, address, now);
  assert.equal(answer.answer, 'page', pathOf(address));
  return answer.answer === 'page' ? answer.page : assert.fail();
}

function leavesOf(store: StreamStore, address: PageAddress): { readonly leaves: string[]; readonly index: string | undefined; readonly last: string | undefined } {
  const { hypermedia } = composePage(store, state(store, address), about, now);
  const targets = [...new Set(hypermedia.flatMap((line) => /tree#node> <([^>]+)>/.exec(line)?.[1] ?? []))];
  return { leaves: targets.filter((url) => url.includes('/p/')), index: targets.find((url) => url.includes('/index/')), last: targets.at(-1) };
}

/** What the lint says of a store; which store a page is of, and what is made of its text, may be chosen. */
async function linted(storeAt: (url: string) => StreamStore, change: (url: string, text: string) => string = (_url, text) => text): Promise<LintReport> {
  return StreamLint.run(base + pathOf(root), async (url) => {
    const address = readPath(url.slice(`${base}ldes/`.length));
    assert.ok(address);
    const store = storeAt(url);
    const page = state(store, address);
    const text = writePage(composePage(store, page, about, now), 'nquads', streamIri(base, address));
    return { url, body: change(url, text), cacheControl: cacheControl(page.complete), vary: 'Accept', etag: String(page.state) };
  });
}

describe('pages of a stream', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'regiograaf-pages-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const pages of [0, 1, 499, 500, 501, 750, 1300]) {
    it(`links each of ${pages} pages once; old ones by a chain of index pages that never change, named last`, () => {
      const store = storeOf(folder, pages);
      const found: string[] = [];
      let address: PageAddress | undefined = root;
      while (address) {
        const { leaves, index, last } = leavesOf(store, address);
        assert.ok(leaves.length <= 500);
        found.push(...leaves);
        if (index !== undefined) assert.equal(last, index, 'the link to older pages comes last');
        address = index === undefined ? undefined : readPath(index.slice(`${base}ldes/`.length));
        if (address) assert.ok(state(store, address).complete, 'an index page never changes');
      }
      const all = Array.from({ length: pages }, (_, at) => `${base}ldes/alles/p/${at + 1}`);
      assert.deepEqual(found.toSorted(), all.toSorted());
      assert.equal(state(store, root).complete, false);
      store.close();
    });
  }

  it('is sound to the lint with index pages too, which finds a page that is linked twice', async () => {
    const store = storeOf(folder, 1000);
    const report = await linted(() => store);
    assert.deepEqual([report.findings, report.members, report.whole], [[], 1000, true]);
    const twice = await linted(() => store, (url, text) => (url.endsWith('/index/1') ? text.replaceAll('/p/1>', '/p/1000>') : text));
    assert.ok(twice.findings.some(({ rule }) => rule === 'linked-once'));
    store.close();
  });

  it('is sound to the lint while it grows, but not when its newest page says that it never changes', async () => {
    const [small, large] = [storeOf(folder, 3), storeOf(folder, 4)];
    let asked = 0;
    const grown = await linted(() => ((asked += 1) === 1 ? small : large));
    assert.deepEqual(grown.findings, []);
    assert.equal(grown.members, 3);
    const { findings } = await linted(() => small, (url, text) => (url.endsWith('/p/3') ? `<${url}> <https://w3id.org/ldes#immutable> "true" .\n${text}` : text));
    assert.deepEqual([...new Set(findings.map(({ rule }) => rule))], ['immutable']);
    for (const store of [small, large]) store.close();
  });

  it('keeps an index page the same while the stream grows', () => {
    const [small, large] = [storeOf(folder, 800), storeOf(folder, 1400)];
    const index: PageAddress = { ...root, page: { kind: 'index', generation: '', number: 2 } };
    assert.deepEqual(composePage(small, state(small, index), about, now), composePage(large, state(large, index), about, now));
    for (const store of [small, large]) store.close();
  });

  it('keeps a page of a snapshot the same while the stream grows', () => {
    const [small, large] = [storeOf(folder, 20), storeOf(folder, 23)];
    const page: PageAddress = { ...root, view: 'momentopname', page: { kind: 'leaf', generation: '', number: 3, until: 8 } };
    assert.deepEqual(composePage(small, state(small, page), about, now), composePage(large, state(large, page), about, now));
    assert.ok(state(small, page).complete);
    for (const store of [small, large]) store.close();
  });

  it('drops from the recent view what is older than its policy says', () => {
    const store = storeOf(folder, 5);
    const recent: PageAddress = { ...root, view: 'recent' };
    const leaf: PageAddress = { ...recent, page: { kind: 'leaf', generation: '', number: 5 } };
    const month = 30 * 24 * 3_600_000;
    assert.equal(composePage(store, state(store, leaf), about, start + month).members.length, 1);
    assert.equal(composePage(store, state(store, leaf), about, start + month + 7_200_000).members.length, 0);
    store.close();
  });

  it('reads the addresses it writes, and no others', () => {
    for (const path of ['alles', 'alles/p/1', 'alles/p/57e-3', 'alles/activiteiten/p/2', 'dataset/a/laatste/p/4', 'dataset/a/activiteiten/momentopname/8/p/5-3', 'alles/index/2', 'actoren/keten/p/1']) {
      const address = readPath(path);
      assert.ok(address, path);
      assert.equal(pathOf(address), `ldes/${path}`);
    }
    for (const path of ['', 'dataset', 'alles/p', 'alles/p/0', 'alles/p/01', 'alles/p/1/2', 'alles/q/1', 'alles/laatste/index/1', 'alles/activiteiten/keten', 'alles/momentopname/p/1', 'alles/p/-1']) {
      assert.equal(readPath(path), undefined, path);
    }
  });
});
