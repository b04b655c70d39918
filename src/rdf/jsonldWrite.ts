import type * as RDF from '@rdfjs/types';
import jsonld from 'jsonld';
import { Fault } from '../faults.js';
import { contextLoader } from './contexts.js';
import { readableDocument, readingOf, type ReadingLanguage } from './jsonldReading.js';
import { nestBlankNodes } from './jsonldNest.js';
import type { RdfFormat } from './mediaTypes.js';
import { toLine } from './nquads.js';
import { rdf } from './prefixes.js';

interface JsonLdOptions {
  readonly prefixes: Readonly<Record<string, string>>;
  readonly context?: unknown;
  readonly contexts?: Readonly<Record<string, unknown>>;
  readonly reading?: ReadingLanguage;
  readonly format?: Pick<RdfFormat, 'form'>;
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

/* The processor would parse and rewrite JSON literals, or fail on them. Under another name it leaves them as written. */
const jsonAsWritten = 'urn:x-as-written:json';
const rdfJson = rdf('JSON');

/** A term in the shape the processor works on; it puts `_:` before the labels of blank nodes itself. */
function plainTerm(term: RDF.Term): object {
  if (term.termType !== 'Literal') return { termType: term.termType, value: term.value };
  const datatype = term.datatype.value === rdfJson ? jsonAsWritten : term.datatype.value;
  return { termType: term.termType, value: term.value, language: term.language, datatype: { termType: 'NamedNode', value: datatype } };
}

/* The processor takes a named node for a cell of a list and loses it; it must not see that it has a rest. */
const restAsWritten = 'urn:x-as-written:rest';
const rdfRest = rdf('rest');

function plainPredicate({ subject, predicate }: RDF.Quad): object {
  return predicate.value === rdfRest && subject.termType === 'NamedNode' ? { termType: predicate.termType, value: restAsWritten } : plainTerm(predicate);
}

/** Gives back what the processor was shown under another name. */
function restore(expanded: unknown): void {
  const stack: unknown[] = [expanded];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    if (typeof item !== 'object' || item === null) continue;
    if (Reflect.get(item, '@type') === jsonAsWritten) Reflect.set(item, '@type', rdfJson);
    else stack.push(...Object.values(item));
    if (restAsWritten in item) {
      Reflect.set(item, rdfRest, Reflect.get(item, restAsWritten));
      Reflect.deleteProperty(item, restAsWritten);
    }
  }
}

/**
 * JSON-LD 1.1 in the form of the format.
 * @throws Fault not-acceptable for lists within lists that are too deep to write so.
 */
export async function writeJsonLd(quads: readonly RDF.Quad[], options: JsonLdOptions): Promise<string> {
  try {
    return await written(quads, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Fault(
      'not-acceptable',
      { nl: 'Deze gegevens zitten te diep in elkaar voor JSON-LD. Vraag N-Triples of N-Quads.', en: 'These data are nested too deeply for JSON-LD. Ask for N-Triples or N-Quads.' },
      { cause: error },
    );
  }
}

/** Compacted with the given context or one of the prefixes; native numbers are never made, so nothing is rounded. */
async function written(quads: readonly RDF.Quad[], options: JsonLdOptions): Promise<string> {
  const sorted = quads.toSorted((a, b) => (toLine(a) < toLine(b) ? -1 : 1));
  const documentLoader = contextLoader(options.contexts);
  const plain = sorted.map((quad) => ({
    subject: plainTerm(quad.subject),
    predicate: plainPredicate(quad),
    object: plainTerm(quad.object),
    // But not before those of graph names.
    graph: quad.graph.termType === 'BlankNode' ? { termType: quad.graph.termType, value: `_:${quad.graph.value}` } : plainTerm(quad.graph),
  }));
  const expanded = await jsonld.fromRDF(plain, { useNativeTypes: false, documentLoader } as Parameters<typeof jsonld.fromRDF>[1]);
  restore(expanded);
  const form = options.format?.form;
  // What comes of quads has each node once, with its label.
  if (form === 'flattened') return `${JSON.stringify(expanded, null, 2)}\n`;
  const graphs = quads.some((quad) => quad.graph.termType !== 'DefaultGraph');
  // With named graphs a label may stand in several: those documents keep them all.
  const nested = graphs ? expanded : nestBlankNodes(expanded as unknown[]);
  if (form === 'expanded') return `${JSON.stringify(nested, null, 2)}\n`;
  const context = options.context ?? prefixContext(quads, options.prefixes);
  const settings = { documentLoader, graph: false, compactArrays: true };
  const compacted = await jsonld.compact(nested as typeof expanded, context as Parameters<typeof jsonld.compact>[1], settings as Parameters<typeof jsonld.compact>[2]);
  const reading = options.reading === undefined ? undefined : readingOf(options.contexts?.[String(context)] ?? { '@context': context }, options.reading);
  return `${JSON.stringify(reading ? readableDocument(compacted, reading) : compacted, null, 2)}\n`;
}
