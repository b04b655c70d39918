import type { CommitView, Reference } from '../graph/api.js';
import type { SectionView, ValueView } from './entityView.js';
import { assessment, differences, isUnassessed, unstated } from './expectedFields.js';
import { factList, thingLink } from './factRows.js';
import type { RdfaTerms } from '../publication/rdfa/terms.js';
import { adms, foaf, org, prov, skos } from '../rdf/prefixes.js';
import { namedNode, termText } from '../rdf/terms.js';
import { messageText } from './commitPages.js';
import { moment, shortMoment } from './format.js';
import { groupBy } from './group.js';
import { attributes, html, join, type SafeHtml } from './html.js';
import type { Names } from './labels.js';
import { layout, type Page } from './layout.js';
import { statusBadge } from './badges.js';
import type { View } from './view.js';

export interface EntityPage {
  readonly iri: string;
  readonly kinds: readonly string[];
  readonly sections: readonly SectionView[];
  /** Datasets whose statements the RDF documents about the entity hold: those the page also states as RDFa. */
  readonly stated: ReadonlySet<string>;
  readonly terms: RdfaTerms;
  /** Where single statements come from: predicate and object text -> IRIs. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
  /** The list it stands in. */
  readonly trail: Page['trail'];
  readonly references: readonly Reference[];
  readonly moreReferences: boolean;
  readonly history: readonly CommitView[];
  readonly alternates: readonly { readonly href: string; readonly type: string; readonly label: string }[];
  readonly names: Names;
}

function section(view: View, page: EntityPage, item: SectionView): SafeHtml {
  const slug = item.info?.slug;
  const title = slug === undefined ? item.title : html`<a href="${view.href(`/datasets/${slug}`)}">${item.title}</a>`;
  return html`<section class="card">
<h2>${title} ${item.info ? statusBadge(view, item.info) : ''}</h2>
${factList(view, { ...item, iri: page.iri }, page.stated.has(item.dataset) ? page.terms : undefined, (predicate, value) => sources(view, page, predicate, value))}
</section>`;
}

/** The places in documents a single statement comes from. */
function sources(view: View, page: EntityPage, predicate: string, value: ValueView): SafeHtml | undefined {
  if (value.kind === 'part') return undefined;
  if (predicate === assessment && value.kind === 'thing' && value.iri.endsWith('/niet-beoordeeld')) return html` <span class="badge unknown">${view.t('notAssessed')}</span>`;
  const found = page.sources.get(`${predicate} ${termText(value.kind === 'thing' ? namedNode(value.iri) : value.literal)}`);
  return found && html` <span class="muted">(${view.t('accordingTo')} ${join(found.map((iri) => thingLink(view, iri, page.names.of(iri))), '; ')})</span>`;
}

/** Fields of which the sources say different things, side by side. */
function disagreements(view: View, page: EntityPage): SafeHtml | undefined {
  const found = differences(page.sections);
  if (found.length === 0) return undefined;
  return html`<section class="card differ"><h2>${view.t('sourcesDiffer')}</h2><p>${view.t('sourcesDifferHelp')}</p><dl class="facts">${found.map(
    ({ label, values }) => html`<div><dt>${label}</dt>${values.map(
      ({ section: { title, info }, value }) => html`<dd>${value.kind === 'part' ? '' : value.kind === 'thing' ? value.label : value.text} <span class="muted">(${title})</span> ${info ? statusBadge(view, info) : ''}</dd>`,
    )}</div>`,
  )}</dl></section>`;
}

function unknownRow(label: string, badge: string): SafeHtml {
  return html`<div><dt>${label}</dt><dd><span class="badge unknown">${badge}</span></dd></div>`;
}

/** What a reader looks for and no source says. */
function unknown(view: View, page: EntityPage): SafeHtml | undefined {
  const { t } = view;
  const missing = unstated(page.kinds, page.sections);
  const unassessed = isUnassessed(page.kinds, page.sections);
  if (missing.length === 0 && !unassessed) return undefined;
  return html`<section class="card"><h2>${t('notKnown')}</h2><dl class="facts columns">${missing.map((predicate) => unknownRow(page.names.of(predicate), t('notInSources')))}${
    unassessed ? unknownRow(page.names.of(assessment), t('notAssessed')) : ''
  }</dl></section>`;
}

