import { strict as assert } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { Fault } from '../../../../src/faults.js';
import type { QueryAnswer } from '../../../../src/graph/api.js';
import { publicOnly } from '../../../../src/graph/dataset.js';
import { ReaderPool } from '../../../../src/graph/engine/readerPool.js';
import type { ReaderPoolOptions, RunOptions } from '../../../../src/graph/engine/readerPoolOptions.js';
import { purgeText } from '../../../../src/graph/journal/purge.js';
import { base, dataset, iri, label, line, plus, TestLog } from './support.js';

const busy = (error: unknown): boolean => error instanceof Fault && error.code === 'busy' && error.data.retryAfter === 1;
const isLate = (error: unknown): boolean => error instanceof Fault && error.code === 'query-timeout';

/** Runs for hours on a few hundred quads. */
const endless = `SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j))) = 1) }`;
const counting = 'SELECT (COUNT(*) AS ?n) { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }';

function query(pool: ReaderPool, text: string, options: Partial<RunOptions> = {}): Promise<QueryAnswer> {
  const request = { query: text, resultFormat: 'text/csv', graphFormat: 'text/turtle' } as const;
  return pool.run('query', { request, visibility: publicOnly }, { lane: 'query', ...options });
}

async function count(pool: ReaderPool, options: Partial<RunOptions> = {}): Promise<number> {
  const { body } = await query(pool, counting, options);
  return Number(body.split('\n')[1]);
}

