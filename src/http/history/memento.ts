import type { Request, Response } from 'express';
import type { CommitView, KnowledgeGraph } from '../../graph/api.js';
import type { Visibility } from '../../graph/dataset.js';
import { info, visibility } from '../context.js';
import { address, type Deps } from '../deps.js';
import { vary, varyAlso } from '../send.js';
import { httpTime, readAcceptDatetime } from './moment.js';
import { thenOf, withMoment } from './then.js';

type Commits = Pick<KnowledgeGraph, 'commits'>;

/** Says that an answer depends on `Accept-Datetime` (RFC 7089 §2.1.2). */
export function varyOnTime(res: Response): void {
  varyAlso(res, 'Accept-Datetime');
}

async function only(graph: Commits, range: Parameters<KnowledgeGraph['commits']>[0], who: Visibility): Promise<CommitView | undefined> {
  return (await graph.commits({ ...range, limit: 1 }, who))[0];
}

/** The first and the last version of an entity that this caller may see today; undefined when there is none. */
async function ends(graph: Commits, entity: string, who: Visibility): Promise<{ readonly first: CommitView; readonly last: CommitView } | undefined> {
  const [first, last] = await Promise.all([only(graph, { entity, limit: 1, oldest: true }, who), only(graph, { entity, limit: 1 }, who)]);
  return first && last && { first, last };
}

/** A version as a link (RFC 7089 §2.2.4). */
export function mementoLink(href: string, relation: string, time: string): string {
  return `<${href}>; rel="${relation}"; datetime="${httpTime(time)}"`;
}

/** Address of the list of versions of an entity. */
export function timeMapPath(iri: string): string {
  return `/timemap?iri=${encodeURIComponent(iri)}`;
}

function timeGatePath(iri: string): string {
  return `/timegate?iri=${encodeURIComponent(iri)}`;
}

function sharedLinks(deps: Deps, iri: string): readonly string[] {
  return [`<${address(deps, timeGatePath(iri))}>; rel="timegate"`, `<${address(deps, timeMapPath(iri))}>; rel="timemap"; type="application/link-format"`];
}

/** Links of a document to its versions: of today's document only where to find them. */
export async function mementoLinks(deps: Deps, req: Request, res: Response, iri: string): Promise<readonly string[]> {
  const then = thenOf(res);
  const shared = sharedLinks(deps, iri);
  if (!then) return shared;
  const { live, sight } = { live: then.live, sight: then.graph.sight };
  const who = visibility(res);
  const { number } = sight.at;
  const [around, shown, next] = await Promise.all([ends(live, iri, who), only(live, { entity: iri, before: number + 1, limit: 1 }, who), only(live, { entity: iri, after: number, limit: 1, oldest: true }, who)]);
  const previous = shown && (await only(live, { entity: iri, before: shown.number, limit: 1 }, who));
  const here = deps.basePath + info(res).prefix + req.url;
  const named = [['first', around?.first], ['prev', previous], ['next', next], ['last', around?.last]] as const;
  const links = named.flatMap(([relation, version]) => (version ? [mementoLink(withMoment(here, version.number), `${relation} memento`, version.time)] : []));
  return [...shared, ...links];
}

/**
 * Answers a request with `Accept-Datetime`: the document of today is its own TimeGate (RFC 7089 §4.1.1), and leads to
 * the version at that time, or to the first one. False when there is nothing to negotiate.
 */
export async function gaveMemento(deps: Deps, req: Request, res: Response, iris: readonly string[]): Promise<boolean> {
  const asked = req.get('accept-datetime');
  if (asked === undefined || /[?&]at=/.test(req.url)) return false;
  const { time } = readAcceptDatetime(asked);
  for (const iri of iris) {
    const here = deps.basePath + info(res).prefix + req.url;
    if (await leadTo(deps, res, { iri, time, original: here, to: (number) => withMoment(here, number) })) return true;
  }
  return false;
}

/** Leads to the version of an entity at a time; false when it never had one. */
export async function leadTo(
  deps: Deps,
  res: Response,
  { iri, time, original, to }: { readonly iri: string; readonly time: string | undefined; readonly original: string; readonly to: (number: number) => string },
): Promise<boolean> {
  const who = visibility(res);
  const around = await ends(deps.graph, iri, who);
  if (!around) return false;
  const { first, last } = around;
  let chosen = first;
  if (time === undefined || last.time <= time) chosen = last;
  else if (first.time <= time) {
    const before = await lastAt(deps, time, who);
    chosen = (await only(deps.graph, { entity: iri, before: before + 1, limit: 1 }, who)) ?? first;
  }
  vary(res);
  res.setHeader('Cache-Control', 'public, max-age=0, must-revalidate');
  res.setHeader('Link', [
    `<${original}>; rel="original"`,
    ...sharedLinks(deps, iri),
    mementoLink(to(first.number), 'first memento', first.time),
    mementoLink(to(last.number), 'last memento', last.time),
  ]);
  res.status(302).setHeader('Location', to(chosen.number));
  res.end();
  return true;
}

async function lastAt(deps: Deps, time: string, who: Visibility): Promise<number> {
  return (await deps.graph.at({ time }, who)).sight.at.number;
}
