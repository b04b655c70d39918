import { Fault, type Text } from '../faults.js';
import { unusableName, usableFormats } from '../rdf/fileNames.js';
import { formatByExtension, formatByMediaType, jsonLdForms, type RdfFormat } from '../rdf/mediaTypes.js';
import { choose, profilesOf, type Offered } from './accept.js';

/** A representation that can be asked for: by media type, by suffix, and by its short name in entity tags. */
export interface Offer extends Offered {
  readonly name: string;
  readonly suffix: string;
  readonly contentType: string;
  /** Label for people. */
  readonly label: string;
}

export interface RdfOffer extends Offer {
  readonly format: RdfFormat;
}

/* What RDF libraries ask for by names from before the specifications were final; N-Triples was text/plain in 2004. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  turtle: ['text/n3', 'text/rdf+n3', 'application/x-turtle', 'application/turtle'],
  trig: ['application/x-trig'],
  nt: ['text/plain', 'text/ntriples'],
  nq: ['text/x-nquads', 'text/nquads'],
  jsonld: ['application/x-json+ld'],
  rdf: ['application/xml', 'text/xml'],
};

function rdf(name: string, suffix: string, mediaType: string, label: string, source = mediaType): RdfOffer {
  const format = formatByMediaType(source);
  if (!format) throw new Error(`No RDF format for ${source}`);
  const textual = mediaType.startsWith('text/');
  return { name, suffix, mediaType, aliases: aliases[name] ?? [], contentType: textual ? `${mediaType}; charset=utf-8` : mediaType, label, format };
}

const jsonLd = rdf('jsonld', 'jsonld', 'application/ld+json', 'JSON-LD');
const turtle = rdf('turtle', 'ttl', 'text/turtle', 'Turtle');
const others: readonly RdfOffer[] = [
  rdf('trig', 'trig', 'application/trig', 'TriG'),
  rdf('nt', 'nt', 'application/n-triples', 'N-Triples'),
  rdf('nq', 'nq', 'application/n-quads', 'N-Quads'),
  rdf('rdf', 'rdf', 'application/rdf+xml', 'RDF/XML'),
];
/** JSON-LD for clients that only know JSON. */
const plainJson = rdf('json', 'json', 'application/json', 'JSON', 'application/ld+json');

/** For graphs without a favourite: Turtle first. */
export const graphOffers: readonly RdfOffer[] = [turtle, jsonLd, ...others, plainJson];
/*
 * Statements of a document stand in named graphs in these forms: who reads JSON-LD or Turtle nearly as well looks for
 * them in the default graph (Comunica asks for N-Quads first, whatever it does with them).
 */
const apart = (offer: RdfOffer): RdfOffer => (offer.format.quads && others.includes(offer) ? { ...offer, weight: 0.85 } : offer);
/** For things programs read one by one: JSON-LD first. */
export const documentOffers: readonly RdfOffer[] = [jsonLd, plainJson, turtle, ...others].map(apart);
/** For the statements of one dataset: Turtle first. */
export const contentOffers: readonly RdfOffer[] = graphOffers.map(apart);

export const htmlOffer: Offer = { name: 'html', suffix: 'html', mediaType: 'text/html', contentType: 'text/html; charset=utf-8', label: 'HTML' };
export const jsonOffer: Offer = { name: 'json', suffix: 'json', mediaType: 'application/json', contentType: 'application/json', label: 'JSON' };

export function isRdfOffer(offer: Offer): offer is RdfOffer {
  return 'format' in offer;
}

/** Fault `not-acceptable` with the list of what is possible (RFC 9110 §15.5.7). */
export function notAcceptable(offers: readonly Offered[]): Fault {
  const possible = [...new Set(offers.map((offer) => offer.mediaType))];
  return new Fault(
    'not-acceptable',
    {
      nl: `Vraag een van deze formaten: ${possible.join(', ')}.`,
      en: `Ask for one of these media types: ${possible.join(', ')}.`,
    },
    { extra: { mogelijk: possible } },
  );
}

/** The offer an `Accept` header asks for; Fault `not-acceptable` when there is none. */
export function negotiate<T extends Offered>(accept: string | undefined, offers: readonly T[]): T {
  const offer = choose(accept, offers);
  if (!offer) throw notAcceptable(offers);
  return offer;
}

const jsonLdProfile = 'http://www.w3.org/ns/json-ld#';

/** JSON-LD in the form that a profile asks for (JSON-LD 1.1 §6.1); any other offer, and any other profile, as it is. */
export function inForm<T extends Offer>(offer: T, accept: string | undefined): T {
  if (!isRdfOffer(offer) || offer.mediaType !== jsonLd.mediaType) return offer;
  const asked = new Set(profilesOf(accept, offer.mediaType));
  const form = jsonLdForms.find((name) => asked.has(jsonLdProfile + name));
  if (form === undefined) return offer;
  return { ...offer, name: `${offer.name}.${form}`, contentType: `${offer.contentType};profile="${jsonLdProfile}${form}"`, format: { ...offer.format, form } };
}

/** As `negotiate`, for documents that can be written in each form of JSON-LD. */
export function negotiateForm<T extends Offer>(accept: string | undefined, offers: readonly T[]): T {
  return inForm(negotiate(accept, offers), accept);
}

/** Splits `name.ttl` into the name and the offer its suffix names; without a known suffix the whole is the name. */
export function bySuffix<T extends Offer>(path: string, offers: readonly T[]): { readonly name: string; readonly offer?: T } {
  const at = path.lastIndexOf('.');
  const offer = at === -1 ? undefined : offers.find(({ suffix }) => suffix === path.slice(at + 1));
  return offer ? { name: path.slice(0, at), offer } : { name: path };
}

/** For who sent a file, not a media type. */
function unknownFile(fileName: string): Text {
  return (
    unusableName(fileName) ?? {
      nl: `Uit de naam ${fileName} blijkt niet welk formaat het is. Laden kan met ${usableFormats}.`,
      en: `The name ${fileName} does not tell its format. What can be loaded is ${usableFormats}.`,
    }
  );
}

/** Clients that are told nothing send a type of their own: the sender has to see which. */
function unknownType(mediaType: string): Text {
  const known = graphOffers.map((offer) => offer.mediaType).join(', ');
  const sent = mediaType === '' ? { nl: 'Er is geen Content-Type.', en: 'There is no Content-Type.' } : { nl: `Content-Type "${mediaType}" is hier niet bruikbaar.`, en: `Content-Type "${mediaType}" is of no use here.` };
  return { nl: `${sent.nl} Zeg welke RDF u stuurt: ${known}.`, en: `${sent.en} Say which RDF you send: ${known}.` };
}

/** The format of an upload: its media type, else its file name; Fault `unsupported-media-type` when neither says. */
export function uploadFormat(mediaType: string, fileName?: string): RdfFormat {
  const generic = mediaType === '' || mediaType === 'application/octet-stream' || mediaType === 'text/plain';
  const extension = fileName?.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  const byName = extension === undefined ? undefined : formatByExtension(extension);
  const format = generic ? byName : (formatByMediaType(mediaType) ?? byName);
  if (format?.canParse) return format;
  if (generic && fileName !== undefined && fileName !== '') throw new Fault('unsupported-media-type', unknownFile(fileName));
  throw new Fault('unsupported-media-type', unknownType(mediaType));
}
