import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../../src/faults.js';
import { PastReaders } from '../../src/graph/past/pastReaders.js';
import type { Sight } from '../../src/graph/past/sight.js';
import { base, TestGraph } from '../support/graph.js';

const dataset = `${base}id/dataset/proef`;
const everybody = { restricted: [] };
const log = { info: () => undefined, warn: () => undefined };
const count = { query: 'SELECT (COUNT(*) AS ?n) { ?s <http://ex.org/p> ?o }', resultFormat: 'text/csv' as const, graphFormat: 'text/turtle' };

describe('Old states that are asked for', function () {
  this.timeout(60_000);
  let graph: TestGraph;
  let states: PastReaders;
  let sights: readonly Sight[];

  before(async () => {
    graph = await TestGraph.open();
    for (const value of ['een', 'twee', 'drie', 'vier', 'vijf', 'zes']) await graph.load(dataset, `<http://ex.org/${value}> <http://ex.org/p> "${value}" .`);
    const { commit } = await graph.graph.status();
    sights = await Promise.all(Array.from({ length: 6 }, async (_, index) => (await graph.graph.at({ commit: commit - index }, everybody)).sight));
  });
  after(() => graph.close());
  afterEach(() => states.close());

  function open(options: Partial<ConstructorParameters<typeof PastReaders>[0]>): void {
    const memory = { limitBytes: 8 * 1024 ** 3, usage: () => ({ rssBytes: 0, share: 0 }) };
    states = new PastReaders({ dataDir: graph.folder, base, unionDefaultGraph: true, queryTimeout: 5000, shortTimeout: 5000, memory, log, ...options });
  }

  const ask = (sight: Sight): Promise<string> => states.use(sight, async (pool) => (await pool.run('query', { request: count, visibility: everybody }, { lane: 'query' })).body);
  const there = (): number => sights.filter((sight) => states.has(sight)).length;

  async function untilThere(most: number): Promise<void> {
    for (let attempt = 0; attempt < 400 && there() > most; attempt += 1) await sleep(25);
    assert.ok(there() <= most, `${there()} are kept`);
  }

  it('by clients that went away are not made for nobody', async () => {
    open({ patience: 1, expected: 5, idle: 3600_000 });
    for (const refused of await Promise.allSettled(sights.map(ask))) {
      assert.ok(refused.status === 'rejected' && refused.reason instanceof Fault && refused.reason.code === 'busy');
    }
    await untilThere(2);
  });

  it('all at once are all answered, and no more are kept than there is room for', async () => {
    open({ kept: 2, expected: 50, idle: 3600_000 });
    const answers = await Promise.all(sights.map(ask));
    assert.deepEqual(answers.map((body) => body.split('\r\n')[1]), ['6', '5', '4', '3', '2', '1']);
    await untilThere(2);
  });

  it('are closed when nobody asks any more', async () => {
    open({ expected: 5, idle: 20 });
    await Promise.all(sights.slice(0, 2).map(ask));
    await untilThere(0);
  });
});
