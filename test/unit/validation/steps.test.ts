import assert from 'node:assert/strict';
import { OxigraphReplica } from '../../../src/graph/engine/oxigraphReplica.js';
import type { GraphState } from '../../../src/graph/state.js';
import { Steps } from '../../../src/validation/steps.js';

const base = 'http://localhost:3000/';
const graph = `<${base}id/dataset/a>`;
const [knows, likes] = ['<http://e/knows>', '<http://e/likes>'];

function node(name: string): string {
  return `<http://e/${name}>`;
}

/** A state that counts the questions it is asked. */
function state(triples: readonly string[]): { readonly asked: () => number; readonly state: GraphState } {
  const replica = new OxigraphReplica({ base });
  replica.apply(triples.map((triple) => ({ op: '+', line: `${triple} ${graph} .` })));
  let asked = 0;
  const counted = <A extends readonly unknown[], R>(method: (...args: A) => R) => (...args: A): R => {
    asked += 1;
    return method(...args);
  };
  return {
    asked: () => asked,
    state: {
      match: counted((...args) => replica.match(...args)),
      bySubjects: counted((...args) => replica.bySubjects(...args)),
      byObjects: counted((...args) => replica.byObjects(...args)),
      fewByObjects: counted((...args) => replica.fewByObjects(...args)),
      present: counted((...args) => replica.present(...args)),
      select: counted((...args) => replica.select(...args)),
      count: (dataset) => replica.count(dataset),
    },
  };
}

const few = [`${node('a')} ${knows} ${node('b')}`, `${node('c')} ${knows} ${node('b')}`, `${node('c')} ${likes} ${node('b')}`, `${node('b')} ${knows} ${node('d')}`];
const crowd = Array.from({ length: 300 }, (_, index) => `${node(`m${index}`)} ${knows} ${node('b')}`);

describe('steps along predicates', () => {
  it('ask the same thing once', () => {
    const { state: small, asked } = state(few);
    const { step } = new Steps(small);
    for (let round = 0; round < 3; round += 1) {
      assert.deepEqual([...step(new Set([node('a'), node('b')]), knows, true)].toSorted(), [node('b'), node('d')]);
      assert.deepEqual([...step(new Set([node('b')]), knows, false)].toSorted(), [node('a'), node('c')]);
    }
    assert.equal(asked(), 2);
  });

  it('know all that points at nodes they asked about, by any predicate', () => {
    const { state: small, asked } = state(few);
    const steps = new Steps(small);
    steps.surround([node('b'), node('c')]);
    assert.deepEqual([...steps.step(new Set([node('b'), node('c')]), knows, false)].toSorted(), [node('a'), node('c')]);
    assert.deepEqual([...steps.step(new Set([node('b')]), likes, false)], [node('c')]);
    assert.deepEqual(steps.fewBack(1, new Set([node('c')]), likes), new Set());
    assert.equal(asked(), 1);
  });

  it('find the same where much points at a node, and say when it is more than was asked for', () => {
    const { state: large } = state([...few, ...crowd]);
    const steps = new Steps(large);
    steps.surround([node('b')]);
    assert.equal(steps.fewBack(100, new Set([node('b')]), knows), undefined);
    assert.equal(steps.fewBack(400, new Set([node('b')]), knows)?.size, 302);
    assert.equal(steps.step(new Set([node('b')]), knows, false).size, 302);
    assert.deepEqual([...steps.step(new Set([node('b')]), likes, false)], [node('c')]);
  });

  it('find the same for many nodes at once', () => {
    const { state: large } = state(crowd);
    const members = new Set(crowd.map((triple) => triple.split(' ')[0] ?? ''));
    assert.deepEqual(new Steps(large).step(members, knows, true), new Set([node('b')]));
  });
});
