import assert from 'node:assert/strict';
import type { DatasetSettings } from '../../../src/graph/dataset.js';
import { IncrementalValidator } from '../../../src/validation/validator.js';
import { changesetOf, MemoryState } from '../../support/memoryState.js';
import { ex, linesOf, registryOf } from './fixture.js';

const datasets: readonly DatasetSettings[] = [
  { iri: `${ex}d1`, status: 'aangenomen', mode: 'enforce', visibility: 'public' },
  { iri: `${ex}d2`, status: 'voorgesteld', mode: 'enforce', visibility: 'public' },
];
const k = '<http://example.org/.well-known/genid/k>';
const prefixes = 'ex:prefixes sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .';
const sparql = (select: string): string => `${prefixes} ex:S sh:targetClass ex:T ; sh:sparql [ sh:prefixes ex:prefixes ; sh:select "SELECT $this WHERE { ${select} }" ] .`;

interface Case {
  readonly name: string;
  readonly shapes: string;
  readonly data: string;
  readonly insert?: string;
  readonly remove?: string;
  /** Dataset of the change; the data stand in d1. */
  readonly in?: string;
  /** Nodes that have to be validated again, besides the subjects of the change. */
  readonly affects: readonly string[];
  /** Nodes that must not be, or a small change would cost a large graph. */
  readonly spares?: readonly string[];
}

