import { parseTerm } from '../../rdf/ntriples.js';
import type { TermText } from '../../rdf/termText.js';

/** Text and language (`''`: none) of a literal; undefined for an IRI. */
export function literalParts(term: TermText): { readonly value: string; readonly language: string } | undefined {
  if (!term.startsWith('"')) return undefined;
  const parsed = parseTerm(term);
  return parsed.termType === 'Literal' ? { value: parsed.value, language: parsed.language } : undefined;
}
