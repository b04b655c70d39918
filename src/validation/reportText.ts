import type { Text } from '../faults.js';
import type { Labels } from '../graph/api.js';
import { parseTermText } from '../rdf/terms.js';
import type { TermText } from '../rdf/termText.js';
import { documentDataset } from './documentLines.js';
import { spoken } from './messages.js';
import { walkedPredicates } from './path.js';
import { parsePathText } from './pathSyntax.js';
import type { Severity, ValidationReport, ValidationResult } from './report.js';
import { pick } from './texts.js';

type Language = keyof Text;

const severityWords: Readonly<Record<Severity, Text>> = {
  Violation: { nl: 'Fout', en: 'Error' },
  Warning: { nl: 'Waarschuwing', en: 'Warning' },
  Info: { nl: 'Ter informatie', en: 'For information' },
};

const words = {
  field: { nl: 'Veld', en: 'Field' },
  value: { nl: 'Waarde', en: 'Value' },
  line: { nl: 'Regel in het bestand', en: 'Line in the file' },
  action: { nl: 'Wat te doen', en: 'What to do' },
  dataset: { nl: 'Dataset', en: 'Dataset' },
  existing: { nl: 'dit was al zo voor uw wijziging', en: 'this was already so before your change' },
  technical: { nl: 'technisch', en: 'technical' },
  fine: { nl: 'De gegevens voldoen aan de regels.', en: 'The data meet the rules.' },
  more: { nl: 'Er zijn nog meer resultaten dan hier staan.', en: 'There are more results than shown here.' },
} as const satisfies Record<string, Text>;

/** The report for people: one block per result; addresses only on the line "technisch". */
export function reportToText(report: ValidationReport, labels: Labels, language: Language): string {
  if (report.conforms) return `${words.fine[language]}\n`;
  const blocks = report.results.map((result, index) => describe(result, index + 1, labels, language));
  const { Violation, Warning, Info } = report.counts;
  const total =
    language === 'nl'
      ? `${Violation} ${Violation === 1 ? 'fout' : 'fouten'}, ${Warning} ${Warning === 1 ? 'waarschuwing' : 'waarschuwingen'}, ${Info} ter informatie.`
      : `${Violation} ${Violation === 1 ? 'error' : 'errors'}, ${Warning} ${Warning === 1 ? 'warning' : 'warnings'}, ${Info} for information.`;
  return [...blocks, ...(report.truncated ? [words.more[language]] : []), total].join('\n\n').concat('\n');
}

function describe(result: ValidationResult, number: number, labels: Labels, language: Language): string {
  const name = (term: TermText): string => nameOf(term, labels, language);
  const row = (word: Text, text: string | number | undefined): readonly string[] => (text === undefined ? [] : [`   ${word[language]}: ${text}`]);
  const field = result.path === undefined ? undefined : walkedPredicates(parsePathText(result.path)).at(-1);
  const value = result.value === result.focusNode ? undefined : result.value;
  const existing = result.origin === 'existing' ? ` (${words.existing[language]})` : '';
  return [
    `${number}. ${severityWords[result.severity][language]}: ${name(result.focusNode)}${existing}`,
    ...row(words.field, field && name(field)),
    ...row(words.value, value && name(value)),
    ...row(words.line, result.line),
    ...row(words.dataset, result.dataset === documentDataset.iri ? undefined : name(`<${result.dataset}>`)),
    ...row(words.action, pick(result.messages, language)),
    ...row(words.technical, technical(result)),
  ].join('\n');
}

function technical({ focusNode, path, value, shape, component }: ValidationResult): string {
  return [focusNode, path, value, shape, `<${component}>`].filter((part) => part !== undefined).join(' · ');
}

function nameOf(term: TermText, labels: Labels, language: Language): string {
  const parsed = parseTermText(term);
  const label = parsed.termType === 'NamedNode' ? pick(labels.get(parsed.value) ?? {}, language) : undefined;
  return label ?? spoken(term);
}
