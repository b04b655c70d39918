import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { Fault } from '../../src/faults.js';
import type { WriteOutcome } from '../../src/graph/api.js';
import type { Change } from '../../src/graph/changeset.js';
import type { Visibility } from '../../src/graph/dataset.js';
import { applyTo } from '../../src/graph/changes/algebra.js';
import { standardDataset } from '../../src/graph/catalogue.js';
import { journalFile, openJournal, openJournalReader } from '../../src/graph/journal/openJournal.js';
import { purgeText } from '../../src/graph/journal/purge.js';
import { replay } from '../../src/graph/journal/replay.js';
import { verifyJournal } from '../../src/graph/journal/verify.js';
import { writeSnapshot } from '../../src/graph/snapshot/writeSnapshot.js';
import { readStaged } from '../../src/graph/stagedFile.js';
import { administrator, base, TestGraph } from '../support/graph.js';

const dataset = `${base}id/dataset/proef`;
const draft = `${base}id/dataset/voorstel`;
const hidden = `${base}id/dataset/afgeschermd`;

async function described(): Promise<TestGraph> {
  const graph = await TestGraph.open();
  const describe = (iri: string, status: 'aangenomen' | 'voorgesteld', visibility: 'public' | 'restricted') =>
    graph.write({ kind: 'describe', dataset: iri, description: { title: { nl: 'Proef' }, status, mode: 'enforce', visibility } });
  await describe(dataset, 'aangenomen', 'public');
  await describe(draft, 'voorgesteld', 'public');
  await describe(hidden, 'aangenomen', 'restricted');
  return graph;
}

