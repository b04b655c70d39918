import { Router, type Request, type Response } from 'express';
import { Fault } from '../../faults.js';
import type { DatasetInfo } from '../../graph/api.js';
import { html } from '../../pages/html.js';
import { loadPage, newDataset, publishedPage, signInPage } from '../../pages/loadPages.js';
import { placeText } from '../../pages/problemPages.js';
import { viewOf, type Deps } from '../deps.js';
import { route } from '../route.js';
import { discard } from '../writing.js';
import { checkSecret, LoadAccess } from './access.js';
import { lastPart, readForm, redirect, sendPage, showDraft, writable, writeDraft, type Visitor } from './answers.js';
import { Sessions, type Draft, type Session } from './sessions.js';
import { postUndoForm, showUndo, undoPath } from './undo.js';
import { receiveUpload } from './upload.js';

/** What the form held, for a draft that was refused: its dataset, or the name of the new one. */
function chosenAgain(dataset: string, known: readonly DatasetInfo[]): { readonly chosen: string; readonly newName?: string } {
  return known.some(({ iri }) => iri === dataset) ? { chosen: dataset } : { chosen: newDataset, newName: lastPart(dataset) };
}

/** `/laden`: sign in, choose a file, read what it would do, publish. Plain forms; nothing needs JavaScript. */
export function loadRouter(deps: Deps): Router {
  const router = Router();
  const drop = (draft: Draft): void => {
    discard(draft.document).catch((error: unknown) => deps.log.warn({ err: error }, 'draft not removed'));
  };
  const access = new LoadAccess(deps, new Sessions(drop));

  const showForm = async (res: Response, { session, principal }: Visitor, state: { readonly error?: Fault; readonly chosen?: string; readonly newName?: string; readonly mode?: 'add' | 'replace' } = {}): Promise<void> => {
    const view = viewOf(deps, res);
    const datasets = await writable(deps, res, principal);
    const { error, ...rest } = state;
    const message = error ? html`<p>${error.data.detail[view.language]}</p>${placeText(view, error.data)}` : datasets.length === 0 && !principal.createDatasets ? html`<p>${view.t('nothingToWrite')}</p>` : undefined;
    const page = loadPage(view, { secret: session.secret, datasets, mayCreate: principal.createDatasets, maxBytes: deps.config.maxUploadBytes, ...rest, ...(message ? { error: message } : {}) });
    sendPage(res, page, error?.status ?? 200);
  };

  const showSignIn = (req: Request, res: Response, { error, next }: { readonly error?: string; readonly next?: string | undefined } = {}): void => {
    const view = viewOf(deps, res);
    const page = signInPage(view, { secret: access.visitSecret(req, res), ...(error === undefined ? {} : { error }), ...(next === undefined ? {} : { next }) });
    sendPage(res, page, error === undefined ? 200 : 401);
  };

  /** Runs `work` for somebody who is signed in; everybody else is sent to the sign-in form. */
  const signedIn = (work: (req: Request, res: Response, visitor: Visitor) => Promise<void>) => async (req: Request, res: Response): Promise<void> => {
    const visitor = await access.current(req, res);
    if (visitor) await work(req, res, visitor);
    else redirect(deps, res, '/laden');
  };

  const draftOf = (req: Request, res: Response, session: Session): Draft => {
    const draft = session.drafts.get(String(req.params['id']));
    if (!draft) throw new Fault('not-found', { nl: viewOf(deps, res).t('draftGone'), en: 'This draft no longer exists. Load the file again.' });
    return draft;
  };

  route(router, '/laden', {
    get: async (req, res) => {
      const visitor = await access.current(req, res);
      if (visitor) await showForm(res, visitor);
      else showSignIn(req, res);
    },
  });
  route(router, '/laden/aanmelden', {
    post: async (req, res) => {
      const form = await readForm(req);
      access.checkVisit(req, form.one('geheim'));
      const token = form.one('token')?.trim() ?? '';
      const principal = token === '' ? undefined : await deps.verifyToken(token);
      if (!principal) {
        showSignIn(req, res, { error: viewOf(deps, res).t('tokenWrong'), next: undoPath(form.one('naar')) });
        return;
      }
      access.signIn(res, token);
      redirect(deps, res, undoPath(form.one('naar')) ?? '/laden');
    },
  });
  route(router, '/laden/afmelden', {
    post: signedIn(async (req, res, { session }) => {
      checkSecret(session, (await readForm(req)).one('geheim'));
      access.signOut(res, session);
      redirect(deps, res, '/laden');
    }),
  });
  route(router, '/laden/controleren', {
    post: signedIn(async (req, res, visitor) => {
      const { session, principal } = visitor;
      const upload = await receiveUpload(deps, req, visitor);
      if ('error' in upload) {
        await showForm(res, visitor, upload);
        return;
      }
      const draft = access.sessions.keep(session, upload);
      try {
        await showDraft(deps, res, visitor, draft, await writeDraft(deps, draft, principal, { dryRun: true, message: draft.fileName }));
      } catch (error) {
        access.sessions.discard(session, draft.id);
        if (!(error instanceof Fault)) throw error;
        await showForm(res, visitor, { error, ...chosenAgain(draft.dataset, await writable(deps, res, principal)), mode: draft.mode });
      }
    }),
  });
  route(router, '/laden/ontwerp/:id', {
    get: signedIn(async (req, res, visitor) => {
      const draft = draftOf(req, res, visitor.session);
      await showDraft(deps, res, visitor, draft, await writeDraft(deps, draft, visitor.principal, { dryRun: true, message: draft.fileName }));
    }),
  });
  route(router, '/laden/ontwerp/:id/publiceren', {
    post: signedIn(async (req, res, visitor) => {
      const { session, principal } = visitor;
      const form = await readForm(req);
      checkSecret(session, form.one('geheim'));
      const draft = draftOf(req, res, session);
      const view = viewOf(deps, res);
      const message = form.one('bericht')?.slice(0, 500) || view.t('messageDefault', { file: draft.fileName });
      const outcome = await writeDraft(deps, draft, principal, { dryRun: false, message });
      if (outcome.outcome === 'rejected') {
        await showDraft(deps, res, visitor, draft, outcome, 422);
        return;
      }
      access.sessions.discard(session, draft.id);
      const slug = (await deps.graph.datasets(principal.visibility)).find(({ iri }) => iri === draft.dataset)?.slug;
      const commit = outcome.outcome === 'committed' ? outcome.commit.number : 'head' in outcome ? outcome.head : 0;
      const counts = outcome.outcome === 'committed' ? outcome.counts : new Map<string, never>();
      sendPage(res, publishedPage(view, { commit, counts, ...(slug === undefined ? {} : { slug }) }));
    }),
  });
  route(router, '/laden/ontwerp/:id/weggooien', {
    post: signedIn(async (req, res, { session }) => {
      checkSecret(session, (await readForm(req)).one('geheim'));
      access.sessions.discard(session, String(req.params['id']));
      redirect(deps, res, '/laden');
    }),
  });
  route(router, '/laden/ongedaan/:number', {
    get: async (req, res) => {
      const visitor = await access.current(req, res);
      if (visitor) await showUndo(deps, req, res, visitor);
      else showSignIn(req, res, { next: undoPath(req.path) });
    },
    post: signedIn((req, res, visitor) => postUndoForm(deps, req, res, visitor)),
  });
  return router;
}
