import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Fault } from '../../src/faults.js';
import type { EntityAnswer } from '../../src/graph/api.js';
import type { Visibility } from '../../src/graph/dataset.js';
import { OxigraphReplica } from '../../src/graph/engine/oxigraphReplica.js';
import type { ReaderContext } from '../../src/graph/engine/readerContext.js';
import { ReaderReplica } from '../../src/graph/engine/readerReplica.js';
import { unspool } from '../../src/graph/engine/readerSpool.js';
import { runJob } from '../../src/graph/engine/readJobs.js';
import type { JournalReader } from '../../src/graph/journal/journal.js';
import { journalFile, openJournalReader } from '../../src/graph/journal/openJournal.js';
import { pastReplica } from '../../src/graph/past/pastReplica.js';
import { administrator, base, TestGraph } from '../support/graph.js';

const datasets = ['een', 'twee'].map((name) => `${base}id/dataset/${name}`);
const entities = ['a', 'b'].map((name) => `http://ex.org/${name}`);
const node = (name: number): string => `<${base}.well-known/genid/${name}>`;

/** One step of a history: an update on entities and the nodes below them, or something done to a dataset. */
const step = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('quad' as const), dataset: fc.nat(1), subject: fc.nat(4), object: fc.nat(4), add: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('cut' as const), dataset: fc.nat(1), subject: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('describe' as const), dataset: fc.nat(1), open: fc.boolean(), proposal: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('purge' as const), value: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('snapshot' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const term = (index: number): string => (index < 2 ? `<${entities[index]}>` : node(index));
const value = (index: number): string => (index < 2 ? `"waarde ${index}"` : index === 2 ? '"01"^^<http://www.w3.org/2001/XMLSchema#integer>' : node(index));

async function carryOut(graph: TestGraph, one: Step): Promise<void> {
  switch (one.kind) {
    case 'quad':
      await graph.update(`${one.add ? 'INSERT' : 'DELETE'} DATA { GRAPH <${datasets[one.dataset]}> { ${term(one.subject)} <http://ex.org/p${one.object % 2}> ${value(one.object)} } }`);
      return;
    case 'cut':
      await graph.update(`DELETE WHERE { GRAPH <${datasets[one.dataset]}> { ${term(one.subject)} ?p ?o } }`);
      return;
    case 'describe':
      await describeAs(graph, one.dataset, one.open, one.proposal);
      return;
    case 'purge':
      await graph.graph.purge({ text: `waarde ${one.value}`, note: { message: 'gewist' } }, administrator);
      return;
    case 'snapshot':
      await graph.reopen();
  }
}

async function describeAs(graph: TestGraph, index: number, open: boolean, proposal = false): Promise<void> {
  const dataset = datasets[index] ?? '';
  await graph.write({ kind: 'describe', dataset, description: { title: { nl: `Dataset ${index}` }, status: proposal ? 'voorgesteld' : 'aangenomen', mode: 'off', visibility: open ? 'public' : 'restricted' } });
}

interface Live {
  readonly context: ReaderContext;
  readonly visibility: Visibility;
}

function live(journal: JournalReader, audience: 'public' | 'privileged', folder: string): ReaderContext {
  const replica = new ReaderReplica({ engine: new OxigraphReplica({ base }), journal, audience, base, folder });
  replica.load(undefined, () => undefined);
  return replica;
}

function sorted(answer: EntityAnswer | { readonly gone: number } | undefined): unknown {
  return answer && 'datasets' in answer ? { ...answer, datasets: answer.datasets.map(({ dataset, lines }) => ({ dataset, lines: lines.toSorted() })) } : answer;
}

async function compare({ context, visibility }: Live, dataDir: string): Promise<void> {
  const { journal, folder, commit: head } = context;
  const states = new Map<number, ReadonlySet<string>>();
  for (let number = 1; number <= head; number += 1) {
    const sight = runJob({ job: 'sight', args: { moment: { commit: number }, visibility } }, context);
    const old = pastReplica({ engine: new OxigraphReplica({ base }), journal, base, dataDir, folder, sight });
    const asked = [...entities, ...datasets, `${base}.well-known/genid/3`];
    for (const iri of asked) {
      const fromReplica = runJob({ job: 'entity', args: { iri, visibility } }, old);
      const fromLog = runJob({ job: 'fromLog', args: { number, question: { job: 'entity', args: { iri } }, visibility } }, context);
      assert.ok('answer' in fromLog);
      assert.deepEqual(sorted(fromLog.answer as typeof fromReplica), sorted(fromReplica), `${iri} after commit ${number}`);
    }
    const infos = runJob({ job: 'datasets', args: { visibility } }, old);
    const fromLog = runJob({ job: 'fromLog', args: { number, question: { job: 'datasets', args: {} }, visibility } }, context);
    assert.deepEqual('answer' in fromLog && fromLog.answer, infos, `datasets after commit ${number}`);
    const names = runJob({ job: 'labels', args: { iris: asked, visibility } }, old);
    const namesFromLog = runJob({ job: 'fromLog', args: { number, question: { job: 'labels', args: { iris: asked } }, visibility } }, context);
    assert.deepEqual('answer' in namesFromLog && namesFromLog.answer, names);
    states.set(number, new Set(old.engine.datasets.flatMap(({ iri }) => [...old.engine.lines(iri)].flat())));
  }
  for (const [from, to] of [[1, head], [head, 1], [Math.ceil(head / 2), head], [head, Math.ceil(head / 2)]] as const) {
    const rows: string[] = [];
    for await (const batch of unspool(runJob({ job: 'diff', args: { from, to, visibility } }, context))) rows.push(...batch);
    const [before, after] = [states.get(from) ?? new Set<string>(), states.get(to) ?? new Set<string>()];
    assert.deepEqual(rows.toSorted(), [...[...after].filter((line) => !before.has(line)).map((line) => `+${line}`), ...[...before].filter((line) => !after.has(line)).map((line) => `-${line}`)].toSorted(), `from ${from} to ${to}`);
  }
}

describe('the difference between two states', () => {
  it('is refused when more lies between than one request may sum up, and says how much that is', async () => {
    const graph = await TestGraph.open();
    const folder = mkdtempSync(join(tmpdir(), 'regiograaf-past-'));
    try {
      await describeAs(graph, 0, true);
      for (const name of ['a', 'b', 'c']) await graph.update(`INSERT DATA { GRAPH <${datasets[0]}> { <http://ex.org/${name}> a <http://ex.org/T> } }`);
      await graph.graph.close();
      const journal = openJournalReader(join(graph.folder, journalFile));
      const context = live(journal, 'public', folder);
      const ask = (most: number) => runJob({ job: 'diff', args: { from: context.commit - 3, to: context.commit, most, visibility: { restricted: [] } } }, context);
      assert.throws(() => ask(2), (error: unknown) => error instanceof Fault && error.code === 'too-large' && error.data.extra?.['wijzigingen'] === 3);
      assert.doesNotThrow(() => ask(3));
      journal.close();
    } finally {
      await graph.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('an old state', () => {
  it('is the same from the log as from a replica, and the difference between two is what differs, for every caller', async function () {
    this.timeout(300_000);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16 }), async (steps) => {
        const graph = await TestGraph.open();
        const folder = mkdtempSync(join(tmpdir(), 'regiograaf-past-'));
        try {
          await describeAs(graph, 0, true);
          await describeAs(graph, 1, false);
          const then = new Map<number, readonly string[]>();
          const purges = new Map<number, string>();
          for (const one of steps) {
            await carryOut(graph, one);
            const { commit } = await graph.graph.status();
            if (one.kind === 'purge') purges.set(commit, `waarde ${one.value}`);
            then.set(commit, await contents(graph));
          }
          await graph.graph.close();
          const journal = openJournalReader(join(graph.folder, journalFile));
          const everything: Live = { context: live(journal, 'privileged', folder), visibility: { restricted: '*' } };
          await compare({ context: live(journal, 'public', folder), visibility: { restricted: [] } }, graph.folder);
          await compare({ ...everything, visibility: { restricted: [datasets[1] ?? ''] } }, graph.folder);
          await compare(everything, graph.folder);
          assertAsThen(everything, then, purges, graph.folder);
          journal.close();
        } finally {
          await graph.close();
          rmSync(folder, { recursive: true, force: true });
        }
      }),
      { numRuns: 2 },
    );
  });
});

/** Data of both datasets as a reader of the time saw them. */
async function contents(graph: TestGraph): Promise<readonly string[]> {
  return (await Promise.all(datasets.map((dataset) => graph.lines(dataset)))).flat().toSorted();
}

/** What was written down at the time is what the past shows, but for what was purged since. */
function assertAsThen({ context, visibility }: Live, then: ReadonlyMap<number, readonly string[]>, purges: ReadonlyMap<number, string>, dataDir: string): void {
  for (const [number, lines] of then) {
    const sight = runJob({ job: 'sight', args: { moment: { commit: number }, visibility } }, context);
    const old = pastReplica({ ...context, engine: new OxigraphReplica({ base }), dataDir, sight });
    const erased = [...purges].filter(([purge]) => purge > number).map(([, text]) => text);
    const shown = datasets.flatMap((dataset) => [...old.engine.lines(dataset)].flat()).toSorted();
    assert.deepEqual(shown, lines.filter((line) => !erased.some((text) => line.includes(text))), `after commit ${number}`);
  }
}
