import { besluit, dcat, dct, foaf, org, prefixes, rdf, rdfs, rg, schema, skos } from '../rdf/prefixes.js';
import type { SectionView } from './entityView.js';

const eli = (name: string): string => `${prefixes.eli}${name}`;
const m8g = (name: string): string => `${prefixes.m8g}${name}`;

/** Fields of which any one answers what a reader looks for; the first names it. */
type Field = readonly [string, ...string[]];

const about: Field = [dct('description'), dct('abstract')];
const phase: Field = [rg('fase'), `${prefixes.mdcat}levensfase`];
const when: Field = [dct('temporal'), dct('date'), rg('jaar'), `${prefixes.schemas}startDate`];
const domain: Field = [rg('beleidsdomein'), dct('subject'), dcat('theme')];
const website: Field = [foaf('page'), foaf('homepage'), dcat('landingPage')];
const contact: Field = [schema('contactPoint'), dcat('contactPoint')];
const challenge: Field = [rg('pakUitdagingAan')];
const budget: Field = [rg('totaalbudget')];
const leader: Field = [rg('leidendeOrganisatie'), rg('geplaatstBij'), m8g('hasParticipation')];
const initiative = [about, phase, leader, when, domain, challenge, budget, website, contact];
const actor: readonly Field[] = [[org('classification')], [rg('helix')], [`${prefixes.adms}identifier`], website, contact];

/** What a reader expects to find about a thing of a kind. */
const expected: readonly { readonly kinds: readonly string[]; readonly fields: readonly Field[] }[] = [
  { kinds: [rg('Initiatief'), rg('Programma'), rg('Dataruimte')], fields: initiative },
  { kinds: [`${prefixes.dbo}Project`, `${prefixes.subs}Subsidievoorwerp`], fields: [about, phase, [m8g('hasParticipation'), rg('leidendeOrganisatie')], when, domain, challenge, website] },
  { kinds: [org('OrganizationalCollaboration')], fields: [about, phase, [org('classification')], [org('reportsTo'), rg('adviseert')], contact] },
  { kinds: [org('Organization'), org('FormalOrganization'), m8g('PublicOrganisation'), besluit('Bestuurseenheid'), `${prefixes.regorg}RegisteredOrganization`], fields: actor },
  { kinds: [rg('Bouwsteen')], fields: [about, [`${prefixes.mdcat}levensfase`], [rg('leidendeOrganisatie'), rg('geplaatstBij'), dct('creator'), dct('publisher')], [dct('accessRights')], [rg('kostenmodel')], website, contact] },
  { kinds: [rg('Component')], fields: [about, [rg('bouwlaag')], [dct('conformsTo'), dct('requires')], website] },
  { kinds: [dct('Standard')], fields: [[`${prefixes.adms}status`], [rg('gebruik')], [dct('issued')], [dct('creator'), dct('publisher')], domain] },
  { kinds: [`${prefixes.subs}SubsidiemaatregelAanbod`], fields: [about, phase, [rg('jaar'), dct('temporal')], budget, [m8g('hasCompetentAuthority')], website] },
  { kinds: [`${prefixes.subs}SubsidiemaatregelConsumptie`], fields: [[`${prefixes.subs}behandeltEen`], [dct('temporal')], [m8g('hasParticipation')]] },
  { kinds: [foaf('Document')], fields: [[eli('date_document'), dct('issued'), dct('date')], [dct('creator'), dct('publisher'), eli('passed_by')], [dct('type')], [dct('license')], website] },
];

/** Kinds the four Smart City criteria are about. */
const assessed: ReadonlySet<string> = new Set([rg('Initiatief'), rg('Programma'), rg('Dataruimte'), `${prefixes.dbo}Project`]);
export const assessment = rg('smartCityStatus');

/** The predicates that name what no source states of a thing, in the order people look. */
export function unstated(kinds: readonly string[], sections: readonly SectionView[]): readonly string[] {
  const stated = new Set(sections.flatMap(({ rows }) => rows.map(({ predicate }) => predicate)));
  const found = expected.find((one) => one.kinds.some((kind) => kinds.includes(kind)))?.fields ?? [];
  return found.filter((field) => !field.some((predicate) => stated.has(predicate))).map(([first]) => first);
}

/** Nobody weighed this thing against the Smart City criteria yet. */
export function isUnassessed(kinds: readonly string[], sections: readonly SectionView[]): boolean {
  return kinds.some((kind) => assessed.has(kind)) && !sections.some(({ rows }) => rows.some(({ predicate }) => predicate === assessment));
}

/** Every source has its own list of these; that is no difference of opinion. */
const ownToSource: ReadonlySet<string> = new Set([rdf('type'), `${prefixes.prov}wasDerivedFrom`, dct('source'), rg('bronnotitie'), rg('lacune'), rg('tegenstrijdigheid')]);

/** A thing may have many of these: another source that names another one adds to the list. */
const ofMany: ReadonlySet<string> = new Set([
  ...['draagtBijAan', 'liaisonVoor', 'capteertVia', 'taak'].map(rg),
  ...['playsRole', 'hasParticipation'].map(m8g),
  ...['hasPart', 'relation'].map(dct),
  skos('altLabel'),
  rdfs('seeAlso'),
  foaf('page'),
  org('hasMember'),
]);

/** A field of which each of several sources gives one value, and not the same. */
export interface Difference {
  readonly predicate: string;
  readonly label: string;
  readonly values: readonly { readonly section: SectionView; readonly value: SectionView['rows'][number]['values'][number] }[];
}

/** Where sources differ, to be read side by side. */
export function differences(sections: readonly SectionView[]): readonly Difference[] {
  const predicates = new Map(sections.flatMap(({ rows }) => rows.map(({ predicate, label }) => [predicate, label] as const)));
  return [...predicates].flatMap(([predicate, label]) => {
    const values = sections.flatMap((section) => {
      const [value, more] = section.rows.find((row) => row.predicate === predicate)?.values ?? [];
      return value === undefined || more !== undefined || value.kind === 'part' ? [] : [{ section, value }];
    });
    const distinct = new Set(values.map(({ value }) => (value.kind === 'thing' ? value.iri : value.kind === 'text' ? `${value.literal.value}@${value.literal.language}` : '')));
    return ownToSource.has(predicate) || ofMany.has(predicate) || distinct.size < 2 ? [] : [{ predicate, label, values }];
  });
}
