import assert from 'node:assert/strict';
import type { DatasetSettings } from '../../../src/graph/dataset.js';
import { IncrementalValidator } from '../../../src/validation/validator.js';
import { MemoryState } from '../../support/memoryState.js';
import { ex, linesOf, registryOf, short, validateDocument } from './fixture.js';

const prefixes = 'ex:prefixes sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .\n';
const constraint = (select: string, more = ''): string => `${prefixes}ex:S sh:targetNode ex:a, ex:b ; sh:sparql [ sh:prefixes ex:prefixes ; sh:select """${select}""" ${more} ] .`;

describe('SPARQL-based constraints', () => {
  it('give one result for each solution, with its value', async () => {
    const { results } = await validateDocument(constraint('SELECT $this ?value WHERE { $this ex:p ?value . FILTER(?value > 1) }'), 'ex:a ex:p 1, 2, 3 . ex:b ex:p 1 .');
    assert.deepEqual(results.map(short).toSorted(), ['a SPARQL "2"^^<http://www.w3.org/2001/XMLSchema#integer>', 'a SPARQL "3"^^<http://www.w3.org/2001/XMLSchema#integer>']);
  });

  it('take the focus node as value when a node shape selects none', async () => {
    const { results } = await validateDocument(constraint('SELECT $this WHERE { $this ex:p ?x }'), 'ex:a ex:p 1 .');
    assert.deepEqual(results.map(short), ['a SPARQL a']);
  });

  it('fill messages in every language and use ?path and the severity of the shape', async () => {
    const { results } = await validateDocument(
      `${constraint('SELECT $this ?value ?path ?other WHERE { $this ex:p ?value ; ex:q ?other . BIND(ex:q AS ?path) }', '; sh:message "Niet {?value} naast {$other}"@nl, "Not {?value} beside {?other}"@en')} ex:S sh:severity sh:Info .`,
      'ex:a ex:p 1 ; ex:q "drie"@nl .',
    );
    assert.deepEqual(results.map(({ path, severity, messages }) => ({ path, severity, messages })), [
      { path: '<http://example.org/q>', severity: 'Info', messages: { nl: 'Niet 1 naast drie (nl)', en: 'Not 1 beside drie (nl)' } },
    ]);
  });

  it('prefer ?message of the row', async () => {
    const { results } = await validateDocument(constraint('SELECT $this ?message WHERE { $this ex:p ?x . BIND("Let op"@nl AS ?message) }', '; sh:message "anders"'), 'ex:a ex:p 1 .');
    assert.deepEqual(results[0]?.messages, { nl: 'Let op' });
  });

  it('put the path of a property shape in place of $PATH', async () => {
    const shapes = `${prefixes}ex:S sh:targetNode ex:a ; sh:property [ sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:sparql [ sh:prefixes ex:prefixes ; sh:select "SELECT $this ?value WHERE { $this $PATH ?value }" ] ] .`;
    const { results } = await validateDocument(shapes, 'ex:a ex:p ex:x . ex:y ex:q ex:x .');
    assert.deepEqual(results.map((result) => [short(result), result.path]), [['a SPARQL y', '<http://example.org/p>/(^<http://example.org/q>)']]);
  });

  it('bind $this in every scope: subselects, EXISTS, aggregates, expressions', async () => {
    const select = `SELECT $this ?n WHERE {
      { SELECT $this (COUNT(?x) AS ?n) WHERE { $this ex:p ?x } GROUP BY $this }
      FILTER(?n > 1 && BOUND($this) && $this != ex:z)
      FILTER EXISTS { { SELECT $this WHERE { ?y ex:q $this } } }
    }`;
    const { results } = await validateDocument(constraint(select), 'ex:a ex:p 1, 2 . ex:b ex:p 1, 2 . ex:y ex:q ex:a .');
    assert.deepEqual(results.map(short), ['a SPARQL a']);
  });

  it('make no group where nothing matches', async () => {
    const { results } = await validateDocument(constraint('SELECT $this (COUNT(?x) AS ?n) WHERE { $this ex:p ?x } GROUP BY $this HAVING (COUNT(?x) < 1)'), 'ex:z ex:p 1 .');
    assert.deepEqual(results, []);
  });

  it('work for literals and within shapes that other shapes refer to', async () => {
    const shapes = `${prefixes}ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:node [ sh:sparql [ sh:prefixes ex:prefixes ; sh:select "SELECT $this WHERE { FILTER(isLiteral($this) && $this = 2) }" ] ] ] .`;
    const { results } = await validateDocument(shapes, 'ex:a ex:p 1, 2, ex:x .');
    assert.deepEqual(results.map(short), ['a Node "2"^^<http://www.w3.org/2001/XMLSchema#integer>']);
  });

  it('read nothing about a literal', async () => {
    const shapes = `${prefixes}ex:S sh:targetObjectsOf ex:p ; sh:sparql [ sh:prefixes ex:prefixes ; sh:select "SELECT $this WHERE { OPTIONAL { $this ex:q ?x } FILTER(!BOUND(?x)) }" ] .`;
    const { results } = await validateDocument(shapes, 'ex:a ex:p 1, ex:x . ex:x ex:q 1 .');
    assert.deepEqual(results.map(short), ['"1"^^<http://www.w3.org/2001/XMLSchema#integer> SPARQL "1"^^<http://www.w3.org/2001/XMLSchema#integer>']);
  });

  it('are not run when switched off', async () => {
    const { results } = await validateDocument(constraint('SELECT $this WHERE { }', '; sh:deactivated true'), 'ex:a ex:p 1 .');
    assert.deepEqual(results, []);
  });

  it('say of many nodes together what they say of each alone', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `n${index}`);
    const data = names.map((name, index) => `ex:${name} ex:code ${index % 5} ; ex:scheme ex:s${index % 2} ; ex:p ${index} , ex:n${(index * 5) % 12} .`).join('\n');
    const dataset: DatasetSettings = { iri: `${ex}d`, status: 'aangenomen', mode: 'enforce', visibility: 'public' };
    const state = new MemoryState([dataset], await linesOf(data, dataset.iri));
    const queries = [
      'SELECT $this ?value WHERE { $this ex:code ?value ; ex:scheme ?s . ?other ex:code ?value ; ex:scheme ?s . FILTER(?other != $this) }',
      'SELECT DISTINCT $this ?value ?path WHERE { $this ex:p ?p . BIND(?p + 1 AS ?value) BIND(ex:p AS ?path) FILTER(?p > 3) }',
      'SELECT $this WHERE { ?value ex:p $this . ?other ex:p $this . FILTER(STR(?value) < STR(?other) || $this = ex:n5) }',
      'SELECT $this ?value WHERE { $this ex:p ?value . FILTER NOT EXISTS { ?x ex:code 4 ; ex:p $this } }',
    ];
    for (const query of queries) {
      const shapes = (targets: readonly string[]): string => `${constraint(query).replace('ex:a, ex:b', targets.map((name) => `ex:${name}`).join(', '))}`;
      const found = async (targets: readonly string[]): Promise<string[]> => {
        const { results } = new IncrementalValidator(await registryOf(shapes(targets))).validateAll(state, [dataset], { limit: 1000 });
        return results.map((result) => `${short(result)} ${result.path ?? ''}`);
      };
      const targets = ['n0', 'n4', 'n5', 'n10'];
      const alone = await Promise.all(targets.map((name) => found([name])));
      assert.ok(alone.flat().length > 0, query);
      assert.deepEqual((await found(targets)).toSorted(), alone.flat().toSorted(), query);
    }
  });

  it('refuse to go on when a query reports ?failure', async () => {
    await assert.rejects(validateDocument(constraint('SELECT $this ?failure WHERE { BIND(true AS ?failure) }'), 'ex:a ex:p 1 .'), { code: 'shapes-invalid' });
  });

  describe('in a graph of several datasets', () => {
    const datasets: readonly DatasetSettings[] = [
      { iri: `${ex}een`, status: 'aangenomen', mode: 'enforce', visibility: 'public' },
      { iri: `${ex}twee`, status: 'extern', mode: 'enforce', visibility: 'public' },
      { iri: `${ex}voorstel`, status: 'voorgesteld', mode: 'enforce', visibility: 'public' },
      { iri: `${ex}geheim`, status: 'aangenomen', mode: 'enforce', visibility: 'restricted' },
    ];
    const results = async (select: string, data: Readonly<Record<string, string>>): Promise<string[]> => {
      const validator = new IncrementalValidator(await registryOf(constraint(select)));
      const lines = await Promise.all(Object.entries(data).map(([name, turtle]) => linesOf(turtle, ex + name)));
      const report = validator.validateAll(new MemoryState(datasets, lines.flat()), datasets, { limit: 100 });
      return report.results.map((result) => `${result.dataset.replace(ex, '')}: ${short(result)}`).toSorted();
    };
    const unique = 'SELECT $this ?other WHERE { $this ex:code ?code . ?other ex:code ?code . FILTER(?other != $this) }';
    const clash = 'SELECT $this WHERE { $this ex:from ?from ; ex:until ?until . FILTER(?from > ?until) }';

    it('check uniqueness across datasets', async () => {
      assert.deepEqual(await results(unique, { een: 'ex:a ex:code 1 .', twee: 'ex:b ex:code 1 .' }), ['een: a SPARQL a', 'twee: b SPARQL b']);
    });

    it('let datasets contradict each other about one entity', async () => {
      assert.deepEqual(await results(clash, { een: 'ex:a ex:from 5 .', twee: 'ex:a ex:until 1 .' }), []);
      assert.deepEqual(await results(clash, { een: 'ex:a ex:from 5 .', twee: 'ex:a ex:from 7 ; ex:until 6 .' }), ['twee: a SPARQL a']);
    });

    it('hold a proposal against the adopted graph, not the other way round', async () => {
      assert.deepEqual(await results(unique, { een: 'ex:a ex:code 1 .', voorstel: 'ex:b ex:code 1 .' }), ['voorstel: b SPARQL b']);
    });

    it('never show restricted data to other datasets', async () => {
      assert.deepEqual(await results(unique, { een: 'ex:a ex:code 1 .', voorstel: 'ex:b ex:code 2 .', geheim: 'ex:c ex:code 1, 2 .' }), []);
    });
  });
});
