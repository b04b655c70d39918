import { publicationPrefixes } from '../publication/rdfa/publicationLink.js';
import { collectionWord } from './collectionWords.js';
import { count } from './format.js';
import { attributes, html, type SafeHtml } from './html.js';
import type { Names } from './labels.js';
import { layout } from './layout.js';
import { publishedLink, publishedNext } from './publishedLink.js';
import { documentPath, type View } from './view.js';

/** Things of one name: their number, and the address of the list of them. */
export interface KindView {
  readonly label: string;
  readonly total: number;
  readonly path: string;
}

/** All kinds of things there are, whether in a collection or not. */
export function kindsPage(view: View, kinds: readonly KindView[]): string {
  const say = (key: 'overview' | 'overviewLead'): string => collectionWord(key, view.language);
  return layout(view, {
    title: say('overview'),
    lead: say('overviewLead'),
    section: '/actoren',
    addressed: true,
    body: html`<table class="narrow"${attributes(publicationPrefixes)}><thead><tr><th scope="col">${view.t('kind')}</th><th scope="col" class="number">${collectionWord('number', view.language)}</th></tr></thead>
<tbody>${kinds.map(
      ({ label, total, path }) => html`<tr><th scope="row">${publishedLink(view, path, label)}</th><td class="number">${count(total, view.language)}</td></tr>`,
    )}</tbody></table>`,
  });
}

export interface ThingsPage {
  readonly label: string;
  readonly things: readonly string[];
  readonly names: Names;
  readonly page: number;
  readonly previous?: string;
  readonly next?: string;
}

function pager(view: View, { page, previous, next }: ThingsPage): SafeHtml | undefined {
  if (previous === undefined && next === undefined) return undefined;
  const say = (key: 'pages' | 'previous' | 'next'): string => collectionWord(key, view.language);
  return html`<nav aria-label="${say('pages')}"><ul class="inline">${previous === undefined ? '' : html`<li><a href="${view.href(previous)}" rel="prev">${say('previous')}</a></li>`}<li aria-current="page">${collectionWord('pageN', view.language, { page: String(page) })}</li>${
    next === undefined ? '' : html`<li>${publishedNext(view, next, say('next'))}</li>`
  }</ul></nav>`;
}

/** One page of the things of a kind, by their addresses. */
export function thingsPage(view: View, list: ThingsPage): string {
  return layout(view, {
    title: list.label,
    trail: [{ label: collectionWord('overview', view.language), path: '/overzicht' }],
    section: '/actoren',
    addressed: true,
    body: html`<div${attributes(publicationPrefixes)}><ul class="plain columns">${list.things.map((iri) => html`<li>${publishedLink(view, documentPath(view.base, iri), list.names.of(iri))}</li>`)}</ul>
${pager(view, list)}</div>`,
  });
}
