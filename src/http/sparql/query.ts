import type { Request, Response } from 'express';
import { Fault } from '../../faults.js';
import type { QueryDocument, QueryRequest } from '../../graph/api.js';
import { clientOf } from '../clientAddress.js';
import { chooseCoding } from '../codings.js';
import { info, visibility } from '../context.js';
import type { Deps } from '../deps.js';
import { graphOffers, htmlOffer, isRdfOffer, negotiateForm, type Offer } from '../formats.js';
import { depsThen, thenMark } from '../history/then.js';
import type { RdfFormat } from '../../rdf/mediaTypes.js';
import { answeredUnchanged, noStore, sendText, tagged, vary } from '../send.js';
import type { Sending } from '../sending.js';
import { keepWarm } from '../warmAnswers.js';
import { negotiateQuery } from './formats.js';
import { sparqlKind } from './kind.js';
import { sendAnswerPage, sendEmptyPage } from './page.js';
import { queryOptions, readGet, type Asked } from './protocol.js';
import { cacheKey, isStable, type QueryCache } from './queryCache.js';
import { serviceDescription } from './serviceDescription.js';
import { plainGraphFormat, type WrittenGraphs } from './writtenGraphs.js';

/** What `/sparql` keeps between requests. */
export interface QueryRoom {
  readonly cache: QueryCache;
  readonly sending: Sending;
  readonly written: WrittenGraphs;
}

/** `/sparql` (SPARQL 1.1 Protocol §2.1). Answers that depend on the graph alone are kept, for who may see the same. */
export async function answerQuery(today: Deps, room: QueryRoom, req: Request, res: Response, asked: Asked | undefined = readGet(req)): Promise<void> {
  const who = visibility(res);
  if (!asked) {
    await withoutQuery(today, req, res);
    return;
  }
  const kind = sparqlKind(asked.text);
  const { offer, resultFormat, graphFormat } = negotiateQuery(kind === 'update' ? undefined : kind, req.get('accept'), asked.parameters);
  const deps = (await depsThen(today, req, res, asked.parameters)) ?? today;
  const { graph } = deps;
  const { credentialed, principal } = info(res);
  const { timeout = deps.config.queryTimeout, ...options } = queryOptions(asked.parameters);
  const deadline = Math.min(timeout, credentialed ? deps.config.maxQueryTimeout : deps.config.queryTimeout);
  const rewritten = rewrittenForm(offer);
  const request: QueryRequest = { query: asked.text, resultFormat, graphFormat: rewritten ? plainGraphFormat : graphFormat, ...options, timeout: deadline };
  const client = principal.token ?? clientOf(req.ip);
  const signal = goneSignal(res);
  if (offer.name === 'html') {
    if (asked.text.trim() === '') await sendEmptyPage(deps, req, res);
    else await sendAnswerPage(deps, res, asked, () => graph.query(request, who, { client, signal }));
    return;
  }
  const stable = isStable(asked.text);
  const cacheable = stable && req.method !== 'POST';
  const { head } = graph;
  const isSeen = (request.minCommit ?? 0) <= head;
  if (cacheable && isSeen && answeredUnchanged(req, res, offer, head)) return;
  const key = stable && isSeen ? cacheKey(request, who) + thenMark(res) + (rewritten?.form ?? '') : undefined;
  const evaluate = async (left: AbortSignal): Promise<QueryDocument> => {
    const made = await graph.document(request, who, { client, signal: left });
    return rewritten ? room.written.write(made, rewritten, deadline) : made;
  };
  const kept = key === undefined ? undefined : room.cache.get(key, head);
  const answer =
    kept ??
    (await room.cache.run(key, { head, timeout: deadline }, evaluate, signal).catch((error: unknown) => {
      throw notYet(error, request.minCommit ?? 0, graph.head);
    }));
  if (cacheable) tagged(res, offer, answer.commit);
  else noStore(res);
  if (cacheable && !credentialed) keepWarm(res);
  res.setHeader('Regiograaf-Commit', String(answer.commit));
  res.setHeader('Content-Type', contentTypeOf(answer, offer));
  vary(res);
  if ('path' in answer) {
    await room.sending.file(res, answer.path, answer.size);
    return;
  }
  const { bytes, coding } = await answer.coded.in(chooseCoding(req.get('accept-encoding')));
  if (coding !== undefined) res.setHeader('Content-Encoding', coding);
  await room.sending.bytes(res, bytes);
}

/** A form of JSON-LD that the engine does not make: it writes each statement where it finds it, expanded. */
function rewrittenForm(offer: Offer): RdfFormat | undefined {
  return isRdfOffer(offer) && offer.format.form !== undefined && offer.format.form !== 'expanded' ? offer.format : undefined;
}

/** Nobody is busy when what was waited for does not come. */
function notYet(error: unknown, wanted: number, head: number): unknown {
  if (!(error instanceof Fault) || error.code !== 'busy' || wanted <= head) return error;
  return new Fault(
    'busy',
    { nl: `Versie ${wanted} (min-commit) is er nog niet: de nieuwste is ${head}. Probeer het straks opnieuw.`, en: `Version ${wanted} (min-commit) is not there yet: the newest is ${head}. Try again shortly.` },
    { retryAfter: 1, cause: error },
  );
}

/** Aborted when the client goes away before it has its answer. */
function goneSignal(res: Response): AbortSignal {
  const gone = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) gone.abort(new Error('the client went away'));
  });
  return gone.signal;
}

/** The engine says what it made; a client that asked for plain JSON or XML is told just that. */
function contentTypeOf(answer: Pick<QueryDocument, 'mediaType'>, offer: Offer): string {
  return offer.mediaType === 'application/json' || offer.mediaType === 'application/xml' || offer.contentType.startsWith(answer.mediaType) ? offer.contentType : answer.mediaType;
}

async function withoutQuery(deps: Deps, req: Request, res: Response): Promise<void> {
  const offer = negotiateForm<Offer>(req.get('accept'), [...graphOffers, htmlOffer]);
  if (!isRdfOffer(offer)) {
    await sendEmptyPage(deps, req, res);
    return;
  }
  if (answeredUnchanged(req, res, offer, (await deps.graph.status()).commit)) return;
  sendText(res, offer.contentType, await serviceDescription(deps.graph.base, await deps.graph.datasets(visibility(res)), offer.format, deps.config));
}
