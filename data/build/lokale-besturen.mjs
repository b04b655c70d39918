// Writes data/lokale-besturen.ttl and data/centrumsteden.ttl from lokale-besturen.csv:  node data/build/lokale-besturen.mjs
// The table is ours: facts gathered from the register of local governments (LBLOD), Wegwijs and REFNIS (Statbel).
import { readFileSync, writeFileSync } from 'node:fs';

const here = (name) => new URL(name, import.meta.url);
const [header, ...lines] = readFileSync(here('lokale-besturen.csv'), 'utf8').trim().split('\n');
const keys = header.split(',');
const rows = lines.map((line) => Object.fromEntries(line.split(',').map((value, index) => [keys[index], value])));

const unitBase = 'http://data.lblod.info/id/bestuurseenheden/';
const eventBase = 'http://data.lblod.info/id/veranderingsgebeurtenissen/';
const short = (iri) => (iri.startsWith(unitBase) ? `be:${iri.slice(unitBase.length)}` : iri.startsWith(eventBase) ? `vg:${iri.slice(eventBase.length)}` : `<${iri}>`);
const text = (value) => `${JSON.stringify(value)}@nl`;
const date = (value) => `"${value}"^^xsd:date`;
const block = (subject, pairs) => `${subject} ${pairs.filter(Boolean).join(' ;\n  ')} .\n`;
const classification = { gemeente: '5ab0e9b8a3b2ca7c5e000001', provincie: '5ab0e9b8a3b2ca7c5e000000' };
const provinces = new Map(rows.filter((row) => row.soort === 'provincie').map((row) => [row.naam, row.nis2025]));
/** The day after the last day of the old local governments. */
const mergeDay = { '2018-12-31': '2019-01-01', '2024-12-31': '2025-01-01' };

/** A number as people write it: 0207.535.458. */
const shown = (scheme, code) => (scheme === 'kbo' ? `KBO ${code.slice(0, 4)}.${code.slice(4, 7)}.${code.slice(7)}` : scheme === 'nis' ? `NIS ${code}` : code);

const identifiers = [];
function identifier(scheme, code, from, to) {
  if (!code) return undefined;
  identifiers.push(
    block(`idn:${scheme}-${code}`, [
      'a adms:Identifier',
      `rdfs:label ${text(shown(scheme, code))}`,
      `skos:notation "${code}"`,
      `adms:schemaAgency "${scheme.toUpperCase()}"`,
      from && `rg:geldigVanaf ${date(from)}`,
      to && `rg:geldigTot ${date(to)}`,
    ]),
  );
  return `idn:${scheme}-${code}`;
}

const units = [];
const territories = new Map();
const events = new Map();
for (const row of rows) {
  const ended = row.tot !== '';
  const codeChanged = row.nis2019 !== '' && row.nis2025 !== '' && row.nis2019 !== row.nis2025;
  const codes = [
    identifier('kbo', row.kbo),
    identifier('ovo', row.ovo),
    !ended && identifier('nis', row.nis2025, (codeChanged || row.nis2019 === '') && '2025-01-01'),
    (ended || codeChanged) && identifier('nis', row.nis2019, undefined, '2024-12-31'),
  ].filter(Boolean);
  const territory = ended ? row.nis2019 && `refnis2019:${row.nis2019}` : `refnis2025:${row.nis2025}`;
  units.push(
    block(short(row.iri), [
      'a org:Organization , m8g:PublicOrganisation , besluit:Bestuurseenheid',
      `skos:prefLabel ${text(row.soort === 'provincie' ? `Provincie ${row.naam}` : row.naam)}`,
      row.vroegereNaam && `skos:altLabel ${text(row.vroegereNaam)}`,
      `org:classification bec:${classification[row.soort]}`,
      'rg:helix helix:overheid',
      territory && `besluit:werkingsgebied ${territory}`,
      `adms:identifier ${codes.join(' , ')}`,
      row.ovo && `rdfs:seeAlso ovo:${row.ovo}`,
      `regorg:orgStatus ${ended ? 'orgstatus:niet-actief' : 'orgstatus:actief'}`,
      row.vanaf && `rg:geldigVanaf ${date(row.vanaf)}`,
      ended && `rg:geldigTot ${date(row.tot)}`,
      ended && `org:changedBy ${short(row.wijziging)}`,
      ended && `dct:isReplacedBy ${short(row.opvolger)}`,
      !row.ovo && `rg:lacune ${text('OVO-nummer en NIS-code van dit vroegere bestuur staan niet in de gebruikte registers.')}`,
    ]),
  );
  if (!ended) {
    territories.set(`refnis2025:${row.nis2025}`, [row, row.vanaf === '2025-01-01' ? '2025-01-01' : '']);
  } else if (row.nis2019) territories.set(`refnis2019:${row.nis2019}`, [row, '']);
  if (row.soort === 'provincie') territories.set(`refnis2019:${row.nis2019}`, [row, '']);
  const grew = !ended && row.vanaf === '2025-01-01' && row.nis2019 !== '';
  if (grew) territories.set(`refnis2019:${row.nis2019}`, [{ ...row, naam: row.vroegereNaam || row.naam }, '']);
  if (ended) {
    const event = events.get(row.wijziging) ?? { to: row.opvolger, day: mergeDay[row.tot], from: new Set() };
    event.from.add(row.iri);
    events.set(row.wijziging, event);
  }
}

