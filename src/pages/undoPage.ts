import { html } from './html.js';
import { layout } from './layout.js';
import { proposalSection, type Proposal } from './proposal.js';
import type { View } from './view.js';

export interface UndoPage extends Proposal {
  readonly secret: string;
  readonly commit: number;
  /** Only what later versions left alone. */
  readonly force: boolean;
}

/** What taking back a commit changes, in words, before it is done. */
export function undoPage(view: View, page: UndoPage): string {
  const { t, href } = view;
  const number = { n: String(page.commit) };
  const commit = `/commits/${page.commit}`;
  return layout(view, {
    title: t('undoTitle', number),
    trail: [
      { label: t('navCommits'), path: '/commits' },
      { label: t('commitTitle', number), path: commit },
    ],
    lead: t('undoLead'),
    body: html`${proposalSection(view, page, html`<p class="verdict" role="status">${t('undoUnchanged')}</p>`)}
${page.verdict === 'publishable' ? html`<div class="actions"><form method="post" action="${href(`/laden/ongedaan/${page.commit}${page.force ? '?force=1' : ''}`)}"><input type="hidden" name="geheim" value="${page.secret}">
<label for="bericht">${t('messageLabel')}</label><input id="bericht" name="bericht" maxlength="500" value="${t('undoMessage', number)}"><button>${t('undo')}</button></form></div>` : ''}
<p><a href="${href(commit)}">${t('undoBack')}</a></p>`,
  });
}
