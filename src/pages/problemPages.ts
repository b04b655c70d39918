import type { FaultData } from '../faults.js';
import { faultKinds } from '../faults.js';
import { collectionWord } from './collectionWords.js';
import { html, type Renderable, type SafeHtml } from './html.js';
import { layout } from './layout.js';
import { problemAdvice } from './advice.js';
import type { View } from './view.js';

/** Where in a file something is wrong, in words. */
export function placeText(view: View, fault: FaultData): SafeHtml | undefined {
  const { place } = fault;
  if (!place) return undefined;
  const { t } = view;
  const items: readonly (readonly [string, Renderable])[] = [
    [t('file'), place.file],
    [t('line'), place.line],
    [t('column'), place.column],
    [t('jsonPath'), place.jsonPath === undefined || place.jsonPath === '$' ? undefined : html`<code>${place.jsonPath}</code>`],
  ];
  // What the sentence says already needs no row.
  const said = fault.detail[view.language].toLowerCase();
  const known = items.filter(([label, item]) => item !== undefined && (typeof item !== 'number' || !said.includes(`${label} ${item}`.toLowerCase())));
  if (known.length === 0) return undefined;
  return html`<dl class="facts">${known.map(([label, item]) => html`<div><dt>${label}</dt><dd>${item}</dd></div>`)}</dl>`;
}

/** For who followed a link that leads nowhere, or typed an address. */
function lookElsewhere({ t, href, language }: View): SafeHtml {
  return html`<search><form class="line" method="get" action="${href('/actoren')}"><label for="zoek">${t('findByCode')}</label>
<input id="zoek" name="q" autocomplete="off" required><button>${t('search')}</button></form></search>
<p><a href="${href('/overzicht')}">${collectionWord('overview', language)}</a></p>`;
}

/** What went wrong, in words and with what to do; for a person with a browser. */
export function problemPage(view: View, fault: FaultData, options: { readonly requestId: string; readonly report?: Renderable }): string {
  const { t, href, language } = view;
  return layout(view, {
    title: faultKinds[fault.code].title[language],
    body: html`<div class="verdict bad" role="alert"><p>${fault.detail[language]}</p></div>
${placeText(view, fault)}${options.report}
${fault.code === 'not-found' || fault.code === 'gone' ? lookElsewhere(view) : ''}
<p><a href="${href(`/problemen/${fault.code}`)}">${t('problemMore')}</a></p>
<p><a href="${href('/')}">${t('backToStart')}</a></p>
<details class="technical"><summary>${t('technical')}</summary><p>${t('problemCode')}: <code>${fault.code}</code></p><p>${t('requestId')}: <code>${options.requestId}</code></p>${typeof fault.extra?.['iri'] === 'string' ? html`<p>IRI: <code>${fault.extra['iri']}</code></p>` : ''}</details>`,
  });
}

export function problemKindPage(view: View, code: keyof typeof faultKinds): string {
  const { t, language } = view;
  const kind = faultKinds[code];
  return layout(view, {
    title: kind.title[language],
    trail: [{ label: t('problems'), path: '/problemen' }],
    body: html`<p>${problemAdvice[code][language]}</p><dl class="facts"><div><dt>${t('problemCode')}</dt><dd><code>${code}</code></dd></div><div><dt>HTTP</dt><dd>${kind.status}</dd></div></dl>`,
  });
}

export function problemKindsPage(view: View): string {
  const { t, href, language } = view;
  return layout(view, {
    title: t('problems'),
    lead: t('problemsLead'),
    body: html`<ul class="plain">${Object.entries(faultKinds).map(([code, kind]) => html`<li><a href="${href(`/problemen/${code}`)}">${kind.title[language]}</a> <span class="muted">${kind.status} · <code>${code}</code></span></li>`)}</ul>`,
  });
}
