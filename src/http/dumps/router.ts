import { Router, type Request, type Response } from 'express';
import { Fault } from '../../faults.js';
import { dumpsPage, noDumpsPage } from '../../pages/dumpPage.js';
import type { FoundDumps } from '../../publication/dump/manifest.js';
import { visibility } from '../context.js';
import { viewOf, type Deps } from '../deps.js';
import { untilClean } from '../delta/streamAccess.js';
import { documentOffers, htmlOffer, isRdfOffer, negotiate, type Offer } from '../formats.js';
import { route } from '../route.js';
import { noStore, sendJson, sendText } from '../send.js';
import { sendFile } from '../sendFile.js';
import { dumpIndex } from './index.js';

const offers: readonly Offer[] = [...documentOffers.slice(0, 2), htmlOffer];

async function currentDumps({ dumps }: Deps): Promise<FoundDumps> {
  if (dumps.isOff) throw new Fault('not-found', { nl: 'Deze dienst maakt geen volledige downloads (DUMPS=off). Gebruik /datasets/{naam}/inhoud.', en: 'This service makes no full downloads (DUMPS=off). Use /datasets/{name}/inhoud.' });
  await untilClean(dumps);
  if (dumps.current) return dumps.current;
  throw new Fault('busy', { nl: 'De downloads worden nog gemaakt. Probeer het over enkele seconden opnieuw.', en: 'The downloads are still being made. Try again in a few seconds.' }, { retryAfter: 3 });
}

async function sendIndex(deps: Deps, req: Request, res: Response): Promise<void> {
  const offer = negotiate(req.get('accept'), offers);
  // A person who comes too early reads so; a program is told when to come again.
  if (offer === htmlOffer && !deps.dumps.current) {
    noStore(res);
    return sendText(res, offer.contentType, noDumpsPage(viewOf(deps, res)));
  }
  const found = await currentDumps(deps);
  noStore(res);
  res.setHeader('Regiograaf-Commit', String(found.manifest.commit));
  if (isRdfOffer(offer)) return sendJson(res, dumpIndex(deps, found), offer.contentType);
  const datasets = await deps.graph.datasets(visibility(res));
  sendText(res, offer.contentType, dumpsPage(viewOf(deps, res), found.manifest, new Map(datasets.map(({ iri, title }) => [iri, title]))));
}

async function sendDump(deps: Deps, req: Request, res: Response, path: string): Promise<void> {
  await currentDumps(deps);
  const found = deps.dumps.file(path);
  if (!found) throw new Fault('not-found', { nl: `Er is geen download ${path}. Op /dumps staat wat er is.`, en: `There is no download ${path}. What there is stands at /dumps.` });
  const { file, onDisk, commit } = found;
  res.setHeader('Regiograaf-Commit', String(commit));
  res.setHeader('Link', `<${deps.graph.base}dumps>; rel="index"`);
  const textual = file.mediaType.startsWith('text/') ? '; charset=utf-8' : '';
  await sendFile(req, res, {
    path: onDisk,
    contentType: file.compressed ? 'application/gzip' : file.mediaType + textual,
    sha256: file.sha256,
    name: path.replace(/^.*\//, '').replace(/[^\w.-]/g, '_'),
    isPrivate: false,
  });
}

/** `/dumps`: everything, and each public dataset with a licence, as files. */
export function dumpsRouter(deps: Deps): Router {
  const router = Router();
  route(router, '/dumps', { get: (req, res) => sendIndex(deps, req, res) });
  route(router, '/dumps/dataset/:file', { get: (req, res) => sendDump(deps, req, res, `dataset/${encodedAgain(String(req.params['file']))}`) });
  route(router, '/dumps/:file', { get: (req, res) => sendDump(deps, req, res, String(req.params['file'])) });
  return router;
}

/** The name of a dataset with an IRI of another host is that IRI, encoded: the path has it decoded once. */
function encodedAgain(name: string): string {
  return /^[\w.~-]+$/.test(name) ? name : name.replace(/^(.*?)((?:\.(?:nq|ttl|trig))(?:\.gz)?)$/, (_whole, slug: string, ending: string) => encodeURIComponent(slug) + ending);
}
