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
${streams.map(
      ({ name, title }) => html`<h2>${title[language]}</h2>
<dl class="facts"><div><dt>${t('streamVersions')}</dt><dd><code>${base}ldes/${name}</code></dd></div><div><dt>${t('streamActivities')}</dt><dd><code>${base}ldes/${name}/activiteiten</code></dd></div></dl>`,
    )}`,
  });
}
