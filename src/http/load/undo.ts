import type { Request, Response } from 'express';
import { Fault } from '../../faults.js';
import type { WriteOutcome } from '../../graph/api.js';
import { publishedPage } from '../../pages/loadPages.js';
import { undoPage } from '../../pages/undoPage.js';
import { viewOf, type Deps } from '../deps.js';
import { fields } from '../context.js';
import { flag } from '../writing.js';
import { checkSecret } from './access.js';
import { proposalOf, readForm, sendPage, type Visitor } from './answers.js';

const shownChanges = 300;

/** Where the sign-in form may lead back to. */
export function undoPath(text: string | undefined): string | undefined {
  return text !== undefined && /^\/laden\/ongedaan\/[1-9]\d{0,14}$/.test(text) ? text : undefined;
}

function commitOf(req: Request): number {
  const text = String(req.params['number']);
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Fault('not-found', { nl: `Versie ${text} bestaat niet.`, en: `There is no version ${text}.` });
  return Number(text);
}

/** `?force=1` leaves what later commits changed again. */
function undo(deps: Deps, req: Request, { principal }: Visitor, options: { readonly message?: string }): Promise<WriteOutcome> {
  const { message } = options;
  return deps.graph.write(
    { action: { kind: 'undo', commit: commitOf(req) }, source: 'undo', note: { message: message ?? '' }, ...(message === undefined ? { dryRun: true, showChanges: shownChanges } : {}), ...(forced(req) ? { force: true } : {}) },
    principal,
  );
}

function forced(req: Request): boolean {
  return flag(fields(req), 'force');
}

/** What taking back a commit would change, and the button to do it. */
export async function showUndo(deps: Deps, req: Request, res: Response, visitor: Visitor): Promise<void> {
  await sendUndo(deps, req, res, visitor, await undo(deps, req, visitor, {}));
}

async function sendUndo(deps: Deps, req: Request, res: Response, { session, principal }: Visitor, outcome: WriteOutcome, status = 200): Promise<void> {
  const view = viewOf(deps, res);
  const page = undoPage(view, {
    secret: session.secret,
    commit: commitOf(req),
    force: forced(req),
    ...(await proposalOf(deps, view, principal, outcome)),
  });
  sendPage(res, page, status);
}

/** Takes back a commit, for somebody who read what that changes. */
export async function postUndoForm(deps: Deps, req: Request, res: Response, visitor: Visitor): Promise<void> {
  const commit = commitOf(req);
  const form = await readForm(req);
  checkSecret(visitor.session, form.one('geheim'));
  const view = viewOf(deps, res);
  const message = form.one('bericht')?.slice(0, 500) || view.t('undoMessage', { n: String(commit) });
  const outcome = await undo(deps, req, visitor, { message });
  if (outcome.outcome === 'committed') sendPage(res, publishedPage(view, { commit: outcome.commit.number, counts: outcome.counts }));
  else await sendUndo(deps, req, res, visitor, outcome, outcome.outcome === 'rejected' ? 422 : 200);
}
