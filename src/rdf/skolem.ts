import { randomUUID } from 'node:crypto';
import type * as RDF from '@rdfjs/types';
import { blankNode, namedNode, quad } from './dataModel.js';
import { joinLine, splitLine } from './nquads.js';
import type { QuadLine } from './quadLine.js';

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
function skolemiser(base: string): (original: RDF.Quad) => RDF.Quad {
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

/** The blank node label of a skolem IRI: its own last part where that is a label, else made from it. Different for different IRIs. */
export function blankLabel(iri: string, base: string): string {
  const id = iri.slice(prefixOf(base).length);
  return /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(id) ? id : `x_${Buffer.from(id).toString('hex')}`;
}

/** A canonical line with blank nodes for skolem IRIs. */
export function deskolemisedLine(line: QuadLine, base: string): QuadLine {
  const start = `<${prefixOf(base)}`;
  if (!line.includes(start)) return line;
  const { subject, predicate, object, graph } = splitLine(line);
  const shown = (term: string): string => (term.startsWith(start) ? `_:${blankLabel(term.slice(1, -1), base)}` : term);
  return graph === '' ? joinLine(shown(subject), predicate, shown(object)) : joinLine(shown(subject), predicate, shown(object), graph);
}
