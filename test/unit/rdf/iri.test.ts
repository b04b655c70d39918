import assert from 'node:assert/strict';
import fc from 'fast-check';
import oxigraph from 'oxigraph';
import { Fault } from '../../../src/faults.js';
import { checkIri, isAbsoluteIri } from '../../../src/rdf/iri.js';
import { isLanguageTag } from '../../../src/rdf/language.js';

/** Whether the engine loads a statement with this object. */
function engineAccepts(object: string): boolean {
  try {
    new oxigraph.Store().load(`<urn:s> <urn:p> ${object} .\n`, { format: 'application/n-quads' });
    return true;
  } catch {
    return false;
  }
}

const iriPieces = fc.array(
  fc.constantFrom('http:', 'urn:', 'https://', '//', '/', 'a', 'B', '0', '.', '..', ':', '::', ':80', ':x', '@', '[', ']', '[::1]', '[1:2:3:4:5:6:7:8]', '[1:2:3:4:5:6:1.2.3.4]', '[::1.2.3.400]', '[v1.x]', '[1::2::3]', '%20', '%', '%4', '%zz', '?', '#', '{', '}', '|', '^', '`', ' ', '<', 'é', '\u00a0', '\ue000', '\ufdd0', '\u{1f600}', '\u{e0001}', '\u{1fffe}', '~', '!', "'", '(', ';', '=', '+', '-', '_', '\u0080'),
  { maxLength: 8 },
);

describe('IRIs', () => {
  it('are absolute exactly when the engine takes them', () => {
    fc.assert(
      fc.property(iriPieces, fc.boolean(), (pieces, http) => {
        const text = (http ? 'http://' : '') + pieces.join('');
        fc.pre(!/[<>\\]/.test(text));
        assert.equal(isAbsoluteIri(text), engineAccepts(`<${text}>`), text);
      }),
      { numRuns: 3000 },
    );
  });

  const accepted = ['http://example.org/', 'urn:isbn:0451450523', 'http://data.vlaanderen.be/ns/subsidie#FinanciëleTransactie', 'mailto:smart@example.org', 'http://[2001:db8::7]/c=GB?one', 'tel:+32-2-553-11-11', 'http://example.org/%C3%AB', 'x:'];
  for (const text of accepted) it(`accept <${text}>`, () => assert.equal(checkIri(text), text));

  const refused: readonly (readonly [text: string, code: string])[] = [
    ['', 'relative-iri'], ['a', 'relative-iri'], ['/a', 'relative-iri'], ['//a/b', 'relative-iri'], ['#a', 'relative-iri'], ['1a:b', 'relative-iri'],
    ['http://a/b c', 'invalid-iri'], ['http://a/<b>', 'invalid-iri'], ['http://a/"', 'invalid-iri'], ['http://a/{b}', 'invalid-iri'], ['http://a/|', 'invalid-iri'], ['http://a/\\', 'invalid-iri'],
    ['http://a/^', 'invalid-iri'], ['http://a/`', 'invalid-iri'], ['http://a/\n', 'invalid-iri'], ['http://a/\u0000', 'invalid-iri'], ['http://a/%2', 'invalid-iri'], ['http://a/%zz', 'invalid-iri'], ['http://a:b/', 'invalid-iri'], ['http://[1/', 'invalid-iri'], ['http://a#b#c', 'invalid-iri'],
  ];
  for (const [text, code] of refused) {
    it(`refuse ${JSON.stringify(text)} with ${code}`, () => {
      assert.throws(() => checkIri(text), (error) => error instanceof Fault && error.code === code);
    });
  }
});

describe('language tags', () => {
  it('that we accept are accepted by the engine', () => {
    const tags = fc.array(fc.oneof(fc.constantFrom('nl', 'BE', 'x', 'a', 'Hant', '1901', '001', 'u', 'co', 'rozaj', 'biske', 'zh', 'yue', 'i', 'klingon', '1abc', 'toolongsubtag'), fc.string({ unit: fc.constantFrom('a', 'Z', '1'), maxLength: 9 })), { minLength: 1, maxLength: 6 }).map((subtags) => subtags.join('-'));
    fc.assert(
      fc.property(tags, (tag) => {
        fc.pre(isLanguageTag(tag));
        assert.ok(engineAccepts(`"x"@${tag}`), tag);
      }),
      { numRuns: 2000 },
    );
  });

  for (const tag of ['nl', 'nl-BE', 'zh-Hant-TW', 'de-CH-1901', 'sl-rozaj-biske', 'en-u-co-phonebk', 'x-eigen', 'es-419']) it(`accept ${tag}`, () => assert.ok(isLanguageTag(tag)));
  for (const tag of ['', 'n', 'nl_BE', 'nl-', 'nederlands', 'nl--BE', '12', 'nl-x']) it(`refuse ${JSON.stringify(tag)}`, () => assert.ok(!isLanguageTag(tag)));
});
