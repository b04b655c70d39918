import assert from 'node:assert/strict';
import { join } from 'node:path';
import { derivedDataset } from '../../src/graph/catalogue.js';
import { ChangesetBuilder } from '../../src/graph/changes/changesetBuilder.js';
import { journalFile, openJournal } from '../../src/graph/journal/openJournal.js';
import type { Change } from '../../src/graph/changeset.js';
import type { WriteAction, WriteOutcome } from '../../src/graph/api.js';
import { publicOnly } from '../../src/graph/dataset.js';
import { Fault } from '../../src/faults.js';
import { administrator, base, TestGraph } from '../support/graph.js';

const derived = derivedDataset(base);
const team = `${base}id/dataset/team`;
const prefixes = 'PREFIX org: <http://www.w3.org/ns/org#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX dct: <http://purl.org/dc/terms/>';
const membership = `<${base}id/m/1> org:organization <${base}id/orgaan/o> ; org:member <${base}id/actor/a>`;
const inverse = `<${base}id/orgaan/o> <http://www.w3.org/ns/org#hasMember> <${base}id/actor/a> <${derived}> .`;

function refused(write: Promise<unknown>): Promise<void> {
  return assert.rejects(write, (error) => error instanceof Fault && error.code === 'forbidden');
}

describe('derived knowledge in the log', () => {
  let test: TestGraph;
  before(async () => {
    test = await TestGraph.open();
  });
  after(() => test.close());

  const act = (action: WriteAction, more: object = {}): Promise<WriteOutcome> => test.graph.write({ action, source: 'update', note: { message: 'proef' }, ...more }, administrator);
  const update = (text: string, more: object = {}): Promise<WriteOutcome> => act({ kind: 'update', update: `${prefixes} ${text}` }, more);
  const ask = async (pattern: string): Promise<boolean> => {
    const { body } = await test.graph.query({ query: `${prefixes} ASK { ${pattern} }`, resultFormat: 'application/sparql-results+json', graphFormat: 'text/turtle' }, publicOnly);
    return (JSON.parse(body) as { boolean: boolean }).boolean;
  };
  const changesOf = async (number: number): Promise<Change[]> => {
    const all: Change[] = [];
    for await (const batch of test.graph.changes(number, publicOnly)) all.push(...batch);
    return all;
  };

  it('comes and goes in the commit of what it follows from, marked as derived', async () => {
    const added = await update(`INSERT DATA { GRAPH <${team}> { ${membership} } }`);
    assert.equal(added.outcome, 'committed');
    assert(await ask(`<${base}id/orgaan/o> org:hasMember <${base}id/actor/a>`));
    assert.deepEqual(added.commit.parts.filter((part) => part.derived).map(({ dataset }) => dataset), [derived]);
    assert((await changesOf(added.commit.number)).some(({ op, line }) => op === '+' && line === inverse));
    const removed = await update(`DELETE DATA { GRAPH <${team}> { ${membership} } }`);
    assert.equal(removed.outcome, 'committed');
    assert(!(await ask(`?s org:hasMember ?o`)));
    assert((await changesOf(removed.commit.number)).some(({ op, line }) => op === '-' && line === inverse));
  });

  it('is shown by a dry run, and left alone by one', async () => {
    const tried = await update(`INSERT DATA { GRAPH <${team}> { ${membership} } }`, { dryRun: true, showChanges: 10 });
    assert.equal(tried.outcome, 'dry-run');
    assert(tried.changes.some(({ line }) => line === inverse));
    assert(!(await ask(`?s org:hasMember ?o`)));
  });

  it('does not follow from proposals or restricted datasets', async () => {
    for (const [slug, status, visibility] of [['plan', 'voorgesteld', 'public'], ['geheim', 'aangenomen', 'restricted']] as const) {
      await act({ kind: 'describe', dataset: `${base}id/dataset/${slug}`, description: { title: { nl: slug }, status, mode: 'enforce', visibility } });
      await update(`INSERT DATA { GRAPH <${base}id/dataset/${slug}> { ${membership} } }`);
    }
    assert(!(await ask(`?s org:hasMember ?o`)));
  });

  it('is written by nobody else, not even an administrator, who is told what to do instead', async () => {
    await refused(update(`INSERT DATA { GRAPH <${derived}> { <${base}id/a> dct:hasPart <${base}id/b> } }`));
    await refused(update(`COPY <${team}> TO <${derived}>`));
    await refused(act({ kind: 'drop', dataset: derived }));
    await refused(act({ kind: 'clear', dataset: derived }));
    await refused(act({ kind: 'entity', iri: `${base}id/a`, dataset: derived, lines: [] }));
    await refused(act({ kind: 'describe', dataset: derived, description: { title: { nl: 'x' }, status: 'afgeleid', mode: 'off', visibility: 'restricted' } }));
  });

  it('goes when everything is cleared', async () => {
    await update(`INSERT DATA { GRAPH <${team}> { ${membership} } }`);
    assert(await ask(`?s org:hasMember ?o`));
    assert.equal((await update('CLEAR ALL')).outcome, 'committed');
    assert(!(await ask(`?s org:hasMember ?o`)));
  });

  it('is what the rules give after a purge', async () => {
    const added = await update(`INSERT DATA { GRAPH <${team}> { <${base}id/oud> a org:Organization ; skos:prefLabel "Vroeger"@nl ; dct:isReplacedBy <${base}id/nieuw> } }`);
    assert.equal(added.outcome, 'committed', JSON.stringify(added));
    assert(await ask(`<${base}id/nieuw> skos:hiddenLabel "Vroeger"@nl`));
    // The derived triple does not hold this text; what it follows from does.
    await test.graph.purge({ text: `${base}id/oud`, note: { message: 'verzoek' } }, administrator);
    assert(!(await ask(`<${base}id/nieuw> skos:hiddenLabel ?naam`)));
  });

  it('is derived anew, as a commit of its own, by a start with other rules', async () => {
    await update(`INSERT DATA { GRAPH <${team}> { ${membership} } }`);
    await test.graph.close();
    const journal = openJournal(join(test.folder, journalFile));
    journal.setSetting('rules', 'of an older version');
    using left = new ChangesetBuilder({ folder: test.folder });
    left.add('+', `<${base}id/x> <http://purl.org/dc/terms/hasPart> <${base}id/y> <${derived}> .`);
    left.add('-', inverse);
    using changes = left.build();
    journal.append({ agent: { role: 'system' }, source: 'derive', note: { message: '' }, derived }, changes, []);
    const head = journal.head?.number ?? 0;
    journal.close();
    await test.reopen();
    assert(await ask(`<${base}id/orgaan/o> org:hasMember <${base}id/actor/a> FILTER NOT EXISTS { ?x dct:hasPart ?y }`));
    const { commit } = await test.graph.status();
    assert.equal(commit, head + 1);
    assert.equal((await test.graph.commit(commit, publicOnly))?.source, 'derive');
    await test.reopen();
    assert.equal((await test.graph.status()).commit, head + 1, 'a start with the same rules derives nothing');
  });
});
