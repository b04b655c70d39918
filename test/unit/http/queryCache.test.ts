import assert from 'node:assert/strict';
import type { QueryDocument, QueryRequest } from '../../../src/graph/api.js';
import { cacheKey, QueryCache } from '../../../src/http/sparql/queryCache.js';

const request: QueryRequest = { query: 'SELECT * { ?s ?p ?o }', resultFormat: 'text/csv', graphFormat: 'text/turtle' };
const [one, two] = ['https://example.org/1', 'https://example.org/2'];
const document: QueryDocument = { kind: 'solutions', mediaType: 'text/csv', commit: 1, bytes: new Uint8Array(3) };

describe('kept answers to queries', () => {
  it('are for callers who may see the same, and for nobody else', () => {
    const keys = [[], [one], [two], [one, two], '*' as const].map((restricted) => cacheKey(request, { restricted }));
    assert.equal(new Set(keys).size, keys.length);
    assert.equal(cacheKey(request, { restricted: [two, one] }), keys[3]);
  });

  it('are found again under another layout of the text and another deadline', () => {
    const other = { ...request, query: 'SELECT *\n{ # all\n  ?s ?p ?o }', timeout: 5 };
    assert.equal(cacheKey(other, { restricted: [] }), cacheKey(request, { restricted: [] }));
  });

  it('are made once for those who ask at the same time, but nobody gets the end of another, shorter deadline', async () => {
    const cache = new QueryCache(1024 ** 2);
    const ended: (() => void)[] = [];
    const ask = (timeout: number): Promise<unknown> =>
      cache.run('key', { head: 1, timeout }, () => new Promise((resolve) => ended.push(() => resolve(document))), new AbortController().signal);
    const asked = [ask(10), ask(10), ask(1000)];
    assert.equal(ended.length, 2);
    for (const end of ended) end();
    await Promise.all(asked);
    assert.equal(cache.get('key', 1)?.coded.bytes.length, 3);
  });
});
