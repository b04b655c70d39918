import type { DatasetInfo } from '../graph/api.js';
import type { DatasetSettings } from '../graph/dataset.js';
import { html, type SafeHtml } from './html.js';
import type { View } from './view.js';

/** Source status and visibility in words; colour only supports them. */
export function statusBadge({ t }: View, dataset: Pick<DatasetInfo, 'status' | 'visibility'>): SafeHtml {
  return html`<span class="badge ${dataset.status}">${t(`status-${dataset.status}`)}</span>${
    dataset.visibility === 'restricted' ? html` <span class="badge restricted">${t('restricted')}</span>` : ''
  }`;
}

export function modeText({ t }: View, { mode }: Pick<DatasetSettings, 'mode'>): string {
  return t(`mode-${mode}`);
}
