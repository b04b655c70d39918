import type { DumpFile, DumpManifest } from '../publication/dump/manifest.js';
import { bytes, moment } from './format.js';
import { html, type SafeHtml } from './html.js';
import { inLanguage } from './labels.js';
import { layout } from './layout.js';
import { syncWord } from './syncWords.js';
import type { View } from './view.js';

/** The page of the full downloads. */
export function dumpsPage(view: View, manifest: DumpManifest, titles: ReadonlyMap<string, Readonly<Record<string, string>>>): string {
  const { language, href } = view;
  const title = syncWord('dumpsTitle', language);
  const links = (files: readonly DumpFile[]): SafeHtml[] =>
    files.map((file) => html`<li><a href="${href(`/dumps/${file.path}`)}">${file.path.replace(/^.*?((?:\.(?:nq|ttl|trig))(?:\.gz)?)$/, '$1')}</a> <span class="muted">${bytes(file.bytes, language)}</span></li>`);
  const row = (name: string, dataset: string | undefined): SafeHtml => html`<tr><th scope="row">${name}</th><td><ul class="inline">${links(manifest.files.filter((file) => file.dataset === dataset))}</ul></td></tr>`;
  return layout(view, {
    title,
    lead: syncWord('dumpsLead', language),
    body: html`<p class="updated">${syncWord('madeAt', language, { when: moment(manifest.made, language), n: String(manifest.commit) })}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr><th scope="col">${view.t('dataset')}</th><th scope="col">${syncWord('file', language)}</th></tr></thead>
<tbody>${row(syncWord('wholeDump', language), undefined)}${manifest.datasets.map(({ dataset }) => row(inLanguage(titles.get(dataset) ?? {}, language) || (dataset.split('/').at(-1) ?? dataset), dataset))}</tbody></table></div>
<details class="technical"><summary>${view.t('technical')}</summary><dl class="facts">${manifest.files.map((file) => html`<div><dt>${file.path}</dt><dd><code>${file.sha256}</code></dd></div>`)}</dl></details>`,
  });
}

/** The page as long as there are none. */
export function noDumpsPage(view: View): string {
  const { language } = view;
  return layout(view, { title: syncWord('dumpsTitle', language), lead: syncWord('dumpsLead', language), body: html`<p>${syncWord('noDumps', language)}</p>` });
}
