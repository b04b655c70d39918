import { parseTermText } from '../rdf/terms.js';
import type { TermText } from '../rdf/termText.js';

/** Literals by language tag ('' for none), the first of each. */
export function textsOf(literals: readonly TermText[]): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const text of literals) {
    const term = parseTermText(text);
    if (term.termType === 'Literal') texts[term.language] ??= term.value;
  }
  return texts;
}

/** The last part of an IRI, for people who should not have to read IRIs. */
export function localName(iri: string): string {
  const name = iri.split(/[#/:]/).findLast((part) => part !== '') ?? iri;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** A text in the wanted language, else the one without language, else Dutch, English or any. */
export function pick(texts: Readonly<Record<string, string>>, language: string): string | undefined {
  return texts[language] ?? texts[''] ?? texts['nl'] ?? texts['en'] ?? Object.values(texts)[0];
}
