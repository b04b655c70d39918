import { html } from './html.js';
import type { Names } from './labels.js';
import { layout } from './layout.js';
import { documentPath, type View } from './view.js';

/** Several things carry the code that was asked for. */
export function choicePage(view: View, iris: readonly string[], names: Names): string {
  return layout(view, {
    title: view.t('severalFound'),
    body: html`<ul>${iris.map((iri) => html`<li><a href="${view.href(documentPath(view.base, iri))}">${names.of(iri)}</a></li>`)}</ul>`,
  });
}
