import assert from 'node:assert/strict';
import { canonicalJson } from '../../../../src/graph/journal/canonicalJson.js';

describe('canonical JSON (RFC 8785)', () => {
  it('sorts members by UTF-16 unit, as the example of §3.2.3', () => {
    const unsorted = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    assert.deepEqual(Object.values(JSON.parse(canonicalJson(unsorted)) as object).toSorted(), Object.values(unsorted).toSorted());
    assert.deepEqual(
      [...canonicalJson(unsorted).matchAll(/:"([^"]*)"/g)].map(([, text]) => text),
      [
        'Carriage Return',
        'One',
        'Control',
        'Latin Small Letter O With Diaeresis',
        'Euro Sign',
        'Emoji: Grinning Face',
        'Hebrew Letter Dalet With Dagesh',
      ],
    );
  });

  it('writes strings, literals and nesting as the example of §3.2.2', () => {
    assert.equal(canonicalJson({ string: '\u20ac$\u000f\nA\'B"\\\\"/', literals: [null, true, false] }), '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
    assert.equal(canonicalJson({ b: [{ z: 1, a: -2 }], a: {}, c: undefined }), '{"a":{},"b":[{"a":-2,"z":1}]}');
    assert.equal(canonicalJson([0, -0, 333333333, 9007199254740991]), '[0,0,333333333,9007199254740991]');
  });

  it('refuses what has no canonical form here: lone surrogates (§3.2.2.2), fractions, NaN, functions', () => {
    for (const value of ['\ud83d', { '\ude00': 1 }, 1.5, Number.NaN, Infinity, 2 ** 53, () => 1, undefined]) {
      assert.throws(() => canonicalJson(value), TypeError);
    }
  });
});
