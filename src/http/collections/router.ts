import { Router, type Request, type Response } from 'express';
import { Fault } from '../../faults.js';
import { collectionPage } from '../../pages/collectionPage.js';
import type { CollectionPage } from '../../pages/collectionView.js';
import { CommitCache } from '../commitCache.js';
import { fields, info, visibility } from '../context.js';
import { address, namesFor, viewOf, type Deps } from '../deps.js';
import { alreadyHas } from '../etag.js';
import { documentOffers, htmlOffer, isRdfOffer, negotiate, type Offer } from '../formats.js';
import { route } from '../route.js';
import { answeredUnchanged, sendText, tagged } from '../send.js';
import { csv } from './csv.js';
import { rdfDocument } from './documents.js';
import type { HydraPage } from './hydra.js';
import { largestSize, readRequest, sortKeys, statusChoices, type CollectionRequest } from './parameters.js';
import { choicesOf, readPage, selectionOf, type Choices, type ItemsPage, type Reader } from './read.js';
import { shownItems } from './shown.js';
import { collections, type Collection, type FilterName } from './table.js';

const csvOffer: Offer = { name: 'csv', suffix: 'csv', mediaType: 'text/csv', contentType: 'text/csv; charset=utf-8; header=present', label: 'CSV' };
const excelOffer: Offer = { ...csvOffer, name: 'csv-excel', suffix: 'csv-excel', label: 'CSV voor Excel' };
const offers: readonly Offer[] = [...documentOffers.slice(0, 2), htmlOffer, ...documentOffers.slice(2), csvOffer];
const bySuffix: readonly Offer[] = [...offers, excelOffer];
/** Characters of pages kept. */
const cacheSize = 32_000_000;

interface Ready {
  readonly commit: number;
  readonly links: readonly string[];
  readonly body: string;
}

function unknownForm(suffix: string): Fault {
  const known = bySuffix.map((offer) => offer.suffix);
  return new Fault(
    'bad-request',
    { nl: `Het formaat "${suffix}" kennen wij niet. Kies uit: ${known.join(', ')}.`, en: `Format "${suffix}" is not known. Choose from: ${known.join(', ')}.` },
    { extra: { parameter: 'formaat', waarde: suffix, toegelaten: known } },
  );
}

/** `formaat=` goes before the suffix, the suffix before `Accept`. */
function offerOf(req: Request, { format }: CollectionRequest): Offer {
  const suffix = format ?? req.params['suffix'];
  if (suffix === undefined) return negotiate(req.get('accept'), offers);
  const offer = bySuffix.find((one) => one.suffix === String(suffix));
  if (!offer) throw unknownForm(String(suffix));
  return offer;
}

function queryText(entries: readonly (readonly [string, string])[]): string {
  const text = new URLSearchParams(entries.map(([name, value]): [string, string] => [name, value])).toString();
  return text === '' ? '' : `?${text}`;
}

/** Paths (with their query) of the pages around one. */
function around(path: string, { kept, page }: CollectionRequest, { pages }: ItemsPage): { readonly self: string; readonly first: string; readonly previous?: string; readonly next?: string; readonly last: string } {
  const at = (number: number): string => path + queryText(number === 1 ? kept : [...kept, ['pagina', String(number)]]);
  return {
    self: at(page),
    first: at(1),
    ...(page > 1 ? { previous: at(page - 1) } : {}),
    ...(page < pages ? { next: at(page + 1) } : {}),
    last: at(pages),
  };
}

type Around = ReturnType<typeof around>;

/** RFC 8288: the pages around, and the same page in other forms. */
function linksOf(deps: Deps, here: Around, others: readonly { readonly href: string; readonly type: string }[]): readonly string[] {
  const pages = [['first', here.first], ['prev', here.previous], ['next', here.next], ['last', here.last]] as const;
  return [
    ...pages.flatMap(([rel, path]) => (path === undefined ? [] : [`<${address(deps, path)}>; rel="${rel}"`])),
    ...others.map(({ href, type }) => `<${href}>; rel="alternate"; type="${type}"`),
  ];
}

