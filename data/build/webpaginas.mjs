// Writes data/webpaginas.ttl: the public pages and registers the external datasets take facts from.
//   node data/build/webpaginas.mjs
import { writeFileSync } from 'node:fs';

/** ref, title, address, date when the page bears one, kind, and whether we only kept the site and not the address of the page. */
const pages = [
  ['standaardenregister', 'OSLO-standaardenregister', 'https://github.com/Informatievlaanderen/OSLO-Standaardenregister-validator', '2026-06-28', 'register'],
  ['magda-bronnen', 'MAGDA: bronnen', 'https://vlaamseoverheid.atlassian.net/wiki/spaces/MG/pages/485982465/Bronnen'],
  ['magda-documentendienst', 'MAGDA: veelgestelde vragen over de documentendienst', 'https://vlaamseoverheid.atlassian.net/wiki/spaces/MG/pages/2027257966'],
  ['acm-idm', 'ACM/IDM: documentatie', 'https://vlaamseoverheid.atlassian.net/wiki/x/IgQGhAE'],
  ['oidc-mcpf', 'OIDC-module voor ACM, IDM en Mijn Burgerprofiel', 'https://www.drupal.org/project/oidc_mcpf'],
  ['datanews-mijn-burgerprofiel', 'Data News over Mijn Burgerprofiel', 'https://datanews.knack.be/', undefined, 'webpagina', true],
  ['aanmelden-als-ondernemer', 'Aanmelden als ondernemer', 'https://www.bestuurszaken.be/aanmelden-als-ondernemer'],
  ['digitaal-loket', 'Digitaal loket: broncode', 'https://github.com/lblod/app-digitaal-loket'],
  ['digitaal-ondertekenen', 'Gebruikersovereenkomst Digitaal Ondertekenen', 'https://www.vlaanderen.be/digitaal-vlaanderen/onze-diensten-en-platformen/veiligheidsbouwstenen-applicatie-en-platformdiensten/digitaal-ondertekenen/gebruikersovereenkomst-digitaal-ondertekenen'],
  ['wegwijs', 'Organisatieregister Wegwijs', 'https://wegwijs.vlaanderen.be/', undefined, 'register'],
  ['vsds-bouwblokken', 'Vlaamse Smart Data Space: technische informatie', 'https://vlaamseoverheid.atlassian.net/wiki/x/MAYycAE'],
  ['vsds-ldes-server', 'LDES Server: broncode', 'https://github.com/Informatievlaanderen/VSDS-LDESServer4J'],
  ['vsds-ldio', 'Linked Data Interactions: broncode', 'https://github.com/Informatievlaanderen/VSDS-Linked-Data-Interactions'],
  ['metadata-docs', 'DCAT-AP Vlaanderen: documentatie', 'https://github.com/Informatievlaanderen/metadata-docs'],
  ['over-vloca', 'Over VLOCA', 'https://vloca.vlaanderen.be/over-vloca'],
  ['vloca-portaal-trajecten', 'VLOCA-portaal: trajecten', 'https://github.com/Agentschap-Binnenlands-Bestuur/vloca-portal/blob/master/trajecten.html'],
  ['vloca-van-start', 'VLOCA gaat van start', 'https://github.com/Agentschap-Binnenlands-Bestuur/vloca-portal/blob/master/_posts/2020-02-01-vloca-van-start.html', '2020-02-01'],
  ['vloca-charter', 'VLOCA Charter', 'https://vloca-kennishub.vlaanderen.be/VLOCA_Charter'],
  ['vloca-start-blauwdruk', 'Referentie "start" blauwdruk', 'https://vloca-kennishub.vlaanderen.be/Referentie_%22start%22_blauwdruk'],
  ['vloca-segment-broker', 'Segment Broker', 'https://vloca-kennishub.vlaanderen.be/ArchitectuurBouwlaag:Segment_Broker'],
  ['vloca-architectuur', 'Vlaamse Open City Architectuur op de kennishub', 'https://vloca-kennishub.vlaanderen.be/Vlaamse_Open_City_Architectuur'],
  ['vloca-databroker-2', 'VLOCA Data Broker Workshop 2', 'https://vloca-kennishub.vlaanderen.be/VlocaSessie:Data_Broker_Workshop_2', '2021-03-03'],
  ['vloca-water-2', 'VLOCA Water in de stad Workshop 2', 'https://vloca-kennishub.vlaanderen.be/VlocaSessie:Water_in_de_stad_Workshop_2'],
  ['vloca-sessie-14', 'VLOCA werkgroep urban mining', 'https://vloca-kennishub.vlaanderen.be/VlocaSessie/14', '2023-06-29'],
  ['vloca-sessie-27', 'VLOCA werkgroep Slim Ruimtelijk Plannen', 'https://vloca-kennishub.vlaanderen.be/VlocaSessie/27', '2023-11-14'],
  ['vloca-tekeningen-geel', 'Architectuurtekeningen regionaal incentiveringsplatform Geel', 'https://vloca-kennishub.vlaanderen.be/Deliverable:Architectuurtekeningen_Regionaal_plugable_incentiveringsplatform_%E2%80%93_Geel'],
  ['vloca-digitale-meldingen', 'Nieuws over VLOCA: digitale meldingen binnen VLAG', 'https://www.vlaanderen.be/lokaal-bestuur', undefined, 'webpagina', true],
  ['slimme-regio-cot-2022', 'Resultaat City of Things 2022', 'https://slimmeregio.vlaanderen/', '2022-12-21', 'webpagina', true],
  ['vlaio-slimme-regio', 'VLAIO over de Smart Region', 'https://www.vlaio.be/', undefined, 'webpagina', true],
  ['vvsg-lokaal-digitaal', 'VVSG: aanbod Lokaal Digitaal', 'https://www.vvsg.be/', '2022-09-07', 'webpagina', true],
  ['vloca-portaal-smart-flanders', 'VLOCA-portaal: over Smart Flanders', 'https://github.com/Agentschap-Binnenlands-Bestuur/vloca-portal'],
  ['smart-innovation-factory', 'OSLO-thema Smart Innovation Factory', 'https://github.com/Informatievlaanderen/OSLOthema-SmartInnovationFactory'],
];

const text = (value) => `${JSON.stringify(value)}@nl`;
const blocks = pages.map(
  ([ref, title, address, issued, kind = 'webpagina', siteOnly = false]) => `<id/document/${ref}> a foaf:Document ;
  dct:title ${text(title)} ;
  dct:type documenttype:${kind} ;
${issued ? `  dct:issued "${issued}"^^xsd:date ;\n` : ''}${siteOnly ? `  rg:lacune ${text('Alleen de website is bewaard, niet het adres van de pagina.')} ;\n` : ''}  foaf:page <${address}> .

<id/document/${ref}#pagina> a rg:Vindplaats ;
  rdfs:label ${text(title)} ;
  dct:isPartOf <id/document/${ref}> ;
  rg:locator "Hele pagina"@nl .
`,
);
writeFileSync(
  new URL('../webpaginas.ttl', import.meta.url),
  `# De openbare pagina's en registers waar de externe datasets uit putten. Written by data/build/webpaginas.mjs: change that, not this file.
@prefix dct: <http://purl.org/dc/terms/> .
@prefix documenttype: <https://w3id.org/regiograaf/id/concept/documenttype/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rg: <https://w3id.org/regiograaf/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

${blocks.join('\n')}`,
);