const cases: readonly Case[] = [
  { name: 'who refers to a node whose type leaves', shapes: 'ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:class ex:C ] .', data: 'ex:a a ex:T ; ex:p ex:x . ex:b a ex:T ; ex:p ex:y . ex:x a ex:C .', remove: 'ex:x a ex:C .', affects: ['a'], spares: ['b'] },
  { name: 'nobody, when a type has nothing to do with the shapes', shapes: 'ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:class ex:C ] .', data: 'ex:a a ex:T ; ex:p ex:x .', insert: 'ex:x a ex:Else .', affects: [], spares: ['a'] },
  { name: 'instances and those who refer to them, when a subclass changes', shapes: 'ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:class ex:C ] . ex:U sh:targetClass ex:C ; sh:nodeKind sh:IRI .', data: 'ex:a a ex:T ; ex:p ex:x . ex:x a ex:E . ex:E rdfs:subClassOf ex:D .', insert: 'ex:D rdfs:subClassOf ex:C .', affects: ['a', 'x'] },
  { name: 'nodes at the other end of a path of every kind', shapes: 'ex:S sh:targetClass ex:T ; sh:property [ sh:path ( ex:p [ sh:zeroOrMorePath [ sh:inversePath ex:q ] ] [ sh:alternativePath ( ex:r ex:s ) ] ) ; sh:maxCount 1 ] .', data: 'ex:a a ex:T ; ex:p ex:x . ex:y ex:q ex:x . ex:z ex:q ex:y .', insert: 'ex:z ex:s 5 .', affects: ['a'] },
  { name: 'nodes that lost the way', shapes: 'ex:S sh:targetClass ex:T ; sh:property [ sh:path ( ex:p ex:q ) ; sh:minCount 1 ] .', data: 'ex:a a ex:T ; ex:p ex:x . ex:x ex:q 1 .', remove: 'ex:x ex:q 1 .', affects: ['a'] },
  { name: 'nodes that lost the way and what it led to at once', shapes: 'ex:S sh:targetClass ex:T ; sh:property [ sh:path ( [ sh:inversePath ex:p ] ex:q ) ; sh:minCount 1 ] .', data: 'ex:a a ex:T . ex:x ex:p ex:a ; ex:q 1 .', remove: 'ex:x ex:p ex:a ; ex:q 1 .', affects: ['a'] },
  { name: 'objects of a target predicate', shapes: 'ex:S sh:targetObjectsOf ex:p ; sh:class ex:C .', data: 'ex:x ex:q 1 .', insert: 'ex:a ex:p ex:x .', affects: ['x'] },
  { name: 'nodes behind sh:node, sh:or, sh:not and qualified shapes', shapes: 'ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:or ( [ sh:not [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] ] ex:N ) ] ] . ex:N sh:property [ sh:path ex:r ; sh:maxCount 1 ] .', data: 'ex:a a ex:T ; ex:p ex:x .', insert: 'ex:x ex:r 1 .', affects: ['a'] },
  { name: 'nodes whose sibling shape reads further', shapes: 'ex:S sh:targetClass ex:T ; sh:property ex:Q1, ex:Q2 . ex:Q1 sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true . ex:Q2 sh:path ex:other ; sh:qualifiedValueShape [ sh:property [ sh:path ex:far ; sh:minCount 1 ] ] ; sh:qualifiedMinCount 0 .', data: 'ex:a a ex:T ; ex:p ex:x . ex:x a ex:C .', insert: 'ex:x ex:far 1 .', affects: ['a'] },
  { name: 'who refers to a closed node', shapes: 'ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:node [ sh:closed true ] ] .', data: 'ex:a a ex:T ; ex:p ex:x .', insert: 'ex:x ex:whatever 1 .', affects: ['a'] },
  { name: 'the entity above a nested node', shapes: 'ex:S sh:targetClass ex:T ; sh:nodeKind sh:IRI .', data: `ex:a a ex:T ; ex:p ${k} .`, insert: `${k} ex:q 1 .`, affects: ['a'] },
  { name: 'only the proposal itself, for a change in a proposal', shapes: 'ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:class ex:C ] .', data: 'ex:a a ex:T ; ex:p ex:x .', insert: 'ex:x a ex:C .', in: 'd2', affects: [], spares: ['a'] },
  { name: 'others with the same value, in a query', shapes: sparql('$this ex:code ?c . ?o ex:code ?c . FILTER(?o != $this)'), data: 'ex:a a ex:T ; ex:code 1 . ex:b a ex:T ; ex:code 2 .', insert: 'ex:x ex:code 1 .', affects: ['a'], spares: ['b'] },
  { name: 'nodes whose required patterns reach an EXISTS', shapes: sparql('$this ex:p ?x FILTER NOT EXISTS { ?x ex:q/ex:r ?y }'), data: 'ex:a a ex:T ; ex:p ex:x . ex:b a ex:T ; ex:p ex:y . ex:x ex:q ex:m .', insert: 'ex:m ex:r 1 .', affects: ['a'], spares: ['b'] },
  { name: 'every target, when an OPTIONAL stands alone in its group', shapes: sparql('$this ex:p ?z . { OPTIONAL { ?z ex:q ?y } }'), data: 'ex:a a ex:T ; ex:p ex:x .', insert: 'ex:other ex:q 1 .', affects: ['a'] },
  { name: 'every target, when an OPTIONAL comes before what binds its variable', shapes: sparql('OPTIONAL { ?z ex:q ?y } $this ex:p ?z'), data: 'ex:a a ex:T ; ex:p ex:x .', insert: 'ex:other ex:q 1 .', affects: ['a'] },
  { name: 'every target, when a pattern has no way to it', shapes: sparql('?x ex:q ?y . FILTER(STR(?x) != STR($this))'), data: 'ex:a a ex:T .', insert: 'ex:other ex:q 1 .', affects: ['a'] },
  { name: 'no target, when a constant of the pattern is not the changed one', shapes: sparql('?x ex:q ex:only . FILTER(STR(?x) != STR($this))'), data: 'ex:a a ex:T .', insert: 'ex:other ex:q ex:else .', affects: [], spares: ['a'] },
];

describe('affected focus nodes are', () => {
  for (const { name, shapes, data, insert = '', remove = '', in: where = 'd1', affects, spares = [] } of cases) {
    it(name, async () => {
      const validator = new IncrementalValidator(await registryOf(shapes));
      const state = new MemoryState(datasets, await linesOf(data, `${ex}d1`));
      const changes = changesetOf(state, { inserts: await linesOf(insert, ex + where), deletes: await linesOf(remove, ex + where) });
      state.apply(changes.changes());
      const affected = validator.affected({ after: state, changes, datasets });
      const [adopted] = datasets;
      assert.ok(adopted);
      const nodes = new Set(validator.focusNodes(affected, state, adopted));
      for (const node of affects) assert.ok(nodes.has(`<${ex}${node}>`), `${node} is affected`);
      for (const node of spares) assert.ok(!nodes.has(`<${ex}${node}>`), `${node} is not affected`);
    });
  }
});
