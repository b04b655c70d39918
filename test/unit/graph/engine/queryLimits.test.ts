import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { Fault } from '../../../../src/faults.js';
import { BoundedQuery, outline } from '../../../../src/graph/engine/queryLimits.js';
import { canonicalText, scanSparql } from '../../../../src/graph/engine/sparqlScan.js';
import { oxigraph } from '../../../../src/graph/engine/oxigraphModule.js';

function bounded(text: string, rows: number): BoundedQuery {
  return new BoundedQuery(text, outline(text), rows);
}

describe('limits of a query', () => {
  const store = new oxigraph.Store();
  store.load('<x:a> <x:p> "1 {},{} \\"q\\"", "2, \\n \\\\", "3<result>", "4", "5" .', { format: 'text/turtle' });
  const formats = ['application/sparql-results+json', 'application/sparql-results+xml', 'text/csv', 'text/tab-separated-values'];
  const ask = (text: string, format: string): string => String(store.query(text, { results_format: format }));

  for (const format of formats) {
    it(`sees in ${format} whether there is one row too many, whatever the values`, () => {
      for (const text of ['SELECT * { ?s ?p ?o }', 'SELECT ?o { ?s ?p ?o } ORDER BY ?o #', 'SELECT ?none { ?s ?p ?o } LIMIT 99', 'SELECT * { ?s ?p ?o } VALUES ?s { <x:a> }']) {
        const [four, five] = [bounded(text, 4), bounded(text, 5)];
        assert.equal(four.overflows(ask(four.text, format), format), true, text);
        assert.equal(five.overflows(ask(five.text, format), format), false, text);
      }
    });
  }

  it('leaves a smaller LIMIT, one of a subquery, and an OFFSET as they are', () => {
    assert.equal(bounded('SELECT * { ?s ?p ?o } LIMIT 3', 4).text, 'SELECT * { ?s ?p ?o } LIMIT 3');
    const text = 'SELECT * { { SELECT ?o { ?s ?p ?o } LIMIT 2 } } OFFSET 1';
    const query = bounded(text, 4);
    assert.equal(query.overflows(ask(query.text, 'text/csv'), 'text/csv'), false);
    assert.equal(ask(query.text, 'text/csv').split('\n').length, 3);
  });

  it('finds out with a second question whether a CONSTRUCT used more solutions than it may', () => {
    const more = (text: string, rows: number): boolean => {
      const check = bounded(text, rows).check(1000) ?? '';
      return ask(check, 'text/csv').trim().split('\n').length > 1;
    };
    for (const text of ['CONSTRUCT { ?s <x:q> { ?o } } WHERE { ?s ?p ?o }'.replace('{ ?o }', '?o'), 'CONSTRUCT WHERE { ?s ?p ?o }', 'PREFIX x: <x:> CONSTRUCT { ?s x:q [ x:r ?o ] } { ?s ?p ?o }']) {
      assert.equal(more(text, 4), true, text);
      assert.equal(more(text, 5), false, text);
    }
    assert.equal(bounded('CONSTRUCT WHERE { ?s ?p ?o } LIMIT 2', 4).check(1000), undefined);
  });

  it('refuses what the stack of the engine would not hold, with the place', () => {
    for (const text of [`SELECT *\n${'{'.repeat(10_000)}`, `SELECT (\n${'1+'.repeat(10_000)}1 AS ?x) {}`, `SELECT * {\n?s ${'<x:p>/'.repeat(10_000)}<x:p> ?o }`]) {
      assert.throws(
        () => outline(text),
        (error: unknown) => error instanceof Fault && error.code === 'query-syntax' && error.data.place?.line === 2,
      );
    }
    assert.equal(outline(`SELECT * { VALUES ?x { ${'"(((" '.repeat(10_000)} } }`).depth, 2);
  });

  it('takes 10,000 brackets inside strings, IRIs and comments for what they are', () => {
    assert.equal(scanSparql(`SELECT * { # ${'('.repeat(1000)}\n ?s <http://x/#((> """"((${'('.repeat(500)}""" }`).depth, 1);
  });

  it('knows a function that gives something else every time from a name that looks like one', () => {
    for (const text of ['SELECT (NOW() AS ?x) {}', 'SELECT (rand() AS ?x) {}', 'SELECT * { SERVICE <x:s> {} }', 'SELECT (BNODE() AS ?b) {}', 'SELECT * { ?s ?p ?o.SERVICE<x:s>{} }', 'SELECT * { ?s ?p 1.SERVICE<x:s>{} }']) assert.equal(scanSparql(text).volatile, true, text);
    for (const text of ['SELECT ?now {}', 'SELECT * { ?s <x:/service/now> "NOW()" }', 'SELECT * { ?s dct:service now:x } # RAND()', 'PREFIX uuid: <x:> ASK {}']) assert.equal(scanSparql(text).volatile, false, text);
  });

  it('reads a long text in time, however its quotes and signs are balanced', () => {
    for (const part of ['"', "'''", '<', '\\', '#', '"\\', 'a:', '((', '""', '"""a', 'a', 'a-', '_:.', '1.']) scanSparql(`${part.repeat(100_000)}:`);
  });
});

describe('canonical text of a query', () => {
  it('does not depend on white space and comments', () => {
    const texts = ['SELECT ?s{?s a <x:a>;<x:p>"a  b"}', 'SELECT  ?s { ?s a\n<x:a> ; # a comment "\n <x:p> "a  b" }\n', '# first\nSELECT ?s\t{?s a <x:a> ;<x:p> "a  b" }'];
    assert.equal(new Set(texts.map(canonicalText).map((text) => text.replaceAll('> "', '>"'))).size, 1);
  });

  it('keeps apart what means something else', () => {
    const pairs = [['"a b"', '"a  b"'], ['ex:a.b', 'ex:a .b'], ['ex:a\\, b', 'ex:a\\,b'], ['<x:#a b', '<x: #a\nb'], ['?a < ?b', '?a <?b'], ["'# x'", "'#  x'"]] as const;
    for (const [a, b] of pairs) assert.notEqual(canonicalText(a), canonicalText(b));
  });

  it('is its own canonical text', () => {
    const piece = fc.constantFrom('SELECT', ' ', '\n', '# c\n', '{', '}', '"a # b"', '<x:#y>', 'ex:a', '.', ';', '(', ')', '?x', '<', '\\,', "'#  x'");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const once = canonicalText(pieces.join(''));
        assert.equal(canonicalText(once), once);
      }),
    );
  });
});