function labelOf(pool: ReaderPool, name: string, options: Partial<RunOptions> = {}): Promise<string | undefined> {
  return pool
    .run('labels', { iris: [iri(name)], visibility: publicOnly }, { lane: 'short', ...options })
    .then((labels) => labels.get(iri(name))?.['nl']);
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

function fate(pool: ReaderPool, name: string): Promise<unknown> {
  return pool.run('entity', { iri: name, visibility: publicOnly }, { lane: 'query' });
}

describe('reader pool', () => {
  let log: TestLog;
  const pools: ReaderPool[] = [];
  let replaced = 0;

  beforeEach(() => {
    log = new TestLog();
    log.describeUsual();
    log.commit(plus(...Array.from({ length: 300 }, (_, n) => line(iri(`e${n}`), label, `"${n}"@nl`, 'a'))));
    replaced = 0;
  });
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((pool) => pool.close()));
    log.close();
  });

  function make(options: Partial<ReaderPoolOptions> = {}): ReaderPool {
    const pool = new ReaderPool({
      count: 2,
      audience: 'public',
      dataDir: log.folder,
      base,
      queryTimeout: 20_000,
      shortTimeout: 20_000,
      log: { warn: () => undefined, info: (_, message) => (replaced += message.includes('outgrew') ? 1 : 0) },
      ...options,
    });
    pools.push(pool);
    return pool;
  }

  async function started(options: Partial<ReaderPoolOptions> = {}): Promise<ReaderPool> {
    const pool = make(options);
    await pool.start();
    return pool;
  }

  it('loads with progress and answers with the commit it has', async () => {
    const pool = make();
    const seen: number[] = [];
    await pool.start((_, { commit }) => seen.push(commit));
    assert.ok(seen.includes(6));
    assert.equal((await query(pool, counting)).commit, 6);
    assert.equal(await count(pool), 300);
    assert.deepEqual({ ready: pool.status().ready, commit: pool.status().commit, restarts: pool.status().restarts }, { ready: 2, commit: 6, restarts: 0 });
  });

  it('refuses to start without a log, and says why', async () => {
    const pool = make({ dataDir: `${log.folder}/nowhere` });
    await assert.rejects(pool.start(), (error: unknown) => error instanceof Fault && error.code === 'not-found');
  });

  it('passes the fault of a job on, and keeps the reader', async () => {
    const pool = await started();
    await assert.rejects(query(pool, 'SELEKT'), (error: unknown) => error instanceof Fault && error.code === 'query-syntax');
    assert.equal(pool.status().restarts, 0);
    assert.equal(await count(pool), 300);
  });

  it('ends a query at its deadline with the limit in words, while others get their answers, and comes back', async () => {
    const pool = await started();
    const late = assert.rejects(
      query(pool, endless, { timeout: 700 }),
      (error: unknown) => isLate(error) && error instanceof Fault && error.data.detail.nl.includes('0.7 seconden'),
    );
    const others = Promise.all(Array.from({ length: 40 }, (_, n) => labelOf(pool, `e${n}`)));
    const waiting = count(pool);
    assert.deepEqual(await others, Array.from({ length: 40 }, (_, n) => String(n)));
    await late;
    assert.equal(await waiting, 300);
    assert.equal(pool.status().restarts, 1);
    await until(() => pool.status().ready === 2);
  });

  it('never lends the reader of short reads to queries that kill', async () => {
    const pool = await started();
    const late = [1, 2, 3].map(() => assert.rejects(query(pool, endless, { timeout: 300 }), (error: unknown) => isLate(error) || busy(error)));
    for (let n = 0; n < 50; n++) assert.equal(await labelOf(pool, `e${n}`), String(n));
    await Promise.all(late);
  });

  it('answers short reads and queries while pages by the dozen ask for what takes long', async () => {
    const pool = make({ count: 3, patience: 60_000 });
    await pool.start();
    const pages = Array.from({ length: 60 }, () => query(pool, endless, { lane: 'own', timeout: 400 }).catch(isLate));
    for (let round = 0; round < 20; round += 1) assert.equal(await labelOf(pool, `e${round}`), String(round));
    for (let round = 0; round < 3; round += 1) assert.equal(await count(pool), 300);
    assert.ok(pool.status().waiting.own > 20, 'it had to wait for all of them');
    await pool.close();
    await Promise.all(pages);
  });

  it('answers pages while the readers of queries are at work', async () => {
    const pool = make({ count: 3, queryTimeout: 60_000 });
    await pool.start();
    const queries = Array.from({ length: 4 }, () => query(pool, endless).catch(busy));
    for (let round = 0; round < 3; round += 1) assert.equal(await count(pool, { lane: 'own' }), 300);
    await pool.close();
    await Promise.all(queries);
  });

  it('lets queries wait for a reader that is coming up, up to a limit', async () => {
    const pool = await started({ patience: 50, queryTimeout: 50 });
    const late = assert.rejects(query(pool, endless), isLate);
    await assert.rejects(query(pool, counting), busy);
    await late;
    await until(() => pool.status().ready === 2);
  });

  it('tells a query that needs more memory than its reader may have, and replaces that reader alone', async () => {
    const pool = await started({ engineBytes: 64 * 1024 ** 2 });
    const doubled = Array.from({ length: 24 }, (_, index) => `BIND(CONCAT(?x${index}, ?x${index}) AS ?x${index + 1})`).join(' ');
    await assert.rejects(
      query(pool, `SELECT (STRLEN(?x24) AS ?n) { BIND("0123456789" AS ?x0) ${doubled} }`),
      (error: unknown) => error instanceof Fault && error.code === 'memory-limit',
    );
    assert.equal(await labelOf(pool, 'e1'), '1');
    assert.equal(await count(pool), 300);
    assert.equal(pool.status().restarts, 1);
  });

  it('lets clients take turns: who used the readers much waits for who did not', async () => {
    const pool = await started({ queryTimeout: 20_000 });
    const order: string[] = [];
    const heavy = (client: string): Promise<void> => query(pool, endless, { timeout: 400, client }).then(undefined, () => void order.push(client));
    const first = heavy('much');
    await assert.doesNotReject(first);
    const again = [heavy('much'), heavy('much')];
    const other = query(pool, counting, { client: 'little' }).then(() => void order.push('little'));
    await Promise.all([...again, other]);
    assert.ok(order.indexOf('little') < order.lastIndexOf('much'), order.join(' '));
    assert.deepEqual(order.filter((client) => client === 'much').length, 3);
  });

  it('lets a query wait longer than it may run: those before it may cost readers their life', async () => {
    const pool = await started({ queryTimeout: 3000 });
    const late = [1, 2].map(() => assert.rejects(query(pool, endless), isLate));
    assert.equal(await count(pool), 300);
    await Promise.all(late);
  });

  describe('when a reader dies or outgrows its quads', () => {
    const entry = new URL('./pretendReader.js', import.meta.url);

    it('gives the job to another reader, once', async () => {
      const pool = await started({ entry });
      assert.deepEqual(await fate(pool, `once:${log.folder}/marker`), { gone: 1 });
      assert.equal(pool.status().restarts, 1);
    });

    it('gives up on a job that takes a second reader with it, and serves the others', async () => {
      const pool = await started({ entry });
      const jobs = [fate(pool, 'always'), fate(pool, 'never')];
      await assert.rejects(jobs[0] ?? Promise.resolve(), (error: unknown) => error instanceof Fault && error.code === 'memory-limit');
      assert.ok(await jobs[1]);
      assert.equal(pool.status().restarts, 2);
    });

    it('replaces a reader that cannot apply a commit, and no job sees its half state', async () => {
      const pool = await started({ entry });
      await pool.publish({ number: 99, size: 1 });
      assert.equal((await Promise.all(Array.from({ length: 5 }, () => fate(pool, 'never')))).length, 5);
      await until(() => pool.status().ready === 2);
      assert.equal(pool.status().restarts, 2);
    });

    it('replaces the reader that outgrew them, the fresh one first, and goes on answering', async () => {
      const pool = await started({ entry, memoryPerQuad: 0, memoryFloor: 5 * 1024 * 1024 });
      const done: number[] = [];
      while (done.length < 8 || (done.at(-1) ?? 0) > 3) {
        const answer = await pool.run('entity', { iri: 'never', visibility: publicOnly }, { lane: 'query' });
        assert.ok(answer && 'gone' in answer);
        done.push(answer.gone);
        assert.equal(pool.status().ready, 2);
      }
      assert.ok(done.includes(5));
      assert.ok(replaced > 0);
      assert.equal(pool.status().restarts, 0);
    });

    it('does not go on replacing readers that are large from birth', async () => {
      const pool = await started({ entry, memoryPerQuad: 0, memoryFloor: 0 });
      for (let number = 2; number < 8; number++) await pool.publish({ number, size: 1 });
      assert.equal((await fate(pool, 'never') as { gone: number }).gone, 1);
      assert.equal(pool.status().commit, 7);
      // The job made it grow; until then there was no reason.
      assert.equal(replaced, 1);
    });
  });

  it('answers every read after a publication with that commit, whatever is going on', async () => {
    const pool = await started({ count: 3, bigCommit: 20 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            size: fc.constantFrom(1, 3, 30),
            inline: fc.boolean(),
            reads: fc.array(fc.constantFrom('query' as const, 'short' as const), { maxLength: 4 }),
            wait: fc.boolean(),
            slow: fc.boolean(),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        async (steps) => {
          const reads: Promise<void>[] = [];
          const publications: Promise<void>[] = [];
          for (const { size, inline, reads: lanes, wait, slow } of steps) {
            const { header, changes } = log.commit(
              plus(...Array.from({ length: size }, (_, n) => line(iri(`n${log.journal.head?.number}-${n}`), label, '"n"@nl', 'a'))),
            );
            if (slow) reads.push(count(pool).then((n) => assert.ok(n >= 300)));
            const published = pool.publish({ number: header.number, size, ...(inline ? { changes } : {}) });
            publications.push(published);
            const expected = [...log.state].filter((text) => text.includes(label)).length;
            const read = async (lane: 'query' | 'short'): Promise<void> => {
              await published;
              const answer = await query(pool, counting, { lane });
              assert.ok(answer.commit >= header.number, `commit ${answer.commit} after ${header.number}`);
              assert.ok(Number(answer.body.split('\n')[1]) >= expected);
            };
            reads.push(...lanes.map(read));
            // Without a publication, a reader must not be ahead of its own answer: `minCommit` waits for it.
            reads.push(query(pool, counting, { minCommit: header.number }).then((answer) => assert.ok(answer.commit >= header.number)));
            if (wait) await published;
          }
          await Promise.all([...publications, ...reads]);
          assert.equal(await count(pool), [...log.state].filter((text) => text.includes(label)).length);
        },
      ),
      { numRuns: 5 },
    );
    assert.equal(pool.status().restarts, 0);
  });

  it('keeps answering while large commits go round', async () => {
    const pool = await started({ count: 2, bigCommit: 1000 });
    const done = new AbortController();
    let asked = 0;
    const loop = (async () => {
      while (!done.signal.aborted) {
        const before = pool.status().commit;
        const answer = await query(pool, counting);
        assert.ok(answer.commit >= before);
        asked += 1;
      }
    })();
    for (let round = 0; round < 3; round++) {
      const lines = Array.from({ length: 3000 }, (_, n) => line(iri(`groot${round}-${n}`), label, '"x"@nl', 'a'));
      const { header } = log.commit(plus(...lines));
      await pool.publish({ number: header.number, size: lines.length });
      assert.ok((await query(pool, counting)).commit >= header.number);
    }
    done.abort();
    await loop;
    assert.ok(asked > 0);
    assert.equal(await count(pool), 9300);
    assert.equal(pool.status().restarts, 0);
  });

  it('brings a reader that was replaced meanwhile up to date', async () => {
    const pool = await started();
    const late = assert.rejects(query(pool, endless, { timeout: 300 }), isLate);
    await late;
    const { header, changes } = log.commit(plus(line(iri('nieuw'), label, '"nieuw"@nl', 'a')));
    await pool.publish({ number: header.number, size: 1, changes });
    assert.equal(await count(pool), 301);
    assert.equal(await labelOf(pool, 'nieuw'), 'nieuw');
  });

  it('refuses what does not fit in the queue, and takes it again when there is room', async () => {
    const pool = await started({ waiting: { own: 1, query: 3, short: 2 } });
    const abort = new AbortController();
    const running = assert.rejects(query(pool, endless, { timeout: 1000 }), isLate);
    const waiting = [count(pool), count(pool), count(pool)];
    await assert.rejects(count(pool), busy);
    assert.deepEqual(pool.status().waiting, { query: 3, own: 0, short: 0 });
    const given = query(pool, counting, { signal: abort.signal }).catch((error: unknown) => error);
    assert.ok(busy(await given));
    await running;
    assert.deepEqual(await Promise.all(waiting), [300, 300, 300]);
    assert.equal(await count(pool), 300);
  });

  it('forgets a waiting job whose caller left, and ends a running one that goes on too long', async () => {
    const pool = await started({ abortGrace: 30 });
    const abort = new AbortController();
    const running = query(pool, endless, { signal: abort.signal });
    const waiting = query(pool, counting, { signal: abort.signal });
    const next = count(pool);
    abort.abort(new Error('left'));
    await assert.rejects(running, /left/u);
    await assert.rejects(waiting, /left/u);
    assert.equal(await next, 300);
    assert.equal(pool.status().restarts, 1);
  });

  it('lets a short job of a caller who left end by itself', async () => {
    const pool = await started();
    const abort = new AbortController();
    const left = assert.rejects(query(pool, counting, { signal: abort.signal }), /left/u);
    abort.abort(new Error('left'));
    await left;
    assert.equal(await count(pool), 300);
    assert.equal(pool.status().restarts, 0);
  });

  it('streams long answers without keeping a reader, and cleans up after a caller who stops', async () => {
    const lines = Array.from({ length: 12_000 }, (_, n) => line(iri(`lang${n}`), label, `"waarde ${n} é"@nl`, 'voorstel'));
    const { header } = log.commit([...plus(...lines), ...plus(line(iri('jan'), label, '"Jan"@nl', 'geheim'))]);
    const pool = await started({ count: 1 });
    const args = { dataset: dataset('voorstel'), visibility: publicOnly };
    const seen: string[] = [];
    for await (const batch of pool.stream('export', args, { lane: 'query' })) {
      seen.push(...batch);
      assert.equal(await labelOf(pool, 'e1'), '1');
    }
    assert.deepEqual(seen, lines.toSorted());
    for await (const batch of pool.stream('export', args, { lane: 'query' })) {
      assert.ok(batch.length < 12_000);
      break;
    }
    let changes = 0;
    for await (const batch of pool.stream('changes', { number: header.number, visibility: publicOnly }, { lane: 'query' })) {
      assert.ok(batch.every((change) => change.op === '+' && !change.line.includes('jan')));
      changes += batch.length;
    }
    assert.equal(changes, 12_000);
    await assert.rejects(async () => {
      for await (const batch of pool.stream('export', { ...args, dataset: dataset('geheim') }, { lane: 'query' })) assert.fail(String(batch.length));
    }, (error: unknown) => error instanceof Fault && error.code === 'unknown-dataset');
  });

  it('gives a long answer the time it needs, whatever the limit of queries', async () => {
    const lines = Array.from({ length: 20_000 }, (_, n) => line(iri(`lang${n}`), label, `"waarde ${n}"@nl`, 'voorstel'));
    log.commit(plus(...lines));
    const pool = await started({ queryTimeout: 1, shortTimeout: 1 });
    let rows = 0;
    for await (const batch of pool.stream('export', { dataset: dataset('voorstel'), visibility: publicOnly }, { lane: 'query' })) rows += batch.length;
    assert.equal(rows, 20_000);
    assert.equal(pool.status().restarts, 0);
  });

  it('starts the privileged readers at first use and closes them after a rest', async () => {
    log.commit(plus(line(iri('jan'), label, '"Jan"@nl', 'geheim'), line(iri('piet'), label, '"Piet"@nl', 'ander')));
    const pool = make({ audience: 'privileged', count: 1, idleClose: 50 });
    assert.equal(pool.status().ready, 0);
    const visibility = { restricted: [dataset('geheim')] };
    const ask = async (): Promise<unknown> => [...(await pool.run('labels', { iris: [iri('jan'), iri('piet')], visibility }, { lane: 'short' })).values()];
    assert.deepEqual(await ask(), [{ nl: 'Jan' }]);
    await until(() => pool.status().ready === 0);
    const { header, changes } = log.commit(plus(line(iri('jan'), label, '"John"@en', 'geheim')));
    await pool.publish({ number: header.number, size: 1, changes });
    assert.deepEqual(await ask(), [{ nl: 'Jan', en: 'John' }]);
    assert.equal(pool.status().restarts, 0);
  });

  it('replaces all readers after a purge, one at a time', async () => {
    const pool = await started();
    const { commit, removed } = purgeText(log.journal, '"299', { agent: { role: 'administrator' }, note: { message: 'AVG' } });
    removed.close();
    const ready: number[] = [];
    const watch = setInterval(() => ready.push(pool.status().ready), 5);
    await pool.publish({ number: commit.number, size: 1, reload: true });
    clearInterval(watch);
    assert.ok(Math.min(...ready) === 2);
    assert.equal((await query(pool, counting)).commit, commit.number);
    assert.equal(pool.status().restarts, 0);
  });

  it('answers what waits with "busy" when it closes', async () => {
    const pool = await started();
    const jobs = [query(pool, endless), query(pool, counting)].map((job) => assert.rejects(job, busy));
    await pool.close();
    await Promise.all(jobs);
    await assert.rejects(count(pool), busy);
  });
});
