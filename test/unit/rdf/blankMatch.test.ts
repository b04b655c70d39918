import assert from 'node:assert/strict';
import type * as RDF from '@rdfjs/types';
import fc from 'fast-check';
import { Fault } from '../../../src/faults.js';
import { matchBlankNodes } from '../../../src/rdf/blankMatch.js';
import { toLine } from '../../../src/rdf/nquads.js';
import { deskolemise, isSkolem, mapResources, skolemise } from '../../../src/rdf/skolem.js';
import { blankNode, literal, namedNode, quad } from '../../../src/rdf/terms.js';
import { distinct, quads } from './graphs.js';

const base = 'http://localhost:3000/';
const p = namedNode('http://example.org/p');

/** The document as it would be stored when `matched` nodes are those of the dataset. */
function resolve(document: Iterable<RDF.Quad>, matched: ReadonlyMap<string, string>): string[] {
  const term = (node: RDF.Term): RDF.NamedNode | undefined => {
    const found = matched.get(node.termType === 'BlankNode' ? `_:${node.value}` : node.value);
    return found === undefined ? undefined : namedNode(found);
  };
  return [...document].map((item) => toLine(mapResources(item, term))).toSorted();
}

function lines(all: Iterable<RDF.Quad>): string[] {
  return [...all].map(toLine).toSorted();
}

/** Blank nodes only, few names: many of the graphs have symmetries, circles and twins. */
const knotted: fc.Arbitrary<RDF.Quad[]> = fc
  .array(fc.tuple(fc.nat(5), fc.constantFrom('http://example.org/p', 'http://example.org/q'), fc.oneof(fc.nat(5), fc.constantFrom('x', 'y'))), { maxLength: 10 })
  .map((edges) => distinct(edges.map(([from, predicate, to]) => quad(blankNode(`k${from}`), namedNode(predicate), typeof to === 'number' ? blankNode(`k${to}`) : literal(to)))));

const copies = (count: number): RDF.Quad[] => Array.from({ length: count }, (_, at) => quad(blankNode(`c${at}`), p, literal('same')));

describe('matching blank nodes', () => {
  for (const [name, graphs] of [
    ['random graphs', quads({ graphs: true, maxLength: 15 })],
    ['graphs full of circles and twins', knotted],
  ] as const) {
    it(`finds every blank node of a document loaded before, in ${name}`, () => {
      fc.assert(
        fc.property(graphs, fc.boolean(), (generated, asBlankNodes) => {
          const document = distinct(generated);
          const stored = [...skolemise(document, base)];
          const again = asBlankNodes ? document.toReversed() : [...skolemise(document.toReversed(), base)];
          const matched = matchBlankNodes({ incoming: again, existing: stored, base });
          assert.deepEqual(resolve(again, matched), lines(stored), 'loading it twice changes nothing');
        }),
        { numRuns: 300 },
      );
    });
  }

  it('maps distinct nodes to distinct nodes, and a whole component or nothing', () => {
    fc.assert(
      fc.property(knotted, knotted, (one, other) => {
        const stored = [...skolemise(one, base)];
        const incoming = [...skolemise(other, base)];
        const matched = matchBlankNodes({ incoming, existing: stored, base });
        assert.equal(new Set(matched.values()).size, matched.size);
        const present = new Set(lines(stored));
        const touched = resolve(incoming.filter(({ subject }) => matched.has(subject.value)), matched);
        assert.ok(touched.every((line) => present.has(line)), 'a matched node says in the document what it says in the dataset');
      }),
      { numRuns: 300 },
    );
  });

  it('matches n copies with at most n copies', () => {
    const stored = [...skolemise(copies(2), base)];
    assert.equal(matchBlankNodes({ incoming: skolemise(copies(3), base), existing: stored, base }).size, 2);
    assert.equal(matchBlankNodes({ incoming: skolemise(copies(1), base), existing: stored, base }).size, 1);
  });

  it('matches a thousand twins below one node, and a list of ten thousand equal items', () => {
    const twins = Array.from({ length: 1000 }, (_, at) => [quad(blankNode('top'), p, blankNode(`t${at}`)), quad(blankNode(`t${at}`), p, literal('same'))]).flat();
    const chain = Array.from({ length: 10_000 }, (_, at) => [quad(blankNode(`l${at}`), p, literal('same')), quad(blankNode(`l${at}`), namedNode('urn:rest'), blankNode(`l${at + 1}`))]).flat();
    for (const document of [twins, chain]) {
      const stored = [...skolemise(document, base)];
      const again = [...skolemise(document, base)];
      assert.deepEqual(resolve(again, matchBlankNodes({ incoming: again, existing: stored, base })), lines(stored));
    }
  });

  it('takes a skolem IRI of the dataset for that node, and matches what hangs on it', () => {
    const stored = [...skolemise([quad(blankNode('a'), p, literal('a')), quad(blankNode('b'), namedNode('urn:of'), blankNode('a'))], base)];
    const a = stored[0]?.subject;
    assert.ok(a);
    const incoming = [quad(blankNode('new'), namedNode('urn:of'), a)];
    assert.deepEqual([...matchBlankNodes({ incoming, existing: stored, base })], [['_:new', stored[1]?.subject.value]]);
  });

  it('does not match a node that says more or less than before', () => {
    const stored = [...skolemise([quad(blankNode('a'), p, literal('1')), quad(blankNode('a'), p, literal('2'))], base)];
    assert.equal(matchBlankNodes({ incoming: [quad(blankNode('a'), p, literal('1'))], existing: stored, base }).size, 0);
  });

  it('refuses a document of blank nodes built to be hard, and is not stopped by one that is stored', () => {
    const clique = Array.from({ length: 12 }, (_, from) => Array.from({ length: 12 }, (_, to) => (from === to ? [] : [quad(blankNode(`k${from}`), p, blankNode(`k${to}`))]))).flat(2);
    assert.throws(
      () => matchBlankNodes({ incoming: clique, existing: [], base, workLimit: 500 }),
      (error) => error instanceof Fault && error.code === 'blank-node-work-limit',
    );
    const stored = [...skolemise([...clique, quad(blankNode('easy'), p, literal('x'))], base)];
    assert.equal(matchBlankNodes({ incoming: [quad(blankNode('e'), p, literal('x'))], existing: stored, base, workLimit: 500 }).size, 1);
  });
});

describe('skolem IRIs', () => {
  it('stand for blank nodes and turn back into them', () => {
    fc.assert(
      fc.property(quads({ graphs: true }), (document) => {
        const stored = [...skolemise(document, base)];
        assert.ok(!JSON.stringify(stored).includes('BlankNode'));
        const back = [...deskolemise(stored, base)];
        assert.deepEqual([...skolemise(back, base)].length, document.length);
        for (const [at, item] of document.entries()) assert.equal(item.subject.termType, back[at]?.subject.termType);
      }),
    );
  });

  it('are recognised below the base only', () => {
    const [stored] = skolemise([quad(blankNode(), p, literal('x'))], base);
    assert.ok(stored && isSkolem(stored.subject.value, base));
    assert.ok(!isSkolem('http://elsewhere.example/.well-known/genid/1', base));
  });
});
