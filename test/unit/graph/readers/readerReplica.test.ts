import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import fc from 'fast-check';
import type { DatasetDescription } from '../../../../src/graph/api.js';
import { readSettings } from '../../../../src/graph/catalogue.js';
import type { Change, QuadLine } from '../../../../src/graph/changeset.js';
import { datasetOf } from '../../../../src/graph/changes/datasetOf.js';
import { isMerged } from '../../../../src/graph/dataset.js';
import type { Audience, LoadSource, ReaderReplica } from '../../../../src/graph/engine/readerReplica.js';
import { purgeText } from '../../../../src/graph/journal/purge.js';
import { newestSnapshot, readSnapshot, trustOf } from '../../../../src/graph/snapshot/readSnapshot.js';
import { base, catalogue, dataset, description, iri, label, line, plus, TestLog } from './support.js';

const slugs = ['een', 'twee', 'drie'] as const;

/** Settings as a plain reading of the state gives them, from the catalogue alone or from all descriptions. */
function settingsOf(state: Iterable<QuadLine>, audience: Audience) {
  const match = (_: unknown, { predicate, object }: { readonly predicate?: string; readonly object?: string }): QuadLine[] =>
    [...state].filter(
      (text) =>
        (audience === 'privileged' || datasetOf(text) === catalogue) && text.includes(` ${predicate} `) && (object === undefined || text.includes(` ${object} `)),
    );
  return readSettings({ match }, base).filter((settings) => audience === 'privileged' || settings.visibility === 'public');
}

/** What a replica must hold, worked out by hand. */
function expected(state: ReadonlySet<QuadLine>, audience: Audience): { readonly held: readonly QuadLine[]; readonly merged: readonly string[] } {
  const settings = settingsOf(state, audience);
  const visible = new Set([...settings.map((item) => item.iri), catalogue]);
  const merging = new Set(settings.filter(isMerged).map((item) => item.iri));
  const held = [...state].filter((text) => audience === 'privileged' || visible.has(datasetOf(text)));
  const triples = new Set(held.filter((text) => merging.has(datasetOf(text))).map((text) => text.slice(0, text.lastIndexOf(' <'))));
  return { held: held.toSorted(), merged: [...triples].map((triple) => `${triple} .`).toSorted() };
}

function content(replica: ReaderReplica): ReturnType<typeof expected> {
  return { held: replica.engine.match('any', {}).toSorted(), merged: replica.engine.match('merged', {}).toSorted() };
}

type Step =
  | { readonly kind: 'quads'; readonly changes: readonly Change[] }
  | { readonly kind: 'describe'; readonly slug: string; readonly settings: DatasetDescription | undefined; readonly with: readonly Change[] };

const change: fc.Arbitrary<Change> = fc
  .tuple(fc.constantFrom('+' as const, '+' as const, '-' as const), fc.constantFrom('p', 'q', 'r'), fc.constantFrom('"x"@nl', '"01"^^<http://www.w3.org/2001/XMLSchema#int>'), fc.constantFrom(...slugs))
  .map(([op, subject, object, slug]) => ({ op, line: line(iri(subject), label, object, slug) }));

const settings = fc.constantFrom(
  undefined,
  description('public'),
  description('public'),
  description('public', 'voorgesteld'),
  description('restricted'),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('quads' as const), changes: fc.array(change, { minLength: 1, maxLength: 6 }) }),
  fc.record({ kind: fc.constant('describe' as const), slug: fc.constantFrom(...slugs), settings, with: fc.array(change, { maxLength: 4 }) }),
);

/** How a commit reaches the replica. */
const delivery = fc.constantFrom('inline' as const, 'by number' as const, 'skipped' as const, 'twice' as const);

