import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Fault } from '../../../../src/faults.js';
import { engineLine } from '../../../../src/rdf/canonical.js';
import { splitLine } from '../../../../src/rdf/nquads.js';
import type { QueryRequest } from '../../../../src/graph/api.js';
import { isMerged, isVisible, type Visibility } from '../../../../src/graph/dataset.js';
import { OxigraphReplica } from '../../../../src/graph/engine/oxigraphReplica.js';
import { asStored, base, changes, datasetIri, datasetIris, PlainGraph, settings, sorted, withoutGraph } from './model.js';

interface World {
  readonly replica: OxigraphReplica;
  readonly plain: PlainGraph;
  readonly visibility: Visibility;
  /** The default graph a query with this request must see, in the engine's forms. */
  expectedDefault(request: Asked): readonly string[];
  expectedNamed(request: Asked): readonly string[];
}

interface Asked {
  readonly from: readonly string[];
  readonly named: readonly string[];
  readonly withProposals: boolean;
}

const unknown = datasetIri('bestaat-niet');
const graphList = fc.array(fc.constantFrom(...datasetIris, unknown), { maxLength: 3 });
const asked: fc.Arbitrary<Asked> = fc.record({ from: graphList, named: graphList, withProposals: fc.boolean() });
const visibilities: fc.Arbitrary<Visibility> = fc.record({ restricted: fc.oneof(fc.constant('*' as const), fc.subarray(datasetIris)) });

const world: fc.Arbitrary<World> = fc.tuple(changes, settings, changes, visibilities, fc.boolean()).map(([first, datasets, second, visibility, unionDefaultGraph]) => {
  const replica = new OxigraphReplica({ base, unionDefaultGraph });
  const plain = new PlainGraph();
  replica.apply(first);
  replica.setDatasets(datasets);
  replica.apply(second);
  plain.step({ kind: 'changes', changes: [...first, ...second] });
  plain.settings = datasets;
  const visible = datasets.filter((entry) => isVisible(entry, visibility));
  const iris = visible.map(({ iri }) => iri);
  return {
    replica,
    plain,
    visibility,
    expectedDefault({ from, named, withProposals }) {
      if (from.length + named.length > 0) return asStored(plain.merge(from.filter((iri) => iris.includes(iri))));
      const seen = visible.filter(({ iri, status }) => (status === 'voorgesteld' ? withProposals : unionDefaultGraph || iri === datasetIri('standaard')));
      return asStored(plain.merge(seen.map(({ iri }) => iri)));
    },
    expectedNamed({ from, named }) {
      const seen = from.length + named.length > 0 ? named.filter((iri) => iris.includes(iri)) : iris.filter((iri) => unionDefaultGraph || iri !== datasetIri('standaard'));
      return asStored([...plain.lines].filter((entry) => seen.some((iri) => splitLine(entry).graph === `<${iri}>`)));
    },
  };
});

function run({ replica, visibility }: World, query: string, request: Partial<QueryRequest> = {}): string {
  const formats = { resultFormat: 'text/tab-separated-values', graphFormat: 'application/n-triples' } as const;
  return replica.query(replica.prepare({ query, ...formats, ...request }, visibility)).body;
}

const rows = (body: string): readonly string[] => body.split('\n').slice(1, -1);
const lines = (body: string): readonly string[] => sorted(body.split('\n').filter((entry) => entry !== ''));

/** A request in the text of the query, or in the parameters of the protocol. */
function spoken(where: string, request: Asked, inProtocol: boolean): readonly [query: string, request: Partial<QueryRequest>] {
  const { from, named, withProposals } = request;
  if (inProtocol) return [where, { withProposals, defaultGraphs: from, namedGraphs: named }];
  const clauses = [...from.map((iri) => `FROM <${iri}>`), ...named.map((iri) => `FROM NAMED <${iri}>`)].join(' ');
  return [where.replace('WHERE', () => `${clauses} WHERE`), { withProposals }];
}

