import { nearNames } from '../../nearNames.js';
import { areas } from './areas.js';

let pages: readonly string[] | undefined;

/** Addresses without parameters that can be read. */
function readable(): readonly string[] {
  pages ??= areas.flatMap(({ operations }) => operations.filter(({ method, access }) => method === 'get' && access === undefined).flatMap(({ routes }) => routes)).filter((route) => !/[:*]/.test(route));
  return pages;
}

/** The addresses that come near to one there is nothing at, best first. */
export function nearAddresses(path: string): readonly string[] {
  return path.length > 100 ? [] : nearNames(path, readable());
}
