import { dcat, dcatap, dct, foaf, mdcat } from '../../src/rdf/prefixes.js';

/** What a profile asks of a property: how often, and what kind of value. `n` is any number. */
export type Row = readonly [path: string, min: number, max: number | 'n', kind: 'iri' | 'langString' | 'literal' | 'dateTime'];
export type Table = Readonly<Record<string, readonly Row[]>>;

const contact: Row = [dcat('contactPoint'), 1, 1, 'iri'];
const publisher: Row = [dct('publisher'), 1, 1, 'iri'];
const identifier: Row = [dct('identifier'), 1, 1, 'literal'];
const title: Row = [dct('title'), 1, 'n', 'langString'];
const description: Row = [dct('description'), 1, 'n', 'langString'];
const right: Row = [dct('accessRights'), 1, 1, 'iri'];
const keyword: Row = [dcat('keyword'), 1, 'n', 'langString'];

/**
 * The mandatory properties of DCAT-AP-VL 3.0 (recognised 2026-02-12), and the rules of its harvester on top of them: a
 * keyword on datasets and services, CC0 for the catalogue. Written from the tables of the profile: its published SHACL
 * cannot be used (counts that are strings, misspelt properties).
 */
export const flemish3: Table = {
  [dcat('Catalog')]: [identifier, title, description, contact, publisher, [dct('license'), 1, 1, 'iri']],
  [dcat('CatalogRecord')]: [identifier, [dct('modified'), 1, 1, 'dateTime'], [foaf('primaryTopic'), 1, 1, 'iri']],
  [dcat('Dataset')]: [identifier, title, description, publisher, contact, right, keyword],
  [dcat('Distribution')]: [identifier, [dcat('accessURL'), 1, 1, 'iri'], [dcat('downloadURL'), 0, 1, 'iri'], [dct('license'), 0, 1, 'iri'], [dct('format'), 0, 1, 'iri']],
  [dcat('DataService')]: [identifier, title, publisher, contact, right, keyword, [dcat('endpointURL'), 1, 1, 'iri'], [dcat('endpointDescription'), 1, 1, 'iri']],
  [foaf('Agent')]: [[foaf('name'), 1, 'n', 'langString']],
};

/**
 * What DCAT-AP-VL 2.0 asks beyond that. Its published shapes also want a moment for `dct:issued`, which a year has not,
 * and a licence on every distribution, which we do not invent. Those of DCAT-AP 3.0.1 for the EU tables
 * (mdr-vocabularies) ask a checksum algorithm whose IRI begins with https://spdx.org/rdf/terms: those terms begin with http.
 */
export const flemish2: Table = {
  [dcat('Dataset')]: [[mdcat('statuut'), 1, 'n', 'iri']],
  [dcat('DataService')]: [[mdcat('statuut'), 1, 'n', 'iri']],
  [dcat('Distribution')]: [[dct('license'), 1, 1, 'iri']],
};

/** DCAT-AP HVD 3.0.0, of datasets of high value, their distributions and the services that give access to them. */
export const highValue: Table = {
  [dcat('Dataset')]: [[dcatap('hvdCategory'), 1, 'n', 'iri'], [dcatap('applicableLegislation'), 1, 'n', 'iri'], [dcat('distribution'), 1, 'n', 'iri']],
  [dcat('Distribution')]: [[dcatap('applicableLegislation'), 1, 'n', 'iri'], [dct('license'), 1, 1, 'iri'], [dcat('accessURL'), 1, 'n', 'iri']],
  [dcat('DataService')]: [
    [dcatap('hvdCategory'), 1, 'n', 'iri'],
    [dcatap('applicableLegislation'), 1, 'n', 'iri'],
    [foaf('page'), 1, 'n', 'iri'],
    [dcat('endpointURL'), 1, 'n', 'iri'],
    [dct('license'), 1, 1, 'iri'],
    contact,
  ],
};

const kinds: Readonly<Record<Row[3], string>> = {
  iri: 'sh:nodeKind sh:IRI',
  langString: 'sh:datatype rdf:langString ; sh:uniqueLang false',
  literal: 'sh:nodeKind sh:Literal',
  dateTime: 'sh:datatype xsd:dateTime',
};

/** A table as SHACL shapes in Turtle. */
export function shapesOf(table: Table): string {
  const shapes = Object.entries(table).map(([target, rows]) => {
    const properties = rows.map(([path, min, max, kind]) => `  sh:property [ sh:path <${path}> ; sh:minCount ${min} ${max === 'n' ? '' : `; sh:maxCount ${max} `}; ${kinds[kind]} ]`);
    return `[] a sh:NodeShape ; sh:targetClass <${target}> ;\n${properties.join(' ;\n')} .`;
  });
  return `@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n${shapes.join('\n')}\n`;
}
