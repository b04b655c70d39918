import type * as RDF from '@rdfjs/types';
import { escapeString, parseTerm, type GroundTerm } from './ntriples.js';
import type { TermText } from './termText.js';

export { blankNode, defaultGraph, literal, namedNode, quad, variable } from './dataModel.js';

/** A term as canonical N-Triples text (RDF 1.2 N-Triples §3.1), escapes as the engine writes them. */
export function termText(term: RDF.Term): TermText {
  switch (term.termType) {
    case 'NamedNode':
      return `<${term.value}>`;
    case 'BlankNode':
      return `_:${term.value}`;
    case 'Literal':
      return literalText(term);
    case 'Variable':
      return `?${term.value}`;
    case 'DefaultGraph':
    case 'Quad':
      throw new TypeError(`No term text for a ${term.termType}`);
  }
}

const xsdString = 'http://www.w3.org/2001/XMLSchema#string';

function literalText(term: RDF.Literal): TermText {
  const text = `"${escapeString(term.value)}"`;
  if (term.language) return term.direction ? `${text}@${term.language}--${term.direction}` : `${text}@${term.language}`;
  const datatype = term.datatype.value;
  return datatype === xsdString ? text : `${text}^^<${datatype}>`;
}

/** The term of a term text: an IRI, blank node or literal. */
export function parseTermText(text: TermText): GroundTerm {
  return parseTerm(text);
}
