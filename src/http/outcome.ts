import type { Request, Response } from 'express';
import { createdDatasets } from '../datasets/meantDataset.js';
import type { CommitView, WriteOutcome } from '../graph/api.js';
import type { DatasetCount } from '../graph/changeset.js';
import { visibility } from './context.js';
import { address, type Deps } from './deps.js';
import { formatTag } from './etag.js';
import { readableResult, readReport, sendProblem, violated } from './problems.js';
import { noStore, sendJson } from './send.js';

const roles: Readonly<Record<string, string>> = { reader: 'lezer', steward: 'gegevensbeheerder', administrator: 'beheerder', system: 'dienst' };

/** Who made a commit, as documents say it: by role and organisation, never by name. */
export function agentObject({ role, organisation }: CommitView['agent']): { readonly rol: string; readonly organisatie?: string } {
  return { rol: roles[role] ?? role, ...(organisation === undefined ? {} : { organisatie: organisation }) };
}

export function countsObject(counts: ReadonlyMap<string, DatasetCount>): Readonly<Record<string, { toegevoegd: number; verwijderd: number }>> {
  return Object.fromEntries([...counts].map(([dataset, { inserted, deleted }]) => [dataset, { toegevoegd: inserted, verwijderd: deleted }]));
}

function operations(outcome: WriteOutcome): object {
  return 'operations' in outcome && outcome.operations
    ? { bewerkingen: outcome.operations.map(({ matched, changed }) => ({ gevonden: matched, gewijzigd: changed })) }
    : {};
}

/** Datasets that a write made, each with the names it may be a slip of: nobody should make one without noticing. */
async function createdObject(deps: Deps, res: Response, created: readonly string[]): Promise<object> {
  const datasets = await deps.graph.datasets(visibility(res));
  return { nieuweDatasets: createdDatasets(created, datasets) };
}

/**
 * Answers a write: 200 with what changed (201 with `created`), 422 with the report when the shapes refuse it. The
 * entity tag is that of the new head, so that a client can chain writes with `If-Match`.
 */
export async function sendOutcome(deps: Deps, req: Request, res: Response, outcome: WriteOutcome, options: { readonly created?: string; /** Quads in the document that was sent. */ readonly read?: number } = {}): Promise<void> {
  if (outcome.outcome === 'rejected') {
    await sendProblem(deps, req, res, violated(outcome.report), outcome.report);
    return;
  }
  noStore(res);
  const remarks = (await readReport(deps, req, res, outcome.report)).map(readableResult);
  const made = 'created' in outcome && outcome.created ? await createdObject(deps, res, outcome.created) : {};
  const report = { ...(options.read === undefined ? {} : { gelezen: options.read }), rapport: remarks, aantallen: outcome.report.counts, ...(outcome.report.truncated ? { afgekapt: true } : {}) };
  switch (outcome.outcome) {
    case 'unchanged':
      res.setHeader('Regiograaf-Commit', String(outcome.head));
      res.setHeader('ETag', formatTag({ state: outcome.head, representation: 'head' }));
      sendJson(res, { uitkomst: 'ongewijzigd', versie: outcome.head, ...operations(outcome), ...report });
      return;
    case 'dry-run':
      sendJson(res, {
        uitkomst: 'proef',
        aanvaardbaar: outcome.wouldCommit,
        wijzigingen: countsObject(outcome.counts),
        ...made,
        ...operations(outcome),
        verschil: outcome.changes.map(({ op, line }) => `${op} ${line}`),
        ...(outcome.more ? { meer: true } : {}),
        ...report,
      });
      return;
    case 'committed': {
      const { number, hash, time } = outcome.commit;
      res.setHeader('Regiograaf-Commit', String(number));
      res.setHeader('ETag', formatTag({ state: number, representation: 'head' }));
      const place = address(deps, `/commits/${number}`);
      if (options.created === undefined) res.setHeader('Link', `<${place}>; rel="version-history"`);
      else res.status(201).setHeader('Location', options.created);
      sendJson(res, { uitkomst: 'gepubliceerd', versie: number, hash, tijd: time, pagina: place, wijzigingen: countsObject(outcome.counts), ...made, ...operations(outcome), ...report });
    }
  }
}
