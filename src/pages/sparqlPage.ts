import { count } from './format.js';
import { html, type SafeHtml } from './html.js';
import { layout } from './layout.js';
import { shrink } from '../rdf/prefixes.js';
import { documentPath, isWebAddress, type View } from './view.js';

/** SPARQL 1.1 Query Results JSON Format, as far as the table needs it. */
export interface JsonTerm {
  readonly type: string;
  readonly value: string;
  readonly 'xml:lang'?: string;
  readonly datatype?: string;
}

export type Answer =
  | { readonly kind: 'solutions'; readonly variables: readonly string[]; readonly rows: readonly Readonly<Record<string, JsonTerm>>[] }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'graph'; readonly text: string };

export interface SparqlPage {
  readonly query: string;
  readonly answer?: Answer;
  readonly commit?: number;
  readonly error?: string;
  /** Addresses of the same result in other formats. */
  readonly downloads?: readonly { readonly href: string; readonly label: string }[];
}

const shownRows = 1000;

function term(view: View, item: JsonTerm | undefined): SafeHtml | string {
  if (!item) return '';
  if (item.type === 'uri') {
    const text = shrink(item.value) ?? item.value;
    return isWebAddress(item.value) ? html`<a href="${view.href(documentPath(view.base, item.value))}">${text}</a>` : text;
  }
  const language = item['xml:lang'];
  return language === undefined ? item.value : html`<span lang="${language}">${item.value}</span> <span class="tag">${language}</span>`;
}

function result(view: View, answer: Answer): SafeHtml {
  const { t, language } = view;
  switch (answer.kind) {
    case 'boolean':
      return html`<p class="verdict">${answer.value ? t('yes') : t('no')}</p>`;
    case 'graph':
      return html`<pre tabindex="0"><code>${answer.text}</code></pre>`;
    case 'solutions':
      return html`<p>${t('rows', { n: count(answer.rows.length, language) })}${answer.rows.length > shownRows ? html` ${t('firstRows', { n: count(shownRows, language) })}` : ''}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${t('result')}"><table><thead><tr>${answer.variables.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${answer.rows.slice(0, shownRows).map((row) => html`<tr>${answer.variables.map((name) => html`<td>${term(view, row[name])}</td>`)}</tr>`)}</tbody></table></div>`;
  }
}

/** The form where a person asks a query and reads the answer; plain HTML, works without JavaScript. */
export function sparqlPage(view: View, page: SparqlPage): string {
  const { t, href } = view;
  return layout(view, {
    title: t('navQuery'),
    lead: t('queryLead'),
    body: html`${page.error === undefined ? '' : html`<div class="verdict bad" role="alert"><p>${page.error}</p></div>`}
<form method="get" action="${href('/sparql')}"><label for="query">${t('yourQuery')}</label>
<textarea id="query" name="query" rows="${Math.min(16, Math.max(6, page.query.split('\n').length + 2))}" spellcheck="false" required>${page.query}</textarea><button>${t('ask')}</button></form>
${page.answer ? html`<section><h2>${t('result')}</h2>${result(view, page.answer)}
${page.downloads ? html`<p>${t('download')}:</p><ul class="inline">${page.downloads.map((item) => html`<li><a href="${item.href}">${item.label}</a></li>`)}</ul>` : ''}
${page.commit === undefined ? '' : html`<p class="muted">${t('asOfCommit', { n: String(page.commit) })}</p>`}</section>` : ''}`,
  });
}

export const exampleQuery = `SELECT ?type (COUNT(DISTINCT ?ding) AS ?aantal)
WHERE { ?ding a ?type }
GROUP BY ?type
ORDER BY DESC(?aantal)`;
