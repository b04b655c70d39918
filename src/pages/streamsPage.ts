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
  const link = (path: string, text: string): SafeHtml => html`<a href="${base}ldes/${path}">${text}</a>`;
  const address = (path: string): SafeHtml => html`<a href="${base}ldes/${path}"><code>${base}ldes/${path}</code></a>`;
  const shown = ({ name, title, pages }: ShownStream): SafeHtml => html`<h3>${title[language]}${pages === 0 && html` <small>(${t('streamEmpty')})</small>`}</h3>
<dl class="facts"><div><dt>${t('streamVersions')}</dt><dd>${address(name)}</dd></div><div><dt>${t('streamActivities')}</dt><dd>${address(`${name}/activiteiten`)}</dd></div><div><dt>${t('streamViews')}</dt><dd>${link(`${name}/laatste`, t('streamLatest'))}, ${link(`${name}/recent`, t('streamRecent'))}, ${link(`${name}/momentopname`, t('streamSnapshot'))}; ${link(`${name}/conformiteit`, t('streamCheck'))}</dd></div></dl>
`;
  // One dataset may be called as a kind of things is.
  const ofDatasets = streams.filter(({ name }) => name.startsWith('dataset/'));
  return layout(view, {
    title: t('streams'),
    lead: t('streamsLead'),
    body: html`<p>${t('streamsHow')}</p>
<h2>${t('streamsOfKinds')}</h2>
${streams.filter((stream) => !ofDatasets.includes(stream)).map(shown)}
<h2>${t('streamsOfDatasets')}</h2>
${ofDatasets.map(shown)}`,
  });
}
