import assert from 'node:assert/strict';
import fc from 'fast-check';
import { alreadyHas, codedTag, expectedState, formatTag, readTag } from '../../../src/http/etag.js';

const representation = fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}[a-z0-9]$/).filter((text) => !/\.(?:gzip|br|deflate|zstd)$/.test(text));
const tag = fc.record({ state: fc.nat(), representation }, { noNullPrototype: true });

describe('entity tags', () => {
  it('say the same state and representation after writing and reading, in any coding', () => {
    fc.assert(
      fc.property(tag, fc.constantFrom('', 'gzip', 'br'), (value, coding) => {
        const text = coding === '' ? formatTag(value) : codedTag(formatTag(value), coding);
        assert.deepEqual(readTag(text.slice(1, -1)), value);
      }),
    );
  });

  it('are equal only for the same state and representation', () => {
    fc.assert(
      fc.property(tag, tag, (a, b) => {
        const same = a.state === b.state && a.representation === b.representation;
        assert.equal(alreadyHas(`W/"x", ${formatTag(a)}`, b), same);
      }),
    );
  });

  it('of other servers are no match and no state', () => {
    for (const text of ['"abc"', '"-1-x"', '"1"', '"x-1"', '"1e3-x"']) assert.equal(alreadyHas(text, { state: 1, representation: 'x' }), false);
    assert.equal(expectedState('"abc"'), 'none');
  });

  it('give If-Match the state only: strong tags of any representation, the newest', () => {
    assert.equal(expectedState(undefined), undefined);
    assert.equal(expectedState('*'), '*');
    assert.equal(expectedState('"4-turtle", "7-html.nl"'), 7);
    assert.equal(expectedState('W/"7-turtle"'), 'none');
  });
});