describe('the graph, writer and readers together', () => {
  let graph: TestGraph;
  beforeEach(async () => {
    graph = await described();
  });
  afterEach(() => graph.close());

  it('shows a committed load to the next read, and keeps it over a restart', async () => {
    const outcome = await graph.load(dataset, '<http://ex.org/a> <http://ex.org/p> "één", "twee"@nl .');
    assert.equal(outcome.outcome, 'committed');
    const query = 'SELECT ?o WHERE { <http://ex.org/a> ?p ?o } ORDER BY ?o';
    assert.deepEqual((await graph.select(query)).map((row) => row['o']?.value), ['twee', 'één']);
    await graph.reopen();
    assert.equal((await graph.select(query)).length, 2);
  });

  for (const mode of ['add', 'replace'] as const) {
    it(`commits nothing when the same file with blank nodes is loaded twice (${mode})`, async () => {
      const text = `@prefix ex: <http://ex.org/> .
        ex:a ex:address [ ex:street "Kerkstraat" ; ex:place [ ex:name "Gent" ] ] , [ ex:street "Dorp" ] ; ex:list ( 1 2 [ ex:x "y" ] ) .
        [] ex:knows _:b . _:b ex:knows [] .`;
      assert.equal((await graph.load(dataset, text, mode)).outcome, 'committed');
      const before = await graph.lines(dataset);
      assert.equal((await graph.load(dataset, text, mode)).outcome, 'unchanged');
      assert.deepEqual(await graph.lines(dataset), before);
    });
  }

  it('applies all operations of an update or none', async () => {
    const graphIri = `<${dataset}>`;
    const before = await graph.lines(dataset);
    await assert.rejects(
      graph.update(`INSERT DATA { GRAPH ${graphIri} { <http://ex.org/a> <http://ex.org/p> 1 } } ;
        INSERT DATA { GRAPH ${graphIri} { <http://ex.org/b> <http://ex.org/p> 2 } } ;
        LOAD <http://ex.org/elders.ttl>`),
      (error: unknown) => error instanceof Fault && error.code === 'operation-refused',
    );
    assert.deepEqual(await graph.lines(dataset), before);
    const outcome = await graph.update(`INSERT DATA { GRAPH ${graphIri} { <http://ex.org/a> <http://ex.org/p> 1 } } ;
        DELETE { GRAPH ${graphIri} { ?s ?p 1 } } INSERT { GRAPH ${graphIri} { ?s ?p 2 } } WHERE { GRAPH ${graphIri} { ?s ?p 1 } }`);
    assert.equal(outcome.outcome, 'committed');
    assert.deepEqual(await graph.lines(dataset), [`<http://ex.org/a> <http://ex.org/p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> <${dataset}> .`]);
  });

  it('writes what has no graph to the dataset standaard', async () => {
    await graph.update('INSERT DATA { <http://ex.org/a> <http://ex.org/p> "x" }');
    assert.equal((await graph.lines(standardDataset(base))).length, 1);
  });

  it('keeps the form in which a number was written, and deletes it by value bound in WHERE', async () => {
    const int = '"5"^^<http://www.w3.org/2001/XMLSchema#int>';
    await graph.load(dataset, `<http://ex.org/a> <http://ex.org/p> ${int} .`);
    assert.deepEqual(await graph.lines(dataset), [`<http://ex.org/a> <http://ex.org/p> ${int} <${dataset}> .`]);
    const outcome = await graph.update(`DELETE WHERE { GRAPH <${dataset}> { ?s ?p ?o } }`);
    assert.equal(outcome.outcome, 'committed');
    assert.deepEqual(await graph.lines(dataset), []);
  });

  it('leaves proposals out of the default graph and restricted datasets out of everything public', async () => {
    await graph.load(draft, '<http://ex.org/a> <http://ex.org/p> "voorstel" .');
    await graph.load(hidden, '<http://ex.org/a> <http://ex.org/p> "geheim" .');
    const all = await graph.select('SELECT ?o WHERE { { ?s <http://ex.org/p> ?o } UNION { GRAPH ?g { ?s <http://ex.org/p> ?o } } }');
    assert.deepEqual(all.map((row) => row['o']?.value), ['voorstel']);
    const privileged = await graph.select('SELECT ?o WHERE { ?s <http://ex.org/p> ?o }', administrator);
    assert.deepEqual(privileged.map((row) => row['o']?.value), ['geheim']);
  });

  const ageShape = `@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex.org/> .
    ex:PersonShape a sh:NodeShape ; sh:targetClass ex:Person ; sh:property ex:age .
    ex:age sh:path ex:age ; sh:minCount 1 ; sh:message "Geef de leeftijd op."@nl , "Give the age."@en .`;

  it('judges by a shape from the commit on that brings it, and reports what the data said before', async () => {
    const shapes = `${base}id/dataset/vormen`;
    await graph.load(dataset, '<http://ex.org/old> a <http://ex.org/Person> .');
    const added = await graph.load(shapes, ageShape);
    assert.equal(added.outcome, 'committed');
    const reported = added.outcome === 'committed' ? added.report.results.filter((result) => result.severity === 'Violation') : [];
    assert.deepEqual(reported.map((result) => result.focusNode), ['<http://ex.org/old>']);
    const refused = await graph.load(dataset, '<http://ex.org/new> a <http://ex.org/Person> .');
    assert.equal(refused.outcome, 'rejected');
    const [result] = refused.outcome === 'rejected' ? refused.report.results : [];
    assert.deepEqual([result?.focusNode, result?.line, result?.messages['nl']], ['<http://ex.org/new>', 1, 'Geef de leeftijd op.']);
    await graph.reopen();
    assert.equal((await graph.load(dataset, '<http://ex.org/new> a <http://ex.org/Person> .')).outcome, 'rejected');
    assert.equal((await graph.load(dataset, '<http://ex.org/new> a <http://ex.org/Person> ; <http://ex.org/age> 40 .')).outcome, 'committed');
  });

  it('takes no shapes that make no sense, and none from other datasets', async () => {
    const broken = '<http://ex.org/S> a <http://www.w3.org/ns/shacl#NodeShape> ; <http://www.w3.org/ns/shacl#property> [ <http://www.w3.org/ns/shacl#minCount> 1 ] .';
    await assert.rejects(graph.load(`${base}id/dataset/vormen`, broken), (error: unknown) => error instanceof Fault && error.code === 'shapes-invalid');
    await graph.load(dataset, ageShape);
    assert.equal((await graph.load(dataset, '<http://ex.org/new> a <http://ex.org/Person> .')).outcome, 'committed');
  });

  it('changes nothing when the third operation of an update breaks a shape', async () => {
    await graph.load(`${base}id/dataset/vormen`, ageShape);
    const before = await graph.lines(dataset);
    const outcome = await graph.update(`INSERT DATA { GRAPH <${dataset}> { <http://ex.org/a> <http://ex.org/p> 1 } } ;
      INSERT DATA { GRAPH <${dataset}> { <http://ex.org/b> <http://ex.org/p> 2 } } ;
      INSERT DATA { GRAPH <${dataset}> { <http://ex.org/c> a <http://ex.org/Person> } }`);
    assert.equal(outcome.outcome, 'rejected');
    assert.deepEqual(await graph.lines(dataset), before);
    assert.deepEqual(await graph.select('SELECT ?o { <http://ex.org/a> ?p ?o }'), []);
  });

  it('refuses a write without the right, and nothing changes', async () => {
    const steward = { ...administrator, role: 'steward' as const, write: [draft], createDatasets: false, visibility: { restricted: [] } };
    const head = (await graph.graph.status()).commit;
    await assert.rejects(
      graph.update(`INSERT DATA { GRAPH <${dataset}> { <http://ex.org/a> <http://ex.org/p> 1 } }`, steward),
      (error: unknown) => error instanceof Fault && error.code === 'forbidden',
    );
    await assert.rejects(
      graph.update(`INSERT DATA { GRAPH <${hidden}> { <http://ex.org/a> <http://ex.org/p> 1 } }`, steward),
      (error: unknown) => error instanceof Fault && ['unknown-dataset', 'forbidden'].includes(error.code),
    );
    assert.equal((await graph.graph.status()).commit, head);
  });

  it('erases a text for good: from log, store, snapshots and files, and verify still passes', async () => {
    const secret = 'Eva Vanhoutte-Geheim';
    await graph.load(dataset, `<http://ex.org/a> <http://ex.org/naam> "${secret}" ; <http://ex.org/p> "blijft" .`);
    await graph.load(dataset, '<http://ex.org/a> <http://ex.org/naam> "Eva" .', 'replace');
    await graph.load(dataset, `<http://ex.org/b> <http://ex.org/naam> "${secret}" .`);
    const { quads } = await graph.graph.purge({ text: secret, note: { message: 'verzoek tot wissen' } }, administrator);
    assert.equal(quads, 1);
    assert.deepEqual(await graph.select(`SELECT ?s WHERE { ?s ?p ?o FILTER(CONTAINS(STR(?o), "Vanhoutte")) }`), []);
    await graph.graph.close();
    for (const file of await files(graph.folder)) assert.ok(!holds(await readFile(file), secret), `${file} still holds the text`);
    const journal = openJournalReader(join(graph.folder, journalFile));
    assert.equal(verifyJournal(journal).ok, true);
    journal.close();
    await graph.reopen();
    assert.deepEqual(await graph.lines(dataset), [`<http://ex.org/a> <http://ex.org/naam> "Eva" <${dataset}> .`]);
  });

  it('erases a text also from snapshots that a killed process left behind', async () => {
    const secret = 'Eva Vanhoutte-Geheim';
    await graph.load(dataset, `<http://ex.org/a> <http://ex.org/naam> "${secret}" .`);
    await graph.graph.close();
    const journal = openJournal(join(graph.folder, journalFile));
    const lines = [...journal.changes(journal.head?.number ?? 0)].map(({ line }) => line);
    const snapshot = writeSnapshot(join(graph.folder, 'snapshots'), { commit: journal.head?.number ?? 0, hash: journal.head?.hash ?? '', graphs: [{ dataset, lines }] });
    // What a purge does first; the process ends before the rest.
    purgeText(journal, secret, { agent: { role: 'administrator' }, note: { message: 'verzoek' } }).removed.close();
    journal.close();
    await graph.reopen();
    assert.equal(existsSync(snapshot), false);
    assert.deepEqual(await graph.lines(dataset), []);
  });

  it('takes a repeated entity with blank nodes and the same Idempotency-Key for the same request', async () => {
    const text = '<http://ex.org/a> <http://ex.org/adres> [ <http://ex.org/straat> "Kerkstraat" ; <http://ex.org/in> [ <http://ex.org/naam> "Gent" ] ] .';
    const first = await putEntity(graph, text);
    assert.equal(first.outcome, 'committed');
    assert.deepEqual(await putEntity(graph, text), first);
    await assert.rejects(putEntity(graph, text.replace('Gent', 'Brugge')), (error: unknown) => error instanceof Fault && error.code === 'idempotency-reuse');
  });

  it('forgets in its public history what the catalogue said of a dataset that became restricted', async () => {
    const description = { title: { nl: 'Tot voor kort open' }, status: 'aangenomen', mode: 'enforce', visibility: 'public' } as const;
    const iri = `${base}id/dataset/omslag`;
    await graph.write({ kind: 'describe', dataset: iri, description });
    const { commit } = await graph.graph.status();
    await graph.write({ kind: 'describe', dataset: iri, description: { ...description, visibility: 'restricted' } });
    const anonymous = { restricted: [] };
    const seen = await graph.graph.commits({ limit: 100 }, anonymous);
    assert.deepEqual(seen.filter(({ number }) => number >= commit), []);
    assert.equal(await graph.graph.commit(commit, anonymous), undefined);
    await assert.rejects(changesOf(graph, commit, anonymous), (error: unknown) => error instanceof Fault && error.code === 'not-found');
    assert.equal((await changesOf(graph, commit, { restricted: '*' })).length, 5);
    await graph.write({ kind: 'describe', dataset: iri, description });
    assert.equal((await changesOf(graph, commit, anonymous)).length, 5);
  });

  it('lets nobody remove an empty dataset she may not write', async () => {
    const steward = { ...administrator, role: 'steward' as const, write: [draft], createDatasets: true };
    await assert.rejects(graph.write({ kind: 'drop', dataset }, steward), (error: unknown) => error instanceof Fault && error.code === 'forbidden');
    assert.equal((await graph.write({ kind: 'drop', dataset: draft }, steward)).outcome, 'committed');
  });

  it('reads a folder that takes no writes, says so, and writes again once it does', async () => {
    await graph.load(dataset, '<http://ex.org/a> <http://ex.org/p> "x" .');
    await graph.graph.close();
    // A folder in the place of the lock file: it cannot be opened, not even by the owner of the machine.
    const lock = join(graph.folder, 'journal.lock');
    await rm(lock);
    await mkdir(lock);
    await graph.reopen();
    const { ready, writable, commit } = await graph.graph.status();
    assert.deepEqual({ ready, writable }, { ready: true, writable: false });
    assert.equal((await graph.select('SELECT ?o { <http://ex.org/a> ?p ?o }')).length, 1);
    const insert = 'INSERT DATA { <http://ex.org/b> <http://ex.org/p> "y" }';
    await assert.rejects(graph.update(insert), (error: unknown) => error instanceof Fault && error.code === 'read-only');
    await rm(lock, { recursive: true });
    const outcome = await graph.update(insert);
    assert.equal(outcome.outcome === 'committed' && outcome.commit.number, commit + 1);
    assert.equal((await graph.graph.status()).writable, true);
    assert.equal((await graph.select('SELECT ?o { <http://ex.org/b> ?p ?o }')).length, 1);
  });
});

