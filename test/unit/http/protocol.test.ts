import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Fault } from '../../../src/faults.js';
import { parseForm } from '../../../src/http/form.js';
import { isVolatile, sparqlKind } from '../../../src/http/sparql/kind.js';
import { Buckets } from '../../../src/http/middleware/rateLimit.js';
import { Sessions, type Draft } from '../../../src/http/load/sessions.js';
import { CommitCache } from '../../../src/http/commitCache.js';

describe('reading requests', () => {
  it('forms come back as URLSearchParams writes them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }))), (pairs) => {
        assert.deepEqual(parseForm(new URLSearchParams(pairs).toString()).entries, pairs);
      }),
    );
  });

  it('broken escapes and bytes that are no UTF-8 are refused', () => {
    for (const text of ['a=%', 'a=%f', '%zz=1', 'a=%ff%fe', 'a=%C0%80']) assert.throws(() => parseForm(text), Fault);
  });

  it('the kind of a SPARQL text is its first word after the prologue', () => {
    const cases: readonly (readonly [string, string | undefined])[] = [
      ['select * {}', 'solutions'],
      ['# SELECT\nPREFIX ask: <http://a/#x>\r\nBASE <http://b/>\nCONSTRUCT WHERE {}', 'graph'],
      ['PREFIX:<a:>DESCRIBE<a:b>', 'graph'],
      ['\ufeffASK{}', 'boolean'],
      ['WITH <a:b> DELETE {} WHERE {}', 'update'],
      ['PREFIX a: <a:> # INSERT\n clear all', 'update'],
      ['PREFIX a: <a b> SELECT', undefined],
      ['', undefined],
      ['FOO', undefined],
    ];
    for (const [text, kind] of cases) assert.equal(sparqlKind(text), kind, text);
    fc.assert(fc.property(fc.string(), (text) => void sparqlKind(text)));
    assert.equal(sparqlKind(`BASE ${'# '.repeat(100_000)}`), undefined);
  });

  it('queries that may differ without a commit are known', () => {
    assert.equal(isVolatile('SELECT (now() AS ?x) {}'), true);
    assert.equal(isVolatile('SELECT ?knowing {}'), false);
  });
});

describe('keeping state', () => {
  it('a bucket allows its number at once, then one each time it has refilled', () => {
    const buckets = new Buckets(60);
    for (let index = 0; index < 60; index += 1) assert.equal(buckets.take('a', 0), 0);
    assert.equal(buckets.take('a', 0), 1000);
    assert.equal(buckets.take('b', 0), 0);
    assert.equal(buckets.take('a', 1000), 0);
    assert.ok(buckets.take('a', 1000) > 0);
  });

  it('sessions end after their time, and drafts that go away are told of', () => {
    let now = 0;
    const dropped: string[] = [];
    const sessions = new Sessions((draft) => dropped.push(draft.fileName), () => now);
    const session = sessions.open('token');
    const draft = (fileName: string): Draft => sessions.keep(session, { fileName, dataset: 'a:d', mode: 'add', document: { path: '', quads: 0, blankNodes: false, digest: '' } });
    for (let index = 1; index <= 6; index += 1) draft(`bestand${index}`);
    assert.deepEqual(dropped, ['bestand1']);
    assert.equal(sessions.find(session.id), session);
    now = 9 * 60 * 60 * 1000;
    assert.equal(sessions.find(session.id), undefined);
    assert.equal(dropped.length, 6);
  });

  it('a kept answer counts for its commit only, and too large ones are not kept', () => {
    const cache = new CommitCache<string>(16_000, (text) => text.length);
    cache.set('a', 1, 'een');
    assert.equal(cache.get('a', 1), 'een');
    assert.equal(cache.get('a', 2), undefined);
    cache.set('b', 1, 'x'.repeat(1000));
    assert.equal(cache.get('b', 1), undefined);
  });
});
