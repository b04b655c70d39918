import { adms, dct, generiek, org, prefixes, skos } from '../../rdf/prefixes.js';
import { literal, termText } from '../../rdf/terms.js';
import { splitLine } from '../../rdf/nquads.js';
import type { TermText } from '../../rdf/termText.js';
import type { Visibility } from '../dataset.js';
import { visibleIris, type ReaderContext } from './readerContext.js';
import { literalParts } from './readerLiterals.js';

export type IdentifierScheme = 'kbo' | 'ovo' | 'nis';

/** Where an identifier node says whose it is: its agency, or (as LBLOD does) a notation such as "KBO nummer". */
const schemeNames: Readonly<Record<IdentifierScheme, RegExp>> = {
  kbo: /\bkbo\b|kruispuntbank van ondernemingen/iu,
  ovo: /\bovo\b|wegwijs|organisatieregister/iu,
  nis: /\bnis\b|\bref-?nis\b|statbel/iu,
};

const regorgRegistration = `${prefixes.regorg}registration`;

/**
 * Entities that carry an identifier: through `adms:identifier` (or `regorg:registration`) with the code as its
 * `skos:notation` or as its structured local identifier, or directly by `org:identifier` or `dct:identifier`. A
 * direct code of five digits could be anything: NIS codes count only where an identifier node names their scheme.
 */
export function identified(
  { scheme, notation, visibility }: { readonly scheme: IdentifierScheme; readonly notation: string; readonly visibility: Visibility },
  context: ReaderContext,
): readonly string[] {
  const visible = visibleIris(context, visibility);
  const pointing = (objects: Iterable<TermText>, ...predicates: string[]): Set<TermText> => {
    const asked = [...objects];
    if (asked.length === 0) return new Set();
    const terms = context.engine
      .byObjects('any', asked)
      .map(splitLine)
      .filter((term) => visible.has(term.graph.slice(1, -1)) && predicates.includes(term.predicate.slice(1, -1)));
    return new Set(terms.map((term) => term.subject));
  };
  const forms = writings(scheme, notation).map((text) => termText(literal(text)));
  const structured = pointing(pointing(forms, generiek('lokaleIdentificator')), generiek('gestructureerdeIdentificator'));
  const nodes = ofScheme(new Set([...pointing(forms, skos('notation')), ...structured]), scheme, visible, context);
  const direct = scheme === 'nis' ? [] : pointing(forms, org('identifier'), dct('identifier'));
  const entities = new Set([...pointing(nodes, adms('identifier'), regorgRegistration), ...direct]);
  return [...entities].map((term) => term.slice(1, -1)).toSorted();
}

/** Identifier nodes that name the scheme. */
function ofScheme(
  nodes: ReadonlySet<TermText>,
  scheme: IdentifierScheme,
  visible: ReadonlySet<string>,
  { engine }: ReaderContext,
): ReadonlySet<TermText> {
  const named = new Set<TermText>();
  for (const line of nodes.size === 0 ? [] : engine.bySubjects('any', [...nodes])) {
    const { subject, predicate, object, graph } = splitLine(line);
    if (!visible.has(graph.slice(1, -1))) continue;
    const property = predicate.slice(1, -1);
    if (property !== adms('schemaAgency') && property !== skos('notation')) continue;
    if (schemeNames[scheme].test(literalParts(object)?.value ?? '')) named.add(subject);
    // An OVO code names its own scheme.
    if (scheme === 'ovo' && /^OVO\d{6}$/u.test(literalParts(object)?.value ?? '')) named.add(subject);
  }
  return named;
}

/** How a code may have been written in the data: the plain form, and for KBO with points too. */
function writings(scheme: IdentifierScheme, notation: string): readonly string[] {
  const digits = notation.replaceAll(/\D/gu, '');
  if (digits === '') return [];
  if (scheme === 'nis') return [digits];
  if (scheme === 'ovo') return [`OVO${digits.padStart(6, '0')}`];
  const full = digits.padStart(10, '0');
  return [full, `${full.slice(0, 4)}.${full.slice(4, 7)}.${full.slice(7)}`];
}
