import type { Attributes } from './terms.js';

const hydra = 'http://www.w3.org/ns/hydra/core#';
const lblodBesluit = 'http://lblod.data.gift/vocabularies/besluit/';

/** The prefixes the links below use, for an element around them. */
export const publicationPrefixes: Attributes = { prefix: `lblodBesluit: ${lblodBesluit} hydra: ${hydra}` };

/** What the spider of the harvester of local decisions follows, on elements `a`: this page leads to that one. */
export function publicationLink(address: string): Attributes {
  return { property: 'lblodBesluit:linkToPublication', resource: address };
}

/** The next page of the same list: followed too, and stated as what it is (Hydra, PartialCollectionView). */
export function nextPageLink(address: string): Attributes {
  return { property: 'hydra:next lblodBesluit:linkToPublication', resource: address };
}

/** An address as a spider follows it: what ends in `.pdf` it takes for a file, and leaves. */
export function followable(address: string): string {
  return address.replace(/\.pdf$/u, '%2Epdf');
}
