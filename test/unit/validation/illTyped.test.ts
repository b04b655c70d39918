import assert from 'node:assert/strict';
import { isWellFormed } from '../../../src/rdf/lexical/wellFormed.js';
import { prefixes, xsd } from '../../../src/rdf/prefixes.js';
import { illTyped } from '../../../src/validation/illTyped.js';

const good: Readonly<Record<string, readonly string[]>> = {
  boolean: ['true', '0'], integer: ['-12', '+0'], decimal: ['1', '.5', '-3.'], double: ['1e3', 'INF', '-INF', 'NaN'], byte: ['-128', '127'], unsignedByte: ['255'],
  positiveInteger: ['1'], nonNegativeInteger: ['0'], negativeInteger: ['-1'], date: ['2024-02-29', '2020-01-01Z'], dateTime: ['2020-01-01T24:00:00', ' 2020-01-01T00:00:00 '],
  gYear: ['2023'], gYearMonth: ['2023-12'], dateTimeStamp: ['2020-01-01T00:00:00+01:00'], duration: ['P1Y2M3DT4H5M6.7S', '-PT1S'], yearMonthDuration: ['P1Y'], dayTimeDuration: ['PT36H'], string: ['om het even'],
};
const bad: Readonly<Record<string, readonly string[]>> = {
  boolean: ['ja', 'TRUE'], integer: ['1.0', '', 'twaalf'], decimal: ['1e3', '1,5'], double: ['oneindig', 'e3'], byte: ['128'], unsignedByte: ['-1', '256'],
  positiveInteger: ['0'], nonNegativeInteger: ['-1'], negativeInteger: ['0'], date: ['2020-13-45', '2023-02-29', '01/02/2020'], dateTime: ['2020-01-01', '2020-01-01T25:00:00'],
  gYear: ['23'], gYearMonth: ['2023-13'], dateTimeStamp: ['2020-01-01T00:00:00'], duration: ['P', '1 dag', 'P1S'], yearMonthDuration: ['P1D'], dayTimeDuration: ['P1Y'],
};

describe('a literal of a datatype of XML Schema', () => {
  for (const datatype of new Set([...Object.keys(good), ...Object.keys(bad)])) {
    it(`${datatype} is checked`, () => {
      for (const text of good[datatype] ?? []) assert(isWellFormed(text, xsd(datatype)), text);
      for (const text of bad[datatype] ?? []) assert(!isWellFormed(text, xsd(datatype)), text);
    });
  }

  it('is left alone with a datatype of somebody else', () => assert(isWellFormed('om het even', 'http://a.example/type')));

  it('is reported with its place and what to do, when it is no value', () => {
    const result = illTyped(`<http://a.example/s> <${prefixes.dct}issued> "2020-13-45"^^<${xsd('date')}> <http://a.example/g> .`, 'http://a.example/g');
    assert.equal(result?.severity, 'Violation');
    assert.equal(result?.path, `<${prefixes.dct}issued>`);
    assert.match(result?.messages['nl'] ?? '', /2020-13-45.*xsd:date/u);
    assert.equal(illTyped(`<http://a.example/s> <${prefixes.dct}issued> "2020-12-31"^^<${xsd('date')}> <http://a.example/g> .`, 'http://a.example/g'), undefined);
  });
});
