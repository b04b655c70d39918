import type { Principal } from '../principal.js';
import type { Operation, QuadLine } from '../changeset.js';
import type { DatasetSettings } from '../dataset.js';
import type { Engine } from '../engine/engine.js';
import type { GraphState } from '../state.js';

/** What an operation may ask of the writer that carries it out. */
export interface UpdateContext {
  /** The graph with the effect of the earlier operations of the request. Not changed while the operation runs. */
  readonly state: GraphState & Pick<Engine, 'lines'>;
  /** BASE_IRI; ends in `/`. */
  readonly base: string;
  /** Every dataset that exists now, visible to the caller or not; those an earlier operation created included. */
  readonly datasets: readonly DatasetSettings[];
  readonly principal: Principal;
  /** Datasets earlier operations of this request created: the caller may write them too. */
  readonly created: ReadonlySet<string>;
  /** The graph that stands for the unnamed one and is the only one the request may read: a patch of one graph. */
  readonly onlyGraph?: string;
  /** False: WHERE reads the dataset standaard alone instead of the merged graph. */
  readonly unionDefaultGraph: boolean;
  /** Solutions a WHERE may have. */
  readonly maxRows: number;
  /** Where what outgrows memory is staged; default the system's folder for temporary files. */
  readonly folder?: string;
  /** A fresh skolem IRI (without angle brackets). */
  skolem(): string;
  /**
   * Takes an effective change: deleted quads were there, inserted ones were not, each quad comes at most once in an
   * operation. The receiver keeps it until the operation is over: that still reads.
   */
  emit(op: Operation, line: QuadLine): void;
  /** The dataset is written (or created by CREATE) and has no description yet; the right to create was checked. */
  createDataset(dataset: string): void;
  /** The dataset was dropped: its description may go, when the request is carried out. */
  dropDescription(dataset: string): void;
}
