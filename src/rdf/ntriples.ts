import type * as RDF from '@rdfjs/types';
import { blankNode, literal, namedNode } from './dataModel.js';

/** A term that may stand in data: no variable, no triple term. */
export type GroundTerm = RDF.NamedNode | RDF.BlankNode | RDF.Literal;

/* oxlint-disable-next-line no-control-regex -- the control characters are what must be escaped */
const special = /["\\\u0000-\u001f\u007f\ufffe\uffff]/;
/* oxlint-disable-next-line no-control-regex -- as above */
const specials = /["\\\u0000-\u001f\u007f\ufffe\uffff]/g;

const shortEscapes: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

function escapeCharacter(character: string): string {
  return shortEscapes[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Text of a literal between its quotes, escaped as the engine escapes (RDF 1.2 N-Triples §3.1). */
export function escapeString(text: string): string {
  return special.test(text) ? text.replace(specials, escapeCharacter) : text;
}

const escapes = /\\(?:([btnfr"'\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))/g;
const unescaped: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r' };

/** Undoes ECHAR and UCHAR (RDF 1.1 N-Triples §7). */
export function unescapeString(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(escapes, (_match, short: string | undefined, four: string | undefined, eight: string | undefined) =>
    short === undefined ? String.fromCodePoint(Number.parseInt(four ?? eight ?? '', 16)) : (unescaped[short] ?? short),
  );
}

/** Index of the quote that closes the string opened at `open`; -1 when there is none. */
export function closingQuote(text: string, open: number): number {
  let at = text.indexOf('"', open + 1);
  while (at !== -1) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === 92) backslashes += 1;
    if (backslashes % 2 === 0) return at;
    at = text.indexOf('"', at + 1);
  }
  return -1;
}

/** Parses a term in N-Triples notation, as this project writes it. */
export function parseTerm(text: string): GroundTerm {
  const first = text.charCodeAt(0);
  if (first === 60 /* < */ && text.endsWith('>')) return namedNode(text.slice(1, -1));
  if (first === 34 /* " */) {
    // A datatype IRI or language tag holds no quote, so the last quote closes the string.
    const close = text.lastIndexOf('"');
    const value = unescapeString(text.slice(1, close));
    if (close === text.length - 1) return literal(value);
    if (text.charCodeAt(close + 1) === 64 /* @ */) return literal(value, text.slice(close + 2));
    if (text.startsWith('^^<', close + 1) && text.endsWith('>')) return literal(value, namedNode(text.slice(close + 4, -1)));
  }
  if (text.startsWith('_:')) return blankNode(text.slice(2));
  throw new SyntaxError(`Not an N-Triples term: ${text.slice(0, 100)}`);
}
