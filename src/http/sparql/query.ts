import type { Request, Response } from 'express';
import type { QueryAnswer } from '../../graph/api.js';
import { prefersHtml } from '../accept.js';
import type { CommitCache } from '../commitCache.js';
import { info, visibility } from '../context.js';
import type { Deps } from '../deps.js';
import { graphOffers, negotiate, type Offer } from '../formats.js';
import { answeredUnchanged, noStore, sendText, tagged } from '../send.js';
import { negotiateQuery } from './formats.js';
import { isVolatile, sparqlKind } from './kind.js';
import { sendAnswerPage, sendEmptyPage } from './page.js';
import { queryOptions, readGet, type Asked } from './protocol.js';
import { serviceDescription } from './serviceDescription.js';

export type QueryCache = CommitCache<QueryAnswer>;

/** `/sparql` (SPARQL 1.1 Protocol §2.1). Answers that depend on the graph alone are kept for anonymous callers. */
export async function answerQuery(deps: Deps, cache: QueryCache, req: Request, res: Response, asked: Asked | undefined = readGet(req)): Promise<void> {
  const { graph } = deps;
  const who = visibility(res);
  if (!asked) {
    await withoutQuery(deps, req, res);
    return;
  }
  const kind = sparqlKind(asked.text);
  const { offer, resultFormat, graphFormat } = negotiateQuery(kind === 'update' ? undefined : kind, req.get('accept'), asked.parameters.one('format'));
  const options = queryOptions(asked.parameters);
  const run = (): Promise<QueryAnswer> => graph.query({ query: asked.text, resultFormat, graphFormat, ...options }, who);
  if (offer.name === 'html') {
    if (asked.text.trim() === '') await sendEmptyPage(deps, req, res);
    else await sendAnswerPage(deps, res, asked, run);
    return;
  }
  const stable = !isVolatile(asked.text);
  const cacheable = stable && req.method !== 'POST';
  const { commit } = await graph.status();
  if (cacheable && answeredUnchanged(req, res, offer, commit)) return;
  const key = stable && !info(res).credentialed ? JSON.stringify([asked.text, resultFormat, graphFormat, options.defaultGraphs, options.namedGraphs, options.withProposals]) : undefined;
  const kept = key === undefined ? undefined : cache.get(key, commit);
  const answer = kept ?? (await run());
  if (key !== undefined && !kept) cache.set(key, answer.commit, answer);
  if (cacheable) tagged(res, offer, answer.commit);
  else noStore(res);
  res.setHeader('Regiograaf-Commit', String(answer.commit));
  sendText(res, contentTypeOf(answer, offer), answer.body);
}

/** The engine says what it made; a client that asked for plain JSON or XML is told just that. */
function contentTypeOf(answer: QueryAnswer, offer: Offer): string {
  return offer.mediaType === 'application/json' || offer.mediaType === 'application/xml' || offer.contentType.startsWith(answer.mediaType) ? offer.contentType : answer.mediaType;
}

async function withoutQuery(deps: Deps, req: Request, res: Response): Promise<void> {
  if (prefersHtml(req.get('accept'))) {
    await sendEmptyPage(deps, req, res);
    return;
  }
  const offer = negotiate(req.get('accept'), graphOffers);
  if (answeredUnchanged(req, res, offer, (await deps.graph.status()).commit)) return;
  sendText(res, offer.contentType, await serviceDescription(deps.graph.base, await deps.graph.datasets(visibility(res)), offer.format));
}
