import type { DatasetSettings } from '../graph/dataset.js';
import type { GraphState } from '../graph/state.js';
import type { TermText } from '../rdf/termText.js';
import { findAffected, type Affected } from './affected.js';
import { batches } from './batches.js';
import { batchSize, BatchValidator } from './batchValidator.js';
import type { ChangeRequest, ChangeVerdict, DocumentRequest, FullRequest, GraphValidator, MakeState } from '../graph/validation/contract.js';
import { describedBefore } from './describedBefore.js';
import { describedIn } from './describedIn.js';
import { withoutEchoes, type IsDescribed } from './echoes.js';
import { documentDataset, documentLines, documentNames } from './documentLines.js';
import { DocumentState } from './documentState.js';
import { blocks } from './gate.js';
import { illTyped, valueKey } from './illTyped.js';
import { OverlayState } from './overlayState.js';
import type { ValidationReport, ValidationResult } from '../graph/validation/report.js';
import { ReportBuilder } from './reportBuilder.js';
import { findingKey, type Finding } from './results.js';
import type { ShapesRegistry } from './shapesRegistry.js';
import { subjectName } from './subjectName.js';
import { TargetFinder } from './targets.js';

/** Findings looked up together in the state before the change. */
const beforeBatch = 5_000;
/** From this size on the change is taken back in the engine rather than held in memory as an overlay. */
const largeChange = 50_000;

/** Validation against one set of shapes (rdf-validate-shacl for SHACL Core, the engine for `sh:sparql`). */
export class IncrementalValidator implements GraphValidator {
  readonly shapes: ShapesRegistry;
  readonly #makeState: MakeState | undefined;
  readonly #batch: BatchValidator;
  readonly #targets: TargetFinder;

  /** `makeState` is only needed for `validateDocument` with shapes that have `sh:sparql`. */
  constructor(shapes: ShapesRegistry, options: { readonly makeState?: MakeState } = {}) {
    this.shapes = shapes;
    this.#makeState = options.makeState;
    this.#batch = new BatchValidator(shapes);
    this.#targets = new TargetFinder(shapes);
  }

