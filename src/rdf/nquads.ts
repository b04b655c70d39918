import type * as RDF from '@rdfjs/types';
import { defaultGraph, namedNode, quad } from './dataModel.js';
import { closingQuote, parseTerm } from './ntriples.js';
import { termText } from './terms.js';
import type { QuadLine } from './quadLine.js';
import type { TermText } from './termText.js';

/** The parts of a quad line; `graph` is '' in the default graph. */
export interface LineParts {
  readonly subject: TermText;
  readonly predicate: TermText;
  readonly object: TermText;
  readonly graph: TermText | '';
}

/** A quad line from term texts (RDF 1.2 N-Quads, canonical form, without the line end). */
export function joinLine(subject: TermText, predicate: TermText, object: TermText, graph: TermText | '' = ''): QuadLine {
  return graph === '' ? `${subject} ${predicate} ${object} .` : `${subject} ${predicate} ${object} ${graph} .`;
}

/** Term texts of a quad line: only for lines in the form `joinLine` writes. */
export function splitLine(line: QuadLine): LineParts {
  const first = line.indexOf(' ');
  const second = line.indexOf(' ', first + 1);
  const objectStart = second + 1;
  // Only strings hold spaces, so the object ends at the first space after its closing quote.
  const from = line.charCodeAt(objectStart) === 34 /* " */ ? closingQuote(line, objectStart) : objectStart;
  const objectEnd = line.indexOf(' ', from);
  if (first < 1 || second < 0 || from < 0 || objectEnd < 0 || !line.endsWith(' .')) {
    throw new SyntaxError(`Not a quad line: ${line.slice(0, 200)}`);
  }
  return {
    subject: line.slice(0, first),
    predicate: line.slice(first + 1, second),
    object: line.slice(objectStart, objectEnd),
    graph: objectEnd === line.length - 2 ? '' : line.slice(objectEnd + 1, -2),
  };
}

/** The quad line of a quad, terms as they are (bring them to canonical form with `canonicalQuad` first). */
export function toLine({ subject, predicate, object, graph }: RDF.Quad): QuadLine {
  return joinLine(termText(subject), termText(predicate), termText(object), graph.termType === 'DefaultGraph' ? '' : termText(graph));
}

/** The quad of a quad line. */
export function fromLine(line: QuadLine): RDF.Quad {
  const { subject, predicate, object, graph } = splitLine(line);
  return quad(resource(subject), namedNode(predicate.slice(1, -1)), parseTerm(object), graph === '' ? defaultGraph() : resource(graph));
}

function resource(text: TermText): RDF.NamedNode | RDF.BlankNode {
  const term = parseTerm(text);
  if (term.termType === 'Literal') throw new SyntaxError(`Not a resource: ${text.slice(0, 100)}`);
  return term;
}
