import { Router, type Request, type Response } from 'express';
import { Fault } from '../../faults.js';
import type { EntityAnswer } from '../../graph/api.js';
import { catalogueGraph } from '../../graph/catalogue.js';
import { choicePage } from '../../pages/choicePage.js';
import { documentPath } from '../../pages/view.js';
import type { ReadingLanguage } from '../../rdf/jsonldReading.js';
import { CommitCache } from '../commitCache.js';
import { fields, info, visibility } from '../context.js';
import { address, atHome, namesOf, viewOf, type Deps } from '../deps.js';
import { isRdfOffer, negotiateForm, type Offer } from '../formats.js';
import { prefersHtml } from '../accept.js';
import { gaveMemento, mementoLinks, varyOnTime } from '../history/memento.js';
import { depsThen, thenMark, withMoment } from '../history/then.js';
import { route } from '../route.js';
import { answeredUnchanged, noStore, sendText, vary } from '../send.js';
import { keepWarm } from '../warmAnswers.js';
import { entityDocument } from './document.js';
import { askedByPath, askedByQuery, askedCode, entityOffers, type Asked } from './find.js';
import { entityHtml } from './page.js';
import { deleteEntity, putEntity } from './write.js';

/** Characters of documents kept. */
const cacheSize = 32_000_000;

function notFound(iri: string): Fault {
  return new Fault('not-found', { nl: 'Hierover hebben wij geen gegevens.', en: 'There are no data about this.' }, { extra: { iri } });
}

async function find(deps: Deps, res: Response, asked: Asked): Promise<EntityAnswer> {
  for (const iri of asked.iris) {
    const answer = await deps.graph.entity(iri, visibility(res));
    if (!answer) continue;
    if (!('gone' in answer)) return answer;
    res.setHeader('Link', `<${address(deps, `/commits/${answer.gone}`)}>; rel="version-history"`);
    throw new Fault(
      'gone',
      { nl: `Deze gegevens zijn verwijderd in versie ${answer.gone}.`, en: `These data were deleted in version ${answer.gone}.` },
      { extra: { iri } },
    );
  }
  throw notFound(asked.iris[0] ?? '');
}

/** An IRI as a header may hold it: ASCII only (RFC 3987 §3.1). */
function headerIri(iri: string): string {
  return iri.replace(/[^\u0021-\u007e]/gu, (character) => encodeURIComponent(character));
}

/** Addresses of the other forms of a document. */
function alternates(deps: Deps, iri: string): readonly { readonly offer: Offer; readonly href: string }[] {
  const path = documentPath(deps.graph.base, iri);
  const at = deps.past?.graph.sight.at.number;
  const href = (suffix: string): string => withMoment(address(deps, path.includes('?') ? `${path}&formaat=${suffix}` : `${path}.${suffix}`), at);
  return entityOffers.filter(({ name }) => name !== 'json').map((offer) => ({ offer, href: href(offer.suffix) }));
}

/** A document ready to send. */
interface Ready {
  readonly iri: string;
  readonly offer: Offer;
  /** Number of the last commit that changed what it shows. */
  readonly state: number;
  readonly commit: number;
  readonly links: readonly string[];
  readonly body: string;
}

/** What the query string asks of a document, apart from its form. */
interface Shape {
  readonly withProposals: boolean;
  readonly reading: ReadingLanguage;
}

/** `?bronstatus=alle`, `?taal=`; absent ones give the document that says everything that is adopted. */
function shapeOf(req: Request, offer: Offer): Shape {
  const query = fields(req);
  const language = query.one('taal');
  const json = isRdfOffer(offer) && offer.format.id === 'jsonld';
  return { withProposals: query.one('bronstatus') === 'alle', reading: json && (language === 'nl' || language === 'en') ? language : '*' };
}

/** The form in entity tags: what changes the bytes is part of it. */
function tagged(offer: Offer, { withProposals, reading }: Shape): Offer {
  return { ...offer, name: `${offer.name}${withProposals ? '.alle' : ''}${reading === '*' ? '' : `.${reading}`}` };
}

type DocumentCache = CommitCache<Ready>;

async function makeDocument(deps: Deps, res: Response, asked: Asked, offer: Offer, { withProposals, reading }: Shape): Promise<Ready> {
  const { base } = deps.graph;
  const [answer, datasets] = await Promise.all([find(deps, res, asked), deps.graph.datasets(visibility(res))]);
  const others = alternates(deps, answer.iri);
  const links = [`<${headerIri(answer.iri)}>; rel="describes"`, ...others.map((other) => `<${other.href}>; rel="alternate"; type="${other.offer.mediaType}"`)];
  const shared = { iri: answer.iri, offer, commit: answer.commit, links };
  /* A page also shows names and sources of other things, so its state is the whole graph's. */
  if (!isRdfOffer(offer)) return { ...shared, state: answer.commit, body: await entityHtml(deps, res, answer, datasets, { withProposals, others: others.filter((other) => other.offer !== offer) }) };
  /* The status of a dataset decides what is merged; it stands in the catalogue. */
  const catalogue = datasets.find(({ iri }) => iri === catalogueGraph(base))?.changed ?? 0;
  const body = await entityDocument(answer, datasets, offer, { base, withProposals, reading, vocabulary: deps.vocabulary, documents: deps.documents });
  return { ...shared, state: Math.max(answer.changed, catalogue), body };
}