describe('The dataset of a query', () => {
  it('is the RDF merge and the named graphs that FROM, FROM NAMED, the protocol, proposals and rights make', () => {
    fc.assert(
      fc.property(world, asked, fc.boolean(), (here, request, inProtocol) => {
        const [construct, options] = spoken('CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }', request, inProtocol);
        assert.deepEqual(lines(run(here, construct, options)), here.expectedDefault(request));
        const [count] = spoken('SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }', request, inProtocol);
        assert.deepEqual(rows(run(here, count, options)), [String(here.expectedDefault(request).length)], 'each triple once');
        const [named] = spoken('SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g', request, inProtocol);
        const counts = new Map<string, number>();
        for (const entry of here.expectedNamed(request)) counts.set(splitLine(entry).graph, (counts.get(splitLine(entry).graph) ?? 0) + 1);
        assert.deepEqual(sorted(rows(run(here, named, options))), sorted([...counts].map(([graph, n]) => `${graph}\t${n}`)));
      }),
      { numRuns: 200 },
    );
  });

  it('gives DESCRIBE the same default graph', () => {
    fc.assert(
      fc.property(world, asked, (here, request) => {
        const [query, options] = spoken('DESCRIBE <http://example.org/s1> WHERE {}', request, false);
        assert.deepEqual(lines(run(here, query, options)), here.expectedDefault(request).filter((entry) => entry.startsWith('<http://example.org/s1> ')));
      }),
      { numRuns: 60 },
    );
  });

  it('never shows a quad, a name or a count of a dataset the caller may not see', () => {
    fc.assert(
      fc.property(world, asked, (here, request) => {
        const hidden = here.plain.settings.filter((entry) => !isVisible(entry, here.visibility)).map(({ iri }) => iri);
        const options = { withProposals: request.withProposals };
        for (const iri of [...hidden, unknown]) {
          assert.deepEqual(rows(run(here, `SELECT * { GRAPH <${iri}> { ?s ?p ?o } }`, options)), []);
          assert.equal(run(here, `ASK { GRAPH <${iri}> { ?s ?p ?o } }`, options), 'false');
          assert.equal(run(here, `ASK FROM <${iri}> { ?s ?p ?o }`, options), 'false');
          assert.equal(run(here, `ASK FROM NAMED <${iri}> { GRAPH ?g {} }`, options), 'false');
          assert.equal(run(here, `DESCRIBE <http://example.org/s1> FROM <${iri}>`, options), '');
          assert.deepEqual(rows(run(here, 'SELECT DISTINCT ?g { GRAPH ?g {} }', options)).includes(`<${iri}>`), false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is the same after a query that needed a merge of its own, and after a change since', () => {
    fc.assert(
      fc.property(world, asked, changes, (here, request, more) => {
        const [query, options] = spoken('CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }', request, true);
        run(here, query, options);
        assert.deepEqual(lines(run(here, query, options)), here.expectedDefault(request));
        here.replica.apply(more);
        here.plain.step({ kind: 'changes', changes: more });
        assert.deepEqual(lines(run(here, query, options)), here.expectedDefault(request));
        const shown = rows(run(here, 'SELECT DISTINCT ?g { GRAPH ?g {} }')).map((graph) => graph.slice(1, -1));
        assert.deepEqual(shown.filter((graph) => !datasetIris.includes(graph)), []);
        assert.deepEqual(asStored([...here.replica.match('merged', {})]), asStored(here.plain.merge(here.plain.settings.filter(isMerged).map(({ iri }) => iri))));
      }),
      { numRuns: 60 },
    );
  });

  it('is removed again when the query itself fails', () => {
    const replica = new OxigraphReplica({ base });
    const plain = new PlainGraph();
    const all = [datasetIri('a'), datasetIri('b')];
    plain.settings = all.map((iri) => ({ iri, status: 'aangenomen', mode: 'off', visibility: 'public' }));
    replica.setDatasets(plain.settings);
    const quads = all.map((iri, index) => `<http://e/s> <http://e/p> "${index}" <${iri}> .`);
    replica.apply(quads.map((line) => ({ op: '+', line })));
    assert.throws(() => [...replica.select('SELECT', { defaultGraph: all.map((iri) => ({ dataset: iri })) })], { code: 'query-syntax' });
    replica.apply([]);
    assert.deepEqual(sorted(replica.match('any', {})), quads.map(engineLine));
    assert.deepEqual([...replica.select('SELECT DISTINCT ?g { GRAPH ?g {} }', { defaultGraph: 'merged' })].map((row) => row.get('g') ?? '').toSorted(), all.map((iri) => `<${iri}>`));
    assert.deepEqual(sorted(replica.match('merged', {})), quads.map(withoutGraph));
  });
});

describe('The answer to a query', () => {
  const replica = new OxigraphReplica({ base });
  replica.setDatasets([{ iri: datasetIri('a'), status: 'aangenomen', mode: 'off', visibility: 'public' }]);
  replica.apply([{ op: '+', line: `<http://e/s> <http://e/p> "caf\u00e9 <&> \\"x\\""@nl <${datasetIri('a')}> .` }]);
  const ask = (query: string, resultFormat: QueryRequest['resultFormat'], graphFormat = 'text/turtle'): ReturnType<OxigraphReplica['query']> =>
    replica.query(replica.prepare({ query, resultFormat, graphFormat }, { restricted: [] }));

  it('comes in the result format that was asked', () => {
    const select = 'SELECT ?o { ?s ?p ?o }';
    assert.deepEqual(JSON.parse(ask(select, 'application/sparql-results+json').body), {
      head: { vars: ['o'] },
      results: { bindings: [{ o: { type: 'literal', value: 'café <&> "x"', 'xml:lang': 'nl' } }] },
    });
    assert.match(ask(select, 'application/sparql-results+xml').body, /<literal xml:lang="nl">café &lt;&amp;&gt; /);
    assert.equal(ask(select, 'text/csv').body, 'o\r\n"café <&> ""x"""\r\n');
    assert.equal(ask(select, 'text/tab-separated-values').body, '?o\n"café <&> \\"x\\""@nl\n');
    assert.deepEqual(JSON.parse(ask('ASK {}', 'application/sparql-results+json').body), { head: {}, boolean: true });
  });

  it('comes in every RDF format for CONSTRUCT, with fresh blank nodes', () => {
    const formats = ['text/turtle', 'application/n-triples', 'application/n-quads', 'application/trig', 'application/rdf+xml', 'application/ld+json'];
    for (const format of formats) {
      const { kind, mediaType, body } = ask('CONSTRUCT { [] ?p ?o } WHERE { ?s ?p ?o }', 'text/csv', format);
      assert.deepEqual([kind, mediaType], ['graph', format]);
      assert.match(body, format === 'application/rdf+xml' ? /rdf:nodeID=/ : /_:/, format);
      assert.match(body, /café/, format);
    }
  });

  it('is a fault when the engine refuses what the grammar allows', () => {
    assert.throws(() => ask('SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }', 'text/csv'), (error) => {
      assert(error instanceof Fault);
      assert.equal(error.code, 'query-syntax');
      assert(error.cause instanceof Error, 'the words of the engine are kept');
      return true;
    });
  });
});
