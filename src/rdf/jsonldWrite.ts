import type * as RDF from '@rdfjs/types';
import jsonld from 'jsonld';
import { contextLoader } from './contexts.js';
import { toLine } from './nquads.js';

interface JsonLdOptions {
  readonly prefixes: Readonly<Record<string, string>>;
  readonly baseIri?: string;
  readonly context?: unknown;
  readonly contexts?: Readonly<Record<string, unknown>>;
}

/** A context of the prefixes that shorten anything here; those that end in a letter need saying so. */
function prefixContext(quads: readonly RDF.Quad[], prefixes: Readonly<Record<string, string>>): Record<string, unknown> {
  const iris = new Set<string>();
  for (const { subject, predicate, object, graph } of quads) {
    for (const term of [subject, predicate, object, graph]) {
      if (term.termType === 'NamedNode') iris.add(term.value);
      else if (term.termType === 'Literal') iris.add(term.datatype.value);
    }
  }
  const used = Object.entries(prefixes).filter(([, namespace]) => [...iris].some((iri) => iri.startsWith(namespace)));
  return Object.fromEntries(
    used.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([prefix, namespace]) => [prefix, /[#/?:[\]@]$/.test(namespace) ? namespace : { '@id': namespace, '@prefix': true }]),
  );
}

/** JSON-LD 1.1, compacted with the given context or one of the prefixes; native numbers are never made, so nothing is rounded. */
export async function writeJsonLd(quads: readonly RDF.Quad[], options: JsonLdOptions): Promise<string> {
  const sorted = quads.toSorted((a, b) => (toLine(a) < toLine(b) ? -1 : 1));
  const documentLoader = contextLoader(options.contexts);
  const expanded = await jsonld.fromRDF(sorted as object, { useNativeTypes: false, documentLoader } as Parameters<typeof jsonld.fromRDF>[1]);
  const context = options.context ?? prefixContext(quads, options.prefixes);
  const settings = { documentLoader, graph: false, compactArrays: true, ...(options.baseIri === undefined ? {} : { base: options.baseIri }) };
  const compacted = await jsonld.compact(expanded, context as Parameters<typeof jsonld.compact>[1], settings as Parameters<typeof jsonld.compact>[2]);
  return `${JSON.stringify(compacted, null, 2)}\n`;
}
