import { statusBadge } from './badges.js';
import { collectionWord, isCollectionWord, type CollectionWord } from './collectionWords.js';
import type { CollectionPage, ShownCell, ShownColumn, ShownFilter, ShownItem } from './collectionView.js';
import { amount, codeText, count, literalText } from './format.js';
import { attributes, html, join, type Renderable, type SafeHtml } from './html.js';
import { layout } from './layout.js';
import { publicationPrefixes } from '../publication/rdfa/publicationLink.js';
import { publishedLink, publishedNext } from './publishedLink.js';
import { xsd } from '../rdf/prefixes.js';
import { documentPath, isWebAddress, type View } from './view.js';

type Say = (key: CollectionWord, values?: Readonly<Record<string, string>>) => string;

function option(value: string, label: string, chosen: boolean): SafeHtml {
  return html`<option value="${value}"${chosen ? html` selected` : ''}>${label}</option>`;
}

function choice(name: string, label: string, options: readonly SafeHtml[]): SafeHtml {
  return html`<p><label for="f-${name}">${label}</label><select id="f-${name}" name="${name}">${options}</select></p>`;
}

function filterField(say: Say, { name, choices, chosen }: ShownFilter): SafeHtml {
  const label = isCollectionWord(name) ? say(name) : name;
  if (!choices) return html`<p><label for="f-${name}">${label}</label><input id="f-${name}" name="${name}" value="${chosen[0] ?? ''}" autocomplete="off"></p>`;
  return choice(name, label, [option('', say('all'), chosen.length === 0), ...choices.map(({ key, label: text }) => option(key, text, chosen.includes(key)))]);
}

function form(view: View, say: Say, page: CollectionPage): SafeHtml {
  const statuses = page.statusChoices.map((status) =>
    option(status, status === '' ? say('adopted') : status === 'alle' ? say('withProposals') : view.t(`status-${status}` as 'status-extern'), status === page.status),
  );
  const sorts = page.sorts.map(({ key, label }) => {
    const text = label[view.language];
    return option(key, key.startsWith('-') ? say('descending', { key: text }) : text, key === page.sort);
  });
  const used = page.filters.filter(({ choices, chosen }) => choices === undefined || choices.length > 0 || chosen.length > 0);
  const more = html`<div class="cards">${used.map((filter) => filterField(say, filter))}
${choice('bronstatus', say('bronstatus'), statuses)}
${choice('sorteer', say('sorteer'), sorts)}
${choice('aantal', say('aantal'), [...new Set([25, 50, 100, 500, page.size])].toSorted((a, b) => a - b).map((size) => option(String(size), String(size), size === page.size)))}</div>`;
  return html`<search><form class="card" method="get" action="${view.href(`/${page.name}`)}">
${view.past === undefined ? '' : html`<input type="hidden" name="at" value="${view.past.number}">`}<p class="line"><label for="f-q">${say('q')}</label><input id="f-q" name="q" value="${page.search}" autocomplete="off"><button>${view.t('search')}</button>${
    page.filtered ? html` <a href="${view.href(`/${page.name}`)}">${say('clear')}</a>` : ''
  }</p>
<details${page.narrowed ? html` open` : ''}><summary>${say('filter')}</summary>${more}<button>${say('apply')}</button></details>
</form></search>`;
}

function cell(view: View, { kind }: ShownColumn, { value, label, datatype }: ShownCell): Renderable {
  if (kind === 'link') return isWebAddress(value) ? html`<a href="${view.href(documentPath(view.base, value))}">${label ?? value}</a>` : (label ?? value);
  if (kind === 'amount' && Number.isFinite(Number(value))) return amount(Number(value), view.language);
  if (kind === 'code') return codeText(value);
  return literalText(value, datatype ?? xsd('string'), view.language);
}

