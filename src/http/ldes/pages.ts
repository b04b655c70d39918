import type { Request, Response } from 'express';
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import { Fault } from '../../faults.js';
import type { PageAddress } from '../../publication/ldes/address.js';
import { pageId, pathOf, readPath } from '../../publication/ldes/address.js';
import { cacheControl } from '../../publication/ldes/hypermedia.js';
import type { PageState } from '../../publication/ldes/streamPages.js';
import { profile } from '../../publication/ldes/terms.js';
import type { PageFormat } from '../../publication/ldes/writePage.js';
import { choose } from '../accept.js';
import { fields, info } from '../context.js';
import type { Deps } from '../deps.js';
import { alreadyHas, formatTag } from '../etag.js';
import { bySuffix, htmlOffer, notAcceptable, type Offer } from '../formats.js';
import { viewOf } from '../deps.js';
import { eventStreamPage } from '../../pages/eventStreamPage.js';
import { consumerRecipes } from '../../publication/ldes/consumers.js';
import { answeredUnchanged, sendText } from '../send.js';
import { originOf } from './origin.js';

const unzip = promisify(gunzip);

export interface PageOffer extends Offer {
  readonly format: PageFormat;
}

function offer(format: PageFormat, suffix: string, mediaType: string, label: string): PageOffer {
  const charset = mediaType.startsWith('text/') ? '; charset=utf-8' : '';
  return { name: format, suffix, mediaType, contentType: `${mediaType}${charset}; profile="${profile}"`, label, format };
}

const graphs: readonly PageOffer[] = [
  offer('trig', 'trig', 'application/trig', 'TriG'),
  offer('nquads', 'nq', 'application/n-quads', 'N-Quads'),
  offer('jsonld', 'jsonld', 'application/ld+json', 'JSON-LD'),
];
/** The first is what a client gets that does not say. */
export const offers: Readonly<Record<PageAddress['flavour'], readonly PageOffer[]>> = {
  versies: [offer('turtle', 'ttl', 'text/turtle', 'Turtle'), ...graphs, offer('ntriples', 'nt', 'application/n-triples', 'N-Triples')],
  // The others have no named graphs.
  activiteiten: graphs,
};

/** JSON-LD for clients that only know JSON. */
export const aliases: readonly PageOffer[] = [{ ...offer('jsonld', 'json', 'application/json', 'JSON'), contentType: 'application/json' }];

/** Written into every entity tag: raise it when pages are written differently. */
const layout = 'l3';

/** Answers a page of a stream, or what became of it. */
export async function sendPage(deps: Deps, req: Request, res: Response, path: string): Promise<void> {
  const { name, offer: asked } = bySuffix(path, [...offers.versies]);
  const address = readPath(name) ?? readPath(path);
  if (!address) throw nothingThere(path);
  const possible = offers[address.flavour];
  const chosen = asked === undefined ? choose(req.get('accept'), [...possible, ...aliases]) : possible.find(({ format }) => format === asked.format);
  const state = await stateOf(deps, req, res, address);
  if (!state) return;
  // Who prefers HTML to everything that is asked for has clicked a link.
  if (asked === undefined && address.page.kind === 'root' && choose(req.get('accept'), [...possible, ...aliases, htmlOffer]) === htmlOffer) {
    await sendAbout(deps, req, res, state);
    return;
  }
  if (!chosen) throw notAcceptable(possible);
  const origin = originOf(req, deps.graph.base);
  if (unchanged(req, res, state, chosen, origin === deps.graph.base)) return;
  const page = await deps.streams.page(state, chosen.format, origin);
  if (!page) throw gone(deps, address);
  // The bytes may be of a newer version than what was asked a moment ago.
  headers(res, page.page, chosen, origin === deps.graph.base);
  res.setHeader('Content-Type', chosen.contentType);
  const packed = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(req.get('accept-encoding') ?? '');
  if (packed) res.setHeader('Content-Encoding', 'gzip');
  res.setHeader('Content-Length', packed ? page.gzip.length : page.bytes);
  if (req.method === 'HEAD') res.end();
  else res.end(packed ? page.gzip : await unzip(page.gzip));
}

/** What a stream is and how it is read, for people. */
async function sendAbout(deps: Deps, req: Request, res: Response, { address, generation, state }: PageState): Promise<void> {
  const { title, description } = await deps.streams.about(address.stream);
  if (answeredUnchanged(req, res, htmlOffer, state)) return;
  const root = deps.graph.base + pathOf({ ...address, flavour: 'versies', view: 'alles' });
  sendText(res, htmlOffer.contentType, eventStreamPage(viewOf(deps, res), { name: address.stream, title, ...(description ? { description } : {}), recipes: consumerRecipes(root, pageId(generation, 1)) }));
}

