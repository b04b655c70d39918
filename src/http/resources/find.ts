import type { Request } from 'express';
import { Fault } from '../../faults.js';
import { thingIri } from '../../rdf/thingIri.js';
import { fields } from '../context.js';
import { bySuffix, htmlOffer, type Offer } from '../formats.js';
import { documentOffers } from '../formats.js';

/** A document that was asked for: the entity it is about, and the form when the address names one. */
export interface Asked {
  /** IRIs to try, most likely first: percent-encoded as in the address, and as an IRI with its own characters. */
  readonly iris: readonly string[];
  readonly offer?: Offer;
}

export const entityOffers: readonly Offer[] = [...documentOffers.slice(0, 2), htmlOffer, ...documentOffers.slice(2)];

/** What a path below `/id/` or `/doc/` names. */
export function askedByPath(base: string, path: string, suffixes: boolean): Asked {
  const { name, offer } = suffixes ? bySuffix(path, entityOffers) : { name: path, offer: undefined };
  const raw = `${base}id/${name}`;
  return { iris: [...new Set([raw, decodeURI(raw)])], ...(offer ? { offer } : {}) };
}

/** `?formaat=ttl` on addresses that cannot carry a suffix. */
export function askedByQuery(base: string, req: Request): Asked | undefined {
  const query = fields(req);
  const iri = query.one('iri');
  if (iri === undefined) return undefined;
  const suffix = query.one('formaat');
  const offer = suffix === undefined ? undefined : entityOffers.find((item) => item.suffix === suffix);
  if (suffix !== undefined && !offer) {
    throw new Fault('bad-request', {
      nl: `Het formaat "${suffix}" kennen wij niet. Kies uit ${entityOffers.map((item) => item.suffix).join(', ')}.`,
      en: `Format "${suffix}" is not known. Choose from ${entityOffers.map((item) => item.suffix).join(', ')}.`,
    });
  }
  return { iris: [thingIri(iri, base)], ...(offer ? { offer } : {}) };
}

/** A code people know an organisation or place by, brought to the form the graph keeps. */
export function askedCode(req: Request): { readonly scheme: 'kbo' | 'ovo' | 'nis'; readonly notation: string } | undefined {
  const query = fields(req);
  for (const scheme of ['kbo', 'ovo', 'nis'] as const) {
    const text = query.one(scheme)?.trim();
    if (text === undefined) continue;
    if (scheme === 'kbo') return { scheme, notation: text.replace(/^BE/i, '').replace(/[.\s]/g, '').padStart(10, '0') };
    if (scheme === 'ovo') return { scheme, notation: /^\d+$/.test(text) ? `OVO${text.padStart(6, '0')}` : text.toUpperCase() };
    return { scheme, notation: text };
  }
  return undefined;
}
