// Writes the list of terms of standard vocabularies that the tests check our data, shapes and vocabulary against.
//   node data/build/termenlijst.mjs FOLDER   (a folder with vocabularies, contexts and shapes in Turtle, RDF/XML or JSON-LD)
// A term counts when a vocabulary, an official context or an official shape names it. The result is a list of names, no copy.
import { createReadStream, readdirSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Parser } from 'n3';
import { RdfXmlParser } from 'rdfxml-streaming-parser';

/** Namespaces we use terms of. */
export const namespaces = {
  adms: 'http://www.w3.org/ns/adms#',
  besluit: 'http://data.vlaanderen.be/ns/besluit#',
  cpsv: 'http://purl.org/vocab/cpsv#',
  cssv: 'http://data.europa.eu/2sa/cssv#',
  dbo: 'http://dbpedia.org/ontology/',
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  domein: 'https://data.vlaanderen.be/id/concept/Domein/',
  dqv: 'http://www.w3.org/ns/dqv#',
  eira: 'http://data.europa.eu/dr8/',
  eli: 'http://data.europa.eu/eli/ontology#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  frapo: 'http://purl.org/cerif/frapo/',
  generiek: 'https://data.vlaanderen.be/ns/generiek#',
  levensfase: 'https://data.vlaanderen.be/id/concept/levensfase/',
  locn: 'http://www.w3.org/ns/locn#',
  m8g: 'http://data.europa.eu/m8g/',
  mandaat: 'http://data.vlaanderen.be/ns/mandaat#',
  mdcat: 'https://data.vlaanderen.be/ns/metadata-dcat#',
  oa: 'http://www.w3.org/ns/oa#',
  org: 'http://www.w3.org/ns/org#',
  organisatie: 'https://data.vlaanderen.be/ns/organisatie#',
  owl: 'http://www.w3.org/2002/07/owl#',
  persoon: 'https://data.vlaanderen.be/ns/persoon#',
  person: 'http://www.w3.org/ns/person#',
  prov: 'http://www.w3.org/ns/prov#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  regorg: 'http://www.w3.org/ns/regorg#',
  schema: 'http://schema.org/',
  schemas: 'https://schema.org/',
  sh: 'http://www.w3.org/ns/shacl#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  standaardgebruik: 'https://data.vlaanderen.be/id/concept/StandaardGebruik/',
  standaardstatus: 'https://data.vlaanderen.be/id/concept/StandaardStatus/',
  standaardtype: 'https://data.vlaanderen.be/id/concept/StandaardType/',
  subs: 'http://data.vlaanderen.be/ns/subsidie#',
  subs2: 'https://data.vlaanderen.be/ns/subsidie#',
  trans: 'http://data.vlaanderen.be/ns/transactie#',
  vann: 'http://purl.org/vocab/vann/',
  void: 'http://rdfs.org/ns/void#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

/** Terms of recommendations that are not among the saved files, with the section that defines them. */
const supplement = {
  rdf: 'Statement subject predicate object', // RDF Schema 1.1 §5.3
  xsd: 'gYear gYearMonth dateTimeStamp', // XML Schema 1.1 part 2 §3.3
  skos: 'broaderTransitive narrowerTransitive semanticRelation mappingRelation closeMatch exactMatch broadMatch narrowMatch relatedMatch hiddenLabel OrderedCollection memberList', // SKOS Reference §8-10
  schemas: 'currency', // schema.org MonetaryAmount
  adms: 'Asset AssetRepository', // ADMS 2.0 §3
  // Values of the standards register, whose export says the domain of an entry and some statuses only there.
  domein: 'Cultuur Economie Energie Financien Generiek Mobiliteit Omgeving Onbekend Onderwijs Technologie Welzijn Wetgeving WonenRuimtelijkeOrdening',
  standaardgebruik: 'Aanbevolen Verplicht PasToeOfLegUit',
  standaardstatus: 'OntwerpStandaard KandidaatStandaard ErkendeStandaard VerouderdeStandaard VervangenStandaard HerroepenStandaard NotaWerkgroep ZonderStatus',
};

function contextIris(value, prefixes, found) {
  if (typeof value === 'string') {
    const colon = value.indexOf(':');
    const prefix = prefixes[value.slice(0, colon)];
    found(typeof prefix === 'string' && !value.startsWith('http') ? prefix + value.slice(colon + 1) : value);
  } else if (Array.isArray(value)) for (const item of value) contextIris(item, prefixes, found);
  else if (value && typeof value === 'object') for (const item of Object.values(value)) contextIris(item, prefixes, found);
}

async function irisOf(file, found) {
  if (file.endsWith('.jsonld')) {
    const json = JSON.parse(readFileSync(file, 'utf8'));
    contextIris(json, (!Array.isArray(json['@context']) && json['@context']) || {}, found);
  } else if (file.endsWith('.rdf')) {
    const parser = createReadStream(file).pipe(new RdfXmlParser());
    for await (const quad of parser) for (const term of [quad.subject, quad.predicate, quad.object]) if (term.termType === 'NamedNode') found(term.value);
  } else {
    for (const quad of new Parser().parse(readFileSync(file, 'utf8'))) {
      for (const term of [quad.subject, quad.predicate, quad.object]) if (term.termType === 'NamedNode') found(term.value);
      if (quad.object.termType === 'Literal') found(quad.object.datatype.value);
    }
  }
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('Give the folder with the vocabularies');
const terms = Object.fromEntries(Object.keys(namespaces).map((prefix) => [prefix, new Set(supplement[prefix]?.split(' '))]));
const found = (iri) => {
  for (const [prefix, namespace] of Object.entries(namespaces)) {
    if (iri.startsWith(namespace)) {
      const name = iri.slice(namespace.length);
      if (/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(name)) terms[prefix].add(name);
    }
  }
};
for (const part of ['vocab', 'contexts', 'shapes', 'codelists', 'instances/raw', 'instances/standards-register']) {
  for (const name of readdirSync(join(folder, part)).toSorted()) {
    if (!/\.(ttl|rdf|jsonld)$/.test(name)) continue;
    await irisOf(join(folder, part, name), found).catch((error) => process.stderr.write(`${name}: ${error.message}\n`));
  }
}
const target = join(dirname(fileURLToPath(import.meta.url)), '../../test/fixtures/vocabularies/terms.json');
mkdirSync(dirname(target), { recursive: true });
const lines = Object.entries(namespaces).map(([prefix, namespace]) => `  ${JSON.stringify(namespace)}: ${JSON.stringify([...terms[prefix]].toSorted().join(' '))}`);
writeFileSync(target, `{\n${lines.join(',\n')}\n}\n`);
