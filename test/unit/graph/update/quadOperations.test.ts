import assert from 'node:assert/strict';
import { base, carryOut, dataset, ex, line, standard } from './carryOut.js';

const xsd = 'http://www.w3.org/2001/XMLSchema#';

describe('INSERT DATA and DELETE DATA', () => {
  it('write quads outside GRAPH to the dataset that is the unnamed graph', () => {
    const { lines } = carryOut('INSERT DATA { :a :p 1 . GRAPH :g { :a :p 2 } }');
    assert.deepEqual(lines, [line('a', 'p', `"1"^^<${xsd}integer>`), line('a', 'p', `"2"^^<${xsd}integer>`, 'g')]);
  });

  it('count what was there already as matched but not as changed', () => {
    const { changes, counts } = carryOut('INSERT DATA { :a :p :b , :c }', { lines: [line('a', 'p', 'b')] });
    assert.deepEqual(changes, [[{ op: '+', line: line('a', 'p', 'c') }]]);
    assert.deepEqual(counts, [{ matched: 2, changed: 1 }]);
  });

  it('ignore the deletion of quads that are not there', () => {
    const { changes, counts } = carryOut('DELETE DATA { :a :p :b , :c }', { lines: [line('a', 'p', 'b')] });
    assert.deepEqual(changes, [[{ op: '-', line: line('a', 'p', 'b') }]]);
    assert.deepEqual(counts, [{ matched: 2, changed: 1 }]);
  });

  it('give each blank node a fresh IRI, one per label in an operation', () => {
    const { lines } = carryOut('INSERT DATA { _:b :p 1 ; :q 2 . [] :p 3 }');
    const subjects = lines.map((text) => text.split(' ')[0]);
    assert.equal(new Set(subjects).size, 2);
    assert.ok(subjects.every((subject) => subject?.startsWith(`<${base}.well-known/genid/`)));
  });

  it('write lists out', () => {
    const { lines } = carryOut('INSERT DATA { :a :p ( :x :y ) }');
    assert.equal(lines.length, 5);
  });

  it('compare literals by their exact form: xsd:int is not xsd:integer', () => {
    const lines = [line('a', 'p', `"5"^^<${xsd}int>`)];
    assert.deepEqual(carryOut('DELETE DATA { :a :p 5 }', { lines }).lines, lines);
    assert.deepEqual(carryOut('DELETE DATA { :a :p "5"^^xsd:int }', { lines }).lines, []);
  });

  it('bring constants to canonical form', () => {
    const { lines } = carryOut('INSERT DATA { :a :p 05 , "x"@NL-be }');
    assert.deepEqual(lines, [line('a', 'p', `"5"^^<${xsd}integer>`), line('a', 'p', '"x"@nl-be')]);
  });
});

