import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Fault } from '../../../src/faults.js';
import type { QuadLine } from '../../../src/graph/changeset.js';
import type { DatasetSettings } from '../../../src/graph/dataset.js';
import { joinLine } from '../../../src/rdf/nquads.js';
import type { ValidationReport } from '../../../src/graph/validation/report.js';
import { IncrementalValidator } from '../../../src/validation/validator.js';
import { changesetOf, inverseChanges, MemoryState } from '../../support/memoryState.js';
import { ex, registryOf } from './fixture.js';
import { randomShapes } from './randomShapes.js';

const runs = Number(process.env['VALIDATION_RUNS'] ?? 100);

const datasets: readonly DatasetSettings[] = [
  { iri: `${ex}d1`, status: 'aangenomen', mode: 'enforce', visibility: 'public' },
  { iri: `${ex}d2`, status: 'extern', mode: 'report', visibility: 'public' },
  { iri: `${ex}d3`, status: 'voorgesteld', mode: 'enforce', visibility: 'public' },
  { iri: `${ex}d4`, status: 'aangenomen', mode: 'enforce', visibility: 'restricted' },
  { iri: `${ex}d5`, status: 'aangenomen', mode: 'off', visibility: 'public' },
];

const iri = (name: string): string => `<${ex}${name}>`;
const rdfType = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>';
const subClassOf = '<http://www.w3.org/2000/01/rdf-schema#subClassOf>';
const integer = (number: number): string => `"${number}"^^<http://www.w3.org/2001/XMLSchema#integer>`;
const nodes = ['n0', 'n1', 'n2', 'n3', 'n4', 'n5'].map(iri);
const skolems = ['.well-known/genid/k0', '.well-known/genid/k1'].map(iri);
const classes = ['C', 'D', 'E'].map(iri);
const literals = [integer(1), integer(2), integer(3), '"a"', '"b"@nl', '"c"@en', '"2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'];
const subject = fc.constantFrom(...nodes, ...skolems);
const triple = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(subject, fc.constantFrom(...['p', 'q', 'r'].map(iri)), fc.constantFrom(...nodes, ...nodes, ...skolems, ...literals)) },
  { weight: 2, arbitrary: fc.tuple(subject, fc.constant(rdfType), fc.constantFrom(...classes)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...classes, iri('n0')), fc.constant(subClassOf), fc.constantFrom(...classes)) },
);
const line: fc.Arbitrary<QuadLine> = fc.tuple(triple, fc.constantFrom(...datasets, datasets[0] ?? datasets[1])).map(([[s, p, o], dataset]) => joinLine(s, p, o, `<${dataset?.iri ?? ''}>`));
const commit = fc.record({ inserts: fc.array(line, { maxLength: 4 }), deletePicks: fc.array(fc.nat(), { maxLength: 4 }) });

/** Identity of results; a result reached from two targets stands there twice. */
function keysOf(report: ValidationReport): string[] {
  return report.results.map(({ dataset, focusNode, path, value, component, shape }) => JSON.stringify([dataset, focusNode, path, value, component, shape]));
}

describe('incremental validation', function () {
  this.timeout(0);

  it('equals full validation, whatever the shapes, the data and the commits', async () => {
    let checked = 0;
    let found = 0;
    await fc.assert(
      fc.asyncProperty(randomShapes, fc.array(line, { maxLength: 25 }), fc.array(commit, { minLength: 1, maxLength: 12 }), async (turtle, start, commits) => {
        const registry = await registryOf(turtle).catch((error: unknown) => {
          // Two single-valued parameters may have met in one shape.
          if (error instanceof Fault && error.code === 'shapes-invalid') return undefined;
          throw error;
        });
        fc.pre(registry !== undefined);
        const validator = new IncrementalValidator(registry);
        const state = new MemoryState(datasets, start);
        const full = (): ValidationReport => validator.validateAll(state, datasets, { limit: 1e6 });
        for (const { inserts, deletePicks } of commits) {
          const present = [...state.lines];
          const deletes = deletePicks.flatMap((pick) => present[pick % Math.max(present.length, 1)] ?? []);
          const changes = changesetOf(state, { inserts: inserts.filter((text) => !deletes.includes(text)), deletes });
          const beforeByTarget = fullByTarget(validator, state);
          state.apply(changes.changes());
          const request = {
            after: state,
            changes,
            datasets,
            limit: 1e6,
            echoes: true,
            withBefore: <T>(work: (earlier: MemoryState) => T): T => {
              state.apply(inverseChanges(changes));
              const answer = work(state);
              state.apply(changes.changes());
              return answer;
            },
          };
          const { report, blocking } = validator.validateChange(request);
          const affected = validator.affected(request);
          const again = new Map(datasets.map((dataset) => [dataset.iri, new Set(validator.focusNodes(affected, state, dataset))]));
          const kept = beforeByTarget.filter(({ dataset, target }) => !again.get(dataset)?.has(target)).map(({ key }) => key);
          const after = full();
          assert.deepEqual([...kept, ...keysOf(report)].toSorted(), keysOf(after).toSorted());
          const pairs = new Set(beforeByTarget.map(({ target, key }) => `${target} ${key}`));
          const stayed = fullByTarget(validator, state).filter(({ dataset, target, key }) => again.get(dataset)?.has(target) && pairs.has(`${target} ${key}`));
          const old = report.results.filter(({ origin }) => origin === 'existing');
          assert.deepEqual(keysOf({ ...report, results: old }).toSorted(), stayed.map(({ key }) => key).toSorted());
          if (blocking) assert.ok(report.results.some(({ severity, dataset }) => severity === 'Violation' && dataset !== `${ex}d2`));
          checked += 1;
          found += report.results.length;
        }
      }),
      { numRuns: runs },
    );
    assert.ok(checked > runs && found > runs, `only ${checked} commits and ${found} results: the generators have degenerated`);
  });
});

function fullByTarget(validator: IncrementalValidator, state: MemoryState): { dataset: string; target: string; key: string }[] {
  const all: { dataset: string; target: string; key: string }[] = [];
  for (const dataset of datasets) {
    if (dataset.mode === 'off') continue;
    for (const { target, result } of validator.fullResults(state, dataset)) {
      const { focusNode, path, value, component, shape } = result;
      all.push({ dataset: dataset.iri, target, key: JSON.stringify([dataset.iri, focusNode, path, value, component, shape]) });
    }
  }
  return all;
}
