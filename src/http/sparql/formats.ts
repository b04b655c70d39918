import type { QueryKind, ResultFormat } from '../../graph/api.js';
import { choose, parseAccept } from '../accept.js';
import type { Fields } from '../form.js';
import { graphOffers, htmlOffer, inForm, isRdfOffer, notAcceptable, type Offer } from '../formats.js';

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
  { ...result('xml', 'application/sparql-results+xml', 'XML', 'application/xml'), contentType: 'application/xml', aliases: ['text/xml'] },
  result('csv', 'text/csv', 'CSV'),
  result('tsv', 'text/tab-separated-values', 'TSV'),
];

/** A page for people: the answer as a table. */
export const pageOffer: ResultOffer = { ...htmlOffer, mediaType: 'text/html', result: json };

/* The names clients give forms in `format=`; JSON and XML are those of the kind of query. */
const shortNames: ReadonlyMap<string, string> = new Map(Object.entries({
  json: 'application/sparql-results+json, application/ld+json',
  srj: 'application/sparql-results+json',
  xml: 'application/sparql-results+xml, application/rdf+xml',
  srx: 'application/sparql-results+xml',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  ttl: 'text/turtle',
  turtle: 'text/turtle',
  n3: 'text/turtle',
  trig: 'application/trig',
  nt: 'application/n-triples',
  ntriples: 'application/n-triples',
  nq: 'application/n-quads',
  nquads: 'application/n-quads',
  jsonld: 'application/ld+json',
  'json-ld': 'application/ld+json',
  rdf: 'application/rdf+xml',
  'rdf+xml': 'application/rdf+xml',
  html: 'text/html',
}));

/**
 * The `Accept` headers that the parameters of a request stand for. Besides `format`, clients for all kinds of endpoints
 * send `output` and `results`, each more than once, some empty; a plus that was not escaped arrives as a space.
 */
function askedForms(parameters: Fields): readonly string[] {
  const given = ['format', 'output', 'results'].flatMap((name) => parameters.all(name)).filter((value) => value !== '' && value !== 'auto');
  const names = given.map((value) => value.trim().replaceAll(' ', '+'));
  const known = names.map((name) => (name.includes('/') ? name : shortNames.get(name.toLowerCase()))).filter((value) => value !== undefined);
  if (known.length === 0 && names.length > 0 && parameters.has('format')) throw notAcceptable([...shortNames.keys()].map((mediaType) => ({ mediaType })));
  return known;
}

interface Negotiated {
  readonly offer: Offer;
  readonly resultFormat: ResultFormat;
  readonly graphFormat: string;
}

/**
 * What a query is answered with. A form in a parameter goes before `Accept`, but only when this kind of query has it:
 * libraries have one setting for all kinds. For the same reason who accepts nothing but the JSON (or XML) of the other
 * kind gets that of this kind.
 */
export function negotiateQuery(kind: QueryKind | undefined, accept: string | undefined, parameters: Fields): Negotiated {
  for (const header of askedForms(parameters)) {
    const negotiated = negotiateBy(kind, header);
    if (negotiated) return negotiated;
  }
  const negotiated = negotiateBy(kind, accept) ?? negotiateBy(kind, kindredOf(accept ?? ''));
  if (!negotiated) throw notAcceptable(kind === 'graph' ? graphOffers : resultOffers);
  return negotiated;
}

const kindred: readonly (readonly [result: string, graph: string])[] = [
  ['application/sparql-results+json', 'application/ld+json'],
  ['application/sparql-results+xml', 'application/rdf+xml'],
];

/** The same notation for the other kind of query; nothing we have when there is none. */
function kindredOf(accept: string): string {
  const named = new Set(parseAccept(accept).map(({ type, subtype }) => `${type}/${subtype}`));
  const others = [...kindred, ...kindred.map(([result, graph]) => [graph, result] as const)].filter(([from]) => named.has(from)).map(([, to]) => to);
  return others.length > 0 ? others.join(',') : '*/*;q=0';
}

function negotiateBy(kind: QueryKind | undefined, header: string | undefined): Negotiated | undefined {
  const results = choose(header, [...resultOffers, pageOffer]);
  const chosen = choose(header, [...graphOffers, htmlOffer]);
  const graphs = chosen && inForm(chosen, header);
  const offer = kind === 'graph' ? graphs : kind === undefined ? (results ?? graphs) : results;
  if (!offer) return undefined;
  return {
    offer,
    resultFormat: results?.result ?? json,
    graphFormat: graphs && isRdfOffer(graphs) ? graphs.format.mediaType : 'text/turtle',
  };
}
