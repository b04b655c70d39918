import assert from 'node:assert/strict';
import { Fault } from '../../../src/faults.js';
import { formatByExtension } from '../../../src/rdf/mediaTypes.js';
import { parseString } from '../../../src/rdf/parse.js';
import { serialiseString } from '../../../src/rdf/serialise.js';

async function jsonLd(turtle: string): Promise<Record<string, unknown>> {
  const [ttl, jsonld] = [formatByExtension('ttl'), formatByExtension('jsonld')];
  assert.ok(ttl && jsonld);
  return JSON.parse(await serialiseString(await parseString(turtle, { format: ttl }), { format: jsonld, prefixes: {} }));
}

const link = (from: number, to: number): string => `_:n${from} <http://ex.org/next> _:n${to} .`;
const links = (count: number): string => Array.from({ length: count }, (_none, index) => link(index, index + 1)).join(' ');

describe('blank nodes in JSON-LD', () => {
  it('are nested without labels where they are referred to once, in lists too', async () => {
    const document = await jsonLd('<http://ex.org/a> <http://ex.org/p> [ <http://ex.org/q> [ <http://ex.org/r> "x" ] ] ; <http://ex.org/l> ( [ <http://ex.org/r> "y" ] ) .');
    assert.deepEqual(document, {
      '@id': 'http://ex.org/a',
      'http://ex.org/l': { '@list': [{ 'http://ex.org/r': 'y' }] },
      'http://ex.org/p': { 'http://ex.org/q': { 'http://ex.org/r': 'x' } },
    });
  });

  it('keep one plain label where they are shared or on a cycle', async () => {
    const text = JSON.stringify(await jsonLd('<http://ex.org/a> <http://ex.org/p> _:x , _:y . <http://ex.org/b> <http://ex.org/p> _:x . _:x <http://ex.org/q> 1 . _:m <http://ex.org/p> _:n . _:n <http://ex.org/p> _:m .'));
    assert.ok(!text.includes('_:_:'));
    assert.equal(new Set(text.match(/_:\w+/g)).size, 4);
  });

  it('stand within each other up to a depth that can be read, in chains and rings of any length', async () => {
    for (const turtle of [`<http://ex.org/a> <http://ex.org/p> _:n0 . ${links(3000)}`, `${links(3000)} ${link(3000, 0)} _:n5 <http://ex.org/side> [ <http://ex.org/p> 1 ] .`]) {
      const document = await jsonLd(turtle);
      const depth = (value: unknown): number => (typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0);
      assert.ok(depth(document) < 60, String(depth(document)));
      assert.equal(JSON.stringify(document).match(/org\/next/g)?.length, turtle.match(/org\/next/g)?.length);
    }
  });

  it('in lists within lists beyond what can be written are told so', async () => {
    const [nt, jsonld] = [formatByExtension('nt'), formatByExtension('jsonld')];
    assert.ok(nt && jsonld);
    const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
    const lists = Array.from({ length: 20_000 }, (_none, index) => `_:l${index} <${rdf}first> _:l${index + 1} .\n_:l${index} <${rdf}rest> <${rdf}nil> .\n`).join('');
    const quads = await parseString(`<http://ex.org/a> <http://ex.org/p> _:l0 .\n${lists}_:l20000 <http://ex.org/q> "x" .\n`, { format: nt });
    await assert.rejects(serialiseString(quads, { format: jsonld }), (error: unknown) => error instanceof Fault && error.code === 'not-acceptable');
  });

  it('leave lists of named nodes as they are', async () => {
    const text = JSON.stringify(await jsonLd('@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . <http://ex.org/a> rdf:first <http://ex.org/a> ; rdf:rest rdf:nil . <http://ex.org/b> <http://ex.org/p> <http://ex.org/a> .'));
    assert.ok(text.includes('rdf-syntax-ns#rest') && text.includes('rdf-syntax-ns#first'), text);
  });

  it('keep the label of a node that is the type of another', async () => {
    const text = JSON.stringify(await jsonLd('<http://ex.org/a> a _:kind ; <http://ex.org/p> _:kind . _:kind <http://ex.org/q> "x" .'));
    assert.equal(text.match(/_:\w+/g)?.length, 3, text);
  });
});
