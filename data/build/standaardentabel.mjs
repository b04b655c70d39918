// Writes standaardenregister.tsv, our table of facts from the OSLO standards register, from its JSON export:
//   node data/build/standaardentabel.mjs FILE
// Values stand as the register has them: standaardenregister.mjs cleans them.
import { readFileSync, writeFileSync } from 'node:fs';

const concept = 'https://data.vlaanderen.be/id/concept/';
const short = (value = '') => (value.startsWith(concept) ? value.slice(value.lastIndexOf('/') + 1) : value);
/** How the export says that it found nothing. */
const given = (value = '') => (value.endsWith(' gevonden') ? '' : value);
const pairs = (list = []) => list.map(({ name, resourceReference }) => `${name} = ${resourceReference}`).join(' | ');

const columns = {
  titel: (entry) => given(entry.title),
  type: (entry) => short(entry.category),
  gebruik: (entry) => short(entry.usage),
  status: (entry) => short(entry.status),
  verantwoordelijke: (entry) => pairs(entry.responsibleOrganisation.filter(({ name }) => given(name) !== '')),
  gepubliceerd: (entry) => given(entry.publicationDate),
  aangemeld: (entry) => given(entry.dateOfRegistration),
  werkgroep: (entry) => given(entry.dateOfAcknowledgementByWorkingGroup),
  stuurorgaan: (entry) => given(entry.dateOfAcknowledgementBySteeringCommittee),
  reviewVanaf: (entry) => given(entry.datePublicReviewStart),
  reviewTot: (entry) => given(entry.datePublicReviewEnd),
  tot: (entry) => given(entry.endOfPublicationDate),
  domein: (entry) => short(entry.domain),
  documenten: (entry) => pairs(entry.specificationDocuments),
  verwant: (entry) => pairs(entry.relevantStandards),
};

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Give the JSON file of the register');
const rows = JSON.parse(readFileSync(file, 'utf8')).map((entry, index) => [index + 1].concat(Object.values(columns).map((value) => value(entry))));
for (const row of rows) if (row.some((value) => /[\t\n]/u.test(String(value)))) throw new Error(`A tab or line end in entry ${row[0]}`);
writeFileSync(new URL('standaardenregister.tsv', import.meta.url), `${[['nr', ...Object.keys(columns)], ...rows].map((row) => row.join('\t')).join('\n')}\n`);
