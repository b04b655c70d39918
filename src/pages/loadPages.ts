import type { DatasetInfo } from '../graph/api.js';
import type { DatasetCount } from '../graph/changeset.js';
import { bytes, count } from './format.js';
import { html, type Renderable, type SafeHtml } from './html.js';
import { inLanguage } from './labels.js';
import { layout } from './layout.js';
import { proposalSection, totalChange, type Proposal } from './proposal.js';
import { statusBadge } from './badges.js';
import type { View } from './view.js';

const trail = (view: View): readonly { label: string; path: string }[] => [{ label: view.t('navLoad'), path: '/laden' }];

function alert(text: Renderable): SafeHtml {
  return html`<div class="verdict bad" role="alert">${text}</div>`;
}

export function signInPage(view: View, options: { readonly secret: string; readonly error?: string; readonly next?: string }): string {
  const { t, href } = view;
  return layout(view, {
    title: t('navLoad'),
    lead: t('loadLead'),
    body: html`${options.error === undefined ? '' : alert(html`<p>${options.error}</p>`)}
<form class="card" method="post" action="${href('/laden/aanmelden')}"><h2>${t('signIn')}</h2>
<p>${t('signInHelp')}</p><input type="hidden" name="geheim" value="${options.secret}">${options.next === undefined ? '' : html`<input type="hidden" name="naar" value="${options.next}">`}
<label for="token">${t('token')}</label><input id="token" name="token" type="password" autocomplete="current-password" required>
<button>${t('signIn')}</button></form>`,
  });
}

export interface LoadForm {
  readonly secret: string;
  readonly datasets: readonly DatasetInfo[];
  /** Whether this person may make datasets. */
  readonly mayCreate: boolean;
  readonly chosen?: string;
  /** Name that was typed for a new dataset. */
  readonly newName?: string;
  readonly mode?: 'add' | 'replace';
  readonly maxBytes: number;
  readonly error?: Renderable;
}

/** Value of the choice for a dataset that is not there yet: no IRI, so it is nobody's dataset. */
export const newDataset = 'nieuw';

function signOutForm(view: View, secret: string): SafeHtml {
  return html`<form method="post" action="${view.href('/laden/afmelden')}"><input type="hidden" name="geheim" value="${secret}"><button class="quiet">${view.t('signOut')}</button></form>`;
}

export function loadPage(view: View, form: LoadForm): string {
  const { t, href, language } = view;
  const choice = (mode: 'add' | 'replace', label: string, help: string): SafeHtml =>
    html`<div class="choice"><input type="radio" id="${mode}" name="wijze" value="${mode === 'add' ? 'toevoegen' : 'vervangen'}"${(form.mode ?? 'add') === mode ? html` checked` : ''} required aria-describedby="${mode}-help"><label for="${mode}">${label}</label><p id="${mode}-help" class="muted">${help}</p></div>`;
  return layout(view, {
    title: t('navLoad'),
    lead: t('loadLead'),
    body: html`${form.error === undefined ? '' : alert(form.error)}
<form class="card" method="post" enctype="multipart/form-data" action="${href('/laden/controleren')}">
<input type="hidden" name="geheim" value="${form.secret}">
<p><label for="dataset">${t('chooseDataset')}</label><select id="dataset" name="dataset" required>${form.datasets.length + Number(form.mayCreate) > 1 ? html`<option value="">${t('chooseOne')}</option>` : ''}${form.datasets.map(
      (dataset) => html`<option value="${dataset.iri}"${dataset.iri === form.chosen ? html` selected` : ''}>${inLanguage(dataset.title, language) || dataset.slug}</option>`,
    )}${form.mayCreate ? html`<option value="${newDataset}"${form.chosen === newDataset ? html` selected` : ''}>${t('newDataset')}</option>` : ''}</select></p>
${form.mayCreate ? html`<p><label for="naam">${t('newDatasetName')}</label><input id="naam" name="naam" maxlength="60" autocomplete="off" value="${form.newName ?? ''}" aria-describedby="naam-help"></p>
<p id="naam-help" class="muted">${t('newDatasetHelp')}</p>` : ''}
<fieldset><legend>${t('chooseMode')}</legend>${choice('add', t('modeAdd'), t('modeAddHelp'))}${choice('replace', t('modeReplace'), t('modeReplaceHelp'))}</fieldset>
<p><label for="bestand">${t('chooseFile')}</label><input class="drop" id="bestand" name="bestand" type="file" accept=".ttl,.trig,.nt,.nq,.jsonld,.json,.rdf,.xml,.owl" required aria-describedby="bestand-help"></p>
<p id="bestand-help" class="muted">${t('chooseFileHelp', { size: bytes(form.maxBytes, language) })}</p>
<button>${t('check')}</button></form>
${signOutForm(view, form.secret)}`,
  });
}

