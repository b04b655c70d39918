import type { Request, Response } from 'express';
import { Fault } from '../../faults.js';
import type { QueryAnswer } from '../../graph/api.js';
import { exampleQuery, sparqlPage, type Answer, type JsonTerm } from '../../pages/sparqlPage.js';
import { prefersHtml } from '../accept.js';
import type { CommitCache } from '../commitCache.js';
import { info, visibility } from '../context.js';
import { address, viewOf, type Deps } from '../deps.js';
import { graphOffers, htmlOffer, negotiate, type Offer } from '../formats.js';
import { answeredUnchanged, noStore, sendText, tagged } from '../send.js';
import { negotiateQuery, resultOffers } from './formats.js';
import { isVolatile, sparqlKind } from './kind.js';
import { queryOptions, readQuery, type Asked } from './protocol.js';
import { serviceDescription } from './serviceDescription.js';

interface ResultsJson {
  readonly head?: { readonly vars?: readonly string[] };
  readonly boolean?: boolean;
  readonly results?: { readonly bindings: readonly Readonly<Record<string, JsonTerm>>[] };
}

function shownAnswer(answer: QueryAnswer): Answer {
  if (answer.kind === 'graph') return { kind: 'graph', text: answer.body };
  const parsed = JSON.parse(answer.body) as ResultsJson;
  if (answer.kind === 'boolean') return { kind: 'boolean', value: parsed.boolean === true };
  return { kind: 'solutions', variables: parsed.head?.vars ?? [], rows: parsed.results?.bindings ?? [] };
}

function downloads(deps: Deps, query: string, kind: QueryAnswer['kind']): readonly { readonly href: string; readonly label: string }[] {
  const offers = kind === 'graph' ? graphOffers.filter(({ name }) => name !== 'json') : resultOffers.filter(({ name }) => ['json', 'xml', 'csv', 'tsv'].includes(name));
  return offers.map(({ suffix, label }) => ({ href: address(deps, `/sparql?query=${encodeURIComponent(query)}&format=${suffix}`), label }));
}

/** The page with the form, with the answer or with what is wrong in the query. */
async function sendPage(deps: Deps, res: Response, asked: Asked | undefined, run: () => Promise<QueryAnswer>): Promise<void> {
  const view = viewOf(deps, res, asked ? `?query=${encodeURIComponent(asked.text)}` : '');
  const type = 'text/html; charset=utf-8';
  if (!asked || asked.text.trim() === '') {
    sendText(res, type, sparqlPage(view, { query: exampleQuery }));
    return;
  }
  try {
    const answer = await run();
    sendText(res, type, sparqlPage(view, { query: asked.text, answer: shownAnswer(answer), commit: answer.commit, downloads: downloads(deps, asked.text, answer.kind) }));
  } catch (error) {
    if (!(error instanceof Fault) || error.status >= 500) throw error;
    res.removeHeader('ETag');
    noStore(res);
    res.status(error.status);
    sendText(res, type, sparqlPage(view, { query: asked.text, error: error.data.detail[view.language] }));
  }
}

export type QueryCache = CommitCache<QueryAnswer>;

/** `/sparql` (SPARQL 1.1 Protocol §2.1). Answers that depend on the graph alone are kept for anonymous callers. */
export async function answerQuery(deps: Deps, cache: QueryCache, req: Request, res: Response): Promise<void> {
  const asked = await readQuery(req, deps.config.maxQueryBytes);
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
    noStore(res);
    await sendPage(deps, res, asked, run);
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
    if (answeredUnchanged(req, res, htmlOffer, 0)) return;
    await sendPage(deps, res, undefined, () => Promise.reject(new Error('no query')));
    return;
  }
  const offer = negotiate(req.get('accept'), graphOffers);
  if (answeredUnchanged(req, res, offer, (await deps.graph.status()).commit)) return;
  sendText(res, offer.contentType, await serviceDescription(deps.graph.base, await deps.graph.datasets(visibility(res)), offer.format));
}
