import type { DatasetInfo } from '../graph/api.js';
import type { DatasetCount } from '../graph/changeset.js';
import { changeTable, type ChangeView } from './changeTable.js';
import { count, moment } from './format.js';
import { html, type SafeHtml } from './html.js';
import { inLanguage } from './labels.js';
import { layout } from './layout.js';
import type { View } from './view.js';

interface Moment {
  readonly number: number;
  readonly time: string;
}

export interface DiffPage {
  readonly from: Moment;
  readonly to: Moment;
  /** Name of the one thing that is compared. */
  readonly subject?: string;
  /** Fields of the request that stay when other versions are chosen. */
  readonly kept: readonly (readonly [string, string])[];
  readonly datasets: readonly DatasetInfo[];
  readonly counts: ReadonlyMap<string, DatasetCount>;
  readonly changes: readonly ChangeView[];
  readonly more: boolean;
  /** Path of the same difference as RDF Patch. */
  readonly patch: string;
}

function chooser(view: View, { from, to, kept }: DiffPage): SafeHtml {
  const { t, href } = view;
  return html`<form method="get" action="${href('/diff')}" class="card"><p><label for="from">${t('diffFrom')}</label> <input id="from" name="from" value="${from.number}" required></p>
<p><label for="to">${t('diffTo')}</label> <input id="to" name="to" value="${to.number}" required></p>
${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<button type="submit">${t('compare')}</button></form>`;
}

function totals(view: View, { counts, datasets }: DiffPage): SafeHtml {
  const { t, language } = view;
  return html`<ul class="plain">${[...counts].map(([iri, { inserted, deleted }]) => {
    const info = datasets.find((dataset) => dataset.iri === iri);
    const name = info ? inLanguage(info.title, language) || info.slug : iri;
    return html`<li>${name}: ${t('addedRemoved', { added: count(inserted, language), removed: count(deleted, language) })}</li>`;
  })}</ul>`;
}

/** What differs between two versions. */
export function diffPage(view: View, page: DiffPage): string {
  const { t, href, language } = view;
  const { from, to, subject } = page;
  return layout(view, {
    title: t('diffTitle', { from: String(from.number), to: String(to.number) }),
    trail: [{ label: t('navCommits'), path: '/commits' }],
    lead: `${subject === undefined ? '' : `${subject}: `}${t('diffLead', { from: moment(from.time, language), to: moment(to.time, language) })}`,
    body: html`${chooser(view, page)}${totals(view, page)}
<section><h2>${t('changes')}</h2>${changeTable(view, page.changes)}${page.more ? html`<p>${t('moreExist')}</p>` : ''}
<p><a href="${href(page.patch)}">${t('diffPatch')}</a></p></section>`,
  });
}