describe('DELETE and INSERT with WHERE', () => {
  it('delete before they insert: what is deleted and inserted stays, without a change', () => {
    const { changes, counts } = carryOut('DELETE { ?s :p ?o } INSERT { ?s :p ?o } WHERE { ?s :p ?o }', { lines: [line('a', 'p', 'b')] });
    assert.deepEqual(changes, [[]]);
    assert.equal(counts[0]?.changed, 0);
  });

  it('keep a quad that one solution deletes and another inserts, in any order', () => {
    const lines = [line('a', 'next', 'b'), line('b', 'next', 'a'), line('a', 'mark', 'a'), line('b', 'mark', 'b')];
    const update = 'DELETE { ?x :mark ?x } INSERT { ?y :mark ?y } WHERE { ?x :next ?y }';
    assert.deepEqual(carryOut(update, { lines }).changes, [[]]);
  });

  it('see the graph as it was before the operation, and with the effect of the operations before', () => {
    const { lines } = carryOut(
      'INSERT { ?s :q ?o } WHERE { ?s :p ?o } ; INSERT { ?s :r ?o } WHERE { ?s :q ?o } ; DELETE WHERE { ?s :p ?o }',
      { lines: [line('a', 'p', 'b')] },
    );
    assert.deepEqual(lines, [line('a', 'q', 'b'), line('a', 'r', 'b')]);
  });

  it('leave out a quad with an unbound variable, and keep the others of the solution', () => {
    const { lines } = carryOut('INSERT { ?s :q ?n . ?s :r ?o } WHERE { ?s :p ?o OPTIONAL { ?s :name ?n } }', { lines: [line('a', 'p', 'b')] });
    assert.deepEqual(lines, [line('a', 'p', 'b'), line('a', 'r', 'b')]);
  });

  it('leave out quads with a literal as subject, predicate or graph', () => {
    const { changes } = carryOut('INSERT { ?o :q 1 . :a ?o 1 . GRAPH ?o { :a :q 1 } } WHERE { ?s :p ?o }', { lines: [line('a', 'p', '"x"')] });
    assert.deepEqual(changes, [[]]);
  });

  it('leave out quads with a blank node as predicate or graph', () => {
    const { changes } = carryOut('INSERT { :a ?b 1 . GRAPH ?b { :a :q 1 } } WHERE { BIND(BNODE() AS ?b) }');
    assert.deepEqual(changes, [[]]);
  });

  it('make a blank node of the template anew for each solution, also when the solutions look alike', () => {
    const { lines } = carryOut('INSERT { [] :about ?s } WHERE { ?s :p ?o } ; DELETE WHERE { ?s :p ?o }', {
      lines: [line('a', 'p', 'b'), line('a', 'p', 'c')],
    });
    assert.equal(lines.length, 2);
  });

  it('make one IRI of a blank node that a solution computed', () => {
    const { lines } = carryOut('INSERT { ?b :p 1 ; :q 2 } WHERE { BIND(BNODE() AS ?b) }');
    const [first, second] = lines.map((text) => text.split(' ')[0]);
    assert.equal(first, second);
    assert.match(first ?? '', /genid/u);
  });

  it('insert constants when WHERE has a solution, and not without', () => {
    const lines = [line('a', 'p', 'b'), line('a', 'p', 'c')];
    assert.deepEqual(carryOut('INSERT { :x :y :z } WHERE { ?s :p ?o }', { lines }).counts, [{ matched: 1, changed: 1 }]);
    assert.deepEqual(carryOut('INSERT { :x :y :z } WHERE { ?s :none ?o }', { lines }).counts, [{ matched: 0, changed: 0 }]);
    assert.deepEqual(carryOut('INSERT { :x :y :z } WHERE {}').counts, [{ matched: 1, changed: 1 }]);
  });

  it('delete the literals they matched, whatever datatype the engine shows them with', () => {
    const lines = [line('a', 'p', `"5"^^<${xsd}int>`), line('a', 'p', `"5"^^<${xsd}integer>`), line('a', 'p', `"7"^^<${xsd}int>`)];
    const { lines: left } = carryOut('DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?o = 5) }', { lines });
    assert.deepEqual(left, [line('a', 'p', `"7"^^<${xsd}int>`)]);
  });

  it('do not add a second form of a literal that is there', () => {
    const lines = [line('a', 'p', `"5"^^<${xsd}int>`)];
    assert.deepEqual(carryOut('INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }', { lines }).lines, lines);
    assert.deepEqual(carryOut('DELETE { ?s ?p ?o } INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }', { lines }).lines, lines);
  });

  it('compute with values', () => {
    const { lines } = carryOut('DELETE { ?s :n ?n } INSERT { ?s :n ?m } WHERE { ?s :n ?n BIND(?n + 1 AS ?m) }', {
      lines: [line('a', 'n', `"1"^^<${xsd}integer>`)],
    });
    assert.deepEqual(lines, [line('a', 'n', `"2"^^<${xsd}integer>`)]);
  });

  it('keep every part of a WHERE: paths, filters, subqueries, VALUES and text with escapes', () => {
    const { lines } = carryOut(
      String.raw`INSERT { ?s :found ?n }
        WHERE { { SELECT ?s (COUNT(?o) AS ?n) { ?s :p/^:q|:p* ?o } GROUP BY ?s HAVING(COUNT(?o) > 0) }
          VALUES ?s { :a UNDEF } ?s :label "één \"x\"\n\\"@nl FILTER NOT EXISTS { ?s :gone ?x } MINUS { ?s a :Hidden } }`,
      { lines: [line('a', 'label', String.raw`"één \"x\"\n\\"@nl`)] },
    );
    assert.ok(lines.includes(line('a', 'found', `"1"^^<${xsd}integer>`)));
  });
});

