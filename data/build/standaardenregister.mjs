// Writes data/standaardenregister.ttl from standaardenregister.tsv:  node data/build/standaardenregister.mjs
// Values are cleaned here; what was changed is said in rg:bronnotitie, what is missing in rg:lacune.
import { readFileSync, writeFileSync } from 'node:fs';

const here = (name) => new URL(name, import.meta.url);
const [header, ...lines] = readFileSync(here('standaardenregister.tsv'), 'utf8').trimEnd().split('\n');
const keys = header.split('\t');
const rows = lines.map((line) => Object.fromEntries(line.split('\t').map((value, index) => [keys[index], value])));
const [governmentHeader, ...governments] = readFileSync(here('lokale-besturen.csv'), 'utf8').trim().split('\n').map((line) => line.split(','));
/** A local government has its IRI of the register of local governments, whatever source names it. */
const governmentByOvo = new Map(governments.filter((row) => row[4] !== '').map((row) => [row[4], row[governmentHeader.indexOf('iri')]]));

const text = (value) => `${JSON.stringify(value)}@nl`;
const unknown = (value) => value.trim() === '' || /^(tbd|n\.v\.t\.)$/iu.test(value);
const months = ['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november', 'december'];

const two = (part) => part.padStart(2, '0');

/** 2025-13-11 is no day: reading it as one of two days would be a guess. */
const exists = (day) => !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);

/** A date as the register writes it, with a note when it is not written as a date; undefined when there is no such day. */
function dateOf(value) {
  const raw = value.trim();
  let match = /^(\d{4})-(\d{1,2})-(\d{1,2})( \(retroactief\))?$/u.exec(raw);
  if (match) {
    const day = `${match[1]}-${two(match[2])}-${two(match[3])}`;
    if (!exists(day)) return undefined;
    return { term: `"${day}"^^xsd:date`, changed: day !== raw };
  }
  if ((match = /^(\d{2})\/(\d{2})\/(\d{4})$/u.exec(raw))) return { term: `"${match[3]}-${match[2]}-${match[1]}"^^xsd:date`, changed: true };
  if (/^\d{4}$/u.test(raw)) return { term: `"${raw}"^^xsd:gYear`, changed: false };
  if ((match = /^(\p{L}+) (\d{4})$/u.exec(raw)) && months.includes(match[1].toLowerCase())) {
    return { term: `"${match[2]}-${two(String(months.indexOf(match[1].toLowerCase()) + 1))}"^^xsd:gYearMonth`, changed: true };
  }
  throw new Error(`No date: ${value}`);
}

