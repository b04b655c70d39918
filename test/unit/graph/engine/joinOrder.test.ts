import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bySpecification } from '../../../../src/graph/engine/bySpecification.js';
import { iriResolver } from '../../../../src/graph/engine/iriResolver.js';
import { oxigraph } from '../../../../src/graph/engine/oxigraphModule.js';
import { prepareQuery } from '../../../../src/graph/engine/prepareQuery.js';
import { parseQueryText } from '../../../../src/graph/engine/sparqlSyntax.js';
import { nameVariables, tidyQuery } from '../../../../src/graph/engine/tidyQuery.js';
import { generated } from '../../../../src/graph/engine/writeQuery.js';

const base = 'http://localhost:3000/';
const graphs = ['urn:g1', 'urn:g2'];
const settings = { status: 'aangenomen', mode: 'off', visibility: 'public' } as const;
const context = { base, datasets: graphs.map((iri) => ({ iri, ...settings })), visibility: { restricted: [] }, unionDefaultGraph: true };
const json = 'application/sparql-results+json';

function prepared(query: string): string {
  return prepareQuery({ query, resultFormat: json, graphFormat: 'application/n-triples' }, context).text;
}

/** The query with all that is written into it but an order. */
function unordered(query: string): string {
  const ast = parseQueryText(query);
  const tidy = tidyQuery(query, ast);
  nameVariables(ast);
  return bySpecification(ast, { resolve: iriResolver(ast.context, base), endpoint: undefined, scope: { graphs, visible: true } }) ? generated(ast, base) : tidy;
}

const node = fc.constantFrom('<urn:a>', '<urn:b>', '<urn:c>');
const literal = fc.constantFrom('1', '2', '"x"', '"x"@nl');
const predicate = fc.constantFrom('<urn:p>', '<urn:q>', '<urn:r>');
const variable = fc.constantFrom('?a', '?b', '?c', '?d');
const subject = fc.oneof({ weight: 6, arbitrary: variable }, { weight: 1, arbitrary: node });
const object = fc.oneof({ weight: 6, arbitrary: variable }, { weight: 1, arbitrary: node }, { weight: 1, arbitrary: literal });
const verb = fc.oneof({ weight: 8, arbitrary: predicate }, { weight: 1, arbitrary: variable }, { weight: 1, arbitrary: fc.constantFrom('<urn:p>/<urn:q>', '^<urn:p>', '<urn:q>+', '<urn:p>*', '(<urn:p>|<urn:r>)') });
const triple = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(subject, verb, object).map((parts) => parts.join(' ')) },
  { weight: 1, arbitrary: fc.tuple(subject, predicate, predicate, object).map(([s, p, q, o]) => `${s} ${p} [ ${q} ${o} ]`) },
);
const triples = fc.array(triple, { minLength: 1, maxLength: 3 }).map((list) => `${list.join(' . ')} .`);

const condition = (pattern: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.tuple(variable, fc.constantFrom('=', '!='), fc.oneof(variable, node, literal)).map((parts) => parts.join(' ')) },
    { weight: 2, arbitrary: fc.tuple(variable, fc.array(fc.oneof({ weight: 5, arbitrary: node }, { weight: 1, arbitrary: literal }), { minLength: 1, maxLength: 3 })).map(([name, terms]) => `${name} IN (${terms.join(', ')})`) },
    { weight: 1, arbitrary: variable.map((name) => `BOUND(${name})`) },
    { weight: 1, arbitrary: variable.map((name) => `!BOUND(${name})`) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom('EXISTS', 'NOT EXISTS'), pattern).map(([word, inner]) => `${word} { ${inner} }`) },
  );

const values = fc.oneof(
  fc.tuple(variable, fc.array(fc.oneof(node, literal, fc.constant('UNDEF')), { minLength: 1, maxLength: 3 })).map(([name, terms]) => `VALUES ${name} { ${terms.join(' ')} }`),
  fc.constantFrom('VALUES (?a ?b) { (<urn:a> UNDEF) (<urn:b> <urn:c>) }', 'VALUES (?c ?d) { (UNDEF 1) (<urn:b> UNDEF) }'),
);

const { group } = fc.letrec<{ group: string; part: string }>((tie) => ({
  group: fc.array(tie('part'), { minLength: 1, maxLength: 4, depthIdentifier: 'parts' }).map((parts) => parts.join(' ')),
  part: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'parts' },
    { weight: 6, arbitrary: triples },
    { weight: 5, arbitrary: tie('group').map((inner) => `OPTIONAL { ${inner} }`) },
    { weight: 2, arbitrary: condition(tie('group')).map((text) => `FILTER(${text})`) },
    { weight: 2, arbitrary: tie('group').map((inner) => `MINUS { ${inner} }`) },
    { weight: 2, arbitrary: fc.tuple(tie('group'), tie('group')).map(([one, other]) => `{ ${one} } UNION { ${other} }`) },
    { weight: 1, arbitrary: tie('group').map((inner) => `{ ${inner} }`) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('<urn:g1>', '<urn:g2>', '?g'), tie('group')).map(([name, inner]) => `GRAPH ${name} { ${inner} }`) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('?e', '?f'), fc.oneof(variable, fc.constant('1'), variable.map((name) => `STR(${name})`))).map(([name, expression]) => `BIND(${expression} AS ${name})`) },
    { weight: 1, arbitrary: values },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('?a', '?a ?b', '*', 'DISTINCT ?c', '(COUNT(*) AS ?n)'), tie('group')).map(([what, inner]) => `{ SELECT ${what} { ${inner} } }`) },
  ),
}));

