import { Router, type Request, type Response } from 'express';
import type { Principal } from '../../access/principal.js';
import { Fault } from '../../faults.js';
import type { DatasetInfo, WriteOutcome } from '../../graph/api.js';
import { catalogueGraph } from '../../graph/catalogue.js';
import { changedTerms, changeViews } from '../../pages/changeTable.js';
import { html } from '../../pages/html.js';
import { byTitle, inLanguage } from '../../pages/labels.js';
import { draftPage, loadPage, publishedPage, signInPage } from '../../pages/loadPages.js';
import { placeText } from '../../pages/problemPages.js';
import { resultViews, reportTerms } from '../../pages/reportView.js';
import { bodyText } from '../body.js';
import { namesFor, viewOf, type Deps } from '../deps.js';
import { info } from '../context.js';
import { parseForm, type Fields } from '../form.js';
import { route } from '../route.js';
import { noStore, sendText } from '../send.js';
import { discard } from '../writing.js';
import { checkSecret, LoadAccess } from './access.js';
import { Sessions, type Draft, type Session } from './sessions.js';
import { receiveUpload } from './upload.js';

interface Visitor {
  readonly session: Session;
  readonly principal: Principal;
}

const shownChanges = 300;

function sendPage(res: Response, page: string, status = 200): void {
  noStore(res);
  res.status(status);
  sendText(res, 'text/html; charset=utf-8', page);
}

function redirect(deps: Deps, res: Response, path: string): void {
  noStore(res);
  res.status(303).setHeader('Location', viewOf(deps, res).href(path));
  res.end();
}

async function readForm(req: Request): Promise<Fields> {
  return parseForm(await bodyText(req, 100_000));
}

/** Datasets a principal may write, by title. */
async function writable(deps: Deps, res: Response, principal: Principal): Promise<readonly DatasetInfo[]> {
  const all = await deps.graph.datasets(principal.visibility);
  const { language } = info(res);
  const catalogue = catalogueGraph(deps.graph.base);
  return byTitle(all.filter(({ iri }) => iri !== catalogue && (principal.write === '*' || principal.write.includes(iri))), language);
}

/** `/laden`: sign in, choose a file, read what it would do, publish. Plain forms; nothing needs JavaScript. */
export function loadRouter(deps: Deps): Router {
  const router = Router();
  const drop = (draft: Draft): void => {
    discard(draft.document).catch((error: unknown) => deps.log.warn({ err: error }, 'draft not removed'));
  };
  const access = new LoadAccess(deps, new Sessions(drop));

  const showForm = async (res: Response, { session, principal }: Visitor, state: { readonly error?: Fault; readonly chosen?: string; readonly mode?: 'add' | 'replace' } = {}): Promise<void> => {
    const view = viewOf(deps, res);
    const datasets = await writable(deps, res, principal);
    const { error, ...rest } = state;
    const message = error ? html`<p>${error.data.detail[view.language]}</p>${placeText(view, error.data)}` : datasets.length === 0 ? html`<p>${view.t('nothingToWrite')}</p>` : undefined;
    const page = loadPage(view, { secret: session.secret, datasets, maxBytes: deps.config.maxUploadBytes, ...rest, ...(message ? { error: message } : {}) });
    sendPage(res, page, error?.status ?? 200);
  };

  const showSignIn = (req: Request, res: Response, error?: string): void => {
    const view = viewOf(deps, res);
    sendPage(res, signInPage(view, { secret: access.visitSecret(req, res), ...(error === undefined ? {} : { error }) }), error === undefined ? 200 : 401);
  };

  /** Runs `work` for somebody who is signed in; everybody else is sent to the sign-in form. */
  const signedIn = (work: (req: Request, res: Response, visitor: Visitor) => Promise<void>) => async (req: Request, res: Response): Promise<void> => {
    const visitor = await access.current(req, res);
    if (visitor) await work(req, res, visitor);
    else redirect(deps, res, '/laden');
  };

  const write = (draft: Draft, principal: Principal, options: { readonly dryRun: boolean; readonly message: string }): Promise<WriteOutcome> =>
    deps.graph.write(
      {
        action: { kind: 'load', dataset: draft.dataset, mode: draft.mode, document: draft.document },
        source: 'load',
        note: { message: options.message, origin: draft.fileName },
        ...(options.dryRun ? { dryRun: true, showChanges: shownChanges } : {}),
      },
      principal,
    );

  const showDraft = async (res: Response, { session, principal }: Visitor, draft: Draft, outcome: WriteOutcome, status = 200): Promise<void> => {
    const view = viewOf(deps, res);
    const changes = outcome.outcome === 'dry-run' ? outcome.changes : [];
    const dataset = (await deps.graph.datasets(principal.visibility)).find(({ iri }) => iri === draft.dataset);
    const names = await namesFor(deps, [...changedTerms(changes), ...reportTerms(outcome.report)], principal.visibility, view.language);
    const blocked = outcome.outcome === 'rejected' || (outcome.outcome === 'dry-run' && !outcome.wouldCommit && outcome.counts.size > 0);
    const unchanged = outcome.outcome === 'unchanged' || (outcome.outcome === 'dry-run' && outcome.counts.size === 0);
    sendPage(
      res,
      draftPage(view, {
        secret: session.secret,
        id: draft.id,
        fileName: draft.fileName,
        dataset,
        datasetName: dataset ? inLanguage(dataset.title, view.language) || dataset.slug : draft.dataset,
        mode: draft.mode,
        counts: 'counts' in outcome ? outcome.counts : new Map(),
        report: outcome.report,
        results: resultViews(outcome.report, names, view.t('noMessage')),
        changes: changeViews(changes, names, deps.graph.base, view.t('part')),
        moreChanges: outcome.outcome === 'dry-run' && outcome.more,
        verdict: blocked ? 'blocked' : unchanged ? 'unchanged' : 'publishable',
      }),
      status,
    );
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
        showSignIn(req, res, viewOf(deps, res).t('tokenWrong'));
        return;
      }
      access.signIn(res, token);
      redirect(deps, res, '/laden');
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
      const upload = await receiveUpload(deps, req, session);
      if ('error' in upload) {
        await showForm(res, visitor, upload);
        return;
      }
      const draft = access.sessions.keep(session, upload);
      try {
        await showDraft(res, visitor, draft, await write(draft, principal, { dryRun: true, message: draft.fileName }));
      } catch (error) {
        access.sessions.discard(session, draft.id);
        if (!(error instanceof Fault)) throw error;
        await showForm(res, visitor, { error, chosen: draft.dataset, mode: draft.mode });
      }
    }),
  });
  route(router, '/laden/ontwerp/:id', {
    get: signedIn(async (req, res, visitor) => {
      const draft = draftOf(req, res, visitor.session);
      await showDraft(res, visitor, draft, await write(draft, visitor.principal, { dryRun: true, message: draft.fileName }));
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
      const outcome = await write(draft, principal, { dryRun: false, message });
      if (outcome.outcome === 'rejected') {
        await showDraft(res, visitor, draft, outcome, 422);
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
  return router;
}
