import assert from 'node:assert/strict';
import { administrator, base, TestGraph } from '../support/graph.js';

const dataset = `${base}id/dataset/proef`;
const everybody = { restricted: [] };
const select = (query: string) => ({ query, resultFormat: 'text/csv' as const, graphFormat: 'text/turtle' });

describe('the graph at a moment', () => {
  let graph: TestGraph;
  before(async () => {
    graph = await TestGraph.open();
    for (const value of ['een', 'twee', 'drie']) await graph.load(dataset, `<http://ex.org/a> <http://ex.org/p> "${value}" .`, 'replace');
  });
  after(() => graph.close());

  it('answers a query as it would have then', async () => {
    const { commit } = await graph.graph.status();
    const values: string[] = [];
    for (let number = commit - 2; number <= commit; number += 1) {
      const past = await graph.graph.at({ commit: number }, everybody);
      const { body, commit: answered } = await past.query(select('SELECT ?o { <http://ex.org/a> ?p ?o }'), everybody);
      assert.equal(answered, number);
      values.push(body.trim().split('\r\n')[1] ?? '');
    }
    assert.deepEqual(values, ['een', 'twee', 'drie']);
  });

  it('has nothing of a dataset that is restricted today, whatever it was then', async () => {
    const { commit } = await graph.graph.status();
    await graph.write({ kind: 'describe', dataset, description: { title: { nl: 'Geheim' }, status: 'aangenomen', mode: 'off', visibility: 'restricted' } });
    const ask = async (who: typeof administrator.visibility): Promise<string> => {
      const past = await graph.graph.at({ commit }, who);
      return (await past.query(select('SELECT (COUNT(*) AS ?n) { { ?s ?p "drie" } UNION { GRAPH ?g { ?s ?p ?o FILTER(STRENDS(STR(?s), "proef")) } } }'), who)).body.trim().split('\r\n')[1] ?? '';
    };
    assert.equal(await ask(everybody), '0');
    assert.ok(Number(await ask({ restricted: '*' })) > 1);
    await graph.write({ kind: 'describe', dataset, description: { title: { nl: 'Open' }, status: 'aangenomen', mode: 'off', visibility: 'public' } });
    assert.ok(Number(await ask(everybody)) > 1);
  });
});
