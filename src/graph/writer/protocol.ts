import type { Principal } from '../principal.js';
import type { ValidationReport } from '../validation/report.js';
import type { StagedDocument, WriteRequest } from '../api.js';
import type { CommitHeader, CommitNote } from '../commit.js';
import type { Head } from '../journal/journal.js';
import type { Rehearsal } from '../update/index.js';
import type { Written } from './writer.js';

export interface WriterSettings {
  readonly dataDir: string;
  readonly base: string;
  readonly unionDefaultGraph: boolean;
  readonly reportLimit: number;
  /** Solutions the WHERE of an update may have. */
  readonly maxUpdateRows: number;
}

export interface ValidateArgs {
  readonly document: StagedDocument;
  /** As if it were loaded into this dataset. */
  readonly dataset: string;
  readonly principal: Principal;
}

export interface Purged {
  readonly commit: CommitHeader;
  readonly parts: number;
  readonly quads: number;
}

export interface WriterState {
  readonly head: Head | null;
  readonly quads: number;
  /** Of its engine. */
  readonly memoryBytes: number;
  /** The derived dataset is that of other rules, or of what was erased: action `derive` is due. */
  readonly stale: boolean;
}

/** What the writer's thread does. One call at a time, in the order they come. */
export interface WriterCalls {
  /** Opens the log, takes the lock of the data folder and catches up. */
  readonly open: { readonly args: WriterSettings; readonly answer: WriterState; readonly progress: number };
  /** What may take very long is not done but handed back, to be rehearsed first, unless it was. */
  readonly write: { readonly args: { readonly request: WriteRequest; readonly principal: Principal; readonly rehearsed?: boolean }; readonly answer: Written | { readonly rehearse: readonly Rehearsal[] } };
  readonly validate: { readonly args: ValidateArgs; readonly answer: ValidationReport };
  readonly purge: { readonly args: { readonly text: string; readonly note: CommitNote; readonly principal: Principal }; readonly answer: Purged };
  /** Writes a snapshot of the head, unless there is one. */
  readonly snapshot: { readonly args: Record<never, never>; readonly answer: { readonly commit: number } };
  readonly state: { readonly args: Record<never, never>; readonly answer: WriterState };
  readonly close: { readonly args: Record<never, never>; readonly answer: undefined };
}
