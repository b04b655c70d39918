import { prefixes, shrink } from '../rdf/prefixes.js';
import { count } from './format.js';
import { html, type Renderable, type SafeHtml } from './html.js';
import { queryWord } from './queryWords.js';
import type { Answer, Downloads, JsonTerm, QueryAnswered } from './sparqlPage.js';
import { documentPath, isWebAddress, type View } from './view.js';
import type { Language } from './words.js';

/** Rows a page shows; the files have all of them. */
export const shownRows = 500;

const plainDatatype = `${prefixes.xsd}string`;
const numbers: ReadonlySet<string> = new Set(['integer', 'decimal', 'double', 'float', 'int', 'long', 'nonNegativeInteger', 'gYear'].map((name) => prefixes.xsd + name));

/** An IRI as short as it can be without becoming another. */
function compact(base: string, iri: string): string {
  return shrink(iri) ?? (iri.startsWith(base) && iri.length > base.length ? iri.slice(base.length) : iri);
}

function cell(view: View, { names }: QueryAnswered, item: JsonTerm | undefined): Renderable {
  if (!item) return '';
  if (item.type === 'uri') {
    const short = compact(view.base, item.value);
    const name = names.has(item.value) ? names.of(item.value) : undefined;
    const text = name === undefined ? html`<code>${short}</code>` : name;
    const link = isWebAddress(item.value) ? html`<a href="${view.href(documentPath(view.base, item.value))}">${text}</a>` : text;
    return name === undefined ? link : html`${link} <code class="iri">${short}</code>`;
  }
  const language = item['xml:lang'];
  if (language !== undefined) return html`<span lang="${language}">${item.value}</span> <span class="tag">${language}</span>`;
  const { datatype = plainDatatype } = item;
  return datatype === plainDatatype || numbers.has(datatype) ? item.value : html`${item.value} <span class="tag">${shrink(datatype) ?? datatype}</span>`;
}

function isNumber(item: JsonTerm | undefined): boolean {
  return item?.datatype !== undefined && numbers.has(item.datatype);
}

function table(view: View, answered: QueryAnswered, { variables, rows }: Extract<Answer, { kind: 'solutions' }>): SafeHtml {
  const right = new Set(variables.filter((name) => rows.length > 0 && rows.every((row) => row[name] === undefined || isNumber(row[name])) && rows.some((row) => row[name])));
  const kind = (name: string): Renderable => (right.has(name) ? html` class="number"` : '');
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${view.t('result')}"><table class="answer"><thead><tr>${variables.map((name) => html`<th scope="col"${kind(name)}>${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${variables.map((name) => html`<td${kind(name)}>${cell(view, answered, row[name])}</td>`)}</tr>`)}</tbody></table></div>`;
}

function body(view: View, answered: QueryAnswered): Renderable {
  const { answer } = answered;
  const { language, t } = view;
  switch (answer.kind) {
    case 'boolean':
      return html`<p class="verdict ${answer.value ? 'good' : ''}"><strong>${answer.value ? t('yes') : t('no')}</strong></p>`;
    case 'graph':
      return html`${answer.whole ? '' : html`<p>${queryWord('firstPart', language)}</p>`}<pre tabindex="0" class="graph"><code>${answer.text}</code></pre>`;
    case 'solutions':
      if (answer.total === 0) return html`<div class="verdict"><p><strong>${queryWord('empty', language)}</strong></p><p>${queryWord('emptyHelp', language)}</p></div>`;
      return html`${(answer.total ?? Infinity) > shownRows ? html`<p>${queryWord('firstRows', language, { n: count(shownRows, language) })}</p>` : ''}${table(view, answered, answer)}`;
  }
}

function downloadList(view: View, { formats, action, fields }: Downloads): SafeHtml {
  const items = fields
    ? formats.map(({ label, format }) => html`<li><button class="quiet" name="format" value="${format}">${label}</button></li>`)
    : formats.map(({ label, format }) => html`<li><a href="${action}&amp;format=${format}">${label}</a></li>`);
  const list = html`<p class="downloads"><span id="downloads">${queryWord('download', view.language)}</span></p><ul class="inline" aria-labelledby="downloads">${items}</ul>`;
  return fields ? html`<form method="post" action="${action}">${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}${list}</form>` : list;
}

function duration(milliseconds: number, language: Language): string {
  const format = (value: number, digits: number): string => new Intl.NumberFormat(language === 'nl' ? 'nl-BE' : 'en-GB', { maximumFractionDigits: digits }).format(value);
  return milliseconds < 1000 ? `${format(Math.max(1, milliseconds), 0)} ms` : `${format(milliseconds / 1000, 1)} s`;
}

/** "12 rijen", "1 rij", "Meer dan 500 rijen". */
function rowCount(total: number | undefined, { language }: Pick<View, 'language'>): string {
  if (total === undefined) return queryWord('rowsMore', language, { n: count(shownRows, language) });
  return total === 1 ? queryWord('rowsOne', language) : queryWord('rows', language, { n: count(total, language) });
}

function what(view: View, answer: Answer): string {
  if (answer.kind === 'solutions') return rowCount(answer.total, view);
  return queryWord(answer.kind === 'boolean' ? 'yesNo' : 'graph', view.language);
}

/** The answer to a query: how many, how fast, of when, the rows, and the files. */
export function answerSection(view: View, answered: QueryAnswered): SafeHtml {
  const { language, t } = view;
  const facts = queryWord('facts', language, { what: what(view, answered.answer), time: duration(answered.milliseconds, language), commit: String(answered.commit) });
  return html`<section aria-labelledby="antwoordtitel"><h2 id="antwoordtitel">${t('result')}</h2>
<p id="samenvatting" class="muted">${facts}</p>
${downloadList(view, answered.downloads)}
${body(view, answered)}</section>`;
}
