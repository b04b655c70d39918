import type { QueryKind, ResultFormat } from '../../graph/api.js';
import { choose } from '../accept.js';
import { graphOffers, htmlOffer, isRdfOffer, notAcceptable, type Offer } from '../formats.js';

interface ResultOffer extends Offer {
  readonly mediaType: ResultFormat | 'application/json' | 'text/html' | 'application/xml';
  readonly result: ResultFormat;
}

function result(name: string, format: ResultFormat, label: string, mediaType: ResultOffer['mediaType'] = format): ResultOffer {
  const text = format.startsWith('text/');
  return { name, suffix: name, mediaType, contentType: text ? `${format}; charset=utf-8` : format, label, result: format };
}

const json = 'application/sparql-results+json';

/** Forms of SELECT and ASK answers; JSON first. Clients that only know JSON or XML get the SPARQL form of it. */
export const resultOffers: readonly ResultOffer[] = [
  result('srj', json, 'JSON'),
  { ...result('json', json, 'JSON', 'application/json'), contentType: 'application/json' },
  result('srx', 'application/sparql-results+xml', 'XML'),
  { ...result('xml', 'application/sparql-results+xml', 'XML', 'application/xml'), contentType: 'application/xml' },
  result('csv', 'text/csv', 'CSV'),
  result('tsv', 'text/tab-separated-values', 'TSV'),
];

/** A page for people: the answer as a table. */
export const pageOffer: ResultOffer = { ...htmlOffer, mediaType: 'text/html', result: json };

const shortNames: ReadonlyMap<string, string> = new Map(Object.entries({
  json: 'application/sparql-results+json',
  xml: 'application/sparql-results+xml',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  ttl: 'text/turtle',
  turtle: 'text/turtle',
  trig: 'application/trig',
  nt: 'application/n-triples',
  nq: 'application/n-quads',
  jsonld: 'application/ld+json',
  rdf: 'application/rdf+xml',
}));

/** What a query is answered with: `format=` (short name or media type) goes before `Accept`. */
export function negotiateQuery(kind: QueryKind | undefined, accept: string | undefined, format: string | undefined): { readonly offer: Offer; readonly resultFormat: ResultFormat; readonly graphFormat: string } {
  const named = format === undefined || format.includes('/') ? format : shortNames.get(format);
  if (format !== undefined && named === undefined) throw notAcceptable([...shortNames.keys()].map((mediaType) => ({ mediaType })));
  const header = named ?? accept;
  const results = choose(header, [...resultOffers, pageOffer]);
  const graphs = choose(header, [...graphOffers, htmlOffer]);
  const offer = kind === 'graph' ? graphs : kind === undefined ? (results ?? graphs) : results;
  if (!offer) throw notAcceptable(kind === 'graph' ? graphOffers : resultOffers);
  return {
    offer,
    resultFormat: results?.result ?? json,
    graphFormat: graphs && isRdfOffer(graphs) ? graphs.format.mediaType : 'text/turtle',
  };
}
