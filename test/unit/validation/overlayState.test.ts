import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DatasetSettings } from '../../../src/graph/dataset.js';
import type { GraphState, Scope } from '../../../src/graph/state.js';
import { splitLine } from '../../../src/rdf/nquads.js';
import { OverlayState } from '../../../src/validation/overlayState.js';
import { changesetOf, MemoryState } from '../../support/memoryState.js';
import { ex } from './fixture.js';

const datasets: readonly DatasetSettings[] = [
  { iri: `${ex}d1`, status: 'aangenomen', mode: 'enforce', visibility: 'public' },
  { iri: `${ex}d2`, status: 'extern', mode: 'enforce', visibility: 'public' },
  { iri: `${ex}d3`, status: 'voorgesteld', mode: 'enforce', visibility: 'public' },
];
const name = fc.integer({ min: 0, max: 2 }).map((number) => `<${ex}n${number}>`);
const line = fc.tuple(name, name, name, fc.constantFrom(...datasets)).map(([s, p, o, { iri }]) => `${s} ${p} ${o} <${iri}> .`);
const scopes: readonly Scope[] = ['merged', 'any', ...datasets.map(({ iri }) => ({ dataset: iri }))];

function sort(lines: readonly string[]): string[] {
  return lines.toSorted();
}

function everything(state: GraphState, nodes: readonly string[], predicate: string): unknown {
  return scopes.map((scope) => [
    sort(state.match(scope, {})),
    sort(state.match(scope, { predicate })),
    sort(state.bySubjects(scope, nodes)),
    sort(state.bySubjects(scope, nodes, predicate)),
    sort(state.byObjects(scope, nodes)),
    sort(state.byObjects(scope, nodes, predicate)),
  ]);
}

describe('overlay state', () => {
  const nodes = [`<${ex}n0>`, `<${ex}n1>`];
  const predicate = `<${ex}n2>`;

  it('is the state before the change', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.array(line, { maxLength: 6 }), fc.array(line, { maxLength: 6 }), (start, inserts, deletes) => {
        const before = new MemoryState(datasets, start);
        const after = new MemoryState(datasets, start);
        const changes = changesetOf(before, { inserts: inserts.filter((text) => !deletes.includes(text)), deletes });
        after.apply(changes.changes());
        const overlay = new OverlayState(after, changes, datasets, 'before');
        assert.deepEqual(everything(overlay, nodes, predicate), everything(before, nodes, predicate));
        const all = [...start, ...inserts, ...deletes];
        assert.deepEqual(overlay.present(all), before.present(all));
        for (const { iri } of datasets) assert.equal(overlay.count(iri), before.count(iri));
      }),
      { numRuns: 300 },
    );
  });

  it('is both states at once', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.array(line, { maxLength: 6 }), fc.array(line, { maxLength: 6 }), (start, inserts, deletes) => {
        const before = new MemoryState(datasets, start);
        const after = new MemoryState(datasets, start);
        const changes = changesetOf(before, { inserts: inserts.filter((text) => !deletes.includes(text)), deletes });
        after.apply(changes.changes());
        const both = new MemoryState(datasets, [...before.lines, ...after.lines]);
        assert.deepEqual(everything(new OverlayState(after, changes, datasets, 'union'), nodes, predicate), everything(both, nodes, predicate));
      }),
      { numRuns: 200 },
    );
  });

  it('counts a dropped dataset as part of what was merged', () => {
    const before = new MemoryState(datasets, [`<${ex}a> <${ex}p> <${ex}b> <${ex}d2> .`]);
    const changes = changesetOf(before, { deletes: [...before.lines] });
    before.apply(changes.changes());
    const overlay = new OverlayState(before, changes, datasets.slice(0, 1), 'before');
    assert.equal(overlay.match('merged', {}).map((text) => splitLine(text).subject)[0], `<${ex}a>`);
  });
});