export interface DraftPage extends Proposal {
  readonly secret: string;
  readonly id: string;
  readonly fileName: string;
  readonly dataset: DatasetInfo | undefined;
  readonly datasetName: string;
  /** Datasets that a new one may have been meant to be. */
  readonly near: readonly string[];
  readonly mode: 'add' | 'replace';
  /** Statements in the file. */
  readonly read: number;
  /** Somebody changed the dataset since this was shown. */
  readonly stale: boolean;
}

/** The draft: what the file would change, what the rules say, and the button that publishes it. */
export function draftPage(view: View, page: DraftPage): string {
  const { t, href } = view;
  const action = (name: string): string => href(`/laden/ontwerp/${page.id}/${name}`);
  const secret = html`<input type="hidden" name="geheim" value="${page.secret}">`;
  return layout(view, {
    title: t('draftTitle', { file: page.fileName }),
    trail: trail(view),
    lead: page.dataset ? html`${t(page.mode === 'add' ? 'draftAdd' : 'draftReplace', { dataset: page.datasetName })} ${statusBadge(view, page.dataset)}` : html`${t('draftNew', { dataset: page.datasetName })}`,
    body: html`${page.near.length === 0 ? '' : html`<p class="verdict">${t('draftNear', { dataset: page.datasetName, near: page.near.join(', ') })}</p>`}${page.stale ? alert(html`<p>${t('draftStale')}</p>`) : ''}${page.read > 0 ? '' : alert(html`<p>${t('draftEmpty')}${page.verdict === 'publishable' ? html` ${t('draftEmptyReplaces')}` : ''}</p>`)}
${proposalSection(view, page, page.read > 0 ? html`<p class="verdict" role="status">${t('draftUnchanged')}</p>` : '')}
<div class="actions">${page.verdict === 'publishable' ? html`<form method="post" action="${action('publiceren')}">${secret}
<label for="bericht">${t('messageLabel')}</label><input id="bericht" name="bericht" maxlength="500" value="${t('messageDefault', { file: page.fileName })}"><button>${t('publish')}</button></form>` : ''}
<form method="post" action="${action('weggooien')}">${secret}<button class="quiet">${page.verdict === 'blocked' ? t('discardAndFix') : t('discard')}</button></form></div>`,
  });
}

/** For a file that takes long: what goes on, and since when. */
export function busyPage(view: View, page: { readonly id: string; readonly fileName: string; readonly quads: number; readonly task: 'check' | 'publish'; readonly seconds: number }): string {
  const { t, href, language } = view;
  return layout(view, {
    title: t('draftTitle', { file: page.fileName }),
    trail: trail(view),
    body: html`<p class="verdict" role="status">${t(page.task === 'check' ? 'busyChecking' : 'busyPublishing', { n: count(page.quads, language), seconds: count(page.seconds, language) })}</p>
<p>${t('busyRefreshes')} <a href="${href(`/laden/ontwerp/${page.id}`)}">${t('busyLook')}</a></p>`,
  });
}

export function publishedPage(view: View, page: { readonly commit: number; readonly counts: ReadonlyMap<string, DatasetCount>; readonly slug?: string }): string {
  const { t, href } = view;
  return layout(view, {
    title: t('published'),
    trail: trail(view),
    body: html`<p class="verdict good" role="status">${t('publishedAs', { n: String(page.commit) })} ${totalChange(view, page.counts)}</p>
<ul><li><a href="${href(`/commits/${page.commit}`)}">${t('seeCommit')}</a></li>
${page.slug === undefined ? '' : html`<li><a href="${href(`/datasets/${page.slug}`)}">${t('seeDataset')}</a></li>`}
<li><a href="${href('/laden')}">${t('loadAnother')}</a></li></ul>`,
  });
}
