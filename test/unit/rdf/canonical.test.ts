import assert from 'node:assert/strict';
import fc from 'fast-check';
import oxigraph from 'oxigraph';
import { canonicalQuad, canonicalTerm, engineLine, engineTermText } from '../../../src/rdf/canonical.js';
import { fromLine, toLine } from '../../../src/rdf/nquads.js';
import { literal, namedNode, quad, termText } from '../../../src/rdf/terms.js';
import { anyText, languageTag, lexicalForms, xsd } from './literals.js';

/** The quad line the engine gives back after loading one. */
function throughEngine(line: string): string {
  const store = new oxigraph.Store();
  store.load(`${line}\n`, { format: 'application/n-quads' });
  return store.dump({ format: 'application/n-quads' }).trimEnd();
}

const subject = namedNode('urn:s');
const predicate = namedNode('urn:p');
const graph = namedNode('urn:g');

function checkAgainstEngine(original: ReturnType<typeof literal>): void {
  const line = toLine(quad(subject, predicate, original, graph));
  const kept = throughEngine(line);
  const canonical = canonicalTerm(original);
  assert.equal(canonical.datatype.value, original.datatype.value);
  const canonicalLine = toLine(quad(subject, predicate, canonical, graph));
  assert.equal(engineLine(canonicalLine), kept, `engine form of ${line}`);
  assert.equal(engineTermText(termText(original)), termText(fromLine(kept).object), 'also from a term that is not canonical yet');
  assert.deepEqual(canonicalTerm(canonical), canonical, 'canonical form is stable');
  const stored = fromLine(kept).object;
  assert.ok(stored.termType === 'Literal');
  const stays = stored.datatype.value === original.datatype.value && throughEngine(kept) === kept;
  assert.equal(canonicalLine, stays ? kept : line, 'canonical form changes exactly what the engine changes within the datatype');
}

const full = (text: string): string => text.replace(/xsd:(\w+)$/, `<${xsd}$1>`);

describe('canonical form', () => {
  for (const [name, forms] of Object.entries(lexicalForms)) {
    it(`is what the engine keeps of an xsd:${name}`, () => {
      fc.assert(fc.property(forms, (lexical) => checkAgainstEngine(literal(lexical, namedNode(xsd + name)))), { numRuns: 400 });
    });
  }

  it('is what the engine keeps of a text with a language', () => {
    fc.assert(fc.property(anyText, languageTag, (text, language) => checkAgainstEngine(literal(text, language))));
  });

  it('leaves datatypes the engine does not know as they are', () => {
    const datatypes = ['http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON', 'http://www.opengis.net/ont/geosparql#wktLiteral', 'urn:my-datatype', `${xsd}unknown`];
    fc.assert(fc.property(anyText, fc.constantFrom(...datatypes), (text, datatype) => checkAgainstEngine(literal(text, namedNode(datatype)))));
  });

  it('gives every lexical form its engine form under any other datatype too', () => {
    const pairs = fc.tuple(fc.constantFrom(...Object.keys(lexicalForms)), fc.oneof(...Object.values(lexicalForms)));
    fc.assert(fc.property(pairs, ([name, lexical]) => checkAgainstEngine(literal(lexical, namedNode(xsd + name)))), { numRuns: 1500 });
  });

  const examples: readonly (readonly [written: string, canonical: string, engine: string])[] = [
    ['"01"^^xsd:integer', '"1"^^xsd:integer', '"1"^^xsd:integer'],
    ['"01"^^xsd:int', '"01"^^xsd:int', '"1"^^xsd:integer'],
    ['"1.50"^^xsd:decimal', '"1.5"^^xsd:decimal', '"1.5"^^xsd:decimal'],
    ['"1E2"^^xsd:double', '"100"^^xsd:double', '"100"^^xsd:double'],
    ['"16777217"^^xsd:float', '"16777216"^^xsd:float', '"16777216"^^xsd:float'],
    ['"2020-01-01T24:00:00+00:00"^^xsd:dateTime', '"2020-01-02T00:00:00Z"^^xsd:dateTime', '"2020-01-02T00:00:00Z"^^xsd:dateTime'],
    ['"2020-01-01T00:00:00.0Z"^^xsd:dateTimeStamp', '"2020-01-01T00:00:00.0Z"^^xsd:dateTimeStamp', '"2020-01-01T00:00:00Z"^^xsd:dateTime'],
    ['"P12M"^^xsd:duration', '"P1Y"^^xsd:duration', '"P1Y"^^xsd:duration'],
    ['"twelve"^^xsd:integer', '"twelve"^^xsd:integer', '"twelve"^^xsd:integer'],
    ['"twelve"^^xsd:int', '"twelve"^^xsd:int', '"twelve"^^xsd:int'],
  ];
  for (const [written, canonical, engine] of examples) {
    it(`brings ${written} to ${canonical}, which the engine shows as ${engine}`, () => {
      const line = `<urn:s> <urn:p> ${full(written)} .`;
      const canonicalLine = toLine(canonicalQuad(fromLine(line)));
      assert.equal(canonicalLine, `<urn:s> <urn:p> ${full(canonical)} .`);
      assert.equal(engineLine(canonicalLine), `<urn:s> <urn:p> ${full(engine)} .`);
      assert.equal(throughEngine(line), engineLine(canonicalLine));
    });
  }
});
