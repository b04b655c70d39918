import assert from 'node:assert/strict';
import { sh } from '../../../src/rdf/prefixes.js';
import { withoutEchoes } from '../../../src/validation/echoes.js';
import type { ValidationReport, ValidationResult } from '../../../src/graph/validation/report.js';
import { ex } from './fixture.js';

const mine = `${ex}mijn`;
const other = `${ex}ander`;

function found(dataset: string, focusNode: string, value: string, component = 'SPARQL'): ValidationResult {
  return { dataset, focusNode, value, component: sh(`${component}ConstraintComponent`), shape: '<urn:s>', severity: 'Violation', origin: 'change', messages: { nl: 'Zelfde nummer.' } };
}

function reportOf(...results: readonly ValidationResult[]): ValidationReport {
  return { conforms: false, results, truncated: false, counts: { Violation: results.length, Warning: 0, Info: 0 } };
}

const inMine = ({ dataset }: ValidationResult): boolean => dataset === mine;

describe('a report without echoes', () => {
  it('names once what two datasets that describe the same thing both fail', () => {
    const { results, counts } = withoutEchoes(reportOf(found(other, '<urn:a>', '"1"'), found(mine, '<urn:a>', '"1"')), inMine);
    assert.deepEqual(results.map(({ dataset }) => dataset), [mine]);
    assert.equal(counts.Violation, 1);
  });

  it('names a pair of equal things once, at the one that the change describes', () => {
    const { results } = withoutEchoes(reportOf(found(other, '<urn:a>', '<urn:b>'), found(mine, '<urn:b>', '<urn:a>')), inMine);
    assert.deepEqual(results.map(({ focusNode }) => focusNode), ['<urn:b>']);
  });

  it('keeps every other result, in its order', () => {
    const report = reportOf(found(other, '<urn:a>', '"1"'), found(mine, '<urn:b>', '"1"'), found(mine, '<urn:a>', '"2"'), found(other, '<urn:a>', '"1"', 'Pattern'), found(mine, '<urn:a>', '"1"', 'Pattern'));
    assert.equal(withoutEchoes(report, inMine), report);
  });
});
