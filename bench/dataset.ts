/**
 * Generated data, the same for the same size: organisations with names, identifiers and memberships, 18 quads for
 * three entities. They conform to the shapes and are targets of several: names per language, code lists, form and
 * check digits of KBO numbers, uniqueness of identifiers, references from memberships.
 */
export const datasetSlug = 'meting';
export const perGroup = 18;

const prefixes = `@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix concept: <https://w3id.org/regiograaf/id/concept/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rg: <https://w3id.org/regiograaf/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix actor: <http://localhost:3000/id/actor/> .
@prefix id: <http://localhost:3000/id/identificator/> .
@prefix lid: <http://localhost:3000/id/lidmaatschap/> .
@prefix bron: <http://localhost:3000/id/document/> .
`;

const helices = ['burgers', 'overheid', 'bedrijven', 'kennisinstellingen'];
const kinds = ['gemeente', 'bedrijf', 'vereniging', 'universiteit', 'vlaams-agentschap'];
const roles = ['lid', 'voorzitter', 'secretaris'];
const names = ['Gent', 'Brugge', 'Leuven', 'Mechelen', 'Hasselt', 'Genk', 'Aalst', 'Kortrijk', 'Oostende', 'Roeselare', 'Turnhout'];

/** Organisations that have members: every fiftieth. */
const bodyEvery = 50;

/** A KBO number with the right check digits; numbers do not repeat below 90 million organisations. */
function kbo(index: number): string {
  const digits = 10_000_000 + index;
  return `${digits}${String(97 - (digits % 97)).padStart(2, '0')}`.padStart(10, '0');
}

/** A number that looks random but depends only on the index. */
function mixed(index: number): number {
  let value = Math.imul(index ^ 0x9e3779b9, 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

function pick(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}

export function organisationIri(index: number): string {
  return `http://localhost:3000/id/actor/o${index}`;
}

/** Turtle of one organisation with its identifier and its membership. */
function group(index: number): string {
  const random = mixed(index);
  const place = pick(names, random);
  const body = index - (index % bodyEvery);
  return `actor:o${index} a org:Organization ; skos:prefLabel "Organisatie ${index} van ${place}"@nl , "Organisation ${index} of ${place}"@en ;
  skos:altLabel "O${index}"@nl ; rg:helix <https://w3id.org/regiograaf/id/concept/helix/${pick(helices, random >>> 3)}> ;
  org:classification <https://w3id.org/regiograaf/id/concept/actorcategorie/${pick(kinds, random >>> 5)}> ;
  foaf:homepage <https://o${index}.example.org/> ; adms:identifier id:i${index} .
id:i${index} a adms:Identifier ; skos:notation "${kbo(index)}" ; adms:schemaAgency "KBO" ; rg:geregistreerd "20${10 + (random % 15)}-0${1 + (random % 9)}-1${random % 10}"^^xsd:date .
lid:l${index} a org:Membership ; org:organization actor:o${body} ; org:member actor:o${index} ;
  org:role <https://w3id.org/regiograaf/id/concept/rol/${pick(roles, random >>> 7)}> ; prov:wasDerivedFrom bron:b${random % 500} ; rg:minimumVte ${(1 + (random % 4)) / 2 === 1 ? '1.5' : '0.5'} .
`;
}

/** Number of organisations in a graph of about this many quads. */
export function organisations(quads: number): number {
  return Math.max(1, Math.floor(quads / perGroup));
}

/** The dataset as Turtle, in pieces. */
export function* turtle(quads: number): Generator<string> {
  yield prefixes;
  const total = organisations(quads);
  for (let start = 0; start < total; start += 500) {
    let text = '';
    for (let index = start; index < Math.min(total, start + 500); index += 1) text += group(index);
    yield text;
  }
}

/** Turtle of one new organisation, six quads with its identifier below it as a blank node. */
export function newOrganisation(iri: string, index: number): string {
  return `${prefixes}<${iri}> a org:Organization ; skos:prefLabel "Nieuwe organisatie ${index}"@nl ; rg:helix <https://w3id.org/regiograaf/id/concept/helix/overheid> ;
  adms:identifier [ skos:notation "${kbo(50_000_000 + index)}" ; adms:schemaAgency "KBO" ] .`;
}

/** An update that replaces the names and the membership role of one organisation: at most ten quads. */
export function smallUpdate(index: number, round: number): string {
  const body = index - (index % bodyEvery);
  return `PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX org: <http://www.w3.org/ns/org#>
PREFIX actor: <http://localhost:3000/id/actor/> PREFIX lid: <http://localhost:3000/id/lidmaatschap/>
WITH <http://localhost:3000/id/dataset/${datasetSlug}>
DELETE { actor:o${index} skos:prefLabel ?name . lid:l${index} org:role ?role }
INSERT { actor:o${index} skos:prefLabel "Organisatie ${index} ronde ${round}"@nl , "Organisation ${index} round ${round}"@en .
  lid:l${index} org:organization actor:o${body} ; org:role <https://w3id.org/regiograaf/id/concept/rol/${pick(roles, round)}> }
WHERE { actor:o${index} skos:prefLabel ?name . lid:l${index} org:role ?role }`;
}