/** The state of a page that is there; undefined when the answer was given. */
async function stateOf(deps: Deps, req: Request, res: Response, address: PageAddress): Promise<PageState | undefined> {
  const answer = await deps.streams.state(address);
  switch (answer.answer) {
    case 'unknown-stream':
      throw new Fault('not-found', {
        nl: `De stream "${address.stream}" bestaat niet. Op /ldes staan ze allemaal.`,
        en: `There is no stream "${address.stream}". All of them are listed at /ldes.`,
      });
    case 'future':
      throw new Fault(
        'not-found',
        {
          nl: `Deze pagina bestaat nog niet; de nieuwste is ${answer.newest}. Begin bij de eerste pagina van de stream, die noemt ze allemaal.`,
          en: `This page does not exist yet; the newest is ${answer.newest}. Begin at the root of the stream, which lists them all.`,
        },
        { extra: { nieuwste: answer.newest } },
      );
    case 'gone':
      throw gone(deps, address);
    case 'elsewhere':
      redirect(deps, req, res, answer.address);
      return undefined;
    case 'page':
      break;
  }
  const at = fields(req).one('at');
  if (at === undefined || address.page.kind !== 'root' || address.view !== 'alles') return answer.page;
  const target = await deps.streams.pageOfMoment(address, moment(at));
  redirect(deps, req, res, target ?? address);
  return undefined;
}

/** An instant of xsd:dateTime or xsd:date; without a timezone it is UTC. */
function moment(text: string): number {
  // A plus in a query is a space to some.
  const found = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d:\d\d(?:\.\d+)?)?(Z|[ +-]\d\d:\d\d)?$/.exec(text);
  const time = found ? Date.parse(`${found[1]}${found[2] ?? 'T00:00:00'}${(found[3] ?? 'Z').replace(' ', '+')}`) : Number.NaN;
  // A date parser makes 3 March of 31 February.
  const isDay = found !== null && new Date(Date.parse(`${found[1]}T00:00Z`) || 0).toISOString().startsWith(found[1] ?? '');
  if (Number.isNaN(time) || !isDay) {
    throw new Fault('bad-request', {
      nl: `"${text}" is geen tijdstip. Schrijf het zo: 2026-11-22T10:00:00Z.`,
      en: `"${text}" is no moment. Write it like this: 2026-11-22T10:00:00Z.`,
    }, { extra: { parameter: 'at' } });
  }
  return time;
}

function redirect(deps: Deps, req: Request, res: Response, address: PageAddress): void {
  res.setHeader('Cache-Control', cacheControl(false));
  res.setHeader('Vary', 'Accept, Accept-Encoding');
  res.setHeader('Location', originOf(req, deps.graph.base) + pathOf(address));
  res.status(302).end();
}

function headers(res: Response, { state, mark, generation, complete }: PageState, { name }: PageOffer, canonical: boolean): { readonly state: number; readonly representation: string } {
  // The addresses in it follow the name the machine was asked under.
  const tag = { state, representation: `${name}.${layout}${complete ? 'c' : 'm'}${mark}${generation === '' ? '' : `.g${generation}`}${canonical ? '' : '.o'}` };
  res.setHeader('ETag', formatTag(tag));
  res.setHeader('Cache-Control', cacheControl(complete, info(res).credentialed ? 'private' : 'public'));
  res.setHeader('Vary', 'Accept, Accept-Encoding');
  return tag;
}

function unchanged(req: Request, res: Response, state: PageState, chosen: PageOffer, canonical: boolean): boolean {
  const tag = headers(res, state, chosen, canonical);
  if (!alreadyHas(req.get('if-none-match'), tag)) return false;
  res.status(304).end();
  return true;
}

function gone(deps: Deps, address: PageAddress): Fault {
  const root = `${deps.graph.base}${pathOf({ ...address, page: { kind: 'root' } })}`;
  return new Fault(
    'gone',
    {
      nl: `Deze pagina is er niet meer: wat erop stond is gewist of niet meer openbaar. Begin opnieuw bij ${root}.`,
      en: `This page is gone: what it held was erased or is no longer public. Begin again at ${root}.`,
    },
    { extra: { begin: root } },
  );
}

export function nothingThere(path: string): Fault {
  return new Fault('not-found', {
    nl: `Op /ldes/${path} staat geen stream of pagina. Op /ldes staan alle streams.`,
    en: `There is no stream or page at /ldes/${path}. All streams are listed at /ldes.`,
  });
}
