import assert from 'node:assert/strict';
import type { Principal } from '../../../../src/graph/principal.js';
import { Fault } from '../../../../src/faults.js';
import { administrator, base, carryOut, dataset, ex, line, standard, type Start } from './carryOut.js';

const secret = dataset(`${ex}secret`, { visibility: 'restricted' });
const datasets = [dataset(standard), dataset(`${ex}g`), dataset(`${ex}h`), dataset(`${base}id/dataset/catalogus`), secret, { ...secret, iri: `${secret.iri}/beschrijving` }];
const lines = [line('a', 'p', 'std'), line('a', 'p', 'ing', 'g'), line('a', 'p', 'inh', 'h'), line('a', 'p', 'hidden', 'secret'), line('g', 'p', 'title', `${base}id/dataset/catalogus`)];
const steward: Principal = { role: 'steward', write: [`${ex}g`], createDatasets: false, visibility: { restricted: [] } };
const insider: Principal = { ...steward, write: [`${ex}secret`, standard], visibility: { restricted: [`${ex}secret`] } };

function attempt(update: string, principal: Principal, start: Start = {}): string | ReturnType<typeof carryOut> {
  try {
    return carryOut(update, { lines, datasets, principal, ...start });
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
}

describe('The rights of an update', () => {
  it('allow writing in the datasets of the token only', () => {
    assert.notEqual(typeof attempt('INSERT DATA { GRAPH :g { :x :y :z } }', steward), 'string');
    assert.equal(attempt('INSERT DATA { GRAPH :h { :x :y :z } }', steward), 'forbidden');
    assert.equal(attempt('INSERT DATA { :x :y :z }', steward), 'forbidden');
    assert.equal(attempt('COPY :g TO :h', steward), 'forbidden');
    assert.equal(attempt('MOVE :h TO :g', steward), 'forbidden');
  });

  it('look at what really changes: a change without effect needs no right', () => {
    const outcome = attempt('INSERT DATA { GRAPH :h { :a :p :inh } } ; DELETE DATA { GRAPH :h { :no :such :quad } }', steward);
    assert.ok(typeof outcome !== 'string');
    assert.deepEqual(outcome.changes, [[], []]);
  });

  it('limit CLEAR ALL to what the caller may see and write', () => {
    const outcome = attempt('CLEAR ALL', steward);
    assert.ok(typeof outcome !== 'string');
    assert.deepEqual(outcome.changes, [[{ op: '-', line: line('a', 'p', 'ing', 'g') }]]);
  });

  it('leave the catalogue to /datasets, for administrators too', () => {
    const outcome = attempt('DROP ALL', administrator);
    assert.ok(typeof outcome !== 'string');
    assert.deepEqual(outcome.lines, [line('g', 'p', 'title', `${base}id/dataset/catalogus`)]);
    assert.equal(attempt(`INSERT DATA { GRAPH <${base}id/dataset/catalogus> { :x :y :z } }`, administrator), 'forbidden');
    assert.equal(attempt('INSERT DATA { GRAPH <http://ex.test/secret/beschrijving> { :x :y :z } }', administrator), 'forbidden');
    assert.equal(attempt(`CLEAR GRAPH <${base}id/dataset/catalogus>`, administrator), 'forbidden');
    assert.equal(attempt('CREATE GRAPH <http://ex.test/new/beschrijving>', administrator), 'forbidden');
  });

  it('create a dataset by writing to it, with the right to; it may then be written in the whole request', () => {
    const maker: Principal = { ...steward, createDatasets: true };
    const outcome = attempt('INSERT DATA { GRAPH :new { :x :y :z } } ; DELETE DATA { GRAPH :new { :x :y :z } }', maker);
    assert.ok(typeof outcome !== 'string');
    assert.deepEqual(outcome.created, [`${ex}new`]);
    assert.equal(attempt('INSERT DATA { GRAPH :new { :x :y :z } }', steward), 'unknown-dataset');
    assert.equal(attempt('CREATE GRAPH :new', steward), 'forbidden');
  });

  it('without the right to create, DROP empties the dataset and keeps its description', () => {
    const outcome = attempt('DROP GRAPH :g', steward);
    assert.ok(typeof outcome !== 'string');
    assert.deepEqual(outcome.dropped, []);
    assert.equal(outcome.counts[0]?.changed, 1);
  });
});

function found(update: string, principal: Principal): number {
  const outcome = attempt(update, principal);
  assert.ok(typeof outcome !== 'string');
  return outcome.lines.filter((text) => text.includes('/found>')).length;
}

describe('A restricted dataset and an update', () => {
  it('is read by nobody without the right, in any way', () => {
    const outsider: Principal = { ...steward, write: [standard] };
    for (const where of [
      'WHERE { ?s :p :hidden }',
      'WHERE { GRAPH :secret { ?s :p ?o } }',
      'WHERE { GRAPH ?g { ?s :p :hidden } }',
      'USING :secret WHERE { ?s ?p ?o }',
      'USING NAMED :secret WHERE { GRAPH ?g { ?s ?p ?o } }',
    ]) {
      assert.equal(found(`INSERT { :x :found 1 } ${where}`, outsider), 0, where);
      assert.equal(found(`INSERT { :x :found 1 } ${where}`, insider), 1, where);
    }
  });

  it('looks like one that does not exist to who may not see it', () => {
    for (const update of ['INSERT DATA { GRAPH :secret { :x :y :z } }', 'CLEAR GRAPH :secret', 'COPY :secret TO :g', 'DELETE DATA { GRAPH :secret { :x :y :z } }', 'CREATE GRAPH :secret']) {
      const answer = attempt(update, steward);
      assert.deepEqual(answer, attempt(update.replaceAll(':secret', ':none'), steward), update);
    }
  });

  it('is not created again by somebody who may create datasets but not see it', () => {
    const maker: Principal = { ...steward, createDatasets: true };
    assert.equal(attempt('INSERT DATA { GRAPH :secret { :x :y :z } }', maker), 'forbidden');
    assert.equal(attempt('CREATE GRAPH :secret', maker), 'forbidden');
  });
});
