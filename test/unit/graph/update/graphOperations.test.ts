import assert from 'node:assert/strict';
import { Fault } from '../../../../src/faults.js';
import { carryOut, ex, line, standard } from './carryOut.js';

const std = line('a', 'p', 'std');
const ing = line('a', 'p', 'ing', 'g');
const inh = line('a', 'p', 'inh', 'h');
const lines = [std, ing, inh];

function code(update: string): string | undefined {
  try {
    carryOut(update, { lines });
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
}

describe('CLEAR, DROP and CREATE', () => {
  it('CLEAR empties the unnamed graph, one graph, the named graphs or all', () => {
    assert.deepEqual(carryOut('CLEAR DEFAULT', { lines }).lines, [ing, inh].toSorted());
    assert.deepEqual(carryOut('CLEAR GRAPH :g', { lines }).lines, [std, inh].toSorted());
    assert.deepEqual(carryOut('CLEAR NAMED', { lines }).lines, [std]);
    assert.deepEqual(carryOut('CLEAR ALL', { lines }), { lines: [], changes: [[ing, inh, std].map((text) => ({ op: '-', line: text }))], counts: [{ matched: 3, changed: 3 }], created: [], dropped: [] });
  });

  it('DROP also removes the descriptions, but the unnamed graph always exists', () => {
    assert.deepEqual(carryOut('DROP ALL', { lines }).dropped, [`${ex}g`, `${ex}h`]);
    assert.deepEqual(carryOut('DROP DEFAULT', { lines }).dropped, []);
    assert.deepEqual(carryOut('DROP GRAPH :g', { lines }).lines, [std, inh].toSorted());
  });

  it('fail on a graph that does not exist, unless SILENT', () => {
    assert.equal(code('CLEAR GRAPH :none'), 'unknown-dataset');
    assert.equal(code('DROP GRAPH :none'), 'unknown-dataset');
    assert.deepEqual(carryOut('CLEAR SILENT GRAPH :none ; DROP SILENT GRAPH :none', { lines }).changes, [[], []]);
  });

  it('CREATE makes a dataset, and fails when there is one, unless SILENT', () => {
    assert.deepEqual(carryOut('CREATE GRAPH :new').created, [`${ex}new`]);
    assert.equal(code('CREATE GRAPH :g'), 'conflict');
    assert.deepEqual(carryOut('CREATE SILENT GRAPH :g').created, []);
  });

  it('what CREATE made can be written and cleared in the same request', () => {
    const { lines: left, created } = carryOut('CREATE GRAPH :new ; INSERT DATA { GRAPH :new { :a :p :b } } ; COPY :new TO :g ; CLEAR GRAPH :new');
    assert.deepEqual(left, [line('a', 'p', 'b', 'g')]);
    assert.deepEqual(created, [`${ex}new`]);
  });
});

describe('COPY, MOVE and ADD', () => {
  it('COPY makes the destination equal to the source', () => {
    const { lines: left } = carryOut('COPY :g TO :h', { lines });
    assert.deepEqual(left, [std, ing, line('a', 'p', 'ing', 'h')].toSorted());
  });

  it('COPY changes nothing that is in both', () => {
    const both = [...lines, line('a', 'p', 'ing', 'h')];
    assert.deepEqual(carryOut('COPY :g TO :h', { lines: both }).changes, [[{ op: '-', line: inh }]]);
  });

  it('MOVE empties and drops the source', () => {
    const { lines: left, dropped } = carryOut('MOVE :g TO :h', { lines });
    assert.deepEqual(left, [std, line('a', 'p', 'ing', 'h')].toSorted());
    assert.deepEqual(dropped, [`${ex}g`]);
  });

  it('ADD keeps what the destination had', () => {
    const { lines: left } = carryOut('ADD :g TO DEFAULT', { lines });
    assert.deepEqual(left, [std, line('a', 'p', 'ing'), ing, inh].toSorted());
  });

  it('create the destination when it does not exist', () => {
    const { lines: left, created } = carryOut('COPY DEFAULT TO :new', { lines });
    assert.deepEqual(created, [`${ex}new`]);
    assert.ok(left.includes(line('a', 'p', 'std', 'new')));
  });

  it('do nothing from a graph to itself', () => {
    for (const kind of ['COPY', 'MOVE', 'ADD']) {
      const { changes, dropped } = carryOut(`${kind} :g TO :g ; ${kind} DEFAULT TO <${standard}>`, { lines });
      assert.deepEqual({ changes, dropped }, { changes: [[], []], dropped: [] }, kind);
    }
  });

  it('fail without the source, unless SILENT', () => {
    assert.equal(code('COPY :none TO :g'), 'unknown-dataset');
    assert.deepEqual(carryOut('MOVE SILENT :none TO :g', { lines }).lines, lines.toSorted());
  });

  it('keep the exact form of literals', () => {
    const int = '"5"^^<http://www.w3.org/2001/XMLSchema#int>';
    const { lines: left } = carryOut('MOVE :g TO :h', { lines: [line('a', 'p', int, 'g')] });
    assert.deepEqual(left, [line('a', 'p', int, 'h')]);
  });
});
