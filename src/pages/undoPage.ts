import type { DatasetCount } from '../graph/changeset.js';
import type { ValidationReport } from '../graph/validation/report.js';
import { changeTable, type ChangeView } from './changeTable.js';
import { count } from './format.js';
import { html } from './html.js';
import { layout } from './layout.js';
import { reportSection } from './reportSection.js';
import type { ResultView } from './reportView.js';
import type { View } from './view.js';

export interface UndoPage {
  readonly secret: string;
  readonly commit: number;
  /** Only what later versions left alone. */
  readonly force: boolean;
  readonly counts: ReadonlyMap<string, DatasetCount>;
  readonly report: ValidationReport;
  readonly results: readonly ResultView[];
  readonly changes: readonly ChangeView[];
  readonly moreChanges: boolean;
  readonly verdict: 'publishable' | 'blocked' | 'unchanged';
}

/** What taking back a commit changes, in words, before it is done. */
export function undoPage(view: View, page: UndoPage): string {
  const { t, href, language } = view;
  const number = { n: String(page.commit) };
  const parts = [...page.counts.values()];
  const total = (side: keyof DatasetCount): string => count(parts.reduce((sum, part) => sum + part[side], 0), language);
  const commit = `/commits/${page.commit}`;
  return layout(view, {
    title: t('undoTitle', number),
    trail: [
      { label: t('navCommits'), path: '/commits' },
      { label: t('commitTitle', number), path: commit },
    ],
    lead: t('undoLead'),
    body: html`${page.verdict === 'unchanged' ? html`<p class="verdict" role="status">${t('undoUnchanged')}</p>` : reportSection(view, page.report, page.results, page.verdict === 'blocked')}
${page.verdict === 'unchanged' ? '' : html`<section><h2>${t('draftChanges')}</h2><p>${t('addedRemoved', { added: total('inserted'), removed: total('deleted') })}</p>
${changeTable(view, page.changes)}${page.moreChanges ? html`<p>${t('moreExist')}</p>` : ''}</section>`}
${page.verdict === 'publishable' ? html`<div class="actions"><form method="post" action="${href(`/laden/ongedaan/${page.commit}${page.force ? '?force=1' : ''}`)}"><input type="hidden" name="geheim" value="${page.secret}">
<label for="bericht">${t('messageLabel')}</label><input id="bericht" name="bericht" maxlength="500" value="${t('undoMessage', number)}"><button>${t('undo')}</button></form></div>` : ''}
<p><a href="${href(commit)}">${t('undoBack')}</a></p>`,
  });
}
