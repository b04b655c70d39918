import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { openJournal } from '../../../../src/graph/journal/openJournal.js';
import { purgeText } from '../../../../src/graph/journal/purge.js';
import { newestSnapshot, readSnapshot, trustOf } from '../../../../src/graph/snapshot/readSnapshot.js';
import { pruneSnapshots, snapshotNames } from '../../../../src/graph/snapshot/snapshots.js';
import { writeSnapshot } from '../../../../src/graph/snapshot/writeSnapshot.js';
import { appendStep, closing, dataset, graphsOf, line, sorted, states, temporaryFolders } from './support.js';

const hash = 'ab'.repeat(32);
const trust = { hashOf: () => hash };

function linesOf(path: string): readonly string[] {
  return [...readSnapshot(path)].flatMap(({ lines }) => lines);
}

describe('a snapshot', () => {
  const folder = temporaryFolders();

  it('gives back the state, by dataset', () => {
    const place = folder();
    fc.assert(
      fc.property(states, fc.nat(10 ** 9), (state, commit) => {
        const path = writeSnapshot(place, { commit, hash, graphs: graphsOf(state) });
        for (const { dataset: name, lines } of readSnapshot(path)) assert.ok(lines.every((text) => text.endsWith(` <${name}> .`)));
        assert.deepEqual(sorted(linesOf(path)), sorted(state));
        pruneSnapshots(place, 0);
      }),
      { numRuns: 20 },
    );
  });

  it('is plain gzip N-Quads in batches of at most 10,000 lines, of the wanted datasets only, without empty graphs', () => {
    const place = folder();
    const many = Array.from({ length: 25_000 }, (_, index) => line(String(index), 'x'));
    const graphs = [{ dataset: dataset('leeg'), lines: [] }, ...graphsOf(many), ...graphsOf([line('1', 'x', 'b')])];
    const path = writeSnapshot(place, { commit: 7, hash, graphs });
    const sizes = [...readSnapshot(path, (name) => name === dataset('a'))].map(({ lines }) => lines.length);
    assert.deepEqual(sizes, [10_000, 10_000, 5_000]);
    assert.deepEqual(readdirSync(path), ['0001.nq.gz', '0002.nq.gz', 'manifest.json']);
    assert.equal(gunzipSync(readFileSync(join(path, '0001.nq.gz'))).toString(), `${many.join('\n')}\n`);
    assert.deepEqual(newestSnapshot(place, trust), { snapshot: { path, commit: 7, quads: 25_001 }, skipped: [] });
  });

  it('is passed over, with the reason, when any byte of it changed', () => {
    const place = folder();
    const old = writeSnapshot(place, { commit: 1, hash, graphs: graphsOf([line('1', 'x')]) });
    const path = writeSnapshot(place, { commit: 2, hash, graphs: graphsOf([line('1', 'x'), line('2', 'é', 'b')]) });
    const files = readdirSync(path).map((name) => ({ file: join(path, name), bytes: readFileSync(join(path, name)) }));
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.nat(), fc.integer({ min: 1, max: 255 }), ({ file, bytes }, at, mask) => {
        const changed = Buffer.from(bytes);
        const index = at % bytes.length;
        changed[index] = (changed[index] ?? 0) ^ mask;
        writeFileSync(file, changed);
        const { snapshot, skipped } = newestSnapshot(place, trust);
        writeFileSync(file, bytes);
        // White space between members of the manifest is not content.
        if (snapshot?.path === path) assert.deepEqual(JSON.parse(changed.toString()), JSON.parse(bytes.toString()));
        else assert.deepEqual([snapshot?.path, skipped.map((item) => item.path)], [old, [path]]);
      }),
      { numRuns: 150 },
    );
    assert.equal(newestSnapshot(place, trust).snapshot?.path, path);
  });

  it('is passed over when it is incomplete, of another history, another version, or older than a purge', () => {
    const place = folder();
    using journal = closing(openJournal(join(place, 'journal.sqlite')));
    appendStep(journal.value, place, [], [line('1', 'heel geheim')]);
    const head = journal.value.head;
    assert.ok(head);
    writeSnapshot(place, { commit: 1, hash: head.hash, graphs: graphsOf([line('1', 'heel geheim')]) });
    assert.equal(newestSnapshot(place, trustOf(journal.value)).snapshot?.commit, 1);
    assert.match(newestSnapshot(place, trust).skipped[0]?.reason.nl ?? '', /dit logboek/);
    mkdirSync(join(place, 'snapshot-000000000009'));
    assert.match(newestSnapshot(place, trustOf(journal.value)).skipped[0]?.reason.en ?? '', /Unreadable/);
    purgeText(journal.value, 'heel geheim', { agent: { role: 'administrator' }, note: { message: 'x' } }).removed.close();
    const { snapshot, skipped } = newestSnapshot(place, trustOf(journal.value));
    assert.equal(snapshot, undefined);
    assert.match(skipped[1]?.reason.en ?? '', /purge/);
    assert.deepEqual(newestSnapshot(join(place, 'nergens'), trust), { skipped: [] });
  });

  it('appears only when complete, replaces one of the same commit, and tidies what a killed process left', () => {
    const place = folder();
    const failing = {
      commit: 3,
      hash,
      *graphs() {
        yield { dataset: dataset('a'), lines: [line('1', 'x')] };
        throw new Error('halfway');
      },
    };
    assert.throws(() => writeSnapshot(place, { ...failing, graphs: failing.graphs() }), /halfway/);
    assert.deepEqual(readdirSync(place), []);
    mkdirSync(join(place, 'snapshot-000000000003-x.tmp'));
    writeSnapshot(place, { commit: 3, hash, graphs: graphsOf([line('1', 'x')]) });
    const path = writeSnapshot(place, { commit: 3, hash, graphs: graphsOf([line('2', 'x')]) });
    assert.deepEqual(linesOf(path), [line('2', 'x')]);
    assert.deepEqual(readdirSync(place), ['snapshot-000000000003']);
  });

  it('is kept as long as it is among the newest', () => {
    const place = folder();
    for (const commit of [1, 12, 9, 30]) writeSnapshot(place, { commit, hash, graphs: graphsOf([line('1', 'x')]) });
    pruneSnapshots(place, 2);
    assert.deepEqual(snapshotNames(place), ['snapshot-000000000030', 'snapshot-000000000012']);
    pruneSnapshots(place, 0);
    assert.deepEqual(readdirSync(place), []);
    assert.equal(existsSync(place), true);
  });
});
