import assert from 'node:assert/strict';
import { resolveIri } from '../../../../src/graph/engine/resolveIri.js';

// RFC 3986 §5.4, with the base of that section.
const examples: Readonly<Record<string, string>> = {
  'g:h': 'g:h',
  g: 'http://a/b/c/g',
  './g': 'http://a/b/c/g',
  'g/': 'http://a/b/c/g/',
  '/g': 'http://a/g',
  '//g': 'http://g',
  '?y': 'http://a/b/c/d;p?y',
  'g?y': 'http://a/b/c/g?y',
  '#s': 'http://a/b/c/d;p?q#s',
  'g#s': 'http://a/b/c/g#s',
  'g;x=1/../y': 'http://a/b/c/y',
  '': 'http://a/b/c/d;p?q',
  '.': 'http://a/b/c/',
  '..': 'http://a/b/',
  '../g': 'http://a/b/g',
  '../../../g': 'http://a/g',
  'g?y/../x': 'http://a/b/c/g?y/../x',
  '/../g': 'http://a/g',
};

describe('resolveIri', () => {
  it('resolves the examples of RFC 3986', () => {
    const resolved = Object.fromEntries(Object.keys(examples).map((reference) => [reference, resolveIri(reference, 'http://a/b/c/d;p?q')]));
    assert.deepEqual(resolved, examples);
  });

  it('keeps every character as it was written', () => {
    assert.equal(resolveIri('caf\u00e9 %7e', 'http://straße.example'), 'http://straße.example/café %7e');
  });
});
