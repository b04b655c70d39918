import assert from 'node:assert/strict';
import type { Quad } from '@rdfjs/types';
import { Parser, Store } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';
import { formatByExtension } from '../../src/rdf/mediaTypes.js';
import { toLine } from '../../src/rdf/nquads.js';
import { parseString } from '../../src/rdf/parse.js';
import { dcat, dct } from '../../src/rdf/prefixes.js';
import { quad } from '../../src/rdf/terms.js';
import { flemish3, shapesOf } from '../support/dcatTables.js';
import { TestService } from '../support/service.js';

/** RDF/XML says some things more than once: nested ones. */
function linesOf(quads: readonly Quad[]): string[] {
  return [...new Set(quads.map(toLine))].toSorted();
}

describe('GET /catalog', function () {
  this.timeout(60_000);
  let service: TestService;

  before(async () => {
    service = await TestService.start();
    for (const [slug, extra] of [
      ['open', {}],
      ['geheim', { zichtbaarheid: 'restricted' }],
      ['waardevol', { hvdCategorie: 'http://data.europa.eu/bna/c_ac64a52d', licentie: 'https://data.vlaanderen.be/id/licentie/modellicentie-gratis-hergebruik/v1.0' }],
    ] as const) {
      const answer = await service.ask(`/datasets/${slug}`, { method: 'PUT', token: true, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ titel: slug, ...extra }) });
      assert.equal(answer.status, 201, await answer.text());
    }
  });

  after(() => service.stop());

  async function datasets(path: string): Promise<string[]> {
    const answer = await service.ask(path);
    assert.equal(answer.status, 200);
    const quads = new Parser({ baseIRI: service.base }).parse(await answer.text());
    const own = `${service.base}id/dataset/`;
    return quads.filter(({ predicate, object }) => predicate.value === dcat('dataset') && object.value.startsWith(own)).map(({ object }) => object.value.slice(own.length));
  }

  async function offered(): Promise<string[]> {
    const quads = new Parser().parse(await (await service.ask('/catalog.nt')).text());
    return quads.filter(({ subject, predicate }) => subject.value === `${service.base}catalog` && predicate.value === dcat('dataset')).map(({ object }) => object.value);
  }

  it('lists the public datasets by itself, and no restricted one', async () => {
    assert.deepEqual((await datasets('/catalog.ttl')).toSorted(), ['catalogus', 'open', 'vormen', 'waardevol']);
  });

  it('offers the delta streams and the full download as well, as soon as they are made', async () => {
    const wanted = ['sync/alle', 'sync/actoren', 'sync/initiatieven', 'sync/bouwstenen', 'sync/componenten', 'dumps#alle'].map((path) => service.base + path);
    for (const begun = Date.now(); ; await new Promise((resolve) => setTimeout(resolve, 100))) {
      const found = new Set(await offered());
      if (wanted.every((iri) => found.has(iri))) return;
      assert.ok(Date.now() - begun < 30_000, [...found].join(' '));
    }
  });

  it('gives the part on high-value datasets', async () => {
    assert.deepEqual(await datasets('/catalog.ttl?profiel=hvd'), ['waardevol']);
    assert.equal((await service.ask('/catalog.ttl?profiel=goud')).status, 400);
  });

  it('has the formats harvesters read, as one document each, and answers 304 while nothing changed', async () => {
    for (const [path, type] of [['/catalog.ttl', 'text/turtle; charset=utf-8'], ['/catalog.rdf', 'application/rdf+xml'], ['/catalog.jsonld', 'application/ld+json'], ['/catalog.nt', 'application/n-triples']] as const) {
      let answer = await service.ask(path);
      assert.equal(answer.headers.get('content-type'), type);
      // Downloads and streams of the last commits may still be coming, and are in the catalogue when they are there.
      for (;;) {
        const again = await service.ask(path, { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } });
        if (again.status === 304) break;
        assert.notEqual(again.headers.get('etag'), answer.headers.get('etag'));
        answer = again;
      }
    }
    assert.equal((await service.ask('/catalog', { headers: { accept: 'text/html' } })).headers.get('location'), '/datasets');
  });

  it('says the same in every format, without blank nodes, and is valid after datasets were restricted and deleted', async () => {
    const description = { controle: 'off', licentie: 'https://data.vlaanderen.be/id/licentie/modellicentie-gratis-hergebruik/v1.0' };
    for (const slug of ['straks-dicht', 'straks-weg']) {
      assert.ok((await service.describe(slug, { ...description, titel: slug })).ok);
      assert.ok((await service.load(slug, '<http://ex.org/a> <http://ex.org/b> "c" .')).ok);
    }
    assert.deepEqual((await datasets('/catalog.ttl')).filter((slug) => slug.startsWith('straks')).toSorted(), ['straks-dicht', 'straks-weg']);
    assert.ok((await service.describe('straks-dicht', { ...description, titel: 'straks-dicht', zichtbaarheid: 'restricted' })).ok);
    assert.ok((await service.ask('/datasets/straks-weg', { method: 'DELETE', token: true })).ok);
    const shapes = new Store(new Parser().parse(shapesOf(flemish3)));
    for (const begun = Date.now(); ; await new Promise((resolve) => setTimeout(resolve, 100))) {
      const texts = await Promise.all(['nt', 'ttl', 'rdf', 'jsonld', 'trig', 'nq'].map(async (suffix) => [suffix, await (await service.ask(`/catalog.${suffix}`)).text()] as const));
      const said = await Promise.all(texts.map(async ([suffix, text]) => (await parseString(text, { format: formatByExtension(suffix) ?? assert.fail(suffix) })).map(({ subject, predicate, object }) => quad(subject, predicate, object))));
      // Downloads and streams come a moment after their commit.
      if (new Set(said.map((quads) => linesOf(quads).join('\n'))).size > 1 && Date.now() - begun < 30_000) continue;
      const [all = [], ...others] = said.map(linesOf);
      for (const lines of others) assert.deepEqual(lines, all);
      assert.ok(!all.some((line) => line.includes('_:') || line.includes('straks')), all.find((line) => line.includes('straks')));
      const { results } = await new SHACLValidator(shapes).validate(new Store(said[0]));
      assert.deepEqual(results.map(({ focusNode, path }) => `${focusNode && 'value' in focusNode ? focusNode.value : ''} ${path && 'value' in path ? path.value : ''}`), []);
      return;
    }
  });

  it('says when a dataset changed, after a change and without anybody keeping it', async () => {
    const modified = async (): Promise<string | undefined> => {
      const quads = new Parser().parse(await (await service.ask('/catalog.ttl')).text());
      return quads.find(({ subject, predicate }) => subject.value === `${service.base}id/dataset/open` && predicate.value === dct('modified'))?.object.value;
    };
    const before = await modified();
    assert.equal((await service.load('open', '<http://ex.org/a> <http://ex.org/b> "c" .')).status < 300, true);
    const after = await modified();
    assert.ok(after !== undefined && (before === undefined || after > before), `${before} ${after}`);
  });
});
