import type { Request } from 'express';
import { Fault } from '../../faults.js';
import { address, type Deps } from '../deps.js';
import { documentOffers, htmlOffer, negotiateForm, type Offer } from '../formats.js';
import type { CollectionRequest } from './parameters.js';
import type { ItemsPage } from './read.js';
import type { Collection } from './table.js';

export const csvOffer: Offer = { name: 'csv', suffix: 'csv', mediaType: 'text/csv', contentType: 'text/csv; charset=utf-8; header=present', label: 'CSV' };
export const excelOffer: Offer = { ...csvOffer, name: 'csv-excel', suffix: 'csv-excel', label: 'CSV voor Excel' };
export const offers: readonly Offer[] = [...documentOffers.slice(0, 2), htmlOffer, ...documentOffers.slice(2), csvOffer];
const bySuffix: readonly Offer[] = [...offers, excelOffer];

function unknownForm(suffix: string): Fault {
  const known = bySuffix.map((offer) => offer.suffix);
  return new Fault(
    'bad-request',
    { nl: `Het formaat "${suffix}" kennen wij niet. Kies uit: ${known.join(', ')}.`, en: `Format "${suffix}" is not known. Choose from: ${known.join(', ')}.` },
    { extra: { parameter: 'formaat', waarde: suffix, toegelaten: known } },
  );
}

/** `formaat=` goes before the suffix, the suffix before `Accept`. */
export function offerOf(req: Request, { format }: CollectionRequest): Offer {
  const suffix = format ?? req.params['suffix'];
  if (suffix === undefined) return negotiateForm(req.get('accept'), offers);
  const offer = bySuffix.find((one) => one.suffix === String(suffix));
  if (!offer) throw unknownForm(String(suffix));
  return offer;
}

export function queryText(entries: readonly (readonly [string, string])[]): string {
  const text = new URLSearchParams(entries.map(([name, value]): [string, string] => [name, value])).toString();
  return text === '' ? '' : `?${text}`;
}

/** Paths (with their query) of the pages around one. */
export function around(path: string, { kept, page }: CollectionRequest, { pages }: ItemsPage): { readonly self: string; readonly first: string; readonly previous?: string; readonly next?: string; readonly last: string } {
  const at = (number: number): string => path + queryText(number === 1 ? kept : [...kept, ['pagina', String(number)]]);
  return {
    self: at(page),
    first: at(1),
    ...(page > 1 ? { previous: at(page - 1) } : {}),
    ...(page < pages ? { next: at(page + 1) } : {}),
    last: at(pages),
  };
}

export type Around = ReturnType<typeof around>;

/** RFC 8288: the pages around, and the same page in other forms. */
export function linksOf(deps: Deps, here: Around, others: readonly { readonly href: string; readonly type: string }[]): readonly string[] {
  const pages = [['first', here.first], ['prev', here.previous], ['next', here.next], ['last', here.last]] as const;
  return [
    ...pages.flatMap(([rel, path]) => (path === undefined ? [] : [`<${address(deps, path)}>; rel="${rel}"`])),
    ...others.map(({ href, type }) => `<${href}>; rel="alternate"; type="${type}"`),
  ];
}

/** The same page with `formaat` another. */
export function otherForms(deps: Deps, { name }: Collection, { kept, page }: CollectionRequest, forms: readonly Offer[]): readonly { readonly href: string; readonly type: string; readonly label: string }[] {
  const rest = [...kept.filter(([key]) => key !== 'formaat'), ...(page === 1 ? [] : [['pagina', String(page)] as const])];
  return forms.map(({ suffix, mediaType, label }) => ({ href: address(deps, `/${name}${queryText([...rest, ['formaat', suffix]])}`), type: mediaType, label }));
}
