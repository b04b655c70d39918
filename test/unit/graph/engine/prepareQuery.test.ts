import assert from 'node:assert/strict';
import { Fault } from '../../../../src/faults.js';
import type { QueryRequest } from '../../../../src/graph/api.js';
import type { DatasetSettings, Visibility } from '../../../../src/graph/dataset.js';
import { prepareQuery, type PreparedQuery } from '../../../../src/graph/engine/prepareQuery.js';
import { base, datasetIri } from './model.js';

const dataset = (slug: string, status: DatasetSettings['status'], visibility: DatasetSettings['visibility'] = 'public'): DatasetSettings => ({
  iri: datasetIri(slug),
  status,
  mode: 'off',
  visibility,
});
const datasets = [
  dataset('a', 'aangenomen'),
  dataset('v', 'voorgesteld'),
  dataset('standaard', 'aangenomen'),
  dataset('r', 'extern', 'restricted'),
  dataset('rv', 'voorgesteld', 'restricted'),
];
const iri = datasetIri;

function prepare(query: string, request: Partial<QueryRequest> = {}, restricted: Visibility['restricted'] = [], unionDefaultGraph = true): PreparedQuery {
  const formats = { resultFormat: 'text/csv', graphFormat: 'text/turtle' } as const;
  return prepareQuery({ query, ...formats, ...request }, { base, datasets, visibility: { restricted }, unionDefaultGraph });
}

function graphsOf({ defaultGraph, namedGraphs }: PreparedQuery): unknown {
  return { ...defaultGraph, named: namedGraphs };
}

function faultOf(query: string): Fault {
  try {
    prepare(query);
  } catch (error) {
    assert(error instanceof Fault);
    return error;
  }
  return assert.fail(`no fault for ${query}`);
}

describe('prepareQuery', () => {
  it('reads the merged graph by default, and names every public dataset', () => {
    assert.deepEqual(graphsOf(prepare('ASK {}')), { merged: true, graphs: [], named: ['a', 'v', 'standaard'].map(iri) });
  });

  it('brings proposals into the default graph when asked', () => {
    assert.deepEqual(prepare('ASK {}', { withProposals: true }).defaultGraph, { merged: true, graphs: [iri('v')] });
  });

  it('adds the restricted datasets a caller may see, and no others', () => {
    assert.deepEqual(graphsOf(prepare('ASK {}', {}, [iri('r')])), { merged: true, graphs: [iri('r')], named: ['a', 'v', 'standaard', 'r'].map(iri) });
    assert.deepEqual(prepare('ASK {}', { withProposals: true }, '*').defaultGraph.graphs, ['v', 'r', 'rv'].map(iri));
  });

  it('takes only the dataset standaard when the merged default graph is switched off', () => {
    assert.deepEqual(prepare('ASK {}', {}, '*', false).defaultGraph, { merged: false, graphs: [iri('standaard')] });
  });

  it('takes the dataset of FROM and FROM NAMED, with prefixes and relative IRIs resolved', () => {
    const query = `BASE <${base}id/> PREFIX d: <dataset/> ASK FROM d:a FROM <dataset/v> FROM <../id/dataset/a> FROM NAMED <${iri('v')}> {}`;
    assert.deepEqual(graphsOf(prepare(query)), { merged: false, graphs: [iri('a'), iri('v')], named: [iri('v')] });
    assert.deepEqual(graphsOf(prepare(`ASK FROM NAMED <${iri('a')}> {}`)), { merged: false, graphs: [], named: [iri('a')] });
    assert.deepEqual(graphsOf(prepare('ASK FROM <id/dataset/a> {}')), { merged: false, graphs: [iri('a')], named: [] });
  });

  it('lets the graphs of the protocol go before those of the query', () => {
    const query = `ASK FROM <${iri('a')}> FROM NAMED <${iri('a')}> {}`;
    assert.deepEqual(graphsOf(prepare(query, { defaultGraphs: [iri('v')] })), { merged: false, graphs: [iri('v')], named: [] });
    assert.deepEqual(graphsOf(prepare(query, { namedGraphs: [iri('v')] })), { merged: false, graphs: [], named: [iri('v')] });
  });

  it('treats a graph the caller may not see as one that does not exist', () => {
    for (const name of [iri('r'), iri('unknown')]) {
      assert.deepEqual(graphsOf(prepare(`ASK FROM <${name}> FROM NAMED <${name}> {}`)), { merged: false, graphs: [], named: [] });
      assert.deepEqual(graphsOf(prepare('ASK {}', { defaultGraphs: [name], namedGraphs: [name] })), { merged: false, graphs: [], named: [] });
    }
  });

  it('says what kind of answer a query gives, and in which media type', () => {
    assert.deepEqual(
      ['SELECT * {}', 'ASK {}', 'CONSTRUCT WHERE {}', 'DESCRIBE <x>'].map((query) => [prepare(query).kind, prepare(query).mediaType]),
      [['solutions', 'text/csv'], ['boolean', 'text/csv'], ['graph', 'text/turtle'], ['graph', 'text/turtle']],
    );
  });

  it('refuses SERVICE, however deep', () => {
    for (const query of ['ASK { SERVICE <http://x/> {} }', 'ASK { FILTER NOT EXISTS { { SELECT * { SERVICE ?s { ?s ?p ?o } } } } }']) {
      assert.equal(faultOf(query).code, 'address-refused');
    }
  });

  it('names the place of a syntax error, what was found and what was expected', () => {
    const { code, data } = faultOf('SELECT * WHERE {\n  ?s ?p ?o\n  FILTER }');
    assert.equal(code, 'query-syntax');
    assert.deepEqual([data.place?.line, data.place?.column, data.extra?.['found']], [3, 10, '}']);
    assert.match(data.place?.expected ?? '', /\(/);
    assert.match(data.detail.nl, /regel 3, kolom 10/i);
    assert.match(data.detail.en, /line 3, column 10/i);
  });

  it('tells apart an update and an empty text from a query with a mistake', () => {
    assert.match(faultOf('INSERT DATA { <a> <b> <c> }').data.detail.nl, /\/sparql\/update/);
    assert.equal(faultOf('').code, 'query-syntax');
  });
});
