import { sh } from '../rdf/prefixes.js';
import type { TermText } from '../rdf/termText.js';
import type { Severity, ValidationReport, ValidationResult } from '../graph/validation/report.js';

/** Whether the change describes the focus node of a result in the dataset of that result. */
export type IsDescribed = (result: ValidationResult) => boolean;

function problem({ shape, component, path, severity, origin, messages }: ValidationResult, focusNode: TermText, value: TermText | undefined): string {
  return JSON.stringify([shape, component, path, severity, origin, messages, focusNode, value]);
}

const askedOfAll = sh('SPARQLConstraintComponent');

/**
 * The report with each problem once. A SPARQL constraint asks all datasets together, so a node that several of them
 * describe fails it in each, and a rule about two things ("both have this number", the other one as value) finds them
 * both; a person has one problem to solve. What the change itself describes is kept before the rest: that is where
 * its author can act.
 */
export function withoutEchoes(report: ValidationReport, isDescribed: IsDescribed): ValidationReport {
  const kept = new Set<ValidationResult>();
  const seen = new Set<string>();
  const own = report.results.filter(isDescribed);
  for (const result of new Set([...own, ...report.results])) {
    const { focusNode, value, component } = result;
    if (component === askedOfAll && (seen.has(problem(result, focusNode, value)) || (value !== undefined && seen.has(problem(result, value, focusNode))))) continue;
    seen.add(problem(result, focusNode, value));
    kept.add(result);
  }
  if (kept.size === report.results.length) return report;
  const counts: Record<Severity, number> = { ...report.counts };
  for (const result of report.results) if (!kept.has(result)) counts[result.severity] -= 1;
  return { ...report, results: report.results.filter((result) => kept.has(result)), counts };
}
