import { html } from './html.js';
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
  return layout(view, {
    title: t('streams'),
    lead: t('streamsLead'),
    body: html`<p>${t('streamsHow')}</p>
<table><caption>${t('streams')}</caption><thead><tr><th scope="col">${t('stream')}</th><th scope="col">${t('streamVersions')}</th><th scope="col">${t('streamActivities')}</th></tr></thead>
<tbody>${streams.map(
      ({ name, title }) => html`<tr><th scope="row">${title[language]}</th><td><code>${base}ldes/${name}</code></td><td><code>${base}ldes/${name}/activiteiten</code></td></tr>`,
    )}</tbody></table>`,
  });
}
