import type { Language, Translate } from './words.js';

/** What every page knows of the request it answers. */
export interface View {
  readonly language: Language;
  readonly t: Translate;
  /** IRI base of the service; ends in `/`. */
  readonly base: string;
  /** Path of this page without language prefix, with its query: for the language switch. */
  readonly path: string;
  /** Address of a page of ours in the same language. `path` begins with `/`. */
  href(path: string): string;
  /** The same, as the whole address it has on the web. */
  address(path: string): string;
  /** True when the page is read at that address, and not through another name of the machine. */
  readonly home: boolean;
  /** The same page in a language. */
  inLanguage(language: Language): string;
  /** Addresses of the style sheet and the icon. */
  readonly style: string;
  readonly icon: string;
  /** The old version a page shows, and the address of today's page. */
  readonly past?: { readonly number: number; readonly time: string; readonly today: string };
  readonly owner?: string;
  readonly contact?: string;
}

/** Address of the page about an IRI: its own document when it is one of ours, else `/doc?iri=`. */
export function documentPath(base: string, iri: string): string {
  const id = `${base}id/`;
  return iri.startsWith(id) && !/[?#]/.test(iri) ? `/doc/${iri.slice(id.length)}` : `/doc?iri=${encodeURIComponent(iri)}`;
}

/** True for addresses a page may link to; anything else (`javascript:`, `urn:`) is shown as text. */
export function isWebAddress(iri: string): boolean {
  return /^https?:\/\//i.test(iri);
}
