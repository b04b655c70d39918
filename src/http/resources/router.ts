import { Router, type Request, type Response } from 'express';
import { Fault } from '../../faults.js';
import type { EntityAnswer } from '../../graph/api.js';
import { choicePage } from '../../pages/choicePage.js';
import { documentPath } from '../../pages/view.js';
import { fields, info, visibility } from '../context.js';
import { address, namesOf, viewOf, type Deps } from '../deps.js';
import { isRdfOffer, negotiate, type Offer } from '../formats.js';
import { prefersHtml } from '../accept.js';
import { route } from '../route.js';
import { answeredUnchanged, noStore, sendText, vary } from '../send.js';
import { entityDocument } from './document.js';
import { askedByPath, askedByQuery, askedCode, entityOffers, type Asked } from './find.js';
import { sendEntityPage } from './page.js';
import { deleteEntity, putEntity } from './write.js';

function notFound(iri: string): Fault {
  return new Fault('not-found', {
    nl: `Wij hebben geen gegevens over ${iri}.`,
    en: `There are no data about ${iri}.`,
  });
}

async function find(deps: Deps, res: Response, asked: Asked): Promise<EntityAnswer> {
  for (const iri of asked.iris) {
    const answer = await deps.graph.entity(iri, visibility(res));
    if (!answer) continue;
    if (!('gone' in answer)) return answer;
    res.setHeader('Link', `<${address(deps, `/commits/${answer.gone}`)}>; rel="version-history"`);
    throw new Fault('gone', {
      nl: `De gegevens over ${iri} zijn verwijderd in versie ${answer.gone}.`,
      en: `The data about ${iri} were deleted in version ${answer.gone}.`,
    });
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
  const href = (suffix: string): string => address(deps, path.includes('?') ? `${path}&formaat=${suffix}` : `${path}.${suffix}`);
  return entityOffers.filter(({ name }) => name !== 'json').map((offer) => ({ offer, href: href(offer.suffix) }));
}

async function getDocument(deps: Deps, req: Request, res: Response, asked: Asked): Promise<void> {
  const offer = asked.offer ?? negotiate(req.get('accept'), entityOffers);
  const answer = await find(deps, res, asked);
  const others = alternates(deps, answer.iri);
  res.setHeader('Link', [
    `<${headerIri(answer.iri)}>; rel="describes"`,
    ...others.map((other) => `<${other.href}>; rel="alternate"; type="${other.offer.mediaType}"`),
  ]);
  res.setHeader('Regiograaf-Commit', String(answer.commit));
  const proposals = fields(req).one('bronstatus') === 'alle';
  /* A page also shows names and sources of other things, so its state is the whole graph's. */
  const tagged = proposals ? { ...offer, name: `${offer.name}.alle` } : offer;
  if (answeredUnchanged(req, res, tagged, isRdfOffer(offer) ? answer.changed : answer.commit)) return;
  if (!isRdfOffer(offer)) {
    await sendEntityPage(deps, res, answer, others.filter((other) => other.offer !== offer));
    return;
  }
  const datasets = await deps.graph.datasets(visibility(res));
  sendText(res, offer.contentType, await entityDocument(answer, datasets, offer, { base: deps.graph.base, withProposals: proposals, vocabulary: deps.vocabulary }));
}

async function getByQuery(deps: Deps, req: Request, res: Response): Promise<void> {
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
      res.status(303).setHeader('Location', address(deps, info(res).prefix + documentPath(deps.graph.base, only)));
      res.end();
      return;
    }
    res.status(300).setHeader('Link', iris.map((iri) => `<${address(deps, documentPath(deps.graph.base, iri))}>; rel="alternate"`));
    noStore(res);
    if (prefersHtml(req.get('accept'))) sendText(res, 'text/html; charset=utf-8', choicePage(viewOf(deps, res), iris, await namesOf(deps, res, iris)));
    else sendText(res, 'application/json', JSON.stringify({ iris }));
    return;
  }
  await getDocument(deps, req, res, byQuery(req));
}

function byQuery(req: Request): Asked {
  const asked = askedByQuery(req);
  if (asked) return asked;
  throw new Fault('bad-request', {
    nl: 'Geef ?iri=, ?kbo=, ?ovo= of ?nis=.',
    en: 'Give ?iri=, ?kbo=, ?ovo= or ?nis=.',
  });
}

/** Things (`/id/…`, 303 to their document), documents (`/doc/…`) and documents by IRI or code (`/doc?…`). */
export function resourceRouter(deps: Deps): Router {
  const router = Router();
  const { base } = deps.graph;
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
  route(router, '/doc', {
    get: (req, res) => getByQuery(deps, req, res),
    put: (req, res) => putEntity(deps, req, res, byQuery(req)),
    delete: (req, res) => deleteEntity(deps, req, res, byQuery(req)),
  });
  route(router, '/doc/*path', {
    get: (req, res) => getDocument(deps, req, res, byPath(req, res)),
    put: (req, res) => putEntity(deps, req, res, byPath(req, res)),
    delete: (req, res) => deleteEntity(deps, req, res, byPath(req, res)),
  });
  return router;
}
