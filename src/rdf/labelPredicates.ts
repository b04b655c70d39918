import { dct, foaf, prefixes, rdfs, skos } from './prefixes.js';

/** What names a thing, best first. */
export const labelPredicates = [
  skos('prefLabel'),
  rdfs('label'),
  dct('title'),
  foaf('name'),
  `${prefixes.schemas}name`,
  `${prefixes.schema}name`,
] as const;
