import type { Change, Changeset } from '../changeset.js';
import type { DatasetSettings } from '../dataset.js';
import type { Engine } from '../engine/engine.js';

export interface DeriveRequest {
  /** The state after what was asserted, with what was derived before. */
  readonly engine: Engine;
  /** What was asserted. */
  readonly changes: Changeset;
  /** The datasets before the change; those after it are the engine's. */
  readonly before: readonly DatasetSettings[];
  /** Every rule in full, whatever changed. */
  readonly everything: boolean;
}

/** Derived knowledge as the writer sees it (design: Derived knowledge): what a change means for the derived dataset. */
export interface Deriver {
  /** Differs when the rules differ: then what an earlier version derived has to be derived anew. */
  readonly digest: string;
  /** Changes of the derived dataset; To be told of every write, one by one. */
  derive(request: DeriveRequest, emit: (change: Change) => void): void;
}
