import type { CataloguePublisher } from '../catalogue/model.js';
import type { Flavour, PageAddress } from './address.js';
import type { LintReport } from './lintRules.js';
import type { PageState } from './streamPages.js';
import type { StreamTitles } from './titles.js';
import type { PageFormat } from './writePage.js';

export interface PagesSettings extends StreamTitles {
  /** Path of the store of versions. */
  readonly path: string;
  readonly base: string;
  /** Who answers for the catalogue, whose feed is one of the streams. */
  readonly publisher: CataloguePublisher;
}

/** A page as bytes. */
export interface WrittenPage {
  /** What the bytes are of. */
  readonly page: PageState;
  readonly gzip: Uint8Array;
  /** Length without compression. */
  readonly bytes: number;
}

export interface PagesCalls {
  /** Undefined when there is no such page (any more). */
  readonly page: {
    readonly args: { readonly address: PageAddress; readonly format: PageFormat; readonly origin: string; readonly now: number };
    readonly answer: WrittenPage | undefined;
  };
  /** A member by its address; undefined when no stream holds it. */
  readonly member: {
    readonly args: { readonly commit: number; readonly id: string; readonly format: PageFormat; readonly origin: string };
    readonly answer: { readonly text: string; readonly sequence: number } | undefined;
  };
  /** Checks the root and the first and last pages. */
  readonly check: { readonly args: { readonly stream: string; readonly flavour: Flavour }; readonly answer: LintReport };
}