describe('readers and log agree after any sequence of commits', () => {
  it('holds for random writes, deletions and changes of status', async function () {
    this.timeout(120_000);
    const term = fc.constantFrom('<http://ex.org/a>', '<http://ex.org/b>', '<http://ex.org/c>');
    const value = fc.constantFrom('<http://ex.org/a>', '"x"', '"x"@nl', '5', '"05"^^<http://www.w3.org/2001/XMLSchema#int>', '1.50', 'true');
    const where = fc.constantFrom(dataset, draft, `${base}id/dataset/tweede`);
    const triple = fc.tuple(term, value).map(([s, o]) => `${s} <http://ex.org/p> ${o} .`);
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.tuple(fc.constantFrom('INSERT', 'DELETE'), where, fc.array(triple, { minLength: 1, maxLength: 4 })).map(([verb, g, t]) => `${verb} DATA { GRAPH <${g}> { ${t.join(' ')} } }`) },
      { weight: 2, arbitrary: where.map((g) => ({ toggle: g })) },
      { weight: 1, arbitrary: where.map((g) => `CLEAR SILENT GRAPH <${g}>`) },
    );
    const graph = await described();
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
          for (const one of steps) await (typeof one === 'string' ? graph.update(one) : toggle(graph, one.toggle));
          await agree(graph);
        }),
        { numRuns: 15 },
      );
      const before = await allLines(graph);
      await graph.reopen();
      assert.deepEqual(await allLines(graph), before);
    } finally {
      await graph.close();
    }
  });
});

