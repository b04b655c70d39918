import assert from 'node:assert/strict';
import type { Quad } from '@rdfjs/types';
import { isomorphic } from 'rdf-isomorphic';
import { canonicalQuad } from '../../src/rdf/canonical.js';
import { formatByMediaType } from '../../src/rdf/mediaTypes.js';
import { toLine } from '../../src/rdf/nquads.js';
import { parseString } from '../../src/rdf/parse.js';
import { deskolemise } from '../../src/rdf/skolem.js';
import { documentPath } from '../../src/pages/view.js';
import { followable } from '../../src/publication/rdfa/publicationLink.js';
import { followed, harvested, streamed } from '../support/rdfa.js';
import { TestService } from '../support/service.js';

function lines(quads: readonly Quad[]): readonly string[] {
  return quads.map(toLine).toSorted();
}

describe('RDFa: every page states its entity', () => {
  let service: TestService;
  before(async function () {
    this.timeout(180_000);
    service = await TestService.start({ SEED: 'default' });
  });
  after(() => service.stop());

  async function text(path: string, accept: string): Promise<string> {
    const answer = await service.ask(path, { headers: { accept } });
    assert.equal(answer.status, 200, path);
    return answer.text();
  }

  async function turtle(path: string): Promise<readonly Quad[]> {
    const format = formatByMediaType('text/turtle');
    assert.ok(format);
    return (await parseString(await text(path, 'text/turtle'), { format })).map(canonicalQuad);
  }

  function same(found: readonly Quad[], expected: readonly Quad[], what: string): void {
    const read = [...deskolemise(found.map(canonicalQuad), service.base)];
    const unique = [...new Map(read.map((quad) => [toLine(quad), quad])).values()];
    if (isomorphic(unique, [...expected])) return;
    assert.deepEqual(lines(unique), lines(expected), what);
    assert.fail(`${what}: blank nodes differ`);
  }

  async function entities(): Promise<readonly string[]> {
    const { graph } = service.service;
    const answer = await graph.query(
      { query: 'SELECT DISTINCT ?s { ?s ?p ?o FILTER(!CONTAINS(STR(?s), "/.well-known/genid/")) }', withProposals: true, resultFormat: 'application/sparql-results+json', graphFormat: '' },
      { restricted: [] },
    );
    const { results } = JSON.parse(answer.body) as { results: { bindings: { s: { value: string } }[] } };
    return results.bindings.map(({ s }) => s.value);
  }

  it('a spider that starts at the overview reaches every entity, by the links it knows', async function () {
    this.timeout(120_000);
    const here = (address: string): string => address.replace(service.base, '/');
    const seen = new Set<string>();
    const waiting = [`${service.base}overzicht`];
    for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
      if (seen.has(address)) continue;
      seen.add(address);
      if (here(address).startsWith('/overzicht')) waiting.push(...followed(await text(here(address), 'text/html'), address));
    }
    const missing = (await entities()).filter((iri) => !seen.has(followable(service.base + documentPath(service.base, iri).slice(1))));
    assert.deepEqual(missing, []);
  });

  it('exactly as its Turtle does, to a processor of RDFa 1.1 and to that of the harvester', async function () {
    this.timeout(600_000);
    const all = await entities();
    assert.ok(all.length > 2000, String(all.length));
    const failures: string[] = [];
    for (const iri of all) {
      const path = documentPath(service.base, iri);
      const address = service.base + path.slice(1);
      const [page, expected] = await Promise.all([text(path, 'text/html'), turtle(path)]);
      try {
        same(await streamed(page, address), expected, `${iri} streamed`);
        same(await harvested(page, address), expected, `${iri} harvested`);
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
    assert.deepEqual(failures.slice(0, 5), [], `${failures.length} of ${all.length}`);
  });
});
