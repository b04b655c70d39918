import type { Severity, ValidationReport } from '../graph/validation/report.js';
import { parseTermText } from '../rdf/terms.js';
import { literalText } from './format.js';
import type { ReportNames } from '../validation/reportQuads.js';
import type { Names } from './labels.js';

/** One result as a person reads it; IRIs stand beside the words, for "technisch" and for programs. */
export interface ResultView {
  readonly severity: Severity;
  /** `here`: there is a page about it (what is being loaded has none yet). */
  readonly subject: { readonly iri: string; readonly label: string; readonly here: boolean };
  readonly field?: { readonly path: string; readonly label: string };
  readonly value?: string;
  readonly message: string;
  readonly line?: number;
  readonly existing: boolean;
  readonly shape: string;
  readonly dataset: string;
}

/** IRIs in the text of a path. */
function pathIris(path: string): readonly string[] {
  return [...path.matchAll(/<([^>]*)>/g)].map((found) => found[1] ?? '');
}

/** A path in words: one step after the other, or this or that field. */
function fieldName(path: string, names: Names): string {
  return pathIris(path)
    .map((iri) => names.of(iri))
    .join(path.includes('|') ? { nl: ' of ', en: ' or ' }[names.language] : ' › ');
}

/** The IRIs whose names a report needs. */
export function reportTerms(report: ValidationReport): readonly string[] {
  const iris = new Set<string>();
  for (const { focusNode, path, value } of report.results) {
    for (const text of [focusNode, value]) if (text?.startsWith('<')) iris.add(text.slice(1, -1));
    for (const iri of pathIris(path ?? '')) iris.add(iri);
  }
  return [...iris];
}

/** The names in a report for programs. */
export function reportNames(names: Names): ReportNames {
  return ({ focusNode, name, path }) => ({
    subject: focusNode.startsWith('<') ? names.of(focusNode.slice(1, -1), name) : focusNode,
    ...(path === undefined ? {} : { field: fieldName(path, names) }),
  });
}

const order: Readonly<Record<Severity, number>> = { Violation: 0, Warning: 1, Info: 2 };

/** What the change caused comes before what was already so, errors before warnings, then the order of the file. */
export function resultViews(report: ValidationReport, names: Names, fallbackMessage: string): readonly ResultView[] {
  const { language } = names;
  return report.results
    .map((result): ResultView => {
      const focus = parseTermText(result.focusNode);
      // A rule about a whole description has the thing itself as value: that would say its name twice.
      const value = result.value === undefined || result.value === result.focusNode ? undefined : parseTermText(result.value);
      return {
        severity: result.severity,
        subject: { iri: focus.value, label: focus.termType === 'NamedNode' ? names.of(focus.value, result.name) : focus.value, here: names.has(focus.value) },
        ...(result.path === undefined ? {} : { field: { path: result.path, label: fieldName(result.path, names) } }),
        ...(value === undefined
          ? {}
          : { value: value.termType === 'Literal' ? literalText(value.value, value.datatype.value, language) : value.termType === 'NamedNode' ? names.of(value.value) : value.value }),
        message: result.messages[language] ?? result.messages['nl'] ?? result.messages[''] ?? result.messages['en'] ?? fallbackMessage,
        ...(result.line === undefined || result.line === 0 ? {} : { line: result.line }),
        existing: result.origin === 'existing',
        shape: result.shape.replace(/^<|>$/g, ''),
        dataset: result.dataset,
      };
    })
    .toSorted((a, b) => Number(a.existing) - Number(b.existing) || order[a.severity] - order[b.severity] || (a.line ?? 0) - (b.line ?? 0));
}