/** The same page with `formaat` another. */
function otherForms(deps: Deps, { name }: Collection, { kept, page }: CollectionRequest, forms: readonly Offer[]): readonly { readonly href: string; readonly type: string; readonly label: string }[] {
  const rest = [...kept.filter(([key]) => key !== 'formaat'), ...(page === 1 ? [] : [['pagina', String(page)] as const])];
  return forms.map(({ suffix, mediaType, label }) => ({ href: address(deps, `/${name}${queryText([...rest, ['formaat', suffix]])}`), type: mediaType, label }));
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
    const { body, commit = found.commit } = await rdfDocument(reader, page, offer, { vocabulary: deps.vocabulary, language: request.language });
    return { commit: sameCommit(found.commit, commit), links, body };
  }
  const shown = await shownItems(reader, collection, found.items, (iris) => namesFor(deps, iris, reader.who, offer.name === 'html' ? language : 'nl'));
  const commit = sameCommit(found.commit, shown.commit ?? found.commit);
  if (offer.name !== 'html') return { commit, links, body: csv(collection.columns, shown.items, offer.name === 'csv-excel' ? 'csv-excel' : 'csv') };
  const view = viewOf(deps, res, queryText([...request.kept.filter(([name]) => name !== 'taal'), ...(request.page === 1 ? [] : [['pagina', String(request.page)] as const])]));
  const filters = (Object.keys(collection.filters) as FilterName[]).map((name) => ({
    name,
    chosen: (request.filters.get(name) ?? []).map((value) => choices.get(name)?.find(({ key, iri }) => key === value || iri === value)?.key ?? value),
    ...(name === 'gemeente' ? {} : { choices: choices.get(name) ?? [] }),
  }));
  const page: CollectionPage = {
    ...collection,
    ...found,
    pageNumber: request.page,
    from: (request.page - 1) * request.size + 1,
    items: shown.items,
    search: request.searches.map((words) => words.join(' '))[0] ?? '',
    filters,
    statusChoices: ['', ...statusChoices],
    status: request.statuses?.[0] ?? (request.withProposals ? 'alle' : ''),
    sorts: sortKeys(collection).map((key) => ({ key, label: collection.columns.find((column) => column.key === key.replace(/^-/, ''))?.label ?? { nl: 'Naam', en: 'Name' } })),
    sort: request.sort.text,
    size: request.size,
    filtered: request.kept.some(([name]) => !['sorteer', 'aantal', 'taal', 'formaat'].includes(name)),
    links: Object.fromEntries(Object.entries(here).map(([key, one]) => [key, view.href(one)])),
    downloads: otherForms(deps, collection, { ...request, page: 1, kept: [...request.kept.filter(([name]) => name !== 'aantal'), ['aantal', String(largestSize)]] }, [csvOffer, excelOffer, ...offers.filter(({ name }) => name === 'jsonld' || name === 'turtle')]),
    alternates: others,
    siblings: collections,
  };
  return { commit, links, body: collectionPage(view, page) };
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

async function getCollection(deps: Deps, cache: CommitCache<Ready>, req: Request, res: Response, collection: Collection): Promise<void> {
  const request = readRequest(collection, fields(req));
  const offer = offerOf(req, request);
  const { commit } = await deps.graph.status();
  const { credentialed, language, prefix } = info(res);
  const key = credentialed ? undefined : JSON.stringify([req.url, offer.name, offer.name === 'html' && [language, prefix]]);
  const kept = key === undefined ? undefined : cache.get(key, commit);
  /* A tag only ever names an answer that was given, so the same tag means that these parameters are good. */
  if (!kept && alreadyHas(req.get('if-none-match'), tagged(res, offer, commit)) && answeredUnchanged(req, res, offer, commit)) return;
  const ready = kept ?? (await steady(() => makePage(deps, req, res, collection, request, offer)));
  if (key !== undefined && !kept) cache.set(key, ready.commit, ready);
  res.setHeader('Link', ready.links);
  res.setHeader('Regiograaf-Commit', String(ready.commit));
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
  return router;
}
