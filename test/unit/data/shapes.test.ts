import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { DataFactory, type Term } from 'n3';
import { resource } from '../../../src/resources.js';
import { findings, shapes } from './check.js';
import { datasets, isAdopted, readTurtle, seedQuads } from './seed.js';

const { namedNode } = DataFactory;
const sh = (name: string) => namedNode(`http://www.w3.org/ns/shacl#${name}`);
const shapesBase = 'https://w3id.org/regiograaf/shapes#';
const fixtures = readdirSync(resource('test', 'fixtures', 'shapes-data')).toSorted();

const languageOf = (term: Term): string => (term.termType === 'Literal' ? term.language : '');

/** Every named shape that says something, with what it says: its own messages or those of its rule. */
function messagesOf(shape: string): string[] {
  const rules = shapes.getObjects(namedNode(shape), sh('sparql'), null);
  return [namedNode(shape), ...rules].flatMap((node) => shapes.getObjects(node, sh('message'), null).map(languageOf));
}

const speaking = [...new Set(shapes.getSubjects(null, null, null).map((subject) => subject.value))].filter((iri) => iri.startsWith(shapesBase) && messagesOf(iri).length > 0);

describe('shapes', () => {
  it('each message is there in Dutch and in English', () => {
    for (const shape of speaking) assert.deepEqual(messagesOf(shape).toSorted(), ['en', 'nl'], shape);
  });

  it('each message has a fixture', () => {
    const names = speaking.map((shape) => `${shape.slice(shapesBase.length)}.ttl`).toSorted();
    assert.deepEqual(fixtures, names);
  });

  it('each property shape has a name in Dutch and in English', () => {
    for (const subject of shapes.getSubjects(namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), sh('PropertyShape'), null)) {
      assert.deepEqual(shapes.getObjects(subject, sh('name'), null).map(languageOf).toSorted(), ['en', 'nl'], subject.value);
    }
  });

  for (const file of fixtures) {
    it(`${file.slice(0, -4)} is reported for its fixture, and nothing else`, async () => {
      const found = await findings(readTurtle(resource('test', 'fixtures', 'shapes-data', file)));
      assert.deepEqual(
        [...new Set(found.map(({ shape }) => shape.slice(shapesBase.length)))],
        [file.slice(0, -4)],
        JSON.stringify(found),
      );
    });
  }

  it('leave data of other kinds alone', async () => {
    assert.deepEqual(await findings(readTurtle(resource('test', 'fixtures', 'stranger.ttl'))), []);
  });
});

const describedBy = (slug: string): ReadonlySet<string> => new Set(seedQuads(slug).map((quad) => quad.subject.value));

describe('seed data', () => {
  for (const dataset of datasets) {
    it(`${dataset.slug} breaks no rule`, async function () {
      this.timeout(120_000);
      const adopted = datasets.filter(isAdopted);
      const context = (adopted.includes(dataset) ? adopted : [...adopted, dataset]).flatMap(({ slug }) => seedQuads(slug));
      const own = describedBy(dataset.slug);
      // Only what this dataset describes: the rest is judged in its own dataset.
      const relevant = dataset.slug === 'lokale-besturen' ? seedQuads(dataset.slug) : context.filter(({ subject }) => own.has(subject.value) || isSmall(subject.value));
      const violations = (await findings(relevant)).filter(({ focus, severity }) => severity === 'Violation' && own.has(focus));
      assert.deepEqual(violations, []);
    });
  }

  const large = describedBy('lokale-besturen');
  function isSmall(iri: string): boolean {
    return !large.has(iri);
  }
});
