import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { applyTo, diff, inverse } from '../../../../src/graph/changes/algebra.js';
import { ChangesetBuilder } from '../../../../src/graph/changes/changesetBuilder.js';
import { compareCodePoints, sortedByCodePoint } from '../../../../src/graph/changes/codePoints.js';
import type { Changeset, DatasetCount, Operation, QuadLine } from '../../../../src/graph/changeset.js';
import { dataset, line, lines, sorted, states, temporaryFolders } from './support.js';

function textOf(changeset: Changeset): readonly string[] {
  return [...changeset.changes()].map(({ op, line: text }) => op + text);
}

describe('a changeset', () => {
  const folder = temporaryFolders();

  for (const [where, spillAbove] of [
    ['in memory', 50_000],
    ['spilled to disk', 3],
  ] as const) {
    describe(where, () => {
      it('leads from one state to the other: apply(diff(a, b), a) = b, and its inverse leads back', () => {
        const place = folder();
        fc.assert(
          fc.property(states, states, (before, after) => {
            using changes = diff(before, after, { folder: place, spillAbove });
            const state = applyTo(new Set(before), changes);
            assert.deepEqual(sorted(state), sorted(after));
            assert.deepEqual(sorted(applyTo(state, inverse(changes))), sorted(before));
          }),
          { numRuns: 60 },
        );
      });

      it('collapses repeated changes and cancels opposite ones, as each line alone would have it', () => {
        const place = folder();
        fc.assert(
          fc.property(fc.array(fc.tuple(fc.constantFrom<Operation>('+', '-'), lines), { maxLength: 60 }), (steps) => {
            using builder = new ChangesetBuilder({ folder: place, spillAbove });
            const model = new Map<QuadLine, Operation>();
            for (const [op, text] of steps) {
              builder.add(op, text);
              const before = model.get(text);
              if (before === undefined) model.set(text, op);
              else if (before !== op) model.delete(text);
              assert.equal(builder.has(op, text), model.get(text) === op);
            }
            using changes = builder.build();
            assert.deepEqual(sorted(textOf(changes)), sorted([...model].map(([text, op]) => op + text)));
            assert.equal(changes.size, model.size);
            for (const [, text] of steps) assert.equal(changes.operation(text), model.get(text));
          }),
          { numRuns: 60 },
        );
      });

      it('gives datasets, then op and line, in code-point order, with their counts; so does its inverse', () => {
        const place = folder();
        fc.assert(
          fc.property(states, states, (before, after) => {
            using changes = diff(before, after, { folder: place, spillAbove });
            for (const view of [changes, inverse(changes)]) {
              assert.deepEqual([...view.counts.keys()], [...view.counts.keys()].toSorted(compareCodePoints));
              for (const [name, { deleted, inserted }] of view.counts) {
                const part = [...view.changes(name)].map(({ op, line: text }) => op + text);
                assert.deepEqual(
                  part,
                  part.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
                );
                assert.equal(part.filter((text) => text.startsWith('-')).length, deleted);
                assert.equal(part.filter((text) => text.startsWith('+')).length, inserted);
              }
              assert.deepEqual(textOf(view), [...view.counts.keys()].flatMap((name) => [...view.changes(name)].map(({ op, line: text }) => op + text)));
            }
          }),
          { numRuns: 40 },
        );
      });
    });
  }

  it('can be read by several at once, and again after a reader stopped half-way', () => {
    using builder = new ChangesetBuilder({ folder: folder(), spillAbove: 10 });
    for (let index = 0; index < 2_500; index++) builder.add(index % 2 ? '+' : '-', line(String(index), 'x'));
    using changes = builder.build();
    let seen = 0;
    for (const outer of changes.changes()) {
      if (seen++ > 2) break;
      const [inner] = changes.changes();
      assert.equal(inner?.op, '+');
      assert.equal(changes.has(outer.line), true);
    }
    assert.equal([...changes.changes()].length, 2_500);
  });

  it('leaves no file behind once closed, built or not', () => {
    const place = folder();
    const dropped = new ChangesetBuilder({ folder: place, spillAbove: 1 });
    const built = new ChangesetBuilder({ folder: place, spillAbove: 1 });
    for (const builder of [dropped, built]) for (const name of ['1', '2', '3']) builder.add('+', line(name, 'x'));
    dropped.close();
    const changes = built.build();
    built.close();
    assert.equal(changes.size, 3, 'closing the builder after build() leaves the changeset alone');
    changes.close();
    changes.close();
    assert.deepEqual(readdirSync(place), []);
  });

  it('uses the disk only when it is large: in lines, or in a few huge literals', () => {
    const staging = join(folder(), 'staging');
    const build = (count: number, length: number): ReadonlyMap<string, DatasetCount> => {
      using builder = new ChangesetBuilder({ folder: staging, spillAbove: 1_000 });
      for (let index = 0; index < count; index++) builder.add('+', line(String(index), 'x'.repeat(length)));
      using changes = builder.build();
      return changes.counts;
    };
    assert.deepEqual(build(1_000, 1), new Map([[dataset('a'), { deleted: 0, inserted: 1_000 }]]));
    assert.equal(existsSync(staging), false);
    assert.deepEqual(build(5, 15 * 1024 * 1024), new Map([[dataset('a'), { deleted: 0, inserted: 5 }]]));
    assert.equal(existsSync(staging), true);
  });
});

describe('code-point order', () => {
  it('is the order of the UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        const expected = texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        assert.deepEqual(texts.toSorted(compareCodePoints), expected);
        assert.deepEqual(sortedByCodePoint(texts), expected);
      }),
    );
  });
});
