import type { ValidationReport } from '../graph/validation/report.js';
import { count } from './format.js';
import { html, type SafeHtml } from './html.js';
import type { ResultView } from './reportView.js';
import { documentPath, type View } from './view.js';

function result(view: View, item: ResultView): SafeHtml {
  const { t, href, base, language } = view;
  const place = item.line === undefined ? '' : html` <span class="place">${t('onLine', { line: count(item.line, language) })}</span>`;
  return html`<li class="result ${item.severity.toLowerCase()}"><h4><span class="badge ${item.severity.toLowerCase()}">${t(`severity-${item.severity}`)}</span>
${item.subject.here ? html`<a href="${href(documentPath(base, item.subject.iri))}">${item.subject.label}</a>` : item.subject.label}${place}</h4>
<p class="message">${item.message}</p>
<dl class="facts">${item.field ? html`<div><dt>${t('field')}</dt><dd>${item.field.label}</dd></div>` : ''}${
    item.value === undefined ? '' : html`<div><dt>${t('value')}</dt><dd>${item.value}</dd></div>`
  }</dl>
<details class="technical"><summary>${t('technical')}</summary><p>${t('subject')}: <code>${item.subject.iri}</code></p>${
    item.field ? html`<p>${t('field')}: <code>${item.field.path}</code></p>` : ''
  }<p>${t('rule')}: <code>${item.shape}</code></p></details></li>`;
}

function group(view: View, title: string, results: readonly ResultView[]): SafeHtml | undefined {
  return results.length === 0 ? undefined : html`<h3>${title}</h3><ol class="results">${results.map((item) => result(view, item))}</ol>`;
}

/** The report a steward acts on: a sentence first, then each result with what, where and which value. */
export function reportSection(view: View, report: ValidationReport, results: readonly ResultView[], blocking: boolean): SafeHtml {
  const { t, language } = view;
  const { Violation, Warning, Info } = report.counts;
  const counts = t('reportCounts', { violations: count(Violation, language), warnings: count(Warning, language), infos: count(Info, language) });
  const verdict = blocking ? t('reportBlocking') : results.length === 0 ? t('reportClean') : t('reportAccepted');
  const mine = results.filter(({ existing }) => !existing);
  const before = results.filter(({ existing }) => existing);
  return html`<section class="report" aria-labelledby="verslag"><h2 id="verslag">${t('report')}</h2>
<p class="verdict ${blocking ? 'bad' : 'good'}" role="status">${verdict} ${results.length === 0 ? '' : counts}</p>
${group(view, t('causedByChange'), mine)}
${group(view, t('alreadySo'), before)}
${report.truncated ? html`<p>${t('moreExist')}</p>` : ''}</section>`;
}
