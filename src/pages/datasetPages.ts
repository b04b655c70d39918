import type { CommitView, DatasetInfo } from '../graph/api.js';
import { modeText, statusBadge } from './badges.js';
import { messageText } from './commitPages.js';
import { count, longDate, shortMoment } from './format.js';
import { html, type Renderable } from './html.js';
import { byTitle, inLanguage, type Names } from './labels.js';
import { layout } from './layout.js';
import { isWebAddress, type View } from './view.js';

export function datasetsPage(view: View, datasets: readonly DatasetInfo[]): string {
  const { t, href, language } = view;
  return layout(view, {
    title: t('navDatasets'),
    lead: t('datasetsLead'),
    body: html`<div class="scroll" tabindex="0" role="region" aria-label="${t('navDatasets')}"><table>
<thead><tr><th scope="col">${t('dataset')}</th><th scope="col">${t('sourceStatus')}</th><th scope="col" class="number">${t('statementsTitle')}</th><th scope="col">${t('lastCommit')}</th></tr></thead>
<tbody>${byTitle(datasets, language).map(
      (dataset) => html`<tr><th scope="row"><a href="${href(`/datasets/${dataset.slug}`)}">${inLanguage(dataset.title, language) || dataset.slug}</a></th>
<td>${statusBadge(view, dataset)}</td><td class="number">${count(dataset.quads, language)}</td>
<td>${dataset.changed === 0 ? '–' : html`<a href="${href(`/commits/${dataset.changed}`)}">${t('commitN', { n: String(dataset.changed) })}</a>`}</td></tr>`,
    )}</tbody></table></div>`,
  });
}

export interface DatasetPage {
  readonly dataset: DatasetInfo;
  readonly ownerName?: string;
  readonly licenceName?: string;
  readonly history: readonly CommitView[];
  readonly names: Names;
  readonly downloads: readonly { readonly href: string; readonly label: string }[];
  readonly alternates: readonly { readonly href: string; readonly type: string }[];
}

export function datasetPage(view: View, page: DatasetPage): string {
  const { t, href, language } = view;
  const { dataset } = page;
  const facts: readonly (readonly [string, Renderable])[] = [
    [t('sourceStatus'), statusBadge(view, dataset)],
    [t('checking'), modeText(view, dataset)],
    [t('statementsTitle'), count(dataset.quads, language)],
    [t('owner'), page.ownerName ?? t('notInSources')],
    [t('licence'), dataset.licence === undefined ? t('licenceUnknown') : isWebAddress(dataset.licence) ? html`<a href="${dataset.licence}" rel="license">${page.licenceName ?? dataset.licence}</a>` : dataset.licence],
    [t('issued'), dataset.issued === undefined ? t('notInSources') : /^\d{4}-\d\d-\d\d/.test(dataset.issued) ? longDate(new Date(dataset.issued), language) : dataset.issued],
  ];
  return layout(view, {
    title: inLanguage(dataset.title, language) || dataset.slug,
    trail: [{ label: t('navDatasets'), path: '/datasets' }],
    lead: inLanguage(dataset.description, language) || undefined,
    alternates: page.alternates,
    body: html`<section class="card"><h2>${t('description')}</h2><dl class="facts">${facts.map(([label, item]) => html`<div><dt>${label}</dt><dd>${item}</dd></div>`)}</dl></section>
<section><h2>${t('download')}</h2>${dataset.licence === undefined ? html`<p>${t('noDownload')}</p>` : html`<ul class="inline">${page.downloads.map((item) => html`<li><a href="${item.href}">${item.label}</a></li>`)}</ul>`}</section>
<section><h2>${t('history')}</h2>${page.history.length === 0 ? html`<p>${t('noCommits')}</p>` : html`<ol class="plain">${page.history.map(
      (commit) => html`<li><a href="${href(`/commits/${commit.number}`)}">${t('commitN', { n: String(commit.number) })}</a>, ${shortMoment(commit.time, language)}${commit.message === null ? '' : html`: ${messageText(view, commit, page.names)}`}</li>`,
    )}</ol>`}</section>
<details class="technical"><summary>${t('technical')}</summary><p><code>${dataset.iri}</code></p></details>`,
  });
}
