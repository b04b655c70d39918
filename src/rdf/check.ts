import type * as RDF from '@rdfjs/types';
import { Fault } from '../faults.js';
import { checkIri } from './iri.js';
import { isLanguageTag } from './language.js';

/** Longest text of one term, unless the caller says otherwise: 1 Mi characters. */
export const defaultMaxTermLength = 1_048_576;

export function tooLong(limit: number, place: { readonly line?: number; readonly file?: string } = {}): Fault {
  return new Fault(
    'too-large',
    {
      nl: `Een waarde is langer dan ${limit} tekens. Verwijs liever naar een bestand, of ontbreekt er een aanhalingsteken?`,
      en: `A value is longer than ${limit} characters. Link to a file instead, or is a closing quote missing?`,
    },
    { place },
  );
}

function invalidTerm(nl: string, en: string): Fault {
  return new Fault('invalid-term', { nl, en });
}

const langString = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString';
const dirLangString = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString';

const loneSurrogate = /[\ud800-\udfff]/u;

function checkText(text: string, limit: number): void {
  if (text.length > limit) throw tooLong(limit);
  if (loneSurrogate.test(text)) {
    throw invalidTerm('De tekst bevat een half teken (een losse surrogaat); dat is geen Unicode.', 'The text holds a lone surrogate, which is no Unicode character.');
  }
}

function checkLiteral(term: RDF.Literal, limit: number): void {
  checkText(term.value, limit);
  if (term.direction) {
    throw invalidTerm('Een tekst met schrijfrichting (RDF 1.2) wordt niet aanvaard: laat de richting weg.', 'A text with a base direction (RDF 1.2) is not accepted: leave the direction out.');
  }
  if (term.language) {
    if (isLanguageTag(term.language)) return;
    throw invalidTerm(`“${term.language}” is geen taalcode, zoals nl of nl-BE.`, `“${term.language}” is not a language tag such as nl or nl-BE.`);
  }
  checkIri(term.datatype.value);
  if (term.datatype.value === langString || term.datatype.value === dirLangString) {
    throw invalidTerm('Een waarde van het type rdf:langString heeft een taalcode nodig, zoals @nl.', 'A value of type rdf:langString needs a language tag such as @nl.');
  }
}

function checkResource(term: RDF.Term, limit: number): void {
  if (term.termType === 'BlankNode') return;
  if (term.termType !== 'NamedNode') {
    throw invalidTerm(`Hier mag geen ${term.termType} staan: alleen een webadres of een naamloze knoop.`, `A ${term.termType} cannot stand here: only an IRI or a blank node.`);
  }
  if (term.value.length > limit) throw tooLong(limit);
  checkIri(term.value);
}

/** Refuses every term the kernel or the engine could not hold: RDF 1.1 only, absolute IRIs, well-formed Unicode. */
export function checkTerm(term: RDF.Term, limit: number): void {
  if (term.termType === 'Literal') checkLiteral(term, limit);
  else if (term.termType !== 'DefaultGraph') checkResource(term, limit);
}

/** `checkTerm` for every term of a quad; the predicate must be an IRI. */
export function checkQuad(quad: RDF.Quad, limit: number): void {
  checkResource(quad.subject, limit);
  if (quad.predicate.termType !== 'NamedNode') {
    throw invalidTerm('Een eigenschap moet een webadres zijn, geen naamloze knoop.', 'A predicate must be an IRI, not a blank node.');
  }
  checkResource(quad.predicate, limit);
  checkTerm(quad.object, limit);
  if (quad.graph.termType !== 'DefaultGraph') checkResource(quad.graph, limit);
}
