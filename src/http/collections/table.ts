import type { Text } from '../../faults.js';
import { foaf, org, prefixes, rg } from '../../rdf/prefixes.js';

/** What one column of a collection shows: the values at the end of a property path (SPARQL 1.1 §9). */
export interface Column {
  readonly key: string;
  readonly label: Text;
  readonly path: string;
  readonly kind: 'link' | 'text' | 'number' | 'date' | 'amount' | 'code';
  /** A key of `sorteer`. */
  readonly sortable?: true;
}

export const filterNames = ['helix', 'type', 'gemeente', 'domein', 'uitdaging', 'fase', 'laag'] as const;
export type FilterName = (typeof filterNames)[number];

/** A filter by something an item leads to. */
export interface Filter {
  readonly path: string;
  /** What may be chosen although no item has it: a pattern that binds `?v`. */
  readonly also?: string;
}

/** One collection: which things are in it and how they may be looked at. */
export interface Collection {
  /** Path and file name: `actoren`. */
  readonly name: string;
  readonly title: Text;
  readonly lead: Text;
  readonly classes: readonly string[];
  /** Things of these classes belong to another collection. */
  readonly except?: readonly string[];
  readonly filters: Readonly<Partial<Record<FilterName, Filter>>>;
  readonly columns: readonly Column[];
}

/** The predicates a thing is named and found by. */
export const labelPath = 'skos:prefLabel|dct:title|rdfs:label|foaf:name';
export const searchPath = `${labelPath}|skos:altLabel|skos:hiddenLabel|dct:alternative|dct:description|skos:definition|skos:notation|(adms:identifier/skos:notation)`;

const scheme = (name: string): string => `?v skos:inScheme <https://w3id.org/regiograaf/id/conceptscheme/${name}>`;

const kind: Text = { nl: 'Soort', en: 'Kind' };
const helixes = scheme('helix');
const challenge: Filter = { path: 'rg:pakUitdagingAan', also: '?v a rg:Uitdaging' };
/** The policy domains are those of the study the documents build on; the register of standards has domains of its own. */
const domain: Filter = { path: 'rg:beleidsdomein|dcat:theme', also: '?v skos:inScheme ?domeinen . FILTER (STRENDS(STR(?domeinen), "/id/schema/domeinen-studie"))' };
const registerDomain: Filter = { path: 'dct:subject', also: scheme('standaarddomein') };
const phase: Filter = { path: 'rg:fase', also: scheme('fase') };
/** Building blocks and components have the life phase of a service. */
const lifePhase: Filter = { path: 'rg:fase|mdcat:levensfase' };
const layer: Filter = { path: 'rg:bouwlaag', also: scheme('vloca-bouwlaag') };
const phaseColumn: Column = { key: 'fase', label: { nl: 'Fase', en: 'Phase' }, path: 'rg:fase', kind: 'link' };
const partOf: Column = { key: 'onderdeelVan', label: { nl: 'Maakt deel uit van', en: 'Part of' }, path: 'dct:isPartOf', kind: 'link' };
const typeColumn = (path: string): Column => ({ key: 'type', label: kind, path, kind: 'link' });
const number: Column = { key: 'nummer', label: { nl: 'Nummer', en: 'Number' }, path: 'skos:notation', kind: 'text', sortable: true };
const list: Column = { key: 'lijst', label: { nl: 'Uit de lijst', en: 'In the list' }, path: 'skos:inScheme', kind: 'link' };

