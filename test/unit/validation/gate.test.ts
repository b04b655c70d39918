import assert from 'node:assert/strict';
import type { DatasetSettings } from '../../../src/graph/dataset.js';
import type { ChangeVerdict } from '../../../src/graph/validation/contract.js';
import { IncrementalValidator, visibleReport } from '../../../src/validation/validator.js';
import { changesetOf, MemoryState } from '../../support/memoryState.js';
import { ex, linesOf, registryOf, short } from './fixture.js';

const datasets: readonly DatasetSettings[] = [
  { iri: `${ex}actoren`, status: 'aangenomen', mode: 'enforce', visibility: 'public' },
  { iri: `${ex}projecten`, status: 'aangenomen', mode: 'enforce', visibility: 'public' },
  { iri: `${ex}ruw`, status: 'extern', mode: 'report', visibility: 'public' },
  { iri: `${ex}vrij`, status: 'extern', mode: 'off', visibility: 'public' },
  { iri: `${ex}voorstel`, status: 'voorgesteld', mode: 'enforce', visibility: 'public' },
  { iri: `${ex}personen`, status: 'aangenomen', mode: 'enforce', visibility: 'restricted' },
];
const shapes = `
  ex:ActorShape sh:targetClass ex:Actor ; sh:property [ sh:path ex:naam ; sh:minCount 1 ; sh:maxCount 1 ], [ sh:path ex:mail ; sh:maxCount 1 ; sh:severity sh:Warning ] .
  ex:ProjectShape sh:targetClass ex:Project ; sh:property [ sh:path ex:van ; sh:class ex:Actor ] .`;

interface Situation {
  readonly before?: Readonly<Record<string, string>>;
  readonly insert?: Readonly<Record<string, string>>;
  readonly remove?: Readonly<Record<string, string>>;
  readonly limit?: number;
}

async function linesIn(data: Readonly<Record<string, string>> = {}): Promise<string[]> {
  return (await Promise.all(Object.entries(data).map(([name, turtle]) => linesOf(turtle, ex + name)))).flat();
}

async function judge({ before, insert, remove, limit = 100 }: Situation): Promise<ChangeVerdict> {
  const validator = new IncrementalValidator(await registryOf(shapes));
  const state = new MemoryState(datasets, await linesIn(before));
  const changes = changesetOf(state, { inserts: await linesIn(insert), deletes: await linesIn(remove) });
  state.apply(changes.changes());
  return validator.validateChange({ after: state, changes, datasets, limit, lineOf: (subject) => (subject.endsWith('a>') ? 12 : undefined) });
}

function tell({ report, blocking }: ChangeVerdict): string[] {
  return [...report.results.map((result) => `${result.dataset.replace(ex, '')} ${short(result)} ${result.origin}`).toSorted(), blocking ? 'rejected' : 'accepted'];
}

