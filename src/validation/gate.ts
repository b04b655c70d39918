import type { Changeset } from '../graph/changeset.js';
import type { DatasetSettings } from '../graph/dataset.js';
import type { Affected } from './affected.js';
import type { ValidationResult } from '../graph/validation/report.js';
import type { FreshResult } from './results.js';

/**
 * Whether a result rejects the change: a violation on a node that the change describes, or a new one elsewhere, in a
 * dataset that enforces. Violations that a change brings into a restricted dataset it does not touch never reject it:
 * its author may not know of that dataset, and could not be told why.
 */
export function blocks(result: FreshResult, origin: ValidationResult['origin'], dataset: DatasetSettings, changes: Changeset, affected: Affected): boolean {
  if (result.severity !== 'Violation' || dataset.mode !== 'enforce') return false;
  if (affected.described.get(dataset.iri)?.has(result.focusNode)) return true;
  return origin === 'change' && (dataset.visibility === 'public' || changes.counts.has(dataset.iri));
}
