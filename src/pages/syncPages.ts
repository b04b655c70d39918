import type { Text } from '../faults.js';
import { count, moment, shortMoment } from './format.js';
import { html, type Renderable } from './html.js';
import { layout } from './layout.js';
import { syncWord, type SyncWord } from './syncWords.js';
import type { View } from './view.js';

/** A stream as its pages show it. */
export interface StreamView {
  readonly name: string;
  readonly title: Text;
  readonly closed: boolean;
  /** ISO 8601; absent while the stream is being made. */
  readonly released?: string;
  readonly last?: string;
  readonly kept?: string;
  readonly commit?: number;
  readonly files: number;
  readonly omitted: number;
  readonly statements?: number;
}

type Say = (key: SyncWord) => string;

const say = (view: View): Say => (key) => syncWord(key, view.language);

export function syncPage(view: View, streams: readonly StreamView[]): string {
  const { href, language } = view;
  const t = say(view);
  const rows = streams.map(
    (stream) => html`<tr><th scope="row"><a href="${href(`/sync/${stream.name}`)}">${stream.title[language]}</a>${stream.closed ? html` <span class="badge">${t('closed')}</span>` : ''}</th>
<td>${stream.released === undefined ? t('beingMade') : shortMoment(stream.released, language)}</td><td class="number">${count(stream.files, language)}</td><td>${stream.last === undefined ? '–' : shortMoment(stream.last, language)}</td></tr>`,
  );
  return layout(view, {
    title: t('syncTitle'),
    lead: t('syncLead'),
    body: html`<div class="scroll" tabindex="0" role="region" aria-label="${t('syncTitle')}"><table>
<thead><tr><th scope="col">${t('stream')}</th><th scope="col">${t('newestDump')}</th><th scope="col" class="number">${t('files')}</th><th scope="col">${t('newestFile')}</th></tr></thead>
<tbody>${rows}</tbody></table></div>
<section><h2>${t('startOver')}</h2><p>${t('startOverText')}</p></section>`,
  });
}

export interface StreamPage {
  readonly stream: StreamView;
  readonly compose: string;
  readonly dataset: string;
  readonly end?: { readonly count: number; readonly sha256: string; readonly command: string };
}

export function streamPage(view: View, { stream, compose, dataset, end }: StreamPage): string {
  const { href, language } = view;
  const t = say(view);
  const path = `/sync/${stream.name}`;
  const facts: readonly (readonly [string, Renderable])[] = [
    [t('newestDump'), stream.released === undefined ? t('beingMade') : moment(stream.released, language)],
    [t('keptSince'), stream.kept === undefined ? t('beingMade') : moment(stream.kept, language)],
    [t('asOf'), stream.commit === undefined ? '–' : count(stream.commit, language)],
    [t('statements'), stream.statements === undefined ? '–' : count(stream.statements, language)],
    [t('files'), count(stream.files, language)],
    ...(stream.omitted === 0 ? [] : [[t('omitted'), `${count(stream.omitted, language)} (${t('omittedWhy')})`] as const]),
  ];
  return layout(view, {
    title: stream.title[language],
    trail: [{ label: t('syncTitle'), path: '/sync' }],
    body: html`<section class="card"><dl class="facts">${facts.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl></section>
${end === undefined ? '' : html`<section><h2>${t('testTitle')}</h2><p>${t('testText')}</p><dl class="facts"><div><dt>${t('statements')}</dt><dd><a href="${href(`${path}/eindtoestand`)}">${count(end.count, language)}</a></dd></div><div><dt>${t('hash')}</dt><dd><code>${end.sha256}</code></dd></div></dl><pre tabindex="0"><code>${end.command}</code></pre></section>`}
<section><h2>${t('settings')}</h2><p>${t('settingsLead')}</p><pre tabindex="0"><code>${compose}</code></pre>
<ul class="inline"><li><a href="${href(`${path}/consumer.yml`)}">${t('asCompose')}</a></li><li><a href="${href(`${path}/consumer.env`)}">${t('asVariables')}</a></li></ul></section>
<section><h2>${t('addresses')}</h2><ul class="inline"><li><a href="${href(`${path}/files`)}">${t('listing')}</a></li><li><a href="${dataset}">${t('dumpDescription')}</a></li></ul></section>
<section><h2>${t('startOver')}</h2><p>${t('startOverText')}</p></section>`,
  });
}
