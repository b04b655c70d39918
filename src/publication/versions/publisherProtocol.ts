import type { AlsoPublished } from './published.js';
import type { Kind } from './versionWriter.js';

export interface PublisherSettings {
  readonly dataDir: string;
  readonly base: string;
  /** Datasets of these statuses are published too. */
  readonly also: AlsoPublished;
  readonly kinds: readonly Kind[];
}

/** What the thread tells of itself. */
export type PublisherNews = { readonly commit: number; readonly generation: string; /** There are commits it has not followed yet. */ readonly behind: boolean } | { readonly problem: string };