const byIri = new Map(rows.map((row) => [row.iri, row]));
const merged2025 = new Map();
const eventBlocks = [...events].map(([iri, event]) => {
  const result = byIri.get(event.to);
  // A local government that keeps its IRI through the merger is an original as well as the result.
  if (event.day === '2025-01-01' && result.nis2019) event.from.add(event.to);
  if (event.day === '2025-01-01') {
    merged2025.set(`refnis2025:${result.nis2025}`, [...event.from].map((from) => `refnis2019:${byIri.get(from).nis2019}`));
  }
  const names = [...event.from].map((from) => byIri.get(from)).map((row) => row.vroegereNaam || row.naam).toSorted();
  return block(short(iri), [
    'a org:ChangeEvent , organisatie:Fusie',
    `rdfs:label ${text(`Fusie van ${names.slice(0, -1).join(', ')} en ${names.at(-1)} tot ${result.naam}`)}`,
    `dct:date ${date(event.day)}`,
    `org:originalOrganization ${[...event.from].toSorted().map(short).join(' , ')}`,
    `org:resultingOrganization ${short(event.to)}`,
  ]);
});

const territoryBlocks = [...territories].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([iri, [row, from]]) => {
  const [scheme, code] = iri.split(':');
  const province = provinces.get(row.provincie);
  const parts = merged2025.get(iri);
  return block(iri, [
    'a skos:Concept',
    `skos:prefLabel ${text(row.soort === 'provincie' ? `Provincie ${row.naam}` : row.naam)}`,
    `skos:notation "${code}"`,
    `skos:inScheme <http://vocab.belgif.be/auth/${scheme}>`,
    province && `skos:broaderTransitive ${scheme}:${province}`,
    parts && `skos:narrowMatch ${parts.toSorted().join(' , ')}`,
    scheme === 'refnis2025' && !parts && row.soort === 'gemeente' && `skos:exactMatch refnis2019:${code}`,
    from && `rg:geldigVanaf ${date(from)}`,
    scheme === 'refnis2019' && row.soort === 'gemeente' && `rg:geldigTot ${date('2024-12-31')}`,
  ]);
});

const prefixes = `@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix be: <${unitBase}> .
@prefix bec: <http://data.vlaanderen.be/id/concept/BestuurseenheidClassificatieCode/> .
@prefix besluit: <http://data.vlaanderen.be/ns/besluit#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix helix: <https://w3id.org/regiograaf/id/concept/helix/> .
@prefix idn: <id/identificator/> .
@prefix m8g: <http://data.europa.eu/m8g/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix organisatie: <https://data.vlaanderen.be/ns/organisatie#> .
@prefix orgstatus: <https://w3id.org/regiograaf/id/concept/organisatiestatus/> .
@prefix ovo: <https://data.vlaanderen.be/id/organisatie/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix refnis2019: <http://vocab.belgif.be/auth/refnis2019/> .
@prefix refnis2025: <http://vocab.belgif.be/auth/refnis2025/> .
@prefix regorg: <http://www.w3.org/ns/regorg#> .
@prefix rg: <https://w3id.org/regiograaf/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vg: <${eventBase}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
`;
const section = (title, blocks) => `\n# ${title}\n\n${blocks.join('\n')}`;
writeFileSync(
  here('../lokale-besturen.ttl'),
  `# Lokale besturen van Vlaanderen. Written by data/build/lokale-besturen.mjs from lokale-besturen.csv: change those, not this file.\n${prefixes}` +
    section('Gemeenten en provincies', units) +
    section('Fusies', eventBlocks.toSorted()) +
    section('Grondgebied (REFNIS)', territoryBlocks) +
    section('Identificatoren', [...new Set(identifiers)].toSorted()),
);

const centres = rows.filter((row) => row.centrumstad === 'ja').map((row) => short(row.iri));
writeFileSync(
  here('../centrumsteden.ttl'),
  `# De 13 centrumsteden. Written by data/build/lokale-besturen.mjs.
@prefix be: <${unitBase}> .
@prefix categorie: <https://w3id.org/regiograaf/id/concept/actorcategorie/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

categorie:centrumsteden a skos:Collection ;
  skos:prefLabel "De 13 centrumsteden"@nl , "The 13 centre cities"@en ;
  dct:source <https://github.com/Agentschap-Binnenlands-Bestuur/vloca-portal> ;
  skos:member ${centres.join(' ,\n    ')} .
`,
);
