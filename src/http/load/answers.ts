import type { Request, Response } from 'express';
import { slipsOf } from '../../datasets/meantDataset.js';
import type { Principal } from '../../graph/principal.js';
import type { DatasetInfo, WriteOutcome } from '../../graph/api.js';
import { catalogueGraph, derivedDataset } from '../../graph/catalogue.js';
import { changedTerms, changeViews } from '../../pages/changeTable.js';
import { byTitle, inLanguage } from '../../pages/labels.js';
import { busyPage, draftPage } from '../../pages/loadPages.js';
import type { Proposal } from '../../pages/proposal.js';
import type { View } from '../../pages/view.js';
import { reportTerms, resultViews } from '../../pages/reportView.js';
import { bodyText } from '../body.js';
import { info } from '../context.js';
import { namesFor, viewOf, type Deps } from '../deps.js';
import { parseForm, type Fields } from '../form.js';
import { noStore, sendText } from '../send.js';
import type { Task } from './draftWork.js';
import type { Draft, Session } from './sessions.js';

/** Somebody who is signed in, with the rights of this moment. */
export interface Visitor {
  readonly session: Session;
  readonly principal: Principal;
}

const shownChanges = 300;

/** A dataset that has no description yet goes by the last part of its IRI. */
export function lastPart(iri: string): string {
  return iri.slice(iri.lastIndexOf('/') + 1);
}

export function sendPage(res: Response, page: string, status = 200): void {
  noStore(res);
  res.status(status);
  sendText(res, 'text/html; charset=utf-8', page);
}

export function redirect(deps: Deps, res: Response, path: string): void {
  noStore(res);
  res.status(303).setHeader('Location', viewOf(deps, res).href(path));
  res.end();
}

export async function readForm(req: Request): Promise<Fields> {
  return parseForm(await bodyText(req, 100_000));
}

/** Datasets a principal may write, by title. */
export async function writable(deps: Deps, res: Response, principal: Principal): Promise<readonly DatasetInfo[]> {
  const all = await deps.graph.datasets(principal.visibility);
  const { language } = info(res);
  /* The catalogue is written through /datasets, what is derived by the rules. */
  const ours = new Set([catalogueGraph(deps.graph.base), derivedDataset(deps.graph.base)]);
  return byTitle(all.filter(({ iri }) => !ours.has(iri) && (principal.write === '*' || principal.write.includes(iri))), language);
}

/** Writes a draft, or only tries to. */
export function writeDraft(deps: Deps, draft: Draft, principal: Principal, options: { readonly dryRun: boolean; readonly message: string }): Promise<WriteOutcome> {
  return deps.graph.write(
    {
      action: { kind: 'load', dataset: draft.dataset, mode: draft.mode, document: draft.document },
      source: 'load',
      note: { message: options.message, origin: draft.fileName },
      ...(options.dryRun ? { dryRun: true, showChanges: shownChanges } : { ifDataset: { iri: draft.dataset, commit: draft.seen } }),
    },
    principal,
  );
}

/** What a person may do with a write that was tried. */
function verdict(outcome: WriteOutcome): 'publishable' | 'blocked' | 'unchanged' {
  if (outcome.outcome === 'unchanged' || ('counts' in outcome && outcome.outcome !== 'rejected' && outcome.counts.size === 0)) return 'unchanged';
  return outcome.outcome === 'rejected' || (outcome.outcome === 'dry-run' && !outcome.wouldCommit) ? 'blocked' : 'publishable';
}

/** What was tried, in the words of the visitor. */
export async function proposalOf(deps: Deps, view: View, principal: Principal, outcome: WriteOutcome): Promise<Proposal> {
  const changes = outcome.outcome === 'dry-run' ? outcome.changes : [];
  const names = await namesFor(deps, [...changedTerms(changes), ...reportTerms(outcome.report)], principal.visibility, view.language);
  return {
    counts: 'counts' in outcome ? outcome.counts : new Map(),
    report: outcome.report,
    results: resultViews(outcome.report, names, view.t('noMessage')),
    changes: changeViews(changes, names, deps.graph.base, view.t('part')),
    moreChanges: outcome.outcome === 'dry-run' && outcome.more,
    verdict: verdict(outcome),
  };
}

/** Says that work on a draft goes on, and comes back by itself. */
export function showBusy(deps: Deps, res: Response, draft: Draft, { task, begun }: { readonly task: Task; readonly begun: number }): void {
  res.setHeader('Refresh', '2');
  sendPage(res, busyPage(viewOf(deps, res), { id: draft.id, fileName: draft.fileName, quads: draft.document.quads, task, seconds: Math.round((Date.now() - begun) / 1000) }));
}

/** Sends the page of a draft: the change and the report, in words. */
export async function showDraft(deps: Deps, res: Response, { session, principal }: Visitor, draft: Draft, outcome: WriteOutcome, { status = 200, stale = false } = {}): Promise<void> {
  const view = viewOf(deps, res);
  const datasets = await deps.graph.datasets(principal.visibility);
  const dataset = datasets.find(({ iri }) => iri === draft.dataset);
  const page = draftPage(view, {
    secret: session.secret,
    id: draft.id,
    fileName: draft.fileName,
    dataset,
    datasetName: dataset ? inLanguage(dataset.title, view.language) || dataset.slug : lastPart(draft.dataset),
    near: slipsOf(draft.dataset, datasets),
    mode: draft.mode,
    read: draft.document.quads,
    stale,
    ...(await proposalOf(deps, view, principal, outcome)),
  });
  sendPage(res, page, status);
}
