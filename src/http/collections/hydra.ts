import type { Quad } from '@rdfjs/types';
import { dct, foaf, rdf, xsd } from '../../rdf/prefixes.js';
import { literal, namedNode, quad } from '../../rdf/terms.js';

export const hydra = (name: string): string => `http://www.w3.org/ns/hydra/core#${name}`;

/** One page of a collection: addresses are absolute. */
export interface HydraPage {
  readonly iri: string;
  readonly title: Readonly<Record<string, string>>;
  readonly total: number;
  readonly items: readonly string[];
  readonly first: string;
  readonly previous?: string;
  readonly next?: string;
  readonly last: string;
}

/**
 * Words for pages of a collection in JSON-LD, beside our versioned context. `items` and the four directions are links;
 * the items themselves are nested.
 */
export const pageContext = {
  Collectie: hydra('Collection'),
  Deelweergave: hydra('PartialCollectionView'),
  totaal: { '@id': hydra('totalItems'), '@type': xsd('integer') },
  eerste: { '@id': hydra('first'), '@type': '@id' },
  vorige: { '@id': hydra('previous'), '@type': '@id' },
  volgende: { '@id': hydra('next'), '@type': '@id' },
  laatste: { '@id': hydra('last'), '@type': '@id' },
  items: { '@id': hydra('member'), '@type': '@id', '@container': '@set' },
} as const;

const words = [['eerste', 'first'], ['vorige', 'previous'], ['volgende', 'next'], ['laatste', 'last']] as const;

/** The paging members of the JSON document (Hydra Core Vocabulary, Collections and PartialCollectionView). */
export function pageMembers(page: HydraPage): Readonly<Record<string, unknown>> {
  return {
    '@id': page.iri,
    '@type': ['Collectie', 'Deelweergave'],
    totaal: page.total,
    ...Object.fromEntries(words.flatMap(([word, key]) => (page[key] === undefined ? [] : [[word, page[key]]]))),
  };
}

/** The same as quads, for the other forms of RDF. */
export function pageQuads(page: HydraPage): readonly Quad[] {
  const node = namedNode(page.iri);
  const links = words.flatMap(([, key]) => (page[key] === undefined ? [] : [quad(node, namedNode(hydra(key)), namedNode(page[key]))]));
  return [
    ...['Collection', 'PartialCollectionView'].map((type) => quad(node, namedNode(rdf('type')), namedNode(hydra(type)))),
    ...Object.entries(page.title).map(([language, text]) => quad(node, namedNode(dct('title')), literal(text, language))),
    quad(node, namedNode(hydra('totalItems')), literal(String(page.total), namedNode(xsd('integer')))),
    ...links,
    ...page.items.map((item) => quad(node, namedNode(hydra('member')), namedNode(item))),
  ];
}

/** That a page of ours is about a thing: `pagina` in our context. */
export function pageOf(item: string, address: string): Quad {
  return quad(namedNode(item), namedNode(foaf('page')), namedNode(address));
}
