import type { DatasetInfo, Status } from '../graph/api.js';
import { count, moment } from './format.js';
import { publicationPrefixes } from '../publication/rdfa/publicationLink.js';
import { collectionWord } from './collectionWords.js';
import { attributes, html } from './html.js';
import { layout } from './layout.js';
import { publishedLink } from './publishedLink.js';
import type { View } from './view.js';

/** The start page: what is here, how much, and lines to copy. */
export function startPage(view: View, status: Status, datasets: readonly DatasetInfo[]): string {
  const { t, href, language, base } = view;
  const quads = datasets.reduce((sum, dataset) => sum + dataset.quads, 0);
  const cards = [
    ['/actoren', 'navCollections', 'startCollections'],
    ['/vragen', 'navQuestions', 'startQuestions'],
    ['/datasets', 'navDatasets', 'startDatasets'],
    ['/sparql', 'navQuery', 'startQuery'],
    ['/laden', 'navLoad', 'startLoad'],
    ['/commits', 'navCommits', 'startCommits'],
  ] as const;
  return layout(view, {
    title: t('startTitle'),
    lead: t('startLead'),
    home: true,
    body: html`<section><h2>${t('findByCode')}</h2>
<form class="line" method="get" action="${href('/actoren')}"><label for="naam">${t('nameOrPart')}</label>
<input id="naam" name="q" autocomplete="off" required><button>${t('search')}</button></form>
<form class="line" method="get" action="${href('/doc')}"><label for="kbo">${t('kboNumber')}</label>
<input id="kbo" name="kbo" inputmode="numeric" autocomplete="off" required><button>${t('show')}</button></form></section>
<ul class="figures">
<li><strong>${count(datasets.length, language)}</strong> ${t('datasetsCounted')}</li>
<li><strong>${count(quads, language)}</strong> ${t('statements')}</li>
<li><strong>${count(status.commit, language)}</strong> ${t(status.commit === 1 ? 'commitCounted' : 'commitsCounted')}</li>
</ul>
${status.time === null ? '' : html`<p class="updated">${t('lastUpdated', { when: moment(status.time, language) })}</p>`}
<section><h2>${t('startWhat')}</h2><ul class="cards">${cards.map(
      ([path, title, text]) => html`<li class="card"><h3><a href="${href(path)}">${t(title)}</a></h3><p>${t(text)}</p></li>`,
    )}</ul>
<p${attributes(publicationPrefixes)}>${publishedLink(view, '/overzicht', collectionWord('overview', language))}</p></section>
<section><h2>${t('startCopy')}</h2>
<h3>${t('snippetQuery')}</h3>
<pre tabindex="0"><code>curl ${base}sparql \\
  --data-urlencode 'query=SELECT ?type (COUNT(*) AS ?n) { ?s a ?type } GROUP BY ?type'</code></pre>
<h3>${t('snippetCheck')}</h3>
<pre tabindex="0"><code>curl -H 'Content-Type: text/turtle' --data-binary @gegevens.ttl ${base}validatie</code></pre>
<h3>${t('snippetLoad')}</h3>
<pre tabindex="0"><code>curl -X PUT -H 'Authorization: Bearer TOKEN' -H 'Content-Type: text/turtle' \\
  --data-binary @gegevens.ttl ${base}datasets/NAAM/inhoud</code></pre>
</section>`,
  });
}
