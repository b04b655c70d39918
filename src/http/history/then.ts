import type { Request, Response } from 'express';
import type { KnowledgeGraph, PastGraph } from '../../graph/api.js';
import { info, visibility } from '../context.js';
import type { Deps } from '../deps.js';
import { type Fields, queryFields } from '../form.js';
import { httpTime, readMoment } from './moment.js';

/** The moment in the past that an answer is about. */
export interface Then {
  readonly graph: PastGraph;
  /** The graph of today. */
  readonly live: KnowledgeGraph;
  /** Address of this answer by the number of the version, and of the answer of today. */
  readonly here: string;
  readonly today: string;
  /** Whether the address means this version for ever: a time that is not over yet does not. */
  readonly fixed: boolean;
}

/** Seconds a stored answer serves without asking: a purge or a change of visibility must take effect. */
const maxAge = 300;

/** A path of ours with `at` another, or without. */
export function withMoment(url: string, at: number | string | undefined): string {
  const [path = '', query = ''] = [url.split('?', 1)[0], url.includes('?') ? url.slice(url.indexOf('?') + 1) : ''];
  const rest = query.split('&').filter((pair) => pair !== '' && !/^at(=|$)/.test(pair));
  const pairs = at === undefined ? rest : [...rest, `at=${encodeURIComponent(at)}`];
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

/**
 * What a request with `at=` is answered with: the same routes, on the graph as it was. Undefined without the parameter.
 * From then on the headers of the answer say so too.
 */
export async function depsThen(deps: Deps, req: Request, res: Response, parameters: Fields = queryFields(req.url)): Promise<Deps | undefined> {
  const text = parameters.one('at');
  if (text === undefined) return undefined;
  const moment = readMoment(text);
  const graph = await deps.graph.at(moment, visibility(res));
  const { at, head } = graph.sight;
  const fixed = 'commit' in moment || at.number < head.number;
  const address = (number: number | undefined): string => deps.basePath + info(res).prefix + withMoment(req.url, number);
  const then: Then = { graph, live: deps.graph, here: address(at.number), today: address(undefined), fixed };
  res.locals['past'] = then;
  return { ...deps, graph, past: then };
}

export function thenOf(res: Response): Then | undefined {
  return res.locals['past'] as Then | undefined;
}

/** Name of a representation of an old state in its tag: what may be seen of it today is part of what it is. */
export function thenMark(res: Response): string {
  const then = thenOf(res);
  return then ? `.${then.graph.sight.mark}` : '';
}

/** Headers that say of which moment an answer is (RFC 7089 §2.1, RFC 5829 §3) and how long it may be kept. */
export function tellThen(res: Response, credentialed: boolean): void {
  const then = thenOf(res);
  if (!then) return;
  const { at } = then.graph.sight;
  const scope = credentialed ? 'private' : 'public';
  res.setHeader('Cache-Control', `${scope}, max-age=${then.fixed && !credentialed ? maxAge : 0}, must-revalidate`);
  res.setHeader('Content-Location', then.here);
  res.setHeader('Memento-Datetime', httpTime(at.time));
  addLinks(res, [`<${then.today}>; rel="original latest-version"`]);
}

/** Adds links to those an answer has; none twice. */
function addLinks(res: Response, links: readonly string[]): void {
  const given = res.getHeader('Link');
  const before = given === undefined ? [] : Array.isArray(given) ? given : [String(given)];
  res.setHeader('Link', [...before, ...links.filter((link) => !before.includes(link))]);
}
