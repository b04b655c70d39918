import { splitLine } from '../../rdf/nquads.js';
import type { TermText } from '../../rdf/termText.js';
import type { ValidationReport } from './report.js';
import type { StagedDocument } from '../api.js';
import { readStaged } from '../stagedFile.js';

/** The report with the line of the source on which each focus node starts: a steward looks there, not for the IRI. */
export function withSourceLines(report: ValidationReport, documents: readonly StagedDocument[]): ValidationReport {
  const wanted = new Set(report.results.map((result) => result.focusNode));
  const lines = new Map<TermText, number>();
  for (const document of documents) if (lines.size < wanted.size) collect(document, wanted, lines);
  if (lines.size === 0) return report;
  return {
    ...report,
    results: report.results.map((result) => {
      const line = lines.get(result.focusNode);
      return line === undefined ? result : { ...result, line };
    }),
  };
}

function collect(document: StagedDocument, wanted: ReadonlySet<TermText>, lines: Map<TermText, number>): void {
  for (const rows of readStaged(document.path)) {
    for (const row of rows) {
      const { subject } = splitLine(row.quad);
      if (row.line > 0 && wanted.has(subject) && !lines.has(subject)) lines.set(subject, row.line);
    }
    if (lines.size === wanted.size) return;
  }
}
