import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allRights } from '../../../../src/graph/principal.js';
import { Fault } from '../../../../src/faults.js';
import type { WriteOutcome } from '../../../../src/graph/api.js';
import { writerEntry } from '../../../../src/service.js';
import { WriterClient, type WriterClientOptions } from '../../../../src/graph/writer/writerClient.js';

const base = 'http://localhost:3000/';
const many = Array.from({ length: 6000 }, (_, index) => `<http://ex.org/${index}> <http://ex.org/p> "waarde ${index}" .`).join('\n');

describe('the writer as the main thread sees it', () => {
  let folder: string;
  let writer: WriterClient;
  let published: number[];

  async function open(options: Partial<WriterClientOptions> = {}): Promise<void> {
    published = [];
    writer = new WriterClient({
      dataDir: folder,
      base,
      unionDefaultGraph: true,
      reportLimit: 10,
      updateTimeout: 60_000,
      loadTimeout: 60_000,
      maxUpdateRows: 1_000_000,
      rehearse: () => Promise.resolve(),
      entry: writerEntry,
      publish: async ({ number }) => void published.push(number),
      ...options,
    });
    await writer.start();
  }

  function update(text: string): Promise<WriteOutcome> {
    return writer.write({ action: { kind: 'update', update: text }, source: 'update', note: { message: '' } }, allRights);
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'regiograaf-writer-'));
  });
  afterEach(async () => {
    await writer.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('replaces a thread whose engine outgrew its quads, and loses nothing', async function () {
    this.timeout(60_000);
    const renewed: number[] = [];
    await open({ memory: { memoryFloor: 0, memoryPerQuad: 0 }, renewing: ({ head }) => renewed.push(head?.number ?? 0) });
    for (let round = 0; round < 4 && renewed.length === 0; round += 1) {
      await update(`INSERT DATA { ${many} }`);
      await update('DELETE WHERE { ?s <http://ex.org/p> ?o }');
    }
    assert.ok(renewed.length > 0, 'never replaced');
    const last = published.at(-1) ?? 0;
    const outcome = await update('INSERT DATA { <http://ex.org/a> <http://ex.org/p> "x" }');
    assert.equal(outcome.outcome === 'committed' && outcome.commit.number, last + 1);
    assert.deepEqual(published, Array.from({ length: last + 1 }, (_, index) => index + 1));
  });

  it('gives up an update past its deadline: nothing changed, and the next write works', async function () {
    this.timeout(60_000);
    await open({ updateTimeout: 1000 });
    await update(`INSERT DATA { ${many.slice(0, many.indexOf('<http://ex.org/300>'))} }`);
    const heavy = 'INSERT { ?a <http://ex.org/q> ?n } WHERE { SELECT ?a (COUNT(*) AS ?n) { ?a ?p ?o . ?b ?q ?r . ?c ?s ?t . ?d ?u ?v } GROUP BY ?a }';
    await assert.rejects(update(heavy), (error: unknown) => error instanceof Fault && error.code === 'write-timeout' && error.data.extra?.['commit'] === undefined);
    const outcome = await update('INSERT DATA { <http://ex.org/a> <http://ex.org/p> "x" }');
    assert.equal(outcome.outcome === 'committed' && outcome.commit.number, 2);
    assert.deepEqual(published, [1, 2]);
  });
});
