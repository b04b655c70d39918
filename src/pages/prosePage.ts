import { html } from './html.js';
import { contact, layout } from './layout.js';
import type { View } from './view.js';
import { prose, type ProseName } from './prose.js';

/** A page of plain text from the glossary: about, terms of use, privacy, accessibility. */
export function prosePage(view: View, name: ProseName): string {
  const { title, sections } = prose[name];
  return layout(view, {
    title: title[view.language],
    body: html`${sections.map(
      (section) => html`<section><h2>${section.title[view.language]}</h2>${section.paragraphs.map((text) => html`<p>${text[view.language]}</p>`)}</section>`,
    )}<section><h2>${view.t('contact')}</h2><p>${view.contact === undefined ? view.t('noContact') : contact(view.contact)}</p></section>`,
  });
}
