import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readShapeFiles } from '../../src/validation/shapeFiles.js';
import { resource } from '../../src/resources.js';
import { ShapesRegistry } from '../../src/validation/shapesRegistry.js';
import { administrator, TestGraph } from '../support/graph.js';

const folder = resource('shapes', 'profiles', 'oslo');

describe('the OSLO profile', () => {
  it('has well-formed shapes in every file', async () => {
    const registry = ShapesRegistry.fromQuads(await readShapeFiles(folder));
    const files = readdirSync(folder).filter((file) => file.endsWith('.ttl'));
    for (const file of files) assert([...registry.roots].some(({ node }) => node.includes(`/oslo/${file.slice(0, -4)}#`)), file);
  });

  it('warns, and never more than that', async () => {
    const graph = await TestGraph.open();
    try {
      const document = await graph.stage('@prefix locn: <http://www.w3.org/ns/locn#> . <http://a.example/plaats> a <http://purl.org/dc/terms/Location> ; locn:geometry <http://a.example/1> , <http://a.example/2> .', 'text/turtle');
      const report = await graph.graph.validate({ document, profile: 'oslo' }, administrator);
      assert.deepEqual(new Set(report.results.map(({ severity }) => severity)), new Set(['Warning']));
      assert(report.results.some(({ focusNode, path }) => focusNode === '<http://a.example/plaats>' && path === '<http://www.w3.org/ns/locn#geometry>'));
      assert.equal((await graph.graph.validate({ document }, administrator)).results.length, 0);
    } finally {
      await graph.close();
    }
  });
});
