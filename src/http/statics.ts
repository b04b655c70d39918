import { readdir, readFile } from 'node:fs/promises';
import { Router, type Response } from 'express';
import { Fault, faultKinds, type FaultCode } from '../faults.js';
import { problemKindPage, problemKindsPage } from '../pages/problemPages.js';
import { prosePage } from '../pages/prosePage.js';
import { prose, type ProseName } from '../pages/prose.js';
import { icon, iconPath, style, stylePath } from '../pages/style.js';
import { vocabularyPage } from '../pages/vocabularyPage.js';
import { resource } from '../resources.js';
import { viewOf, type Deps } from './deps.js';
import { bySuffix, graphOffers, htmlOffer, isRdfOffer, negotiate, type Offer } from './formats.js';
import { route } from './route.js';
import { answeredUnchanged, sendText } from './send.js';
import { vocabularyTerms } from './vocabularyTerms.js';

const forever = 'public, max-age=31536000, immutable';
const html = 'text/html; charset=utf-8';

function sendAsset(res: Response, type: string, body: string): void {
  res.setHeader('Content-Type', type);
  res.setHeader('Cache-Control', forever);
  res.end(body);
}

async function context(name: string): Promise<string> {
  try {
    return await readFile(resource('vocab', 'contexts', `${name}.jsonld`), 'utf8');
  } catch (cause) {
    throw await unknownContext(name, cause);
  }
}

async function unknownContext(name: string, cause?: unknown): Promise<Fault> {
  const allowed = (await readdir(resource('vocab', 'contexts'))).filter((file) => file.endsWith('.jsonld')).map((file) => `/context/${file}`);
  return new Fault(
    'not-found',
    { nl: `De context "${name}" bestaat niet. Wel: ${allowed.join(', ')}.`, en: `There is no context "${name}". There are: ${allowed.join(', ')}.` },
    { cause, extra: { toegelaten: allowed } },
  );
}

/** What does not depend on the graph: assets, vocabulary, contexts, explanations. */
export function staticsRouter(deps: Deps): Router {
  const router = Router();
  route(router, stylePath, { get: (_req, res) => sendAsset(res, 'text/css; charset=utf-8', style) });
  route(router, [iconPath, '/favicon.ico'], { get: (_req, res) => sendAsset(res, 'image/svg+xml', icon) });
  route(router, '/context/:name.jsonld', {
    get: async (req, res) => {
      const name = String(req.params['name']);
      const text = /^[a-z0-9-]+$/i.test(name) ? await context(name) : '';
      if (text === '') throw await unknownContext(name);
      res.setHeader('Cache-Control', 'public, max-age=3600');
      sendText(res, 'application/ld+json', text);
    },
  });
  route(router, ['/ns', '/ns.ttl', '/ns.jsonld'], {
    get: async (req, res) => {
      const offers: readonly Offer[] = [...graphOffers, htmlOffer];
      const offer = bySuffix(req.path, offers).offer ?? negotiate(req.get('accept'), offers);
      if (answeredUnchanged(req, res, offer, 0)) return;
      const view = viewOf(deps, res);
      if (!isRdfOffer(offer)) sendText(res, html, vocabularyPage(view, await vocabularyTerms(deps.vocabulary, view.language)));
      else if (offer.format.id === 'turtle') sendText(res, offer.contentType, await deps.vocabulary.text());
      else sendText(res, offer.contentType, await deps.documents.write(await deps.vocabulary.quads(), { format: offer.format }));
    },
  });
  for (const name of Object.keys(prose) as ProseName[]) {
    route(router, `/${name}`, { get: (_req, res) => sendText(res, html, prosePage(viewOf(deps, res), name)) });
  }
  route(router, '/problemen', { get: (_req, res) => sendText(res, html, problemKindsPage(viewOf(deps, res))) });
  route(router, '/problemen/:code', {
    get: (req, res) => {
      const code = String(req.params['code']);
      if (!isCode(code)) throw new Fault('not-found', { nl: `De code "${code}" bestaat niet.`, en: `There is no code "${code}".` });
      sendText(res, html, problemKindPage(viewOf(deps, res), code));
    },
  });
  return router;
}

function isCode(text: string): text is FaultCode {
  return Object.hasOwn(faultKinds, text);
}
