import type { Text } from '../faults.js';
import { html, type SafeHtml } from './html.js';
import { layout } from './layout.js';
import type { View } from './view.js';

interface ShownStream {
  readonly name: string;
  readonly title: Text;
  readonly description?: Text;
  readonly recipes: readonly { readonly client: string; readonly text: string }[];
}

/** One event stream, for who opens its address in a browser. */
export function eventStreamPage(view: View, { name, title, description, recipes }: ShownStream): string {
  const { t, language, base } = view;
  const address = (path: string): SafeHtml => html`<a href="${base}ldes/${path}"><code>${base}ldes/${path}</code></a>`;
  const facts: readonly (readonly [string, SafeHtml | string])[] = [
    [t('streamVersions'), address(name)],
    [t('streamActivities'), address(`${name}/activiteiten`)],
    [t('streamLatest'), address(`${name}/laatste`)],
    [t('streamRecent'), address(`${name}/recent`)],
    [t('streamSnapshot'), address(`${name}/momentopname`)],
    [t('streamFormats'), t('streamForms')],
    [t('streamEvents'), address(`${name}/gebeurtenissen`)],
    [t('streamCheck'), address(`${name}/conformiteit`)],
  ];
  return layout(view, {
    title: title[language],
    trail: [{ label: t('streams'), path: '/ldes' }],
    ...(description ? { lead: description[language] } : {}),
    body: html`<section class="card"><dl class="facts">${facts.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl></section>
<section><h2>${t('streamRecipes')}</h2><p>${t('streamRecipesLead')}</p>
${recipes.map(({ client, text }) => html`<h3>${client}</h3><pre tabindex="0"><code>${text}</code></pre>`)}</section>`,
  });
}
