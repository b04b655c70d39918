import type { CommitView, DatasetInfo } from '../graph/api.js';
import { changeTable, type ChangeView } from './changeTable.js';
import { count, moment, shortMoment } from './format.js';
import { html, type SafeHtml } from './html.js';
import { inLanguage, type Names } from './labels.js';
import { layout } from './layout.js';
import type { View } from './view.js';

function who(view: View, { agent }: CommitView): string {
  const role = view.t(`role-${agent.role === 'steward' || agent.role === 'administrator' || agent.role === 'reader' ? agent.role : 'system'}`);
  return agent.organisation === undefined ? role : `${role}, ${agent.organisation}`;
}

function totals(commit: CommitView): { readonly inserted: number; readonly deleted: number } {
  return commit.parts.reduce((sum, part) => ({ inserted: sum.inserted + part.inserted, deleted: sum.deleted + part.deleted }), { inserted: 0, deleted: 0 });
}

const webAddress = /https?:\/\/[^\s<>"]+/g;

/** The IRIs that messages of commits name. */
export function messageTerms(commits: readonly CommitView[]): readonly string[] {
  return commits.flatMap(({ message }) => message?.match(webAddress) ?? []);
}

/** What a commit is about, for people: things by their name; without a message, what kind of change it was. */
export function messageText(view: View, { message, source }: CommitView, names: Names): string {
  return message === null ? view.t(`source-${source}`) : message.replaceAll(webAddress, (iri) => names.of(iri));
}

export interface CommitsPage {
  readonly commits: readonly CommitView[];
  readonly names: Names;
  /** What the list is restricted to: a thing, a dataset. */
  readonly about: readonly string[];
  readonly older: string | undefined;
}

export function commitsPage(view: View, { commits, names, about, older }: CommitsPage): string {
  const { t, href, language } = view;
  const restricted = about.length > 0;
  return layout(view, {
    title: restricted ? t('commitsOf', { name: about.map((iri) => names.of(iri)).join(', ') }) : t('navCommits'),
    ...(restricted ? { trail: [{ label: t('navCommits'), path: '/commits' }] } : {}),
    lead: restricted ? t('commitsOfLead') : t('commitsLead'),
    body: html`<div class="scroll" tabindex="0" role="region" aria-label="${t('navCommits')}"><table>
<thead><tr><th scope="col">${t('commit')}</th><th scope="col">${t('when')}</th><th scope="col">${t('message')}</th><th scope="col">${t('by')}</th><th scope="col" class="number">${t('added')}</th><th scope="col" class="number">${t('removed')}</th></tr></thead>
<tbody>${commits.map((commit) => {
      const { inserted, deleted } = totals(commit);
      return html`<tr><th scope="row"><a href="${href(`/commits/${commit.number}`)}">${commit.number}</a></th><td>${shortMoment(commit.time, language)}</td>
<td>${messageText(view, commit, names)}</td><td>${who(view, commit)}</td><td class="number">${count(inserted, language)}</td><td class="number">${count(deleted, language)}</td></tr>`;
    })}</tbody></table></div>
${older === undefined ? '' : html`<p><a rel="next" href="${href(older)}">${t('older')}</a></p>`}`,
  });
}

export interface CommitPage {
  readonly commit: CommitView;
  readonly names: Names;
  readonly datasets: readonly DatasetInfo[];
  readonly changes: readonly ChangeView[];
  readonly more: boolean;
}

function parts(view: View, { commit, datasets }: CommitPage): SafeHtml {
  const { t, language, href } = view;
  return html`<ul class="plain">${commit.parts.map((part) => {
    const info = datasets.find(({ iri }) => iri === part.dataset);
    const name = info ? html`<a href="${href(`/datasets/${info.slug}`)}">${inLanguage(info.title, language) || info.slug}</a>` : html`<code>${part.dataset}</code>`;
    return html`<li>${name}: ${t('addedRemoved', { added: count(part.inserted, language), removed: count(part.deleted, language) })}${part.derived ? html` <span class="badge afgeleid">${t('status-afgeleid')}</span>` : ''}</li>`;
  })}</ul>`;
}

export function commitPage(view: View, page: CommitPage): string {
  const { t, language } = view;
  const { commit } = page;
  return layout(view, {
    title: t('commitTitle', { n: String(commit.number) }),
    trail: [{ label: t('navCommits'), path: '/commits' }],
    lead: messageText(view, commit, page.names),
    body: html`<section class="card"><h2>${t('about-commit')}</h2><dl class="facts">
<div><dt>${t('when')}</dt><dd>${moment(commit.time, language)}</dd></div>
<div><dt>${t('by')}</dt><dd>${who(view, commit)}</dd></div>
<div><dt>${t('how')}</dt><dd>${t(`source-${commit.source}`)}</dd></div></dl>${parts(view, page)}</section>
<section><h2>${t('changes')}</h2>${changeTable(view, page.changes)}${page.more ? html`<p>${t('moreExist')}</p>` : ''}</section>
<p><a href="${view.href(`/diff?from=${commit.number}`)}">${t('compareToday')}</a></p>
${commit.source === 'purge' ? '' : html`<p><a href="${view.href(`/laden/ongedaan/${commit.number}`)}" rel="nofollow">${t('undo')}</a> (${t('undoFor')})</p>`}
<details class="technical"><summary>${t('technical')}</summary><dl class="facts"><div><dt>${t('hash')}</dt><dd><code>${commit.hash}</code></dd></div>
<div><dt>${t('previousHash')}</dt><dd><code>${commit.previous}</code></dd></div></dl></details>`,
  });
}
