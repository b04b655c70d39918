import { html, join, type SafeHtml } from './html.js';
import { layout } from './layout.js';
import type { View } from './view.js';

/** Another term: one of ours on this page (`name`), or one of a standard (`iri`). */
interface TermLink {
  readonly label: string;
  readonly code: string;
  readonly name?: string;
  readonly iri?: string;
}

export interface TermView {
  readonly iri: string;
  readonly name: string;
  readonly kind: 'class' | 'property' | 'value';
  readonly label: string;
  readonly comment: string;
  readonly parents: readonly TermLink[];
  readonly domains: readonly TermLink[];
  readonly stable: boolean;
}

const kindWords = { class: 'termClass', property: 'termProperty', value: 'termValue' } as const;

export function vocabularyPage(view: View, terms: readonly TermView[]): string {
  const { t } = view;
  return layout(view, {
    title: t('vocabulary'),
    lead: t('vocabularyLead'),
    alternates: [
      { href: '/ns.ttl', type: 'text/turtle' },
      { href: '/ns.jsonld', type: 'application/ld+json' },
    ],
    body: html`<dl class="facts">${terms.map(
      (term) =>
        html`<div id="${term.name}"><dt>${term.label}</dt><dd>${term.comment} <code>${term.iri}</code><ul class="inline"><li>${t(kindWords[term.kind])}, ${t(term.stable ? 'termStable' : 'termDraft')}</li>${
          term.parents.length > 0 && html`<li>${t('termParent')}: ${links(term.parents)}</li>`
        }${term.domains.length > 0 && html`<li>${t('termDomain')}: ${links(term.domains)}</li>`}</ul></dd></div>`,
    )}</dl>`,
  });
}

function links(terms: readonly TermLink[]): SafeHtml {
  return join(
    terms.map(({ label, code, name, iri }) => html`<a href="${name === undefined ? iri : `#${name}`}">${label}</a> (<code>${code}</code>)`),
    ', ',
  );
}
