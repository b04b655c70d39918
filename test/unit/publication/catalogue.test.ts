import assert from 'node:assert/strict';
import { Parser, Store } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';
import type { Quad } from '@rdfjs/types';
import { catalogueQuads, highValueModel } from '../../../src/publication/catalogue/catalogue.js';
import type { CatalogueModel } from '../../../src/publication/catalogue/model.js';
import { ownServices } from '../../../src/publication/catalogue/services.js';
import { formatByExtension } from '../../../src/rdf/mediaTypes.js';
import { parseString } from '../../../src/rdf/parse.js';
import { dcat, dct, vcard } from '../../../src/rdf/prefixes.js';
import { serialiseString } from '../../../src/rdf/serialise.js';
import { flemish2, flemish3, highValue, shapesOf, type Table } from '../../support/dcatTables.js';

const base = 'https://regio.example/';
const dataset = { status: 'aangenomen', mode: 'enforce', visibility: 'public', quads: 3, changed: 2, modified: '2026-03-01T10:00:00.000Z' } as const;

const model: CatalogueModel = {
  base,
  publisher: { name: 'Agentschap Voorbeeld', contact: 'data@voorbeeld.be' },
  datasets: [
    { ...dataset, iri: `${base}id/dataset/plein`, slug: 'plein', title: { nl: 'Pleinen', en: 'Squares' }, description: { nl: 'Alle pleinen.' }, licence: 'https://data.vlaanderen.be/id/licentie/modellicentie-gratis-hergebruik/v1.0', owner: 'https://data.vlaanderen.be/id/organisatie/OVO000001', hvdCategory: 'http://data.europa.eu/bna/c_ac64a52d' },
    { ...dataset, iri: `${base}id/dataset/zonder`, slug: 'zonder', title: { '': 'Zonder taal' }, description: {} },
  ],
  names: new Map([['https://data.vlaanderen.be/id/organisatie/OVO000001', { nl: 'Eigenaar' }]]),
  dumps: [
    { url: `${base}dumps/alle.nq`, mediaType: 'application/n-quads', compressed: false, bytes: 480, sha256: 'cd'.repeat(32), modified: '2026-03-01T10:00:01.000Z' },
    { url: `${base}dumps/plein.nq.gz`, dataset: `${base}id/dataset/plein`, mediaType: 'application/n-quads', compressed: true, bytes: 120, sha256: 'ab'.repeat(32), modified: '2026-03-01T10:00:01.000Z' },
  ],
  streams: [
    { iri: `${base}sync/actoren`, view: `${base}sync/actoren`, title: { nl: 'Synchronisatie: Actoren' }, description: { nl: 'Dump en wijzigingen.' }, mediaType: 'application/vnd.api+json', service: 'delta' },
    { iri: `${base}ldes/alles#stream`, view: `${base}ldes/alles`, title: { nl: 'Alles' }, description: { nl: 'Elke versie.' }, mediaType: 'application/trig' },
  ],
  services: ownServices(base),
  modified: '2026-03-01T10:00:01.000Z',
};

async function violations(quads: readonly Quad[], table: Table): Promise<string[]> {
  const report = await new SHACLValidator(new Store(new Parser().parse(shapesOf(table)))).validate(new Store([...quads]));
  return report.results.map(({ focusNode, path, sourceConstraintComponent }) => [focusNode, path, sourceConstraintComponent].map((term) => (term && 'value' in term ? term.value : '')).join(' '));
}

function lines(quads: readonly Quad[]): Set<string> {
  return new Set(quads.map(({ subject, predicate, object }) => `${subject.value} ${predicate.value} ${object.value}`));
}