  /**
   * Validates what a change can have touched. A change of the settings of datasets is not one of quads: after one,
   * `validateAll` has to run.
   */
  validateChange(request: ChangeRequest): ChangeVerdict {
    const { after, changes, datasets, limit, lineOf, echoes = false } = request;
    const builder = new ReportBuilder(limit, { lineOf, nameOf: (result) => subjectName(after, result) });
    const affected = this.affected(request);
    const checked = datasets.filter(({ mode }) => mode !== 'off');
    const described = this.#targets.onlyDescribed ? describedIn(nodesOf(affected, checked), after) : undefined;
    for (const dataset of checked) {
      const said = new Set<string>();
      let pending: Finding[] = [];
      const flush = (): void => {
        const before = this.#before(pending, dataset, request);
        for (const finding of pending) {
          const { result } = finding;
          const origin = before.has(findingKey(finding)) ? 'existing' : 'change';
          builder.add(result, origin, blocks(result, origin, dataset, changes, affected));
        }
        pending = [];
      };
      for (const nodes of batches(this.#targetsAmong(affected, after, dataset, described), batchSize)) {
        for (const finding of this.#batch.results(nodes, after, dataset, this.#targets)) {
          const { result } = finding;
          if (result.severity === 'Violation' && said.size < limit) said.add(valueKey(result));
          // Past the limit a result on a described node only counts, so its past does not matter any more.
          const settled = blocks(result, 'existing', dataset, changes, affected);
          if (settled && !builder.wants(true)) builder.add(result, 'change', true);
          else pending.push(finding);
        }
        if (pending.length >= (changes.size > largeChange ? 10 * beforeBatch : beforeBatch)) flush();
      }
      flush();
      for (const { op, line } of changes.counts.has(dataset.iri) ? changes.changes(dataset.iri) : []) {
        const result = op === '+' ? illTyped(line, dataset.iri) : undefined;
        if (result && !said.has(valueKey(result))) builder.add(result, 'change', dataset.mode === 'enforce');
      }
    }
    const report = builder.build();
    const isDescribed: IsDescribed = ({ dataset, focusNode }) => affected.described.get(dataset)?.has(focusNode) === true;
    return { report: echoes ? report : withoutEchoes(report, isDescribed), blocking: builder.blocking };
  }

  /** The focus nodes a change can have touched. */
  affected({ after, changes, datasets }: Pick<ChangeRequest, 'after' | 'changes' | 'datasets'>): Affected {
    return findAffected(changes, new OverlayState(after, changes, datasets, 'union'), this.shapes, datasets);
  }

  validateAll(state: GraphState, datasets: readonly DatasetSettings[], { dataset: only, limit, progress }: FullRequest): ValidationReport {
    const builder = new ReportBuilder(limit);
    let earlier = 0;
    for (const dataset of datasets) {
      if (dataset.mode === 'off' || (only !== undefined && dataset.iri !== only)) continue;
      let size = 0;
      for (const { result } of this.fullResults(state, dataset, (done, total) => {
        size = total;
        progress?.(earlier + done, earlier + total);
      })) {
        builder.add(result, 'existing');
      }
      earlier += size;
    }
    return builder.build();
  }

  /** Results of every target in one dataset, batch by batch. */
  *fullResults(state: GraphState, dataset: DatasetSettings, progress?: (done: number, total: number) => void): Generator<Finding> {
    const nodes = this.#targets.candidates(state, dataset, this.shapes.roots);
    let done = 0;
    for (const part of batches(nodes, batchSize)) {
      yield* this.#batch.results(part, state, dataset, this.#targets);
      done += part.length;
      progress?.(done, nodes.size);
    }
  }

  validateDocument({ quads, limit, lineOf }: DocumentRequest): ValidationReport {
    const lines = documentLines(quads);
    const state = new DocumentState(lines, documentDataset.iri, this.shapes.usesSparql ? this.#makeState?.(lines) : undefined);
    const targets = new TargetFinder(this.shapes, { everyNode: true });
    const said = new Set<string>();
    const builder = new ReportBuilder(limit, { lineOf, nameOf: (result) => subjectName(state, result) });
    for (const part of batches(targets.candidates(state, documentDataset, this.shapes.roots), batchSize)) {
      for (const { result } of this.#batch.results(part, state, documentDataset, targets)) {
        said.add(valueKey(result));
        builder.add(documentNames(result), 'change');
      }
    }
    for (const line of lines) {
      const result = illTyped(line, documentDataset.iri);
      if (result && !said.has(valueKey(result))) builder.add(documentNames(result), 'change');
    }
    return withoutEchoes(builder.build(), () => true);
  }

  /** Nodes of a dataset to validate again: superset of the targets whose results can have changed. */
  *focusNodes(affected: Affected, state: GraphState, dataset: DatasetSettings): Generator<TermText> {
    const shapes = [...affected.shapes(dataset)];
    if (shapes.length === 0) return yield* affected.nodes(dataset);
    const targets = this.#targets.candidates(state, dataset, shapes);
    yield* targets;
    for (const node of affected.nodes(dataset)) if (!targets.has(node)) yield node;
  }

  /** The focus nodes that can be targets in the dataset, by what is `described` there; undefined: anything can. */
  *#targetsAmong(affected: Affected, state: GraphState, dataset: DatasetSettings, described: ReadonlyMap<string, ReadonlySet<TermText>> | undefined): Generator<TermText> {
    const here = described?.get(dataset.iri);
    const all = described === undefined || !affected.shapes(dataset)[Symbol.iterator]().next().done;
    if (!all && !here) return;
    for (const node of this.focusNodes(affected, state, dataset)) if (all || here?.has(node)) yield node;
  }

  /** Keys of the results that the nodes of these results had before the change. */
  #before(findings: readonly Finding[], dataset: DatasetSettings, request: ChangeRequest): ReadonlySet<string> {
    const keys = new Set<string>();
    if (findings.length === 0) return keys;
    const targets = new Set(findings.map(({ target }) => target));
    // What the dataset did not describe was no target there, and restoring the state before costs as much as the change.
    const nodes = this.#targets.onlyDescribed ? describedBefore(targets, dataset.iri, request.after, request.changes) : [...targets];
    if (nodes.length === 0) return keys;
    const collect = (before: GraphState, sparql: boolean): void => {
      for (const part of batches(nodes, batchSize)) {
        for (const finding of this.#batch.results(part, before, dataset, this.#targets, { sparql })) keys.add(findingKey(finding));
      }
    };
    if (request.withBefore && (this.shapes.usesSparql || request.changes.size > largeChange)) request.withBefore((before) => collect(before, true));
    else collect(new OverlayState(request.after, request.changes, request.datasets, 'before'), false);
    return keys;
  }
}

function nodesOf(affected: Affected, datasets: readonly DatasetSettings[]): ReadonlySet<TermText> {
  const nodes = new Set<TermText>();
  for (const dataset of datasets) for (const node of affected.nodes(dataset)) nodes.add(node);
  return nodes;
}

/** A report as somebody may see it who sees only some datasets: results of others are gone, also from the counts. */
export function visibleReport(report: ValidationReport, isVisible: (dataset: string) => boolean): ValidationReport {
  const hidden: readonly ValidationResult[] = report.results.filter(({ dataset }) => !isVisible(dataset));
  // What was cut off may have been hidden too, so a cut report counts only what it shows.
  if (hidden.length === 0 && !report.truncated) return report;
  const results = report.results.filter(({ dataset }) => isVisible(dataset));
  const counts = { Violation: 0, Warning: 0, Info: 0 };
  for (const { severity } of results) counts[severity] += 1;
  return { ...report, conforms: results.length === 0, results, counts };
}
