import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { DataFactory, Store, type Term } from 'n3';
import { resource } from '../../../src/resources.js';
import { checkDocument, checkSeed, shapeQuads } from './check.js';
import { readTurtle } from './seed.js';

const { namedNode } = DataFactory;
const shapes = new Store([...shapeQuads]);
/** What the sources do not state, or what a record of an external register lacks. */
const knownWarnings = [
  'Bestuurseenheid-nummer',
  'Bestuurseenheid-werkingsgebied',
  'Bouwsteen-contact',
  'Bouwsteen-hergebruik',
  'Bouwsteen-laag',
  'Bouwsteen-raakvlak',
  'Bouwsteen-standaard',
  'Component-laag',
  'Component-standaard',
  'Project-leiding-bekend',
  'Standaard-document',
  'Standaard-eigenaar',
  'Standaard-gebruik',
  'Standaard-status',
  'Standaard-type',
  'Verandering-datum',
];
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
    it(`${file.slice(0, -4)} is reported for its fixture, and nothing else`, () => {
      const { results } = checkDocument(readTurtle(resource('test', 'fixtures', 'shapes-data', file)));
      assert.deepEqual([...new Set(results.map(({ shape }) => shape))], [`<${shapesBase}${file.slice(0, -4)}>`], JSON.stringify(results));
    });
  }

  it('leave data of other kinds alone, but for the e-mail address of a person', () => {
    const { results } = checkDocument(readTurtle(resource('test', 'fixtures', 'stranger.ttl')));
    assert.deepEqual(results.map(({ shape, severity }) => [shape, severity]), [[`<${shapesBase}Persoon-openbaar>`, 'Warning']]);
  });
});

describe('seed data', () => {
  const report = checkSeed();
  const brief = report.results.map(({ dataset, shape, focusNode, severity }) => ({ dataset: dataset.slice(dataset.lastIndexOf('/') + 1), shape: shape.slice(shapesBase.length + 1, -1), focusNode, severity }));

  it('breaks no rule', () => {
    assert.deepEqual(brief.filter(({ severity }) => severity === 'Violation'), []);
  });

  it('is warned about only where the sources are silent', () => {
    const warnings = new Set(brief.filter(({ severity }) => severity === 'Warning').map(({ shape }) => shape));
    assert.deepEqual([...warnings].toSorted(), knownWarnings);
  });
});
