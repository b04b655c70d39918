import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Fault } from '../../../../src/faults.js';
import type { QueryRequest } from '../../../../src/graph/api.js';
import { standardDataset } from '../../../../src/graph/catalogue.js';
import { OxigraphReplica } from '../../../../src/graph/engine/oxigraphReplica.js';

const base = 'http://regio.test/';
const standard = standardDataset(base);
const graphs = ['urn:g1', 'urn:g2', 'urn:leeg'];
const tsv = 'text/tab-separated-values';

function replica(lines: readonly string[]): OxigraphReplica {
  const engine = new OxigraphReplica({ base, unionDefaultGraph: false });
  engine.setDatasets([standard, ...graphs].map((iri) => ({ iri, status: 'aangenomen', mode: 'off', visibility: 'public' })));
  engine.load(lines);
  return engine;
}

/** What the specification says and the engine does not (docs/conformance.md), on the plain dataset. */
describe('answers by the letter of SPARQL 1.1', () => {
  const engine = replica([
    `<urn:s> <urn:p> <urn:o> <${standard}> .`,
    `<urn:s> <urn:naam> "een" <${standard}> .`,
    `<urn:t> <urn:naam> "twee" <${standard}> .`,
    `<urn:t> <urn:prijs> "3" <${standard}> .`,
    `<urn:s> <urn:prijs> "4" <${standard}> .`,
    '<urn:a> <urn:p> <urn:g1> <urn:g1> .',
    '<urn:a> <urn:p> <urn:b> <urn:g2> .',
    '<urn:b> <urn:q> <urn:c> <urn:g2> .',
  ]);
  const ask = (query: string, request: Partial<QueryRequest> = {}): string =>
    engine.query(engine.prepare({ query, resultFormat: tsv, graphFormat: 'text/turtle', ...request }, { restricted: [] })).body;
  const rows = (query: string, request?: Partial<QueryRequest>): readonly string[] => ask(query, request).slice(0, -1).split('\n').slice(1).toSorted();
  const refused = (query: string, request?: Partial<QueryRequest>): string => {
    try {
      ask(query, request);
    } catch (error) {
      if (error instanceof Fault) return error.code;
      throw error;
    }
    return assert.fail(`not refused: ${query}`);
  };

  it('a path without length leads from a term to itself, in the graph or not (§18.4)', () => {
    for (const path of ['<urn:p>*', '<urn:p>?', '(<urn:p>|<urn:q>)?', '^(<urn:p>*)']) {
      assert.deepEqual(rows(`SELECT ?x { <urn:nergens> ${path} ?x }`), ['<urn:nergens>'], path);
      assert.deepEqual(rows(`SELECT ?x { ?x ${path} <urn:nergens> }`), ['<urn:nergens>'], path);
      assert.equal(ask(`ASK { <urn:nergens> ${path} <urn:nergens> }`), 'true', path);
      assert.equal(ask(`ASK { <urn:nergens> ${path} <urn:anders> }`), 'false', path);
    }
    assert.deepEqual(rows('SELECT ?x { <urn:s> <urn:p>* ?x }'), ['<urn:o>', '<urn:s>']);
    assert.deepEqual(rows('SELECT ?x { "tekst" <urn:p>* ?x }'), ['"tekst"']);
    assert.deepEqual(rows('SELECT ?x { <urn:nergens> <urn:p>* ?x . ?x <urn:p> ?y }'), []);
    assert.deepEqual(rows('SELECT ?g ?x { GRAPH ?g { <urn:nergens> <urn:p>* ?x } }'), graphs.map((graph) => `<${graph}>\t<urn:nergens>`));
  });

  it('GRAPH with a variable is the pattern in one graph after another (§18.6)', () => {
    assert.deepEqual(rows('SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }'), ['<urn:g1>\t1', '<urn:g2>\t2', '<urn:leeg>\t0']);
    assert.deepEqual(rows('SELECT ?s { GRAPH ?g { ?s <urn:p> ?o MINUS { ?x <urn:q> ?y } } }'), ['<urn:a>', '<urn:a>']);
    assert.deepEqual(rows('SELECT ?g { GRAPH ?g { FILTER(BOUND(?g)) } }'), []);
    assert.deepEqual(rows('SELECT ?g ?s { GRAPH ?g { ?s <urn:p> ?o OPTIONAL { ?s <urn:p> ?g } } }'), ['<urn:g1>\t<urn:a>']);
    assert.deepEqual(rows('SELECT ?g ?v { GRAPH ?g { VALUES (?g ?v) { (UNDEF 1) (<urn:g1> 2) } } }'), ['<urn:g1>\t1', '<urn:g1>\t2', '<urn:g2>\t1', '<urn:leeg>\t1']);
    assert.deepEqual(rows('SELECT * { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }', { namedGraphs: ['urn:geen'] }), []);
  });

  it('in the ordinary dataset a condition within GRAPH sees which graph it is', () => {
    const ordinary = new OxigraphReplica({ base });
    ordinary.setDatasets(graphs.map((iri) => ({ iri, status: 'aangenomen', mode: 'off', visibility: 'public' })));
    ordinary.load(['<urn:a> <urn:p> <urn:g1> <urn:g1> .', '<urn:a> <urn:p> <urn:b> <urn:g2> .']);
    const of = (query: string): readonly string[] => ordinary.query(ordinary.prepare({ query, resultFormat: tsv, graphFormat: 'text/turtle' }, { restricted: [] })).body.slice(0, -1).split('\n').slice(1).toSorted();
    assert.deepEqual(of('SELECT ?o { GRAPH ?g { ?s <urn:p> ?o FILTER(?g = <urn:g2>) } }'), ['<urn:b>']);
    assert.deepEqual(of('SELECT ?n { GRAPH ?g { { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } FILTER(?g != <urn:g2>) } }'), ['0', '1']);
    assert.deepEqual(of('SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }'), ['<urn:g1>\t1', '<urn:g2>\t1', '<urn:leeg>\t0']);
    assert.deepEqual(of('SELECT ?g ?o { GRAPH ?g { ?s <urn:p> ?o OPTIONAL { ?s <urn:p> ?g } } }'), ['<urn:g1>\t<urn:g1>', '<urn:g2>\t<urn:b>']);
  });

  it('BNODE with a text is one node in a solution, another in the next (§17.4.2.9)', () => {
    for (const query of [
      'SELECT (BNODE("x") AS ?a) (BNODE("x") AS ?b) (BNODE("een y") AS ?c) { VALUES ?v { 1 2 } }',
      'SELECT ?a ?b ?c { VALUES ?v { 1 2 } BIND(BNODE("x") AS ?a) BIND(BNODE("x") AS ?b) BIND(BNODE("een y") AS ?c) }',
      'SELECT ?a ?b ?c { { SELECT * { VALUES ?v { 1 2 } BIND(BNODE("x") AS ?a) BIND(BNODE("x") AS ?b) BIND(BNODE("een y") AS ?c) } } }',
    ]) {
      const nodes = rows(query).map((row) => row.split('\t'));
      assert.equal(new Set(nodes.flat()).size, 4, query);
      for (const [a, b, c] of nodes) assert.ok(a?.startsWith('_:') && a === b && a !== c, query);
    }
    assert.deepEqual(ask('SELECT * { BIND(BNODE("x") AS ?a) }').split('\n')[0], '?a');
    assert.equal(rows('SELECT (BNODE("x") AS ?b) (COUNT(*) AS ?n) { VALUES ?v { 1 2 } }').length, 1);
    assert.equal(rows('SELECT ?v (BNODE("x") AS ?b) { VALUES ?v { 1 2 } } GROUP BY ?v').length, 2);
  });

  it('GROUP_CONCAT gives a text without language, of numbers and IRIs too (§18.5.1.7)', () => {
    assert.deepEqual(rows('SELECT (GROUP_CONCAT(?x) AS ?t) { VALUES ?x { "1"@en "2"@en } }'), ['"1 2"']);
    assert.deepEqual(rows('SELECT (GROUP_CONCAT(DISTINCT ?x; SEPARATOR=", ") AS ?t) { VALUES ?x { 1 1 <urn:x> "y"@nl } }'), ['"1, urn:x, y"']);
    assert.deepEqual(rows('SELECT (STRLEN(GROUP_CONCAT(?x)) AS ?n) { ?s <urn:geen> ?x }'), ['0']);
  });

  it('a FILTER in braces of its own sees nothing from outside them (§18.2.2)', () => {
    assert.deepEqual(rows('SELECT ?n ?v { ?x <urn:naam> ?n OPTIONAL { { ?x <urn:prijs> ?v FILTER(?n = "twee") } } }'), ['"een"\t', '"twee"\t']);
    assert.deepEqual(rows('SELECT ?n ?v { ?x <urn:naam> ?n OPTIONAL { ?x <urn:prijs> ?v FILTER(?n = "twee") } }'), ['"een"\t', '"twee"\t"3"']);
  });

  it('LIMIT and OFFSET may be any number, in a subquery, DESCRIBE and ASK too (§15.4, §15.5)', () => {
    for (const number of ['4294967295', '4294967296', '18446744073709551616', '1000000000000000000000000000000']) {
      assert.deepEqual(rows(`SELECT ?v { { SELECT ?v { VALUES ?v { 1 2 } } ORDER BY ?v LIMIT ${number} OFFSET 1 } }`), ['2'], number);
      assert.deepEqual(rows(`SELECT ?v { { SELECT ?v { VALUES ?v { 1 2 } } OFFSET ${number} } }`), [], number);
      assert.equal(ask(`ASK { ?s ?p ?o } LIMIT ${number}`), 'true', number);
      assert.match(ask(`DESCRIBE <urn:s> LIMIT ${number}`), /urn:o/, number);
    }
  });

  describe('SERVICE (SPARQL 1.1 Federated Query)', () => {
    it('of our own endpoint is a part of the query', () => {
      assert.deepEqual(rows(`SELECT ?n ?v { ?x <urn:naam> ?n SERVICE <${base}sparql> { ?x <urn:prijs> ?v FILTER(?v = "3") } }`), ['"twee"\t"3"']);
      assert.deepEqual(rows('BASE <http://regio.test/> PREFIX ons: <> SELECT ?n { SERVICE <sparql/> { SERVICE SILENT ons:sparql { ?x <urn:naam> ?n } } }'), ['"een"', '"twee"']);
      assert.deepEqual(rows(`SELECT ?n ?v { ?x <urn:naam> ?n OPTIONAL { SERVICE <${base}sparql> { ?x <urn:prijs> ?v FILTER(?n = "twee") } } }`), ['"een"\t', '"twee"\t']);
    });

    it('of any other is refused, and of ours where it would see another graph', () => {
      for (const query of ['ASK { SERVICE <http://elders.test/sparql> { ?s ?p ?o } }', 'ASK { ?x ?p ?e SERVICE ?e { ?s ?p ?o } }', 'ASK { FILTER EXISTS { { SELECT * { SERVICE <urn:x> {} } } } }', `ASK { GRAPH <urn:g1> { SERVICE <${base}sparql> { ?s ?p ?o } } }`, `ASK FROM <urn:g1> { SERVICE <${base}sparql> { ?s ?p ?o } }`]) {
        assert.equal(refused(query), 'address-refused', query);
      }
      assert.equal(refused(`ASK { SERVICE <${base}sparql> { ?s ?p ?o } }`, { defaultGraphs: ['urn:g1'] }), 'address-refused');
    });

    it('with SILENT of any other is one solution that says nothing (§2.2)', () => {
      assert.deepEqual(rows('SELECT ?x ?v { ?x <urn:naam> "een" SERVICE SILENT <http://elders.test/sparql> { ?x <urn:prijs> ?v } }'), ['<urn:s>\t']);
      assert.deepEqual(rows('SELECT ?x ?v { ?x <urn:naam> "een" SERVICE SILENT ?e { ?x <urn:prijs> ?v } }'), ['<urn:s>\t']);
    });
  });

  it('gives for GRAPH ?g, whatever is in it, what its graphs give one by one', () => {
    const term = fc.constantFrom('?a', '?b', '?c', '?g', '<urn:a>', '<urn:b>');
    const triple = fc.tuple(term, fc.constantFrom('<urn:p>', '<urn:q>', '?d', '<urn:p>*'), term).map((parts) => `${parts.join(' ')} .`);
    const { group } = fc.letrec<{ group: string; part: string }>((tie) => ({
      group: fc.array(tie('part'), { maxLength: 3, depthIdentifier: 'parts' }).map((parts) => parts.join(' ')),
      part: fc.oneof(
        { maxDepth: 3, depthIdentifier: 'parts' },
        { weight: 6, arbitrary: triple },
        { weight: 1, arbitrary: fc.constantFrom('VALUES ?g { <urn:g1> UNDEF }', 'VALUES ?a { <urn:a> <urn:nergens> }', 'BIND(STR(?g) AS ?e)', 'FILTER(BOUND(?g))', 'FILTER(?a != <urn:a>)') },
        { weight: 2, arbitrary: fc.tuple(fc.constantFrom('OPTIONAL', 'MINUS', 'FILTER NOT EXISTS', 'FILTER EXISTS', ''), tie('group')).map(([word, inner]) => `${word} { ${inner} }`) },
        { weight: 1, arbitrary: fc.tuple(tie('group'), tie('group')).map(([one, other]) => `{ ${one} } UNION { ${other} }`) },
        { weight: 1, arbitrary: fc.tuple(fc.constantFrom('?a', '(COUNT(*) AS ?n)'), tie('group')).map(([what, inner]) => `{ SELECT ${what} { ${inner} } }`) },
        { weight: 1, arbitrary: fc.tuple(fc.constantFrom('?h', '<urn:g2>'), tie('group')).map(([name, inner]) => `GRAPH ${name} { ${inner} }`) },
      ),
    }));
    const terms = fc.constantFrom('<urn:a>', '<urn:b>', '<urn:g1>', '<urn:g2>');
    const data = fc.array(fc.tuple(terms, fc.constantFrom('<urn:p>', '<urn:q>'), terms, fc.constantFrom('<urn:g1>', '<urn:g2>')), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(group, data, (inner, quads) => {
        const random = replica([...new Set(quads.map((parts) => `${parts.join(' ')} .`))]);
        const run = (query: string): readonly string[] | undefined => {
          try {
            return random.query(random.prepare({ query, resultFormat: tsv, graphFormat: 'text/turtle' }, { restricted: [] })).body.split('\n').toSorted();
          } catch (error) {
            if (error instanceof Fault && error.code === 'query-syntax') return undefined;
            throw error;
          }
        };
        const names = 'SELECT ?a ?b ?c ?d ?e ?g ?h ?n';
        const apart = graphs.map((graph) => `{ GRAPH <${graph}> { ${inner} } VALUES ?g { <${graph}> } }`).join(' UNION ');
        const expected = run(`${names} { ${apart} }`);
        fc.pre(expected !== undefined);
        assert.deepEqual(run(`${names} { GRAPH ?g { ${inner} } }`), expected);
      }),
      { numRuns: Number(process.env['FUZZ'] ?? 500) },
    );
  });
});
