import type * as RDF from '@rdfjs/types';
import { canonicalTerm } from '../../rdf/canonical.js';
import { checkIri } from '../../rdf/iri.js';
import { termText } from '../../rdf/terms.js';
import type { QuadTemplate, Slot } from './plan.js';

interface TermQuad {
  readonly subject: RDF.Term;
  readonly predicate: RDF.Term;
  readonly object: RDF.Term;
  readonly graph: RDF.Term;
}

/** A template from the quad patterns of the parser: IRIs checked, constants in canonical form. */
export function templateOf({ subject, predicate, object, graph }: TermQuad): QuadTemplate {
  return {
    subject: slotOf(subject),
    predicate: slotOf(predicate),
    object: slotOf(object),
    ...(graph.termType === 'DefaultGraph' ? {} : { graph: slotOf(graph) }),
  };
}

function slotOf(term: RDF.Term): Slot {
  switch (term.termType) {
    case 'Variable':
      return { kind: 'variable', name: term.value };
    case 'BlankNode':
      return { kind: 'blank', label: term.value };
    case 'NamedNode':
      checkIri(term.value);
      return { kind: 'term', text: termText(term) };
    case 'Literal':
      checkIri(term.datatype.value);
      return { kind: 'term', text: termText(canonicalTerm(term)) };
    case 'DefaultGraph':
    case 'Quad':
      throw new TypeError(`A ${term.termType} cannot stand in a template`);
  }
}

/** Names of the variables in templates, each once. */
export function variablesOf(templates: readonly QuadTemplate[]): readonly string[] {
  const names = slotsOf(templates).flatMap((slot) => (slot.kind === 'variable' ? [slot.name] : []));
  return [...new Set(names)];
}

/** True when every solution makes quads of its own, however few variables the templates use. */
export function makesBlankNodes(templates: readonly QuadTemplate[]): boolean {
  return slotsOf(templates).some((slot) => slot.kind === 'blank');
}

function slotsOf(templates: readonly QuadTemplate[]): readonly Slot[] {
  return templates.flatMap(({ subject, predicate, object, graph }) => [subject, predicate, object, ...(graph ? [graph] : [])]);
}
