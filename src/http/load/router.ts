import { Router, type Request, type Response } from 'express';
import { Fault } from '../../faults.js';
import type { DatasetInfo, WriteOutcome } from '../../graph/api.js';
import type { Principal } from '../../graph/principal.js';
import { html } from '../../pages/html.js';
import { loadPage, newDataset, publishedPage, signInPage } from '../../pages/loadPages.js';
import { placeText } from '../../pages/problemPages.js';
import { viewOf, type Deps } from '../deps.js';
import { route } from '../route.js';
import { discard } from '../writing.js';
import { checkSecret, LoadAccess } from './access.js';
import { lastPart, readForm, redirect, sendPage, showBusy, showDraft, writable, writeDraft, type Visitor } from './answers.js';
import { DraftWork } from './draftWork.js';
import { Sessions, type Draft, type Published, type Session } from './sessions.js';
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

  const work = new DraftWork();

  /** Begins to find out what a draft would change, of the dataset as it is now. */
  const check = async (draft: Draft, principal: Principal): Promise<void> => {
    const changed = (await deps.graph.datasets(principal.visibility)).find(({ iri }) => iri === draft.dataset)?.changed ?? 0;
    work.begin(draft, 'check', () => {
      draft.seen = changed;
      return writeDraft(deps, draft, principal, { dryRun: true, message: draft.fileName });
    });
  };

  /** Answers with what came of the work on a draft; a page that says it goes on when it takes long. */
  const answer = async (req: Request, res: Response, visitor: Visitor, draft: Draft, stale = false): Promise<void> => {
    const { session, principal } = visitor;
    const ended = await work.wait(draft);
    if ('begun' in ended) {
      if (req.method === 'POST') redirect(deps, res, `/laden/ontwerp/${draft.id}`);
      else showBusy(deps, res, draft, ended);
    } else if ('error' in ended) {
      const { error, task } = ended;
      if (task === 'publish' && error instanceof Fault && error.code === 'precondition-failed' && !stale) {
        await check(draft, principal);
        await answer(req, res, visitor, draft, true);
        return;
      }
      if (task === 'check') access.sessions.discard(session, draft.id);
      if (task === 'publish' || !(error instanceof Fault)) throw error;
      await showForm(res, visitor, { error, ...chosenAgain(draft.dataset, await writable(deps, res, principal)), mode: draft.mode });
    } else if (ended.task === 'check' || ended.outcome.outcome === 'rejected') {
      await showDraft(deps, res, visitor, draft, ended.outcome, { stale, status: stale ? 409 : ended.task === 'check' ? 200 : 422 });
    } else {
      const published = await publishedOf(draft, principal, ended.outcome);
      access.sessions.publish(session, draft.id, published);
      sendPage(res, publishedPage(viewOf(deps, res), published));
    }
  };

  const publishedOf = async (draft: Draft, principal: Principal, outcome: WriteOutcome): Promise<Published> => {
    const slug = (await deps.graph.datasets(principal.visibility)).find(({ iri }) => iri === draft.dataset)?.slug;
    const commit = outcome.outcome === 'committed' ? outcome.commit.number : 'head' in outcome ? outcome.head : 0;
    return { commit, counts: outcome.outcome === 'committed' ? outcome.counts : new Map<string, never>(), ...(slug === undefined ? {} : { slug }) };
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
      await check(draft, principal);
      await answer(req, res, visitor, draft);
    }),
  });
  route(router, '/laden/ontwerp/:id', {
    get: signedIn(async (req, res, visitor) => {
      const published = visitor.session.published.get(String(req.params['id']));
      if (published) {
        sendPage(res, publishedPage(viewOf(deps, res), published));
        return;
      }
      const draft = draftOf(req, res, visitor.session);
      await check(draft, visitor.principal);
      await answer(req, res, visitor, draft);
    }),
  });
  route(router, '/laden/ontwerp/:id/publiceren', {
    post: signedIn(async (req, res, visitor) => {
      const { session, principal } = visitor;
      const form = await readForm(req);
      checkSecret(session, form.one('geheim'));
      if (session.published.has(String(req.params['id']))) {
        redirect(deps, res, `/laden/ontwerp/${String(req.params['id'])}`);
        return;
      }
      const draft = draftOf(req, res, session);
      const message = form.one('bericht')?.slice(0, 500) || viewOf(deps, res).t('messageDefault', { file: draft.fileName });
      work.begin(draft, 'publish', () => writeDraft(deps, draft, principal, { dryRun: false, message }));
      await answer(req, res, visitor, draft);
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
