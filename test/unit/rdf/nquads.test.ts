import assert from 'node:assert/strict';
import fc from 'fast-check';
import oxigraph from 'oxigraph';
import { engineLine, canonicalQuad } from '../../../src/rdf/canonical.js';
import { fromLine, joinLine, splitLine, toLine } from '../../../src/rdf/nquads.js';
import { literal, namedNode, parseTermText, quad, termText } from '../../../src/rdf/terms.js';
import { anyText } from './literals.js';
import { literals, quads } from './graphs.js';

describe('quad lines', () => {
  it('hold a quad exactly', () => {
    fc.assert(
      fc.property(quads({ graphs: true }), (all) => {
        for (const item of all) {
          const line = toLine(item);
          assert.ok(fromLine(line).equals(item));
          const { subject, predicate, object, graph } = splitLine(line);
          assert.equal(joinLine(subject, predicate, object, graph), line);
          assert.equal(toLine(fromLine(line)), line);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are written as the engine writes them', () => {
    const item = literals().map((object) => canonicalQuad(quad(namedNode('urn:s'), namedNode('urn:p'), object, namedNode('urn:g'))));
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 20 }), (all) => {
        const store = new oxigraph.Store();
        const lines = [...new Set(all.map(toLine))];
        store.load(`${lines.join('\n')}\n`, { format: 'application/n-quads' });
        const dumped = store.dump({ format: 'application/n-quads' }).split('\n').filter((line) => line !== '');
        assert.deepEqual(dumped.toSorted(), [...new Set(lines.map(engineLine))].toSorted());
      }),
      { numRuns: 300 },
    );
  });

  it('never hold a line break, whatever the text', () => {
    fc.assert(fc.property(anyText, (text) => !/[\r\n]/.test(termText(literal(text)))));
  });

  it('give back the term of every term text', () => {
    fc.assert(fc.property(literals(), (term) => parseTermText(termText(term)).equals(term)));
  });

  it('are refused when they are none', () => {
    for (const text of ['', 'x', '<urn:a> <urn:b>', '<urn:a> <urn:b> "open .', '<urn:a> <urn:b> <urn:c>']) assert.throws(() => splitLine(text), SyntaxError);
    assert.throws(() => parseTermText('urn:a'), SyntaxError);
  });
});
