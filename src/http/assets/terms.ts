import type { Text } from '../../faults.js';
import { termNames } from '../../pages/termNames.js';
import { prefixes, shrink } from '../../rdf/prefixes.js';
import type { Vocabulary } from '../vocabulary.js';

/** Prefixes, and per prefixed name what people call it: what the query editor completes with. */
export interface TermList {
  readonly prefixes: Readonly<Record<string, string>>;
  readonly terms: Readonly<Record<string, Text>>;
}

function expand(id: string, definitions: Readonly<Record<string, unknown>>): string | undefined {
  const at = id.indexOf(':');
  if (at === -1 || id.startsWith('@')) return undefined;
  const namespace = definitions[id.slice(0, at)];
  return typeof namespace === 'string' && !id.startsWith('//', at + 1) ? namespace + id.slice(at + 1) : id;
}

/** The classes and properties our JSON-LD context has Dutch keys for. */
function contextTerms(context: unknown): readonly (readonly [name: string, key: string])[] {
  const definitions = (context as { readonly '@context': Readonly<Record<string, unknown>> })['@context'];
  return Object.entries(definitions).flatMap(([key, definition]): readonly (readonly [string, string])[] => {
    const id = typeof definition === 'string' ? definition : (definition as { readonly '@id'?: unknown } | null)?.['@id'];
    const iri = typeof id === 'string' ? expand(id, definitions) : undefined;
    const name = iri === undefined ? undefined : shrink(iri);
    return name === undefined ? [] : [[name, key]];
  });
}

/** Our vocabulary, our context and our glossary; the glossary's names go first. */
export async function termList(vocabulary: Vocabulary): Promise<TermList> {
  const terms = new Map<string, Text>();
  for (const [name, key] of contextTerms(await vocabulary.context())) terms.set(name, { nl: key, en: key });
  for (const [iri, label] of await vocabulary.labels()) {
    const name = shrink(iri);
    const nl = label['nl'] ?? label['en'];
    if (name !== undefined && nl !== undefined) terms.set(name, { nl, en: label['en'] ?? nl });
  }
  for (const [name, text] of Object.entries(termNames)) terms.set(name, text);
  return { prefixes, terms: Object.fromEntries([...terms].toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}