async function changesOf(graph: TestGraph, commit: number, visibility: Visibility): Promise<readonly Change[]> {
  const all: Change[] = [];
  for await (const batch of graph.graph.changes(commit, visibility)) all.push(...batch);
  return all;
}

async function putEntity(graph: TestGraph, text: string): Promise<WriteOutcome> {
  const document = await graph.stage(text);
  const lines = [...readStaged(document.path)].flat().map(({ quad }) => quad);
  const action = { kind: 'entity' as const, iri: 'http://ex.org/a', dataset, lines };
  return graph.graph.write({ action, source: 'entity', note: { message: '' }, idempotencyKey: 'een' }, administrator);
}

async function toggle(graph: TestGraph, iri: string): Promise<void> {
  const now = (await graph.graph.datasets({ restricted: '*' })).find((item) => item.iri === iri);
  const status = now?.status === 'aangenomen' ? 'voorgesteld' : 'aangenomen';
  await graph.write({ kind: 'describe', dataset: iri, description: { title: { nl: 'Proef' }, status, mode: 'enforce', visibility: 'public' } });
}

/** Named graphs, merged default graph, the log from nothing and a merge computed by hand. */
async function agree(graph: TestGraph): Promise<void> {
  const datasets = await graph.graph.datasets({ restricted: '*' });
  const journal = openJournalReader(join(graph.folder, journalFile));
  const replayed = new Set<string>();
  for (const { changes } of replay(journal)) applyTo(replayed, { changes: () => changes });
  journal.close();
  assert.deepEqual(await allLines(graph), [...replayed].toSorted());
  const quads = await graph.select('SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }');
  const merged = new Set(datasets.filter((item) => item.visibility === 'public' && item.status !== 'voorgesteld').map((item) => item.iri));
  const byHand = new Set(quads.filter((row) => merged.has(row['g']?.value ?? '')).map(key));
  const shown = (await graph.select('SELECT ?s ?p ?o WHERE { ?s ?p ?o }')).map(key);
  assert.deepEqual(shown.toSorted(), [...byHand].toSorted());
}

