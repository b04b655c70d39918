/** What the writer and the pages may ask of validation. */
import type { Quad } from '@rdfjs/types';
import type { Changeset, QuadLine } from '../changeset.js';
import type { DatasetSettings } from '../dataset.js';
import type { GraphState } from '../state.js';
import type { TermText } from '../../rdf/termText.js';
import type { ValidationReport } from './report.js';

export interface ChangeRequest {
  /** The state with the change applied. */
  readonly after: GraphState;
  /** What changed, effective quads only. Iterated several times. */
  readonly changes: Changeset;
  /** Settings of every dataset of the state, as they are after the change. */
  readonly datasets: readonly DatasetSettings[];
  /** Line of the loaded file on which the description of a node starts. */
  readonly lineOf?: (subject: TermText) => number | undefined;
  /** Results kept; further ones only count (`truncated`). */
  readonly limit: number;
  /** Keep results that say the same as another one (of a second dataset, or from the other side). Not for people. */
  readonly echoes?: boolean;
  /**
   * Runs `work` on the state before the change (the writer applies the inverse patch, and the patch again). Used to
   * tell new results from old ones when shapes have `sh:sparql` (without it those results are new) or the change is
   * large; otherwise an overlay in memory serves.
   */
  readonly withBefore?: <T>(work: (before: GraphState) => T) => T;
}

export interface ChangeVerdict {
  readonly report: ValidationReport;
  /** True when the change must be rejected. */
  readonly blocking: boolean;
}

export interface FullRequest {
  /** Only this dataset. */
  readonly dataset?: string;
  readonly limit: number;
  readonly progress?: (done: number, total: number) => void;
}

/** Validation of changes, of whole datasets and of documents. Synchronous: it runs in the writer's thread. */
export interface GraphValidator {
  validateChange(request: ChangeRequest): ChangeVerdict;
  /** Every target of the shapes in every dataset with mode enforce or report, in batches. */
  validateAll(state: GraphState, datasets: readonly DatasetSettings[], request: FullRequest): ValidationReport;
  /** The document alone, against the shapes of this validator. */
  validateDocument(request: DocumentRequest): ValidationReport;
}

/** A document on its own: one graph (graph terms are ignored), its blank nodes as they are. */
export interface DocumentRequest {
  readonly quads: Iterable<Quad>;
  readonly limit: number;
  readonly lineOf?: (subject: TermText) => number | undefined;
}

/** A state made of lines: how document validation gets an engine for `sh:sparql`. */
export type MakeState = (lines: readonly QuadLine[]) => GraphState;
