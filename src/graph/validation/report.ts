import type { TermText } from '../../rdf/termText.js';

export type Severity = 'Violation' | 'Warning' | 'Info';

/**
 * One validation result (SHACL §3.6.2) as plain data. `component` and `shape` are IRIs or blank node labels;
 * `path` is the SPARQL-like text of the property path (`ex:a/ex:b` with full IRIs in angle brackets).
 */
export interface ValidationResult {
  readonly focusNode: TermText;
  readonly path?: string;
  readonly value?: TermText;
  readonly severity: Severity;
  /** Original severity IRI when it is none of the three of SHACL. */
  readonly severityIri?: string;
  readonly component: string;
  readonly shape: TermText;
  /** Messages by language tag; '' for none. */
  readonly messages: Readonly<Record<string, string>>;
  /** The dataset whose description of the focus node was validated. */
  readonly dataset: string;
  /** Whether this change brought the result, or it was there before. */
  readonly origin: 'change' | 'existing';
  /** Line the focus node's description starts on, when it came from a file. */
  readonly line?: number;
  /** Name of the focus node by language, as the validated data have it: what is refused has no name in the graph. */
  readonly name?: Readonly<Record<string, string>>;
}

export interface ValidationReport {
  /** SHACL §3.6.1: false as soon as there is any result, of any severity. Gate on `blocking` instead. */
  readonly conforms: boolean;
  readonly results: readonly ValidationResult[];
  /** True when more results exist than the limit allowed to keep. */
  readonly truncated: boolean;
  readonly counts: Readonly<Record<Severity, number>>;
}
