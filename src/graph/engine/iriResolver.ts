import { resolveIri } from './resolveIri.js';
import type { ClauseIri, QueryAst } from './sparqlSyntax.js';

/** Resolves prefixed and relative names as the prologue says (SPARQL 1.1 §4.1.1). */
export function iriResolver(context: QueryAst['context'], serviceBase: string): (term: ClauseIri) => string {
  let base = serviceBase;
  const prefixes = new Map<string, string>();
  for (const definition of context) {
    const iri = resolveIri(definition.value.value, base);
    if (definition.subType === 'base') base = iri;
    else prefixes.set(definition.key, iri);
  }
  return (term) => ('prefix' in term ? (prefixes.get(term.prefix) ?? '') + term.value : resolveIri(term.value, base));
}