function row(view: View, page: CollectionPage, item: ShownItem): SafeHtml {
  const proposed = item.statuses.length > 0 && item.statuses.every((status) => status === 'voorgesteld');
  return html`<tr><th scope="row">${publishedLink(view, documentPath(view.base, item.iri), item.name)}${proposed ? html` ${statusBadge(view, { status: 'voorgesteld', visibility: 'public' })}` : ''}</th>
${page.columns.map((column) => {
    const cells = item.cells.get(column.key) ?? [];
    return html`<td data-label="${column.label[view.language]}"${column.kind === 'amount' || column.kind === 'number' ? html` class="number"` : ''}>${
      cells.length === 0 ? html`<span class="muted" title="${view.t('notInSources')}">–</span>` : join(cells.map((one) => cell(view, column, one)), html`<br>`)
    }</td>`;
  })}</tr>`;
}

function pager(view: View, say: Say, page: CollectionPage): SafeHtml | undefined {
  if (page.pages === 1) return undefined;
  const { first, previous, next, last } = page.links;
  const link = (href: string | undefined, label: CollectionWord, rel: string): SafeHtml | undefined => (href === undefined ? undefined : html`<li><a href="${href}" rel="${rel}">${say(label)}</a></li>`);
  return html`<nav aria-label="${say('pages')}"><ul class="inline">${link(page.pageNumber > 1 ? first : undefined, 'first', 'first')}${link(previous, 'previous', 'prev')}<li aria-current="page">${say('pageOf', { page: String(page.pageNumber), pages: String(page.pages) })}</li>${next === undefined ? '' : html`<li>${publishedNext(view, next, say('next'))}</li>`}${link(page.pageNumber < page.pages ? last : undefined, 'last', 'last')}</ul></nav>`;
}

function items(view: View, say: Say, page: CollectionPage): SafeHtml {
  if (page.items.length === 0) {
    const [title, help] = page.filtered ? (['nothingFound', 'nothingFoundHelp'] as const) : (['empty', 'emptyHelp'] as const);
    const [path, label] = page.filtered ? [`/${page.name}`, say('clear')] : ['/datasets', view.t('navDatasets')];
    return html`<div class="verdict"><p><strong>${say(title)}</strong></p><p>${say(help)}</p><p><a href="${view.href(path)}">${label}</a></p></div>`;
  }
  const numbers = { from: count(page.from, view.language), to: count(page.from + page.items.length - 1, view.language), total: count(page.total, view.language) };
  return html`<p>${say('shown', numbers)}</p>
<section class="scroll" tabindex="0" aria-label="${page.title[view.language]}"><table class="stack">
<thead><tr><th scope="col">${say('name')}</th>${page.columns.map(({ label, kind }) => html`<th scope="col"${kind === 'amount' || kind === 'number' ? html` class="number"` : ''}>${label[view.language]}</th>`)}</tr></thead>
<tbody>${page.items.map((item) => row(view, page, item))}</tbody></table></section>
<p class="muted">–: ${view.t('notInSources')}.</p>
${pager(view, say, page)}
<section><h2>${view.t('otherForms')}</h2><ul class="inline">${page.downloads.map(({ href, label }) => html`<li><a href="${href}">${label}</a></li>`)}</ul></section>`;
}

/** A collection as a table a person reads, with a form to filter it that needs no JavaScript. */
export function collectionPage(view: View, page: CollectionPage): string {
  const say: Say = (key, values) => collectionWord(key, view.language, values);
  return layout(view, {
    title: page.title[view.language],
    lead: page.lead[view.language],
    alternates: page.alternates,
    section: '/actoren',
    addressed: true,
    body: html`<nav aria-label="${say('collections')}"><ul class="inline">${page.siblings.map(
      ({ name, title }) => html`<li><a href="${view.href(`/${name}`)}"${name === page.name ? html` aria-current="page"` : ''}>${title[view.language]}</a></li>`,
    )}<li><a href="${view.href('/overzicht')}">${say('overview')}</a></li></ul></nav>
${form(view, say, page)}
<div${attributes(publicationPrefixes)}>${items(view, say, page)}</div>`,
  });
}
