import type * as RDF from '@rdfjs/types';
import { checkTerm } from './check.js';
import { blankNode, defaultGraph, literal, namedNode, quad, variable } from './dataModel.js';
import { Fault } from '../faults.js';

function refuseDirection(kind: RDF.DirectionalLanguage): void {
  if (!kind.direction) return;
  throw new Fault('invalid-term', {
    nl: 'Een tekst met schrijfrichting (RDF 1.2) wordt niet aanvaard: laat de richting weg.',
    en: 'A text with a base direction (RDF 1.2) is not accepted: leave the direction out.',
  });
}

/** What parsers call to make terms: ours, checked as they are made. `onAnonymous` hears of every new anonymous node. */
export function checkedFactory(maxTermLength: number, onAnonymous: (node: RDF.BlankNode) => void = () => {}): RDF.DataFactory {
  function checked<T extends RDF.Term>(term: T): T {
    checkTerm(term, maxTermLength);
    return term;
  }
  function node(iri: string): RDF.NamedNode {
    return checked(namedNode(iri));
  }
  const factory: Pick<RDF.DataFactory, 'blankNode' | 'literal' | 'variable' | 'defaultGraph' | 'quad'> & { namedNode: typeof node } = {
    namedNode: node,
    blankNode: (label) => {
      const made = blankNode(label);
      if (label === undefined) onAnonymous(made);
      return made;
    },
    literal: (text, kind) => {
      if (typeof kind !== 'object' || !('language' in kind)) return checked(literal(text, kind));
      refuseDirection(kind);
      return checked(literal(text, kind.language));
    },
    variable,
    defaultGraph,
    quad,
  };
  return factory as RDF.DataFactory;
}
