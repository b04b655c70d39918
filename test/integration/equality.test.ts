import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { Parser } from 'n3';
import { documentPath } from '../../src/pages/view.js';
import { toLine } from '../../src/rdf/nquads.js';
import { quad } from '../../src/rdf/terms.js';
import { DeltaConsumer } from '../support/deltaConsumer.js';
import { streamed } from '../support/rdfa.js';
import { TestService } from '../support/service.js';
import { stateOfActivities, stateOfVersions } from '../support/streamReader.js';

const datasets = ['een', 'twee'] as const;
const entities = ['actor/a', 'actor/b', 'initiatief/c', 'document/d'] as const;
const classes: Readonly<Record<string, string>> = { actor: 'http://www.w3.org/ns/org#Organization', initiatief: 'http://www.w3.org/ns/prov#Activity', document: 'http://xmlns.com/foaf/0.1/Document' };
const texts = ['"kaal"', '"Nederlands"@nl', '"English"@en', '"met \\"aanhaling\\" en\\nregel"@nl-be', '"12"^^<http://www.w3.org/2001/XMLSchema#integer>', '"2024-02-29"^^<http://www.w3.org/2001/XMLSchema#date>', '"é€𝄞"'] as const;

/** One commit of a random history. */
const step = fc.record({
  kind: fc.constantFrom('say', 'say', 'say', 'node', 'node', 'unsay', 'remove', 'clear', 'hide', 'propose', 'undo', 'undo', 'loosen', 'move', 'drop'),
  dataset: fc.constantFrom(...datasets),
  entity: fc.constantFrom(...entities),
  text: fc.constantFrom(...texts),
  property: fc.integer({ min: 0, max: 2 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

describe('every channel of publication gives the same graph as SPARQL, whatever happened before', function () {
  this.timeout(600_000);
  let service: TestService;
  let consumer: DeltaConsumer;
  const hidden = new Set<string>();
  const proposed = new Set<string>();
  /** Numbers of the commits that changed data. */
  const changes: number[] = [];

  before(async () => {
    service = await TestService.start();
    proposed.add('voorstel');
    hidden.add('geheim');
    for (const slug of [...datasets, 'voorstel', 'geheim']) await describeDataset(slug);
    for (const slug of ['voorstel', 'geheim']) await update(`INSERT DATA { GRAPH <${dataset(slug)}> { <${service.base}id/actor/a> <http://ex.org/p0> "${slug}" } }`);
    await fromDump();
  });
  after(() => service.stop());

  const dataset = (slug: string): string => `${service.base}id/dataset/${slug}`;

  async function fromDump(): Promise<void> {
    const fresh = new DeltaConsumer({ baseUrl: service.url, subject: `${service.base}sync/alle`, filesPath: '/sync/alle/files' });
    await eventually(() => fresh.initialSync());
    consumer = fresh;
  }

  /** A dataset that became restricted takes its old files with it: the consumer is told, and starts from a dump. */
  async function sync(): Promise<void> {
    try {
      await consumer.syncAll();
    } catch (error) {
      if (!String(error).includes(': 410 ')) throw error;
      await fromDump();
    }
  }

  async function describeDataset(slug: string): Promise<void> {
    const answer = await service.describe(slug, {
      titel: slug,
      controle: 'off',
      licentie: 'https://creativecommons.org/publicdomain/zero/1.0/',
      bronstatus: proposed.has(slug) ? 'voorgesteld' : 'aangenomen',
      zichtbaarheid: hidden.has(slug) ? 'restricted' : 'public',
    });
    assert.ok(answer.ok, await answer.text());
  }

  /** Undoes one of the last changes of data; one that cannot be undone any more is left as it is. */
  async function undo(back: number): Promise<void> {
    const number = changes.at(-1 - back);
    if (number === undefined) return;
    const answer = await service.ask(`/commits/${number}/ongedaan?force`, { method: 'POST', token: true });
    assert.ok(answer.status < 500, await answer.text());
  }

  async function update(text: string): Promise<void> {
    const answer = await service.ask('/sparql/update', { method: 'POST', token: true, headers: { 'content-type': 'application/sparql-update' }, body: text });
    assert.ok(answer.ok, await answer.text());
    changes.push((await service.service.graph.status()).commit);
  }

  async function carryOut({ kind, dataset: slug, entity, text, property }: Step): Promise<void> {
    const graph = `<${dataset(slug)}>`;
    const subject = `<${service.base}id/${entity}>`;
    const type = `<${classes[entity.split('/')[0] ?? ''] ?? ''}>`;
    const said = `<http://ex.org/p${property}>`;
    const node = '<http://ex.org/deel>';
    switch (kind) {
      case 'say':
        return update(`INSERT DATA { GRAPH ${graph} { ${subject} a ${type} ; ${said} ${text} ; <http://ex.org/naast> <${service.base}id/actor/b> } }`);
      case 'node':
        return update(`INSERT DATA { GRAPH ${graph} { ${subject} ${node} [ ${said} ${text} ; ${node} [ ${said} "dieper"@nl ] ] } }`);
      case 'unsay':
        return update(`DELETE WHERE { GRAPH ${graph} { ${subject} ${said} ?o } }`);
      case 'remove':
        return update(`DELETE { GRAPH ${graph} { ?x ?p ?o } } WHERE { GRAPH ${graph} { ${subject} ${node}* ?x . ?x ?p ?o } }`);
      case 'clear':
        return update(`CLEAR GRAPH ${graph}`);
      case 'hide':
        toggle(hidden, slug);
        return describeDataset(slug);
      case 'propose':
        toggle(proposed, slug);
        return describeDataset(slug);
      case 'undo':
        return undo(property);
      case 'loosen':
        return update(`DELETE WHERE { GRAPH ${graph} { ${subject} ${node} ?x } }`);
      case 'move':
        return update(`DELETE { GRAPH ${graph} { ?e ${node} ?x } } INSERT { GRAPH ${graph} { ${subject} ${node} ?x } } WHERE { GRAPH ${graph} { ?e ${node} ?x } }`);
      case 'drop': {
        const answer = await service.ask(`/datasets/${slug}`, { method: 'DELETE', token: true });
        assert.ok(answer.ok, await answer.text());
        return describeDataset(slug);
      }
      default:
        return assert.fail(kind);
    }
  }

  async function lines(path: string, accept: string): Promise<string[]> {
    const answer = await service.ask(path, { headers: { accept } });
    const text = await answer.text();
    assert.equal(answer.status, 200, `${path}: ${text}`);
    return triples(text);
  }

  const construct = (where: string): Promise<string[]> => lines(`/sparql?query=${encodeURIComponent(`CONSTRUCT { ?s ?p ?o } WHERE { ${where} }`)}`, 'application/n-triples');

  /** What the pages of all entities state, read as a stranger reads them. */
  async function stated(): Promise<string[]> {
    const found = new Set<string>();
    // Parts stand on the page of what leads to them.
    const subjects = new Set((await construct('?s ?p ?o FILTER(!CONTAINS(STR(?s), "/.well-known/genid/") || NOT EXISTS { ?from ?by ?s })')).map((line) => line.slice(1, line.indexOf('>'))));
    for (const iri of subjects) {
      const path = documentPath(service.base, iri);
      const answer = await service.ask(path, { headers: { accept: 'text/html' } });
      assert.equal(answer.status, 200, path);
      for (const { subject, predicate, object } of await streamed(await answer.text(), service.base + path.slice(1))) found.add(toLine(quad(subject, predicate, object)));
    }
    return [...found].toSorted();
  }

  async function exported(): Promise<string[]> {
    const all: string[] = [];
    const list = await service.ask('/datasets', { headers: { accept: 'application/n-triples' } });
    const slugs = [...(await list.text()).matchAll(/<http:\/\/www\.w3\.org\/ns\/dcat#dataset> <[^>]*\/id\/dataset\/([^>]+)>/gu)].map(([, slug]) => slug ?? '');
    for (const slug of slugs.filter((name) => !proposed.has(name))) all.push(...(await lines(`/datasets/${slug}/inhoud.nq`, '*/*')));
    return [...new Set(all)].toSorted();
  }

  /** The full downloads are of the newest commit, hold what their datasets hold, and no dataset that is hidden. */
  async function downloaded(): Promise<void> {
    const { commit } = await service.service.graph.status();
    const answer = await service.ask('/dumps');
    assert.equal(answer.headers.get('regiograaf-commit'), String(commit));
    const { dataset: listed } = (await answer.json()) as { readonly dataset: readonly { readonly '@id': string }[] };
    const slugs = listed.map((one) => one['@id'].slice(dataset('').length));
    assert.deepEqual(slugs.filter((slug) => slug !== 'catalogus').toSorted(), [...datasets, 'voorstel'].filter((slug) => !hidden.has(slug)).toSorted());
    const all = new Set<string>();
    for (const slug of slugs) {
      const expected = await lines(`/datasets/${slug}/inhoud.nq`, '*/*');
      for (const ending of ['nq', 'ttl', 'trig']) assert.deepEqual(await lines(`/dumps/dataset/${slug}.${ending}`, '*/*'), expected, `${slug}.${ending}`);
      for (const line of expected) all.add(line);
    }
    for (const ending of ['nq', 'trig']) assert.deepEqual(await lines(`/dumps/alle.${ending}`, '*/*'), [...all].toSorted(), `alle.${ending}`);
    // Without graphs there is no telling what is only proposed: that stays out.
    assert.deepEqual(await lines('/dumps/alle.ttl', '*/*'), await construct('?s ?p ?o'), 'alle.ttl');
  }

  it('LDES versions, LDES activities, dump with deltas, RDFa pages, N-Quads, full downloads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), async (history) => {
        for (const commit of history) await carryOut(commit);
        const adopted = await construct('?s ?p ?o');
        assert.deepEqual(await exported(), adopted, 'N-Quads of the datasets');
        assert.deepEqual(await stated(), adopted, 'RDFa');
        await eventually(async () => assert.deepEqual(sorted(await stateOfVersions(`${service.url}/ldes/alles`, page)), adopted, 'LDES versions'));
        await eventually(async () => assert.deepEqual(sorted(await stateOfActivities(`${service.url}/ldes/alles/activiteiten`, page)), adopted, 'LDES activities'));
        await eventually(async () => {
          await sync();
          assert.deepEqual(sorted([...consumer.store.statements].filter((line) => !line.includes('<http://mu.semte.ch/vocabularies/core/uuid>'))), adopted, 'dump and deltas');
        });
        await eventually(downloaded);
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });
});

async function page(address: string): Promise<string> {
  const answer = await fetch(address, { headers: { accept: 'application/trig' } });
  const text = await answer.text();
  assert.equal(answer.status, 200, `${address}: ${text}`);
  return text;
}

function triples(text: string): string[] {
  return [...new Set(new Parser().parse(text).map(({ subject, predicate, object }) => toLine(quad(subject, predicate, object))))].toSorted();
}

function sorted(lines: Iterable<string>): string[] {
  return [...lines].toSorted();
}

/** Channels follow the log within a second; on a busy machine it may be more. */
async function eventually(check: () => Promise<void>): Promise<void> {
  for (const begun = Date.now(); ; await sleep(100)) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() - begun > 30_000) throw error;
    }
  }
}

function toggle(set: Set<string>, value: string): void {
  if (!set.delete(value)) set.add(value);
}