describe('gate', () => {
  it('rejects a violation on a node that the change describes, with its line', async () => {
    const verdict = await judge({ insert: { actoren: 'ex:a a ex:Actor .' } });
    assert.deepEqual(tell(verdict), ['actoren a MinCount change', 'rejected']);
    assert.equal(verdict.report.results[0]?.line, 12);
  });

  it('names what it refuses as the refused data do, which no page can', async () => {
    const label = '<http://www.w3.org/2000/01/rdf-schema#label>';
    const verdict = await judge({ insert: { actoren: `ex:a a ex:Actor ; ${label} "Ploeg"@nl, "Team"@en .` } });
    assert.deepEqual(verdict.report.results[0]?.name, { nl: 'Ploeg', en: 'Team' });
  });

  it('rejects a described node also for what was wrong before, and says so', async () => {
    assert.deepEqual(tell(await judge({ before: { actoren: 'ex:a a ex:Actor .' }, insert: { actoren: 'ex:a ex:mail "x" .' } })), ['actoren a MinCount existing', 'rejected']);
  });

  it('accepts a change near a violation that was already there', async () => {
    const verdict = await judge({ before: { actoren: 'ex:b ex:naam "B" .', projecten: 'ex:p a ex:Project ; ex:van ex:a, ex:b .' }, insert: { actoren: 'ex:b a ex:Actor .' } });
    assert.deepEqual(tell(verdict), ['projecten p Class a existing', 'accepted']);
  });

  it('rejects a change that breaks a node elsewhere', async () => {
    const verdict = await judge({ before: { actoren: 'ex:a a ex:Actor ; ex:naam "A" .', projecten: 'ex:p a ex:Project ; ex:van ex:a .' }, remove: { actoren: 'ex:a a ex:Actor ; ex:naam "A" .' } });
    assert.deepEqual(tell(verdict), ['projecten p Class a change', 'rejected']);
  });

  it('accepts warnings and keeps them', async () => {
    assert.deepEqual(tell(await judge({ insert: { actoren: 'ex:a a ex:Actor ; ex:naam "A" ; ex:mail "x", "y" .' } })), ['actoren a MaxCount change', 'accepted']);
  });

  it('only reports in a dataset with mode report, and does not look with mode off', async () => {
    assert.deepEqual(tell(await judge({ insert: { ruw: 'ex:a a ex:Actor .', vrij: 'ex:b a ex:Actor .' } })), ['ruw a MinCount change', 'accepted']);
  });

  it('validates an entity as each dataset describes it', async () => {
    const before = { actoren: 'ex:a a ex:Actor ; ex:naam "A" .' };
    assert.deepEqual(tell(await judge({ before, insert: { ruw: 'ex:a ex:naam "B" .' } })), ['accepted']);
    assert.deepEqual(tell(await judge({ before, insert: { ruw: 'ex:a a ex:Actor ; ex:naam "B" .' } })), ['accepted']);
    assert.deepEqual(tell(await judge({ before, insert: { projecten: 'ex:a a ex:Actor .' } })), ['projecten a MinCount change', 'rejected']);
  });

  it('resolves references across datasets, but not into proposals', async () => {
    const project = { projecten: 'ex:p a ex:Project ; ex:van ex:a .' };
    assert.deepEqual(tell(await judge({ before: { actoren: 'ex:a a ex:Actor ; ex:naam "A" .' }, insert: project })), ['accepted']);
    assert.deepEqual(tell(await judge({ before: { voorstel: 'ex:a a ex:Actor ; ex:naam "A" .' }, insert: project })), ['projecten p Class a change', 'rejected']);
    assert.deepEqual(tell(await judge({ before: { voorstel: 'ex:a a ex:Actor ; ex:naam "A" .' }, insert: { voorstel: 'ex:p a ex:Project ; ex:van ex:a .' } })), ['accepted']);
  });

  it('shows nothing of a restricted dataset to a public one', async () => {
    const verdict = await judge({ before: { personen: 'ex:a a ex:Actor ; ex:naam "Geheim" .' }, insert: { projecten: 'ex:p a ex:Project ; ex:van ex:a .' } });
    assert.deepEqual(tell(verdict), ['projecten p Class a change', 'rejected']);
    assert.doesNotMatch(JSON.stringify(verdict.report), /Geheim|personen/);
  });

  it('does not let a restricted dataset reject a public change, nor its results be seen', async () => {
    const verdict = await judge({
      before: { actoren: 'ex:a a ex:Actor ; ex:naam "A" .', personen: 'ex:p a ex:Project ; ex:van ex:a .' },
      remove: { actoren: 'ex:a a ex:Actor ; ex:naam "A" .' },
    });
    assert.deepEqual(tell(verdict), ['personen p Class a change', 'accepted']);
    const seen = visibleReport(verdict.report, (dataset) => dataset !== `${ex}personen`);
    assert.deepEqual([seen.conforms, seen.results, seen.counts], [true, [], { Violation: 0, Warning: 0, Info: 0 }]);
  });

  it('keeps no more results than the limit, counts all of them and still rejects', async () => {
    const data = Array.from({ length: 30 }, (_, index) => `ex:x${index} a ex:Actor .`).join(' ');
    const { report, blocking } = await judge({ insert: { actoren: data }, limit: 5 });
    assert.deepEqual([report.results.length, report.truncated, report.counts.Violation, blocking], [5, true, 30, true]);
  });

  it('follows a change in a nested node up to the entity it belongs to', async () => {
    const nested = '<http://example.org/.well-known/genid/1>';
    const verdict = await judge({ before: { actoren: `ex:a a ex:Actor ; ex:adres ${nested} . ${nested} ex:straat "x" .` }, insert: { actoren: `${nested} ex:nummer 1 .` } });
    assert.deepEqual(tell(verdict), ['actoren a MinCount existing', 'rejected']);
  });
});
