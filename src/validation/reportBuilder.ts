import type { TermText } from '../rdf/termText.js';
import type { Severity, ValidationReport, ValidationResult } from '../graph/validation/report.js';
import type { FreshResult } from './results.js';

/** Collects results up to a limit, those that block before the others, and counts them all. */
export class ReportBuilder {
  readonly #limit: number;
  readonly #lineOf: ((subject: TermText) => number | undefined) | undefined;
  readonly #nameOf: ((result: FreshResult) => ValidationResult['name']) | undefined;
  readonly #blocking: ValidationResult[] = [];
  readonly #others: ValidationResult[] = [];
  readonly #counts: Record<Severity, number> = { Violation: 0, Warning: 0, Info: 0 };

  constructor(limit: number, about: { readonly lineOf?: ((subject: TermText) => number | undefined) | undefined; readonly nameOf?: (result: FreshResult) => ValidationResult['name'] } = {}) {
    this.#limit = limit;
    this.#lineOf = about.lineOf;
    this.#nameOf = about.nameOf;
  }

  /** Whether one more result of this kind would still be shown. */
  wants(blocking: boolean): boolean {
    return (blocking ? this.#blocking.length : this.#blocking.length + this.#others.length) < this.#limit;
  }

  add(result: FreshResult, origin: ValidationResult['origin'], blocking = false): void {
    this.#counts[result.severity] += 1;
    const list = blocking ? this.#blocking : this.#others;
    if (list.length >= this.#limit) return;
    const line = this.#lineOf?.(result.focusNode);
    const name = this.#nameOf?.(result);
    list.push({ ...result, origin, ...(line !== undefined && { line }), ...(name !== undefined && { name }) });
  }

  get blocking(): boolean {
    return this.#blocking.length > 0;
  }

  build(): ValidationReport {
    const total = this.#counts.Violation + this.#counts.Warning + this.#counts.Info;
    return {
      conforms: total === 0,
      results: [...this.#blocking, ...this.#others].slice(0, this.#limit),
      truncated: total > this.#limit,
      counts: { ...this.#counts },
    };
  }
}