const query = fc.tuple(fc.constantFrom('SELECT *', 'SELECT ?a ?b', 'SELECT (COUNT(*) AS ?n)', 'SELECT DISTINCT ?c', 'ASK', 'CONSTRUCT { ?a <urn:out> ?b . _:x <urn:about> ?a }'), group).map(([form, inner]) => `${form} WHERE { ${inner} }`);
const quads = fc.array(fc.tuple(node, predicate, fc.oneof(node, node, literal), fc.constantFrom('', '', '<urn:g1>', '<urn:g2>')), { minLength: 4, maxLength: 24 });

/** The rows or triples of an answer, in an order of their own; undefined when the engine refuses the text. */
function answer(store: InstanceType<typeof oxigraph.Store>, text: string): readonly string[] | undefined {
  const isGraph = /\bCONSTRUCT\b/.test(text);
  let body: unknown;
  try {
    body = store.query(text, { results_format: isGraph ? 'application/n-triples' : 'text/tab-separated-values', named_graphs: graphs.map((iri) => oxigraph.namedNode(iri)) });
  } catch {
    return undefined;
  }
  return String(body).replaceAll(/_:\w+/g, '_:b').split('\n').toSorted();
}

/** A text with white space made plain, without its first line (BASE). */
function ordered(query: string): string {
  return prepared(query).replace(/^BASE.*\n/, '').replaceAll(/\s+/g, ' ').trim();
}

describe('the order of evaluation written into a query', () => {
  it('begins an OPTIONAL and an EXISTS with what is known by then', () => {
    const linked = 'LATERAL { OPTIONAL { ?m <urn:of> ?s . LATERAL { ?m <urn:role> <urn:chair> . } } }';
    assert.match(ordered('SELECT ?s ?m { ?s <urn:p> <urn:a> OPTIONAL { ?m <urn:role> <urn:chair> ; <urn:of> ?s } }'), new RegExp(linked.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')));
    assert.match(ordered('SELECT ?s { ?s <urn:p> <urn:a> FILTER NOT EXISTS { ?m <urn:role> <urn:chair> ; <urn:of> ?s } }'), /NOT EXISTS \{ \?m <urn:of> \?s \. LATERAL \{ \?m <urn:role> <urn:chair> \. \} \}/);
    assert.match(ordered('SELECT ?n { ?s <urn:p> <urn:a> OPTIONAL { ?s <urn:q> [ a <urn:T> ; <urn:r> ?n ] } }'), /OPTIONAL \{ \?s <urn:q> (\?\w+) \. LATERAL \{ \1 /);
  });

  it('brings patterns together that the engine would not order apart', () => {
    assert.match(ordered('SELECT ?s { ?i <urn:n> ?n . ?s <urn:i> ?i BIND(STR(?n) AS ?t) ?s <urn:p> <urn:a> }'), /\?s <urn:p> <urn:a> \. BIND/);
    assert.match(ordered('SELECT ?p { ?s ?p ?o FILTER(?s = <urn:a>) }'), /VALUES \?s \{ <urn:a> \} \?s \?p \?o \./);
  });

  it('evaluates what is new each time as often as it stands there', () => {
    assert.match(ordered('SELECT ?u { BIND(UUID() AS ?u) VALUES ?v { 1 2 } ?x <urn:p> ?v OPTIONAL { ?x <urn:q> ?y . ?y <urn:r> ?z } }'), /BIND\( UUID\( \) AS \?u \) VALUES/);
    assert.doesNotMatch(ordered('SELECT ?u { ?s <urn:p> ?o OPTIONAL { ?s <urn:q> ?z BIND(STRUUID() AS ?u) ?z <urn:r> ?k } }'), /LATERAL \{ OPTIONAL/);
  });

  it('leaves alone what the engine does well, and what would get too deep for it', () => {
    for (const text of ['SELECT ?s { ?s <urn:p> <urn:a> ; <urn:q> ?o }', 'SELECT ?s ?o { ?s <urn:p> <urn:a> OPTIONAL { ?s <urn:q> ?o } }', `SELECT ?v0 { ?v0 <urn:p> <urn:a> ${Array.from({ length: 60 }, (_, index) => `OPTIONAL { ?v${index} <urn:q> ?v${index + 1} . ?v${index + 1} a <urn:T>`).join(' ')} ${'}'.repeat(61)}`]) assert.equal(prepared(text), text);
  });

  it('changes no answer', () => {
    fc.assert(
      fc.property(query, quads, (text, lines) => {
        const store = new oxigraph.Store();
        store.load(lines.map(([s, p, o, g]) => `${s} ${p} ${/^\d/.test(o) ? `"${o}"^^<http://www.w3.org/2001/XMLSchema#integer>` : o} ${g} .`).join('\n'), { format: 'application/n-quads' });
        let rewritten: string;
        try {
          rewritten = prepared(text);
        } catch {
          fc.pre(false);
          return;
        }
        const expected = answer(store, unordered(text));
        if (expected === undefined) return;
        assert.deepEqual(answer(store, rewritten), expected, rewritten);
      }),
      { numRuns: Number(process.env['FUZZ'] ?? 1500) },
    );
  });
});
