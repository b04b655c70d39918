import { randomUUID } from 'node:crypto';
import type * as RDF from '@rdfjs/types';
import { blankNode, namedNode, quad } from './dataModel.js';

/* Skolem IRIs (RDF 1.1 Concepts §3.5) stand for blank nodes inside the kernel. */

function prefixOf(base: string): string {
  return `${base}.well-known/genid/`;
}

/** True for a skolem IRI of this service. */
export function isSkolem(iri: string, base: string): boolean {
  return iri.startsWith(prefixOf(base));
}

/** A skolem IRI nobody has used. */
export function freshSkolem(base: string): string {
  return prefixOf(base) + randomUUID();
}

/** Rebuilds a quad with its resources mapped; the same quad when nothing changed. */
export function mapResources(original: RDF.Quad, map: (term: RDF.Term) => RDF.NamedNode | RDF.BlankNode | undefined): RDF.Quad {
  const subject = map(original.subject);
  const object = map(original.object);
  const graph = map(original.graph);
  if (!subject && !object && !graph) return original;
  return quad(subject ?? original.subject, original.predicate, object ?? original.object, graph ?? original.graph);
}

/**
 * A function that puts a fresh skolem IRI for each blank node, the same one for the same label. One function per
 * document: labels mean nothing outside theirs.
 */
export function skolemiser(base: string): (original: RDF.Quad) => RDF.Quad {
  const known = new Map<string, RDF.NamedNode>();
  const map = (term: RDF.Term): RDF.NamedNode | undefined => {
    if (term.termType !== 'BlankNode') return undefined;
    let node = known.get(term.value);
    if (!node) known.set(term.value, (node = namedNode(freshSkolem(base))));
    return node;
  };
  return (original) => mapResources(original, map);
}

/** The quads of one document with skolem IRIs for its blank nodes. */
export function* skolemise(quads: Iterable<RDF.Quad>, base: string): Iterable<RDF.Quad> {
  const convert = skolemiser(base);
  for (const original of quads) yield convert(original);
}

/** The quads with blank nodes for skolem IRIs: for documents. */
export function* deskolemise(quads: Iterable<RDF.Quad>, base: string): Iterable<RDF.Quad> {
  const known = new Map<string, RDF.BlankNode>();
  const map = (term: RDF.Term): RDF.BlankNode | undefined => {
    if (term.termType !== 'NamedNode' || !isSkolem(term.value, base)) return undefined;
    let node = known.get(term.value);
    if (!node) known.set(term.value, (node = blankNode(`b${known.size}`)));
    return node;
  };
  for (const original of quads) yield mapResources(original, map);
}
