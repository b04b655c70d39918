import { sh } from '../rdf/prefixes.js';
import { parseTermText } from '../rdf/terms.js';
import type { TermText } from '../rdf/termText.js';
import type { Failure } from './coreEngine.js';
import { defaultMessage, fill, spoken } from './messages.js';
import { pathText, walkedPredicates } from './path.js';
import type { Severity, ValidationResult } from '../graph/validation/report.js';
import type { Shape } from './shape.js';
import type { ShapesRegistry } from './shapesRegistry.js';
import { pick, textsOf } from './texts.js';

/** A result before it is known whether it is new. */
export type FreshResult = Omit<ValidationResult, 'origin' | 'line' | 'name'>;

export interface Finding {
  /** The node that a shape targets; the focus node is another one for property shapes within property shapes. */
  readonly target: TermText;
  readonly result: FreshResult;
}

const severities: Readonly<Record<string, Severity>> = {
  [sh('Violation')]: 'Violation',
  [sh('Warning')]: 'Warning',
  [sh('Info')]: 'Info',
};

/** The validation result (SHACL §3.6.2) of a failure, with messages in every language there are. */
export function resultOf(failure: Failure, dataset: string, registry: ShapesRegistry): FreshResult {
  const shape = registry.shapes.get(failure.shape);
  const path = failure.path ?? failure.solution?.path ?? (shape?.path && pathText(shape.path));
  const value = failure.solution?.value ?? failure.value;
  // A severity of somebody's own blocks like a violation: SHACL gives it no order, and letting it pass would be silent.
  const severity = severities[failure.severity];
  return {
    focusNode: failure.focusNode,
    ...(path !== undefined && { path }),
    ...(value !== undefined && { value }),
    severity: severity ?? 'Violation',
    ...(severity === undefined && { severityIri: failure.severity }),
    component: failure.component,
    shape: failure.shape,
    messages: messagesOf(failure, shape, value, registry),
    dataset,
  };
}

/**
 * Identity of a result across states: what makes it "the same result as before". A new target that leads to an old
 * fault further on (a property shape within a property shape) is new: it is the new target that does not conform.
 */
export function findingKey({ target, result: { focusNode, path, value, component, shape, dataset } }: Finding): string {
  return JSON.stringify([dataset, target, focusNode, path, value, component, shape]);
}

function messagesOf(failure: Failure, shape: Shape | undefined, value: TermText | undefined, registry: ShapesRegistry): Readonly<Record<string, string>> {
  const { solution } = failure;
  if (solution?.message !== undefined) return textsOf([solution.message]);
  const templates = [solution?.messages, shape?.messages].find((texts) => texts && Object.keys(texts).length > 0);
  if (templates) {
    const known: Readonly<Record<string, TermText | undefined>> = { ...failure.parameters, this: failure.focusNode, value };
    const say = (name: string, language: string): string | undefined => {
      const term = solution?.row.get(name) ?? known[name];
      return term === undefined ? undefined : spokenParameter(term, registry, language);
    };
    return Object.fromEntries(Object.entries(templates).map(([language, template]) => [language, fill(template, (name) => say(name, language))]));
  }
  const base = written(failure, shape, value, registry);
  const nested = failure.details.map((detail) => messagesOf(detail, registry.shapes.get(detail.shape), detail.value, registry));
  return {
    nl: [base.nl, ...nested.map((texts) => pick(texts, 'nl') ?? '')].join(' ').trim(),
    en: [base.en, ...nested.map((texts) => pick(texts, 'en') ?? '')].join(' ').trim(),
  };
}

function written(failure: Failure, shape: Shape | undefined, value: TermText | undefined, registry: ShapesRegistry): { readonly nl: string; readonly en: string } {
  const speak = (language: 'nl' | 'en'): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(failure.parameters).map(([name, term]) => [name, spokenParameter(term, registry, language)]));
  const nl = fieldName(failure, shape, 'nl');
  const en = fieldName(failure, shape, 'en');
  const input = {
    ...(nl !== undefined && en !== undefined && { field: { nl, en } }),
    ...(value !== undefined && { value: spoken(value) }),
    ...(failure.remark !== undefined && { remark: failure.remark }),
  };
  return {
    nl: defaultMessage(failure.component, { ...input, parameters: speak('nl') }).nl,
    en: defaultMessage(failure.component, { ...input, parameters: speak('en') }).en,
  };
}

/** What the field is called: the name the shape gives it, else the last part of its predicate. */
function fieldName(failure: Failure, shape: Shape | undefined, language: string): string | undefined {
  const given = shape?.path ? pick(shape.names, language) : undefined;
  if (given !== undefined) return given;
  if (failure.path !== undefined) return spoken(failure.path);
  const last = shape?.path && walkedPredicates(shape.path).at(-1);
  return last === undefined ? undefined : spoken(last);
}

/** A parameter in words: a shape by its name, a list by its first members. */
function spokenParameter(term: TermText, registry: ShapesRegistry, language: string): string {
  const name = pick(registry.names(term), language);
  if (name !== undefined) return name;
  if (parseTermText(term).termType !== 'BlankNode' || registry.shapes.has(term)) return spoken(term);
  try {
    const members = registry.graph.list(term);
    const shown = members.slice(0, 6).map(spoken).join(', ');
    return members.length > 6 ? `${shown} … (${members.length})` : shown;
  } catch {
    return spoken(term);
  }
}