function references(view: View, page: EntityPage): SafeHtml {
  const { t } = view;
  if (view.past) return html`<section><h2>${t('referredBy')}</h2><p>${t('oldReferences')}</p></section>`;
  if (page.references.length === 0) return html`<section><h2>${t('referredBy')}</h2><p>${t('notLinked')}</p></section>`;
  const bySubject = groupBy(page.references, ({ subject }) => subject);
  return html`<section><h2>${t('referredBy')}</h2><ul class="plain">${[...bySubject].map(
    ([subject, found]) => html`<li>${thingLink(view, subject, page.names.of(subject))} <span class="muted">(${page.names.ofAll(found.map(({ predicate }) => predicate)).join(', ')})</span></li>`,
  )}</ul>${page.moreReferences ? html`<p>${t('moreExist')}</p>` : ''}</section>`;
}

function history(view: View, page: EntityPage): SafeHtml {
  const { t, language, href } = view;
  return html`<section><h2>${t('history')}</h2><ol class="plain">${page.history.map(
    (commit) => html`<li><a href="${href(`/commits/${commit.number}`)}">${t('commitN', { n: String(commit.number) })}</a>, ${shortMoment(commit.time, language)}${
      commit.message === null ? '' : html`: ${messageText(view, commit, page.names)}`
    }</li>`,
  )}</ol></section>`;
}

/* Classes that say little beside another one; "soort" below names all of them. */
const general: ReadonlySet<string> = new Set([org('Organization'), 'http://data.europa.eu/m8g/PublicOrganisation', adms('Asset'), skos('Concept'), foaf('Document'), prov('Activity'), prov('Entity')]);

function specific(kinds: readonly string[]): readonly string[] {
  const found = kinds.filter((kind) => !general.has(kind));
  return found.length === 0 ? kinds : found;
}

/** The page of one entity: what each source says of it, what points at it, and how it came to be. */
export function entityPage(view: View, page: EntityPage): string {
  const { t, language } = view;
  const last = page.history[0];
  return layout(view, {
    title: page.names.of(page.iri),
    lead: page.kinds.length === 0 ? t('kindUnknown') : page.names.ofAll(specific(page.kinds)).join(', '),
    alternates: page.alternates,
    ...(page.trail ? { trail: page.trail } : {}),
    section: '/actoren',
    addressed: true,
    body: html`${last ? html`<p class="updated">${t('lastUpdated', { when: moment(last.time, language) })}</p>` : ''}
${disagreements(view, page)}
<div${attributes(page.terms.prefix === '' ? {} : { prefix: page.terms.prefix })}>
${page.sections.map((item) => section(view, page, item))}
</div>
${unknown(view, page)}
${references(view, page)}
${history(view, page)}
<section><h2>${t('otherForms')}</h2><ul class="inline">${page.alternates.map(({ href, label }) => html`<li><a href="${href}">${label}</a></li>`)}</ul></section>
<details class="technical"><summary>${t('technical')}</summary>
<dl class="facts"><div><dt>IRI</dt><dd><code>${page.iri}</code></dd></div>
<div><dt>${t('kind')}</dt>${page.kinds.map((kind) => html`<dd><code>${kind}</code></dd>`)}</div>
${page.sections.map((item) => html`<div><dt>${item.title}</dt><dd><code>${item.dataset}</code></dd></div>`)}
<div><dt>${t('fields')}</dt>${fieldTerms(page).map(([label, iri]) => html`<dd>${label}: <code>${iri}</code></dd>`)}</div></dl>
</details>`,
  });
}

function fieldTerms(page: EntityPage): readonly (readonly [string, string])[] {
  return [...new Map(page.sections.flatMap(({ rows }) => rows.map(({ label, predicate }) => [label, predicate] as const)))];
}
