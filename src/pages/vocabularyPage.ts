import { html } from './html.js';
import { layout } from './layout.js';
import type { View } from './view.js';

export interface TermView {
  readonly iri: string;
  readonly name: string;
  readonly label: string;
  readonly comment: string;
}

export function vocabularyPage(view: View, terms: readonly TermView[]): string {
  const { t } = view;
  return layout(view, {
    title: t('vocabulary'),
    lead: t('vocabularyLead'),
    alternates: [{ href: '/ns.ttl', type: 'text/turtle' }],
    body: html`<dl class="facts">${terms.map(
      (term) => html`<div id="${term.name}"><dt>${term.label}</dt><dd>${term.comment} <code>${term.iri}</code></dd></div>`,
    )}</dl>`,
  });
}