describe('reader replica', () => {
  let log: TestLog;
  const open: ReaderReplica[] = [];

  beforeEach(() => {
    log = new TestLog();
  });
  afterEach(() => {
    for (const replica of open.splice(0)) replica.journal.close();
    log.close();
  });

  function fresh(audience: Audience, source?: LoadSource): ReaderReplica {
    const replica = log.replica(audience);
    open.push(replica);
    replica.load(source, () => undefined);
    return replica;
  }

  function snapshotSource(): LoadSource | undefined {
    const { snapshot } = newestSnapshot(join(log.folder, 'snapshots'), trustOf(log.journal));
    return snapshot && { commit: snapshot.commit, read: (wanted) => readSnapshot(snapshot.path, wanted) };
  }

  it('agrees with the state by hand after any commits, however they are delivered, for both audiences', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(step, delivery), { minLength: 1, maxLength: 8 }), fc.nat(7), (steps, snapshotAt) => {
        log.close();
        log = new TestLog();
        log.commit(log.describing('catalogus', description('public')));
        const replicas = (['public', 'privileged'] as const).map((audience) => [audience, fresh(audience)] as const);
        for (const [index, [one, how]] of steps.entries()) {
          const wanted = one.kind === 'quads' ? one.changes : [...log.describing(one.slug, one.settings), ...one.with];
          const { header, changes } = log.commit(wanted);
          for (const [audience, replica] of replicas) {
            if (how === 'skipped') continue;
            replica.apply({ number: header.number, ...(how === 'by number' ? {} : { changes }) });
            if (how === 'twice') replica.apply({ number: header.number, changes });
            assert.equal(replica.commit, header.number);
            assert.deepEqual(content(replica), expected(log.state, audience));
          }
          if (index === snapshotAt) log.snapshot();
        }
        for (const audience of ['public', 'privileged'] as const) {
          assert.deepEqual(content(fresh(audience)), expected(log.state, audience));
          assert.deepEqual(content(fresh(audience, snapshotSource())), expected(log.state, audience));
        }
        for (const replica of open.splice(0)) replica.journal.close();
      }),
      { numRuns: 10 },
    );
  });

  it('is not told by one public dataset what another one is', () => {
    log.commit(log.describing('catalogus', description('public')));
    log.commit([...log.describing('geheim', description('restricted')), ...plus(line(iri('jan'), label, '"Jan"@nl', 'geheim'))]);
    const trap = `${dataset('geheim')}/beschrijving`;
    log.commit(log.describing('geheim/beschrijving', description('public')));
    log.commit(plus(...log.describing('geheim', description('public')).filter((item) => item.op === '+').map((item) => item.line.replace(`<${catalogue}> .`, `<${trap}> .`))));
    const { engine } = fresh('public');
    assert.deepEqual(engine.match('any', { subject: `<${iri('jan')}>` }), []);
    assert.equal(engine.count(trap), 0);
  });

  it('takes what became public from its whole history, and lets go of what became restricted', () => {
    log.commit(log.describing('catalogus', description('public')));
    log.commit([...log.describing('een', description('restricted')), ...plus(line(iri('p'), label, '"oud"@nl', 'een'))]);
    const replica = fresh('public');
    assert.deepEqual(replica.engine.match('any', { subject: `<${iri('p')}>` }), []);
    replica.apply({ number: log.commit(plus(line(iri('q'), label, '"nieuw"@nl', 'een'))).header.number });
    replica.apply({ number: log.commit(log.describing('een', description('public'))).header.number });
    assert.equal(replica.engine.count(dataset('een')), 2);
    replica.apply({ number: log.commit(log.describing('een', description('restricted'))).header.number });
    assert.equal(replica.engine.count(dataset('een')), 0);
  });

  it('asks to be replaced when a purge comes, and starts without the erased text', () => {
    log.commit(log.describing('catalogus', description('public')));
    log.commit([...log.describing('een', description('public')), ...plus(line(iri('p'), label, '"Weg ermee"@nl', 'een'), line(iri('q'), label, '"Blijft"@nl', 'een'))]);
    log.snapshot();
    const replica = fresh('public');
    const { commit, removed } = purgeText(log.journal, 'Weg ermee', { agent: { role: 'administrator' }, note: { message: 'AVG' } });
    removed.close();
    assert.throws(() => replica.apply({ number: commit.number }), /fresh reader/u);
    const next = fresh('public', snapshotSource());
    assert.equal(next.commit, commit.number);
    assert.equal(next.engine.count(dataset('een')), 1);
  });

  it('refuses to go on when a commit is missing from the log', () => {
    log.commit(log.describing('catalogus', description('public')));
    const replica = fresh('public');
    assert.throws(() => replica.apply({ number: 3 }), /not in the log/u);
  });
});
