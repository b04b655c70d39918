import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allRights } from '../../../../src/graph/principal.js';
import { Composition } from '../../../../src/graph/writer/composition.js';
import { OxigraphReplica } from '../../../../src/graph/engine/oxigraphReplica.js';

const base = 'http://localhost:3000/';
const dataset = `${base}id/dataset/proef`;
const line = (name: string): string => `<http://ex.org/${name}> <http://ex.org/p> "x" <${dataset}> .`;

function engineWith(...names: string[]): OxigraphReplica {
  const engine = new OxigraphReplica({ base });
  engine.load(names.map(line));
  engine.setDatasets([{ iri: dataset, status: 'aangenomen', mode: 'off', visibility: 'public' }]);
  return engine;
}

function linesOf(engine: OxigraphReplica): string[] {
  return [...engine.lines(dataset)].flat().toSorted();
}

describe('a write that is being composed', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'regiograaf-composition-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is taken back whole, also what a later operation undid', () => {
    const engine = engineWith('stays', 'goes');
    using composition = new Composition({ engine, base, folder, principal: allRights });
    composition.operation((emit) => {
      emit('-', line('goes'));
      emit('+', line('new'));
      emit('+', line('passing'));
    });
    composition.operation((emit) => emit('-', line('passing')));
    composition.operation((emit) => emit('+', line('goes')));
    assert.deepEqual([...composition.changeset().changes()], [{ op: '+', line: line('new') }]);
    composition.takeBack();
    assert.deepEqual(linesOf(engine), [line('goes'), line('stays')]);
    assert.equal(composition.sound, true);
  });

  it('leaves the store as it was when the disk has no room for the second operation', async function () {
    this.timeout(60_000);
    const engine = engineWith('stays');
    const unusable = join(folder, 'file');
    await writeFile(unusable, '');
    using composition = new Composition({ engine, base, folder: unusable, principal: allRights });
    // Each fits in memory; together they have to go to disk.
    const many = (prefix: string) => (emit: (op: '+', line: string) => void) => {
      for (let index = 0; index < 30_000; index += 1) emit('+', line(prefix + index));
    };
    composition.operation(many('a'));
    assert.throws(() => composition.operation(many('b')));
    composition.takeBack();
    assert.deepEqual(linesOf(engine), [line('stays')]);
    assert.equal(composition.sound, true);
  });

  it('says that nobody can tell what the store holds once a change of it failed half-way', () => {
    const engine = engineWith('stays');
    const failing: OxigraphReplica = Object.create(engine, {
      datasets: { get: () => engine.datasets },
      apply: {
        value: () => {
          throw new Error('trap');
        },
      },
    });
    using composition = new Composition({ engine: failing, base, folder, principal: allRights });
    assert.throws(() => composition.operation((emit) => emit('+', line('new'))));
    assert.equal(composition.sound, false);
  });
});