const dates = [
  ['gepubliceerd', 'dct:issued', 'publicatiedatum'],
  ['aangemeld', 'dct:dateSubmitted', 'datum van aanmelding'],
  ['werkgroep', 'rg:aanvaardDoorWerkgroep', 'datum van aanvaarding door de werkgroep'],
  ['stuurorgaan', 'rg:erkendOp', 'datum van erkenning door het stuurorgaan'],
  ['reviewVanaf', 'rg:reviewVanaf', 'begin van de publieke review'],
  ['reviewTot', 'rg:reviewTot', 'einde van de publieke review'],
  ['tot', 'rg:geldigTot', 'einde van de publicatie'],
];
/** A date that is simply not filled in needs no note: only the steps each standard goes through do. */
const expected = new Set(['gepubliceerd', 'aangemeld', 'werkgroep', 'stuurorgaan']);
const types = new Set(['Applicatieprofiel', 'Vocabularium', 'Implementatiemodel', 'TechnischeStandaard', 'OrganisatorischeInteroperabiliteit']);
const pairs = (value) => (value === '' ? [] : value.split(' | ').map((pair) => pair.split(' = ')));
const enumeration = (names) => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} en ${names.at(-1)}`);

const iris = new Map();
for (const row of rows) {
  const [first] = pairs(row.documenten);
  row.iri = first && !iris.has(first[1]) ? first[1] : `id/standaard/register-${row.nr}`;
  iris.set(first?.[1] ?? row.iri, row);
  iris.set(row.iri, row);
}
const titles = new Map();
for (const { titel } of rows) titles.set(titel, (titles.get(titel) ?? 0) + 1);
const facts = (row) => keys.filter((key) => key !== 'nr').map((key) => row[key]).join('\t');
const labels = new Map();

function organisation(iri) {
  const ovo = /OVO\d{6}$/u.exec(iri)?.[0];
  if (ovo === undefined) throw new Error(`No OVO number: ${iri}`);
  const government = governmentByOvo.get(ovo);
  return government ? `<${government}>` : `ovo:${ovo}`;
}

const blocks = rows.map((row) => {
  const notes = [];
  const missing = [];
  const values = [];
  const usage = row.gebruik.startsWith('Aanbevolgen ') ? 'Aanbevolen' : row.gebruik;
  if (usage !== row.gebruik) notes.push(`Het register schrijft als gebruik ‘${row.gebruik}’.`);
  const coded = [
    ['type', 'dct:type', 'type:', row.type],
    ['gebruik', 'rg:gebruik', 'gebruik:', usage],
    ['status', 'adms:status', 'status:', row.status],
  ];
  for (const [name, property, prefix, value] of coded) {
    if (unknown(value)) missing.push(name);
    else if (name === 'type' && !types.has(value)) notes.push(`Het register schrijft als type ‘${value}’, dat niet in de codelijst staat.`);
    else values.push(`${property} ${prefix}${value}`);
  }
  const owners = pairs(row.verantwoordelijke);
  if (owners.length === 0) missing.push('verantwoordelijke organisatie');
  else values.push(`dct:creator ${owners.map(([, iri]) => organisation(iri)).join(' , ')}`);
  for (const [key, property, name] of dates) {
    if (unknown(row[key])) {
      if (expected.has(key) && !/^n\.v\.t\.$/iu.test(row[key])) missing.push(name);
      continue;
    }
    const date = dateOf(row[key]);
    if (!date) {
      notes.push(`Het register schrijft als ${name} ‘${row[key].trim()}’. Die dag bestaat niet; er staat daarom geen waarde.`);
      continue;
    }
    const { term, changed } = date;
    values.push(`${property} ${term}`);
    if (changed) notes.push(`Het register schrijft als ${name} ‘${row[key].trim()}’.`);
  }
  if (row.domein === '') missing.push('domein');
  else {
    const domain = row.domein.slice(row.domein.lastIndexOf('/') + 1);
    values.push(`dct:subject domein:${domain}`);
    if (domain !== row.domein) notes.push(`Het register geeft het domein een ander adres: ${row.domein}`);
  }
  const documents = pairs(row.documenten);
  if (documents.length === 0) missing.push('specificatiedocument');
  else values.push(`foaf:page ${[...new Set(documents.map(([, iri]) => `<${iri}>`))].join(' , ')}`);
  for (const [name, iri] of documents) if (!labels.has(iri)) labels.set(iri, name);
  const related = pairs(row.verwant).map(([name, iri]) => {
    const given = iri.replace(/#$/u, '');
    const bare = !iris.has(given) && iris.has(`${given}/`) ? `${given}/` : given;
    if (!labels.has(bare)) labels.set(bare, name);
    return `<${bare}>`;
  });
  if (related.length > 0) values.push(`dct:relation ${related.join(' , ')}`);
  if (row.titel === '') missing.push('titel');
  else if (titles.get(row.titel) > 1) {
    const twin = rows.some((other) => other !== row && facts(other) === facts(row));
    notes.push(twin ? 'Deze vermelding staat twee keer, met dezelfde gegevens, in het register.' : `Deze titel staat bij ${titles.get(row.titel)} vermeldingen in het register.`);
  }
  if (documents.length > 0 && row.iri.startsWith('id/')) notes.push('Een andere vermelding in het register draagt hetzelfde specificatiedocument; deze heeft daarom een eigen adres.');
  return `<${row.iri}> ${[
    'a adms:Asset , dct:Standard',
    `dct:title ${text(row.titel || `Vermelding ${row.nr} zonder titel`)}`,
    ...values,
    ...(missing.length > 0 ? [`rg:lacune ${text(`Het register vermeldt niet: ${enumeration(missing)}.`)}`] : []),
    ...(notes.length > 0 ? [`rg:bronnotitie ${notes.map(text).join(' , ')}`] : []),
    'prov:wasDerivedFrom register:',
  ].join(' ;\n  ')} .\n`;
});

const documentBlocks = [...labels].filter(([iri]) => !rows.some((row) => row.iri === iri)).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([iri, name]) => `<${iri}> rdfs:label ${text(name)} .`);

writeFileSync(
  here('../standaardenregister.ttl'),
  `# Het OSLO-standaardenregister. Written by data/build/standaardenregister.mjs from standaardenregister.tsv: change those, not this file.
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix domein: <https://data.vlaanderen.be/id/concept/Domein/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix gebruik: <https://data.vlaanderen.be/id/concept/StandaardGebruik/> .
@prefix helix: <https://w3id.org/regiograaf/id/concept/helix/> .
@prefix idn: <id/identificator/> .
@prefix m8g: <http://data.europa.eu/m8g/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix ovo: <https://data.vlaanderen.be/id/organisatie/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix register: <id/document/standaardenregister#pagina> .
@prefix rg: <https://w3id.org/regiograaf/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix status: <https://data.vlaanderen.be/id/concept/StandaardStatus/> .
@prefix type: <https://data.vlaanderen.be/id/concept/StandaardType/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

# Een verantwoordelijke die in geen andere dataset staat

ovo:OVO027735 a org:Organization , m8g:PublicOrganisation ;
  skos:prefLabel "Databank Ondergrond Vlaanderen en OVAM"@nl ;
  rg:helix helix:overheid ;
  adms:identifier idn:ovo-OVO027735 .

idn:ovo-OVO027735 a adms:Identifier ;
  rdfs:label "OVO027735"@nl ;
  skos:notation "OVO027735" ;
  adms:schemaAgency "OVO" .

# Vermeldingen

${blocks.join('\n')}
# Andere specificatiedocumenten en verwante standaarden

${documentBlocks.join('\n')}
`,
);