describe('the DCAT catalogue', () => {
  it('has everything DCAT-AP-VL 3.0 asks, whatever a steward left out', async () => {
    assert.deepEqual(await violations(catalogueQuads(model), flemish3), []);
  });

  it('has what DCAT-AP-VL 2.0 asks of every dataset that states its licence', async () => {
    const stated = { ...model, datasets: model.datasets.filter(({ licence }) => licence !== undefined) };
    assert.deepEqual(await violations(catalogueQuads(stated), flemish2), []);
  });

  it('invents no licence for a dataset without one', () => {
    const licensed = catalogueQuads(model).filter(({ subject, predicate }) => subject.value.startsWith(`${base}datasets/zonder/`) && predicate.value === dct('license'));
    assert.deepEqual(licensed, []);
  });

  it('shows the checks work: a catalogue without titles breaks them', async () => {
    const untitled = catalogueQuads(model).filter(({ predicate }) => predicate.value !== dct('title'));
    assert.notEqual((await violations(untitled, flemish3)).length, 0);
  });

  it('calls of high value only what a steward put in a category, and that part has all that DCAT-AP HVD asks', async () => {
    const part = catalogueQuads(highValueModel(model));
    const datasets = part.filter(({ predicate }) => predicate.value === dcat('dataset')).map(({ object }) => object.value);
    assert.deepEqual(datasets, [`${base}id/dataset/plein`]);
    assert.deepEqual(await violations(part, highValue), []);
  });

  it('has what the shapes published with DCAT-AP-VL 2.0 and with the EU tables ask beyond their tables', () => {
    const said = lines(catalogueQuads({ ...model, datasets: model.datasets.map((one) => ({ ...one, issued: '2026-02-03' })) }));
    const flemish = 'https://metadata.vlaanderen.be/id/GDI-Vlaanderen-Trefwoorden/VLOPENDATA';
    const europe = 'http://publications.europa.eu/resource/authority/';
    for (const line of [
      `${base}id/dataset/plein https://data.vlaanderen.be/ns/metadata-dcat#statuut ${flemish}`,
      `${base}catalog#dienst-sparql https://data.vlaanderen.be/ns/metadata-dcat#statuut ${flemish}SERVICE`,
      `${base}catalog#uitgever http://www.w3.org/1999/02/22-rdf-syntax-ns#type http://purl.org/dc/terms/Agent`,
      `${base}id/dataset/plein ${dct('issued')} 2026-02-03T00:00:00`,
      `${europe}planned-availability/STABLE http://www.w3.org/2004/02/skos/core#inScheme ${europe}planned-availability`,
      `${europe}frequency/CONT http://www.w3.org/2004/02/skos/core#inScheme ${europe}frequency`,
    ]) {
      assert.ok(said.has(line), line);
    }
  });

  it('names every concept it refers to, as DCAT-AP 3.0.1 asks', () => {
    const quads = catalogueQuads(model);
    const about = (predicate: string, object?: string): Set<string> => new Set(quads.filter((one) => one.predicate.value === predicate && (object === undefined || one.object.value === object)).map(({ subject }) => subject.value));
    const named = about('http://www.w3.org/2004/02/skos/core#prefLabel');
    const concepts = about('http://www.w3.org/1999/02/22-rdf-syntax-ns#type', 'http://www.w3.org/2004/02/skos/core#Concept');
    assert.ok(concepts.has('http://data.europa.eu/bna/c_ac64a52d'));
    assert.deepEqual([...concepts].filter((iri) => !named.has(iri)), []);
  });

  it('gives size and checksum of a dump', () => {
    const said = new Set(catalogueQuads(model).filter(({ subject }) => subject.value.startsWith(`${base}dumps/plein.nq.gz#`)).map(({ object }) => object.value));
    assert.ok(said.has('120') && said.has('ab'.repeat(32)));
  });

  it('has the download of everything and the delta streams as datasets, the streams reached by the service that gives them', () => {
    const said = lines(catalogueQuads(model));
    for (const line of [
      `${base}catalog ${dcat('dataset')} ${base}dumps#alle`,
      `${base}dumps#alle ${dcat('distribution')} ${base}dumps/alle.nq#distributie`,
      // Made of the datasets that are in it, under the one licence they share.
      `${base}dumps#alle ${dct('source')} ${base}id/dataset/plein`,
      `${base}dumps/alle.nq#distributie ${dct('license')} https://data.vlaanderen.be/id/licentie/modellicentie-gratis-hergebruik/v1.0`,
      `${base}catalog ${dcat('dataset')} ${base}sync/actoren`,
      `${base}sync/actoren#distributie ${dcat('accessService')} ${base}catalog#dienst-delta`,
      `${base}catalog#dienst-delta ${dcat('servesDataset')} ${base}sync/actoren`,
    ]) {
      assert.ok(said.has(line), line);
    }
    assert.ok(![...said].some((line) => line.startsWith(`${base}sync/actoren `) && line.includes('ldes#')), 'a delta stream is no event stream');
  });

  it('writes RDF/XML with the contact inside each resource, and the same triples', async () => {
    const format = formatByExtension('rdf');
    assert.ok(format);
    const quads = catalogueQuads(model);
    const xml = await serialiseString(quads, { format, nested: { [`${base}catalog#contact`]: vcard('Organization') } });
    assert.match(xml, /<dcat:contactPoint>\s*<vcard:Organization rdf:about="https:\/\/regio\.example\/catalog#contact">/u);
    const back = await parseString(xml, { format });
    assert.deepEqual(lines(back), lines(quads));
  });
});
