import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../src/faults.js';
import { journalFile, openJournalReader } from '../../src/graph/journal/openJournal.js';
import { verifyJournal } from '../../src/graph/journal/verify.js';
import { rebase } from '../../src/graph/rebase.js';
import { administrator, base, TestGraph } from '../support/graph.js';

const to = 'https://data.voorbeeld.be/';

describe('moving a data folder to another BASE_IRI', () => {
  it('gives every address its new base, keeps history and texts, and verifies', async () => {
    const graph = await TestGraph.open();
    await graph.load(`${base}id/dataset/proef`, `<${base}id/actor/a> <http://ex.org/p> <${base}id/actor/b> , "zie ${base}id/actor/b" .`);
    await graph.update(`DELETE DATA { GRAPH <${base}id/dataset/proef> { <${base}id/actor/a> <http://ex.org/p> <${base}id/actor/b> } }`);
    await graph.graph.close();
    const before = openJournalReader(join(graph.folder, journalFile));
    const times = before.headersFrom(1, 10).map((header) => header.time);
    before.close();
    rebase({ dataDir: graph.folder, to });
    const journal = openJournalReader(join(graph.folder, journalFile));
    try {
      assert.equal(verifyJournal(journal).ok, true);
      assert.equal(journal.setting('base'), to);
      assert.deepEqual(journal.headersFrom(1, times.length).map((header) => header.time), times);
      assert.deepEqual([...journal.changes(3)].map(({ op, line }) => op + line), [
        `-<${to}id/actor/a> <http://ex.org/p> <${to}id/actor/b> <${to}id/dataset/proef> .`,
      ]);
      assert.ok([...journal.changes(2)].some(({ line }) => line.includes(`"zie ${base}id/actor/b"`)));
      assert.equal(journal.touched(`${to}id/actor/a`)?.commit, 3);
    } finally {
      journal.close();
      await graph.close();
    }
  });

  it('refuses a base that data name already, and changes nothing', async () => {
    const graph = await TestGraph.open();
    await graph.load(`${base}id/dataset/proef`, `<http://ex.org/a> <http://ex.org/p> <${to}id/actor/b> .`);
    await graph.graph.close();
    assert.throws(() => rebase({ dataDir: graph.folder, to }), (error: unknown) => error instanceof Fault && error.code === 'conflict');
    await graph.reopen();
    assert.equal((await graph.lines(`${base}id/dataset/proef`)).length, 1);
    await graph.close();
  });

  it('leaves nothing of a text that is erased afterwards in the log it kept', async () => {
    const graph = await TestGraph.open();
    await graph.load(`${base}id/dataset/proef`, '<http://ex.org/a> <http://ex.org/p> "Eva Vanhoutte" .');
    await graph.graph.close();
    const { kept } = rebase({ dataDir: graph.folder, to });
    assert.ok(existsSync(kept));
    const moved = await TestGraph.on(graph.folder, { base: to });
    await moved.graph.purge({ text: 'Eva Vanhoutte', note: { message: 'verzoek' } }, administrator);
    assert.equal(existsSync(kept), false);
    await moved.close();
  });
});
