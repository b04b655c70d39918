import { Router, type Request, type Response } from 'express';
import { Fault } from '../../faults.js';
import { CommitCache } from '../commitCache.js';
import { fields, info, visibility } from '../context.js';
import { atHome, namesFor, type Deps } from '../deps.js';
import { alreadyHas } from '../etag.js';
import { isRdfOffer, type Offer } from '../formats.js';
import { depsThen, thenMark } from '../history/then.js';
import { route } from '../route.js';
import { answeredUnchanged, sendText, tagged } from '../send.js';
import { keepWarm } from '../warmAnswers.js';
import { csv } from './csv.js';
import { rdfDocument } from './documents.js';
import { collectionHtml } from './html.js';
import type { HydraPage } from './hydra.js';
import { around, linksOf, offerOf, offers, otherForms } from './links.js';
import { getOverview } from './overview.js';
import { readRequest, type CollectionRequest } from './parameters.js';
import { choicesOf, readPage, selectionOf, type Choices, type Reader } from './read.js';
import { shownItems } from './shown.js';
import { collections, type Collection } from './table.js';

/** Characters of pages kept. */
const cacheSize = 32_000_000;

interface Ready {
  readonly commit: number;
  readonly links: readonly string[];
  readonly body: string;
}

async function makePage(deps: Deps, req: Request, res: Response, collection: Collection, request: CollectionRequest, offer: Offer): Promise<Ready> {
  const { graph } = deps;
  const { language } = info(res);
  const reader: Reader = { graph, who: visibility(res), withProposals: request.withProposals };
  const listed = [...request.filters.keys()].some((name) => name !== 'gemeente');
  const choices: Choices = listed || offer.name === 'html' ? await choicesOf(reader, collection, (iris) => namesFor(deps, iris, reader.who, 'nl')) : new Map();
  const selection = await selectionOf(reader, request, choices);
  const found = await readPage(reader, collection, request, selection);
  const path = req.params['suffix'] === undefined ? `/${collection.name}` : `/${collection.name}.${req.params['suffix']}`;
  const here = around(path, request, found);
  const others = otherForms(deps, collection, request, offers.filter(({ name }) => name !== 'json' && name !== offer.name));
  const links = linksOf(deps, here, others);
  if (isRdfOffer(offer)) {
    const absolute = (one: string): string => graph.base + one.slice(1);
    const page: HydraPage = {
      iri: absolute(here.self),
      title: { nl: collection.title.nl, en: collection.title.en },
      total: found.total,
      items: found.items,
      first: absolute(here.first),
      ...(here.previous === undefined ? {} : { previous: absolute(here.previous) }),
      ...(here.next === undefined ? {} : { next: absolute(here.next) }),
      last: absolute(here.last),
    };
    const { body, commit = found.commit } = await rdfDocument(reader, page, offer, { vocabulary: deps.vocabulary, documents: deps.documents, language: request.language });
    return { commit: sameCommit(found.commit, commit), links, body };
  }
  const shown = await shownItems(reader, collection, found.items, (iris) => namesFor(deps, iris, reader.who, offer.name === 'html' ? language : 'nl'));
  const commit = sameCommit(found.commit, shown.commit ?? found.commit);
  if (offer.name !== 'html') return { commit, links, body: csv(collection.columns, shown.items, offer.name === 'csv-excel' ? 'csv-excel' : 'csv') };
  return { commit, links, body: collectionHtml(deps, res, { collection, request, found, choices, here, items: shown.items, alternates: others }) };
}

class Moved extends Error {}

/** The parts of one answer must be of one version. */
function sameCommit(a: number, b: number): number {
  if (a !== b) throw new Moved(`${a} ${b}`);
  return a;
}

/** A commit may come in between the queries of a page; then it is made again, of the newer version. */
async function steady<T>(make: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof Moved)) throw error;
      if (tries === 3) throw new Fault('busy', { nl: 'De gegevens veranderen te snel. Probeer straks opnieuw.', en: 'The data change too fast. Try again shortly.' }, { retryAfter: 1 });
    }
  }
}

async function getCollection(today: Deps, cache: CommitCache<Ready>, req: Request, res: Response, collection: Collection): Promise<void> {
  const request = readRequest(collection, fields(req));
  const offer = offerOf(req, request);
  const deps = (await depsThen(today, req, res)) ?? today;
  const { commit } = await deps.graph.status();
  const { credentialed, language, prefix } = info(res);
  const key = credentialed ? undefined : JSON.stringify([req.url, offer.name, offer.name === 'html' && [language, prefix, atHome(deps, res)], thenMark(res)]);
  const kept = key === undefined ? undefined : cache.get(key, commit);
  /* A tag only ever names an answer that was given, so the same tag means that these parameters are good. */
  if (!kept && alreadyHas(req.get('if-none-match'), tagged(res, offer, commit)) && answeredUnchanged(req, res, offer, commit)) return;
  const ready = kept ?? (await steady(() => makePage(deps, req, res, collection, request, offer)));
  if (key !== undefined && !kept) cache.set(key, ready.commit, ready);
  res.setHeader('Link', ready.links);
  res.setHeader('Regiograaf-Commit', String(ready.commit));
  keepWarm(res);
  if (answeredUnchanged(req, res, offer, ready.commit)) return;
  sendText(res, offer.contentType, ready.body);
}

/** The collections of the graph: `/actoren`, `/initiatieven` and the others, each also with a suffix. */
export function collectionsRouter(deps: Deps): Router {
  const router = Router();
  const cache = new CommitCache<Ready>(cacheSize, ({ body }) => body.length);
  for (const collection of collections) {
    route(router, [`/${collection.name}`, `/${collection.name}.:suffix`], { get: (req, res) => getCollection(deps, cache, req, res, collection) });
  }
  route(router, '/overzicht', { get: (req, res) => getOverview(deps, cache, req, res) });
  return router;
}