function key(row: Record<string, unknown>): string {
  return JSON.stringify([row['s'], row['p'], row['o']]);
}

async function allLines(graph: TestGraph): Promise<string[]> {
  const datasets = await graph.graph.datasets({ restricted: '*' });
  const lines = (await Promise.all(datasets.map((item) => graph.lines(item.iri)))).flat();
  for (const item of datasets.filter((one) => one.visibility === 'restricted')) lines.push(...(await graph.lines(`${item.iri}/beschrijving`)));
  return lines.toSorted();
}

async function files(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const paths = names.map((name) => join(folder, name));
  const kinds = await Promise.all(paths.map((path) => stat(path)));
  return paths.filter((_path, index) => kinds[index]?.isFile());
}

/** Looks in the bytes and in whatever can be inflated from any position of them. */
function holds(content: Buffer, text: string): boolean {
  if (content.includes(text)) return true;
  for (let at = 0; at < content.length - 2; at += 1) {
    const inflated = content[at] === 0x1f && content[at + 1] === 0x8b ? tryInflate(() => gunzipSync(content.subarray(at))) : content[at] === 0x78 ? tryInflate(() => inflateSync(content.subarray(at))) : undefined;
    if (inflated?.includes(text)) return true;
  }
  return false;
}

function tryInflate(inflate: () => Buffer): Buffer | undefined {
  try {
    return inflate();
  } catch {
    return undefined;
  }
}
