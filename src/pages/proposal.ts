import type { DatasetCount } from '../graph/changeset.js';
import type { ValidationReport } from '../graph/validation/report.js';
import { changeTable, type ChangeView } from './changeTable.js';
import { count } from './format.js';
import { html, type Renderable, type SafeHtml } from './html.js';
import { reportSection } from './reportSection.js';
import type { ResultView } from './reportView.js';
import type { View } from './view.js';

/** A change that was tried: what it would do, and what the rules say of it. */
export interface Proposal {
  readonly counts: ReadonlyMap<string, DatasetCount>;
  readonly report: ValidationReport;
  readonly results: readonly ResultView[];
  readonly changes: readonly ChangeView[];
  readonly moreChanges: boolean;
  readonly verdict: 'publishable' | 'blocked' | 'unchanged';
}

/** How much a change adds and removes, in all datasets together. */
export function totalChange({ t, language }: View, counts: ReadonlyMap<string, DatasetCount>): string {
  const parts = [...counts.values()];
  const total = (side: keyof DatasetCount): string => count(parts.reduce((sum, part) => sum + part[side], 0), language);
  return t('addedRemoved', { added: total('inserted'), removed: total('deleted') });
}

/** The report and the change in words; `unchanged` stands there when nothing would change. */
export function proposalSection(view: View, { counts, report, results, changes, moreChanges, verdict }: Proposal, unchanged: Renderable): SafeHtml {
  const { t } = view;
  if (verdict === 'unchanged') return html`${unchanged}`;
  return html`${reportSection(view, report, results, verdict === 'blocked')}
<section><h2>${t('draftChanges')}</h2><p>${totalChange(view, counts)}</p>
${changeTable(view, changes)}${moreChanges ? html`<p>${t('moreExist')}</p>` : ''}</section>`;
}
