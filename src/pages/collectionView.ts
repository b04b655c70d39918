import type { Text } from '../faults.js';
import type { SourceStatus } from '../graph/dataset.js';

/** One value in a cell. */
export interface ShownCell {
  readonly value: string;
  /** Name of a linked thing. */
  readonly label?: string;
  readonly datatype?: string;
}

/** One item of a collection as tables show it. */
export interface ShownItem {
  readonly iri: string;
  readonly name: string;
  /** Absolute address of its page. */
  readonly page: string;
  readonly cells: ReadonlyMap<string, readonly ShownCell[]>;
  readonly statuses: readonly SourceStatus[];
}

export interface ShownColumn {
  readonly key: string;
  readonly label: Text;
  readonly kind: 'link' | 'text' | 'number' | 'date' | 'amount' | 'code';
}

/** A list a filter chooses from. */
export interface ShownFilter {
  readonly name: string;
  readonly choices?: readonly { readonly key: string; readonly label: string }[];
  readonly chosen: readonly string[];
}

export interface PageLink {
  readonly href: string;
  readonly label: string;
}

export interface CollectionPage {
  readonly name: string;
  readonly title: Text;
  readonly lead: Text;
  readonly total: number;
  readonly pageNumber: number;
  readonly pages: number;
  /** Number of the first item shown, from 1. */
  readonly from: number;
  readonly items: readonly ShownItem[];
  readonly columns: readonly ShownColumn[];
  readonly search: string;
  readonly filters: readonly ShownFilter[];
  readonly statusChoices: readonly string[];
  readonly status: string;
  readonly sorts: readonly { readonly key: string; readonly label: Text }[];
  readonly sort: string;
  readonly size: number;
  readonly filtered: boolean;
  /** Something other than the search words was chosen. */
  readonly narrowed: boolean;
  /** Paths, without the part for the language. */
  readonly links: { readonly first?: string; readonly previous?: string; readonly next?: string; readonly last?: string };
  readonly downloads: readonly PageLink[];
  readonly alternates: readonly { readonly href: string; readonly type: string }[];
  readonly siblings: readonly { readonly name: string; readonly title: Text }[];
}