async function getDocument(today: Deps, cache: DocumentCache, req: Request, res: Response, asked: Asked): Promise<void> {
  varyOnTime(res);
  if (await gaveMemento(today, req, res, asked.iris)) return;
  const deps = (await depsThen(today, req, res)) ?? today;
  const offer = asked.offer ?? negotiateForm(req.get('accept'), entityOffers);
  const shape = shapeOf(req, offer);
  const { credentialed, language, prefix } = info(res);
  const key = credentialed ? undefined : JSON.stringify([asked.iris, offer.name, offer.name === 'html' && [language, prefix, atHome(deps, res)], shape, thenMark(res)]);
  const kept = key === undefined ? undefined : cache.get(key, (await deps.graph.status()).commit);
  const ready = kept ?? (await makeDocument(deps, res, asked, offer, shape));
  if (key !== undefined && !kept) cache.set(key, ready.commit, ready);
  res.setHeader('Link', [...ready.links, ...(await mementoLinks(deps, req, res, ready.iri))]);
  res.setHeader('Regiograaf-Commit', String(ready.commit));
  keepWarm(res);
  if (answeredUnchanged(req, res, tagged(offer, shape), ready.state)) return;
  sendText(res, offer.contentType, ready.body);
}

async function getByQuery(deps: Deps, cache: DocumentCache, req: Request, res: Response): Promise<void> {
  const code = askedCode(req);
  if (code) {
    const iris = await deps.graph.identified(code.scheme, code.notation, visibility(res));
    const [only] = iris;
    if (only === undefined) {
      throw new Fault('not-found', {
        nl: `Wij vinden niets met ${code.scheme.toUpperCase()}-nummer ${code.notation}.`,
        en: `Nothing found with ${code.scheme.toUpperCase()} number ${code.notation}.`,
      });
    }
    vary(res);
    if (iris.length === 1) {
      res.status(303).setHeader('Location', address(deps, withMoment(info(res).prefix + documentPath(deps.graph.base, only), fields(req).one('at'))));
      res.end();
      return;
    }
    res.status(300).setHeader('Link', iris.map((iri) => `<${address(deps, documentPath(deps.graph.base, iri))}>; rel="alternate"`));
    noStore(res);
    if (prefersHtml(req.get('accept'))) sendText(res, 'text/html; charset=utf-8', choicePage(viewOf(deps, res), iris, await namesOf(deps, res, iris)));
    else sendText(res, 'application/json', JSON.stringify({ iris }));
    return;
  }
  await getDocument(deps, cache, req, res, byQuery(deps, req));
}

function byQuery({ graph }: Deps, req: Request): Asked {
  const asked = askedByQuery(graph.base, req);
  if (asked) return asked;
  throw new Fault('bad-request', {
    nl: 'Zeg welk ding u zoekt: ?iri= met zijn webadres, ?kbo= met tien cijfers, ?ovo= of ?nis=. Bijvoorbeeld /doc?nis=44021.',
    en: 'Say which thing you look for: ?iri= with its IRI, ?kbo= with ten digits, ?ovo= or ?nis=. For instance /doc?nis=44021.',
  });
}

/** Things (`/id/…`, 303 to their document), documents (`/doc/…`) and documents by IRI or code (`/doc?…`). */
export function resourceRouter(deps: Deps): Router {
  const router = Router();
  const { base } = deps.graph;
  const cache: DocumentCache = new CommitCache(cacheSize, ({ body }) => body.length);
  const byPath = (req: Request, res: Response): Asked => {
    const path = info(res).path.replace(/^\/(?:id|doc)\//, '');
    return askedByPath(base, path, req.path.startsWith('/doc/'));
  };
  route(router, '/id/*path', {
    get: (req, res) => {
      const query = req.url.includes('?') ? req.url.slice(req.url.indexOf('?')) : '';
      vary(res);
      res.setHeader('Cache-Control', 'public, max-age=3600');
      res.status(303).setHeader('Location', address(deps, `${info(res).prefix}/doc/${req.path.slice('/id/'.length)}${query}`));
      res.end();
    },
    put: (req, res) => putEntity(deps, req, res, byPath(req, res)),
    delete: (req, res) => deleteEntity(deps, req, res, byPath(req, res)),
  });
  // Parts without an address of their own are named so in streams, downloads and SPARQL (RDF 1.1 Concepts §3.5).
  route(router, '/.well-known/genid/*id', {
    get: (req, res) => {
      vary(res);
      res.setHeader('Cache-Control', 'public, max-age=3600');
      res.status(303).setHeader('Location', address(deps, `${info(res).prefix}/doc?iri=${encodeURIComponent(base + req.path.slice(1))}`));
      res.end();
    },
  });
  route(router, '/doc', {
    get: (req, res) => getByQuery(deps, cache, req, res),
    put: (req, res) => putEntity(deps, req, res, byQuery(deps, req)),
    delete: (req, res) => deleteEntity(deps, req, res, byQuery(deps, req)),
  });
  route(router, '/doc/*path', {
    get: (req, res) => getDocument(deps, cache, req, res, byPath(req, res)),
    put: (req, res) => putEntity(deps, req, res, byPath(req, res)),
    delete: (req, res) => deleteEntity(deps, req, res, byPath(req, res)),
  });
  return router;
}
