import { html, type SafeHtml } from './html.js';
import { layout } from './layout.js';
import type { View } from './view.js';

interface ShownStream {
  readonly name: string;
  readonly title: Readonly<Record<'nl' | 'en', string>>;
  readonly pages: number;
}

/** The streams, for who comes with a browser. */
export function streamsPage(view: View, streams: readonly ShownStream[]): string {
  const { t, language, base } = view;
  const address = (path: string): SafeHtml => html`<a href="${base}ldes/${path}"><code>${base}ldes/${path}</code></a>`;
  return layout(view, {
    title: t('streams'),
    lead: t('streamsLead'),
    body: html`<p>${t('streamsHow')}</p>
${streams.map(
      ({ name, title }) => html`<h2>${title[language]}</h2>
<dl class="facts"><div><dt>${t('streamVersions')}</dt><dd>${address(name)}</dd></div><div><dt>${t('streamActivities')}</dt><dd>${address(`${name}/activiteiten`)}</dd></div></dl>`,
    )}`,
  });
}
