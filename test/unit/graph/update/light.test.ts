import assert from 'node:assert/strict';
import { parseUpdate } from '../../../../src/graph/update/index.js';

function isLight(where: string): boolean {
  const [operation] = parseUpdate(`PREFIX : <http://ex.org/> INSERT { :a :b ?x } WHERE { ${where} }`).operations;
  return operation?.kind === 'modify' && operation.light;
}

describe('An update', () => {
  for (const where of [
    ':s :p ?x',
    '?s a :C ; :name ?x ; :part [ :name ?n ]',
    '?s a :C OPTIONAL { ?s :name ?x } FILTER(?x != "a")',
    '?s :knows ?t . ?t :knows ?u . ?u :name ?x',
    'VALUES ?s { :a :b } ?s :name ?x',
    'GRAPH ?g { ?s ?p ?x }',
    '{ ?s :p ?x } UNION { ?s :q ?x }',
    '?s :p ?o BIND(STR(?o) AS ?x)',
  ]) {
    it(`whose WHERE is a walk from one place goes to the writer at once: ${where}`, () => assert.equal(isLight(where), true));
  }

  for (const where of [
    '?s ?p ?x . ?t ?q ?y',
    '?s :p ?x . ?t :p ?y',
    '?s a ?class . ?t a ?class . ?t :name ?x',
    '?s :p+ ?x',
    '?s (:p|:q)* ?x',
    '?s :p ?x FILTER NOT EXISTS { ?t ?q ?y }',
    '{ SELECT ?x { ?s :p ?x } }',
    '?s :p ?x MINUS { ?t ?q ?x }',
    '?s ?p ?x . ?s ?q ?y . ?s ?r ?z',
    '?s :p ?x OPTIONAL { ?t :q ?y }',
    '?s :p ?a BIND(CONCAT(?a, ?a) AS ?b) BIND(CONCAT(?b, ?b) AS ?c) BIND(CONCAT(?c, ?c) AS ?d) BIND(CONCAT(?d, ?d) AS ?e) BIND(CONCAT(?e, ?e) AS ?x)',
  ]) {
    it(`that may find pairs of anything is tried out first: ${where}`, () => assert.equal(isLight(where), false));
  }
});