export const collections: readonly Collection[] = [
  {
    name: 'actoren',
    title: { nl: 'Actoren', en: 'Actors' },
    lead: { nl: 'Besturen, agentschappen, kennisinstellingen, bedrijven en verenigingen.', en: 'Governments, agencies, knowledge institutions, companies and associations.' },
    classes: [org('Organization'), org('FormalOrganization'), `${prefixes.m8g}PublicOrganisation`, `${prefixes.besluit}Bestuurseenheid`, `${prefixes.regorg}RegisteredOrganization`],
    except: [org('OrganizationalCollaboration')],
    filters: {
      helix: { path: 'rg:helix', also: helixes },
      type: { path: 'org:classification' },
      gemeente: { path: 'dct:spatial?' },
      domein: domain,
    },
    columns: [
      typeColumn('org:classification'),
      { key: 'helix', label: { nl: 'Groep (quadruple helix)', en: 'Group (quadruple helix)' }, path: 'rg:helix', kind: 'link' },
      { key: 'nummers', label: { nl: 'Nummers', en: 'Numbers' }, path: 'adms:identifier/skos:notation', kind: 'code' },
    ],
  },
  {
    name: 'organen',
    title: { nl: 'Organen', en: 'Bodies' },
    lead: { nl: 'Overlegorganen, stuurgroepen en werkgroepen.', en: 'Consultative bodies, steering groups and working groups.' },
    classes: [org('OrganizationalCollaboration')],
    filters: { type: { path: 'org:classification', also: scheme('orgaantype') }, helix: { path: '^org:organization/(org:member|rg:namens)/rg:helix', also: helixes }, fase: phase },
    columns: [
      typeColumn('org:classification'),
      phaseColumn,
      { key: 'adviseert', label: { nl: 'Adviseert', en: 'Advises' }, path: 'rg:adviseert', kind: 'link' },
      { key: 'rapporteertAan', label: { nl: 'Rapporteert aan', en: 'Reports to' }, path: 'org:reportsTo', kind: 'link' },
    ],
  },
  {
    name: 'initiatieven',
    title: { nl: 'Initiatieven', en: 'Initiatives' },
    lead: { nl: 'Programma’s, projecten, dataruimtes en ander aanbod.', en: 'Programmes, projects, data spaces and other offers.' },
    classes: [rg('Initiatief'), rg('Programma'), rg('Dataruimte'), rg('Traject')],
    filters: {
      type: { path: 'a|dct:type', also: scheme('initiatieftype') },
      helix: { path: '(rg:leidendeOrganisatie|rg:geplaatstBij|(m8g:hasParticipation/^m8g:playsRole))/rg:helix', also: helixes },
      gemeente: { path: 'rg:leidendeOrganisatie|dct:spatial|(m8g:hasParticipation/^m8g:playsRole)' },
      domein: domain,
      uitdaging: challenge,
      fase: phase,
    },
    columns: [
      typeColumn('a|dct:type'),
      phaseColumn,
      { key: 'organisatie', label: { nl: 'Organisatie', en: 'Organisation' }, path: 'rg:leidendeOrganisatie|rg:geplaatstBij', kind: 'link' },
      partOf,
    ],
  },
  {
    name: 'oproepen',
    title: { nl: 'Oproepen', en: 'Calls' },
    lead: { nl: 'Oproepen om projecten in te dienen.', en: 'Calls for projects.' },
    classes: [`${prefixes.subs}SubsidiemaatregelAanbod`],
    filters: { fase: phase, domein: domain, uitdaging: challenge },
    columns: [
      { key: 'jaar', label: { nl: 'Jaar', en: 'Year' }, path: 'rg:jaar', kind: 'date', sortable: true },
      phaseColumn,
      { key: 'budget', label: { nl: 'Budget', en: 'Budget' }, path: 'rg:totaalbudget/schemas:value', kind: 'amount', sortable: true },
      { key: 'bevoegdeOverheid', label: { nl: 'Bevoegde overheid', en: 'Competent authority' }, path: 'm8g:hasCompetentAuthority', kind: 'link' },
      partOf,
    ],
  },
  {
    name: 'subsidies',
    title: { nl: 'Subsidies', en: 'Subsidies' },
    lead: { nl: 'Toegekende subsidies, waarvoor en hoeveel.', en: 'Subsidies that were granted, for what and how much.' },
    classes: [`${prefixes.subs}SubsidiemaatregelConsumptie`],
    filters: { fase: phase, domein: domain, uitdaging: challenge },
    columns: [
      { key: 'voorwerp', label: { nl: 'Waarvoor', en: 'For' }, path: 'subs:behandeltEen', kind: 'link' },
      { key: 'bedrag', label: { nl: 'Toegekend bedrag', en: 'Amount granted' }, path: '^rg:vanSubsidie/subs:toegekendBedrag/schemas:value', kind: 'amount', sortable: true },
      { key: 'start', label: { nl: 'Van', en: 'From' }, path: 'dct:temporal/m8g:startTime', kind: 'date', sortable: true },
      { key: 'einde', label: { nl: 'Tot', en: 'Until' }, path: 'dct:temporal/m8g:endTime', kind: 'date', sortable: true },
    ],
  },
  {
    name: 'bouwstenen',
    title: { nl: 'Bouwstenen', en: 'Building blocks' },
    lead: { nl: 'Herbruikbare bouwstenen van de Vlaamse overheid.', en: 'Reusable building blocks of the Flemish government.' },
    classes: [rg('Bouwsteen')],
    filters: { type: { path: 'dct:type', also: scheme('bouwsteentype') }, domein: domain, fase: lifePhase, laag: layer },
    columns: [
      typeColumn('dct:type'),
      { ...phaseColumn, path: lifePhase.path },
      { key: 'laag', label: { nl: 'Laag', en: 'Layer' }, path: 'rg:bouwlaag', kind: 'link' },
      { key: 'eigenaar', label: { nl: 'Eigenaar', en: 'Owner' }, path: 'rg:leidendeOrganisatie|rg:geplaatstBij|dct:publisher|(m8g:hasParticipation/^m8g:playsRole)', kind: 'link' },
    ],
  },
  {
    name: 'componenten',
    title: { nl: 'Componenten', en: 'Components' },
    lead: { nl: 'Componenten van de Vlaamse Open City Architectuur.', en: 'Components of the Flemish Open City Architecture.' },
    classes: [rg('Component')],
    filters: { type: { path: 'dct:type' }, domein: domain, fase: lifePhase, laag: layer },
    columns: [
      { key: 'laag', label: { nl: 'Laag', en: 'Layer' }, path: 'rg:bouwlaag', kind: 'link' },
      typeColumn('dct:type'),
      { key: 'standaard', label: { nl: 'Standaarden', en: 'Standards' }, path: 'dct:conformsTo', kind: 'link' },
    ],
  },
  {
    name: 'standaarden',
    title: { nl: 'Standaarden', en: 'Standards' },
    lead: { nl: 'Standaarden uit het OSLO-standaardenregister en waarnaar bouwstenen en componenten verwijzen.', en: 'Standards from the OSLO register and those building blocks and components refer to.' },
    classes: [`${prefixes.dct}Standard`],
    filters: { type: { path: 'dct:type' }, domein: registerDomain, fase: { path: 'adms:status|rg:fase' } },
    columns: [
      typeColumn('dct:type'),
      { key: 'status', label: { nl: 'Status', en: 'Status' }, path: 'adms:status', kind: 'link' },
      { key: 'gebruik', label: { nl: 'Gebruik', en: 'Use' }, path: 'rg:gebruik', kind: 'link' },
      { key: 'datum', label: { nl: 'Datum', en: 'Date' }, path: 'dct:issued', kind: 'date', sortable: true },
      { key: 'verantwoordelijke', label: { nl: 'Verantwoordelijke', en: 'Responsible' }, path: 'dct:creator|dct:publisher', kind: 'link' },
    ],
  },
  {
    name: 'doelstellingen',
    title: { nl: 'Doelstellingen', en: 'Objectives' },
    lead: { nl: 'Strategische en operationele doelstellingen, elk uit haar eigen document.', en: 'Strategic and operational objectives, each from its own document.' },
    classes: [rg('StrategischeDoelstelling'), rg('OperationeleDoelstelling')],
    filters: { type: { path: 'a|skos:inScheme' }, uitdaging: challenge },
    columns: [typeColumn('a'), number, list],
  },
  {
    name: 'uitdagingen',
    title: { nl: 'Uitdagingen', en: 'Challenges' },
    lead: { nl: 'De uitdagingen waarop de slimme regio een antwoord zoekt.', en: 'The challenges the smart region seeks an answer to.' },
    classes: [rg('Uitdaging')],
    filters: { type: { path: 'skos:inScheme' } },
    columns: [number, list],
  },
  {
    name: 'documenten',
    title: { nl: 'Documenten', en: 'Documents' },
    lead: { nl: 'Nota’s, mededelingen, studies en andere documenten.', en: 'Memoranda, communications, studies and other documents.' },
    classes: [foaf('Document')],
    filters: { type: { path: 'dct:type', also: scheme('documenttype') }, domein: domain, fase: phase },
    columns: [
      typeColumn('dct:type'),
      { key: 'datum', label: { nl: 'Datum', en: 'Date' }, path: 'eli:date_document|dct:issued', kind: 'date', sortable: true },
      { key: 'maker', label: { nl: 'Maker', en: 'Creator' }, path: 'dct:creator', kind: 'link' },
      partOf,
    ],
  },
];
