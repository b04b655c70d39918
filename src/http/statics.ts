import { readFile } from 'node:fs/promises';
import { Router, type Response } from 'express';
import { Fault, faultKinds, type FaultCode } from '../faults.js';
import { problemKindPage, problemKindsPage } from '../pages/problemPages.js';
import { prosePage } from '../pages/prosePage.js';
import { prose, type ProseName } from '../pages/prose.js';
import { icon, iconPath, style, stylePath } from '../pages/style.js';
import { inLanguage } from '../pages/labels.js';
import { vocabularyPage, type TermView } from '../pages/vocabularyPage.js';
import { ownNamespace } from '../graph/catalogue.js';
import { rdfs, skos } from '../rdf/prefixes.js';
import { resource } from '../resources.js';
import { info } from './context.js';
import { viewOf, type Deps } from './deps.js';
import { graphOffers, htmlOffer, isRdfOffer, negotiate, type Offer } from './formats.js';
import { route } from './route.js';
import { answeredUnchanged, sendText } from './send.js';

const forever = 'public, max-age=31536000, immutable';
const html = 'text/html; charset=utf-8';

function sendAsset(res: Response, type: string, body: string): void {
  res.setHeader('Content-Type', type);
  res.setHeader('Cache-Control', forever);
  res.end(body);
}

/** The terms of our vocabulary with their label and definition in a language. */
async function vocabularyTerms(deps: Deps, res: Response): Promise<readonly TermView[]> {
  const labels = await deps.vocabulary.labels();
  const { language } = info(res);
  const comments = new Map<string, Record<string, string>>();
  for (const { subject, predicate, object } of await deps.vocabulary.quads()) {
    if (object.termType !== 'Literal' || (predicate.value !== rdfs('comment') && predicate.value !== skos('definition'))) continue;
    comments.set(subject.value, { ...comments.get(subject.value), [object.language]: object.value });
  }
  return [...labels]
    .filter(([iri]) => iri.startsWith(ownNamespace) && iri !== ownNamespace)
    .map(([iri, label]) => ({ iri, name: iri.slice(ownNamespace.length), label: inLanguage(label, language), comment: inLanguage(comments.get(iri) ?? {}, language) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, language));
}

async function context(name: string): Promise<string> {
  try {
    return await readFile(resource('vocab', 'contexts', `${name}.jsonld`), 'utf8');
  } catch (cause) {
    throw new Fault('not-found', { nl: `De context "${name}" bestaat niet.`, en: `There is no context "${name}".` }, { cause });
  }
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
      if (text === '') throw new Fault('not-found', { nl: `De context "${name}" bestaat niet.`, en: `There is no context "${name}".` });
      res.setHeader('Cache-Control', 'public, max-age=3600');
      sendText(res, 'application/ld+json', text);
    },
  });
  route(router, ['/ns', '/ns.ttl'], {
    get: async (req, res) => {
      const offers: readonly Offer[] = req.path.endsWith('.ttl') ? graphOffers.slice(0, 1) : [...graphOffers, htmlOffer];
      const offer = negotiate(req.path.endsWith('.ttl') ? undefined : req.get('accept'), offers);
      if (answeredUnchanged(req, res, offer, 0)) return;
      if (!isRdfOffer(offer)) sendText(res, html, vocabularyPage(viewOf(deps, res), await vocabularyTerms(deps, res)));
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