function inGraph(object: string, graph: string): string {
  return `<${ex}${object}> <${graph}>`;
}

describe('What the WHERE of an update reads', () => {
  const lines = [line('a', 'p', 'std'), line('a', 'p', 'ing', 'g'), line('a', 'p', 'inh', 'h')];
  const found = (update: string, options = {}): readonly string[] =>
    carryOut(update, { lines, ...options })
      .lines.filter((text) => text.includes('/found>'))
      .map((text) => text.split(' ').slice(2, 4).join(' '));

  it('is the merged graph by default; writing goes to the unnamed graph', () => {
    assert.deepEqual(found('INSERT { :x :found ?o } WHERE { :a :p ?o }'), [inGraph('ing', standard), inGraph('inh', standard), inGraph('std', standard)]);
  });

  it('is the unnamed graph alone when the service does not merge', () => {
    assert.deepEqual(found('INSERT { :x :found ?o } WHERE { :a :p ?o }', { unionDefaultGraph: false }), [inGraph('std', standard)]);
  });

  it('leaves quads that were matched in another dataset, and the counts say so', () => {
    const { lines: left, counts } = carryOut('DELETE WHERE { :a :p ?o }', { lines });
    assert.deepEqual(left, [lines[1], lines[2]].toSorted());
    assert.deepEqual(counts, [{ matched: 3, changed: 1 }]);
  });

  it('is the graph of WITH, which is also the graph written', () => {
    assert.deepEqual(found('WITH :g INSERT { :x :found ?o } WHERE { :a :p ?o }'), [inGraph('ing', `${ex}g`)]);
  });

  it('is the graph of USING, while WITH still says where to write', () => {
    assert.deepEqual(found('WITH :g INSERT { :x :found ?o } USING :h WHERE { :a :p ?o }'), [inGraph('inh', `${ex}g`)]);
    assert.deepEqual(found('INSERT { :x :found ?o } USING :h WHERE { :a :p ?o }'), [inGraph('inh', standard)]);
  });

  it('merges several USING graphs', () => {
    const update = 'INSERT { :x :found ?n } USING :g USING :h WHERE { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }';
    const both = [line('s', 'p', 'o', 'g'), line('s', 'p', 'o', 'h'), line('s', 'q', 'o', 'h')];
    assert.deepEqual(carryOut(update, { lines: both }).lines.at(-1), line('x', 'found', `"2"^^<${xsd}integer>`));
  });

  it('has no default graph with USING NAMED alone, and only those named graphs', () => {
    assert.deepEqual(found('INSERT { :x :found ?o } USING NAMED :g WHERE { :a :p ?o }'), []);
    assert.deepEqual(found('INSERT { :x :found ?o } USING NAMED :g WHERE { GRAPH ?g { :a :p ?o } }'), [inGraph('ing', standard)]);
  });

  it('reads graphs by name with GRAPH, and writes to a graph that a solution names', () => {
    const { lines: left } = carryOut('DELETE { GRAPH ?g { ?s :p ?o } } INSERT { GRAPH ?g { ?s :q ?o } } WHERE { GRAPH ?g { ?s :p ?o } FILTER(?g != :h) }', { lines });
    assert.deepEqual(left, [line('a', 'q', 'std'), line('a', 'q', 'ing', 'g'), line('a', 'p', 'inh', 'h')].toSorted());
  });

  it('takes using-graph-uri of the protocol as USING', () => {
    assert.deepEqual(found('INSERT { :x :found ?o } WHERE { :a :p ?o }', { usingGraphs: [`${ex}h`] }), [inGraph('inh', standard)]);
  });

  it('leaves proposals out of the merged graph', () => {
    const datasets = [dataset(standard), dataset(`${ex}g`, { status: 'voorgesteld' }), dataset(`${ex}h`)];
    assert.deepEqual(found('INSERT { :x :found ?o } WHERE { :a :p ?o }', { datasets }), [inGraph('inh', standard), inGraph('std', standard)]);
  });
});
