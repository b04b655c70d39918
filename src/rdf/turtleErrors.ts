import { Fault, type Place, type Text } from '../faults.js';
import { tableFile } from './fileNames.js';
import { checkIri } from './iri.js';
import { withPlace } from './place.js';

/** A token of the n3 lexer, as far as errors need it. */
export interface ErrorToken {
  readonly type: string;
  readonly value?: string | undefined;
  readonly prefix?: string | undefined;
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function same(text: string): Text {
  return { nl: `“${short(text)}”`, en: `“${short(text)}”` };
}

/** How a token looked in the document. */
function tokenText({ type, value = '', prefix = '' }: ErrorToken): Text {
  switch (type) {
    case 'eof':
      return { nl: 'het einde van het bestand', en: 'the end of the file' };
    case 'IRI':
    case 'typeIRI':
      return same(`<${value}>`);
    case 'prefixed':
    case 'type':
    case 'prefix':
      return same(`${type === 'prefix' ? value : prefix}:${type === 'prefix' ? '' : value}`);
    case 'blank':
      return same(`_:${value}`);
    case 'literal':
      return same(prefix === '' ? `"${value}"` : value);
    case 'langcode':
      return same(`@${value}`);
    case 'abbreviation':
      return same(value);
    default:
      return same(type);
  }
}

const node: Text = { nl: 'een webadres (<…> of voorvoegsel:naam) of een naamloze knoop', en: 'an IRI (<…> or prefix:name) or a blank node' };

/** What the n3 parser wanted, by its message. */
const expectations: readonly (readonly [pattern: RegExp, expected: Text])[] = [
  [/^Expected dot|end with a dot/, { nl: '“.”', en: '“.”' }],
  [/^Expected IRI to follow prefix|base declaration/, { nl: 'een webadres tussen < en >', en: 'an IRI between < and >' }],
  [/^Expected prefix to follow/, { nl: 'een voorvoegsel met een dubbele punt', en: 'a prefix with a colon' }],
  [/^Expected graph/, { nl: '“{”', en: '“{”' }],
  [/^Unclosed graph/, { nl: '“}”', en: '“}”' }],
  [/^Unexpected literal/, { nl: 'een webadres: een waarde kan alleen achter een eigenschap staan', en: 'an IRI: a literal can only stand after a predicate' }],
  [/^Disallowed blank node as predicate|^Expected predicate/, { nl: 'een eigenschap: een webadres of “a”', en: 'a predicate: an IRI or “a”' }],
  [/^Invalid graph label/, { nl: 'het webadres van een graaf', en: 'the IRI of a graph' }],
  [/^Unexpected [.\]}]/, { nl: 'een eigenschap en een waarde', en: 'a predicate and an object' }],
];

function syntax(found: Text, expected: Text, place: Place): Fault {
  const where = place.line === undefined ? { nl: 'In het bestand', en: 'In the document' } : { nl: `Regel ${place.line}, kolom ${place.column}`, en: `Line ${place.line}, column ${place.column}` };
  return new Fault(
    'rdf-syntax',
    { nl: `${where.nl}: hier staat ${found.nl}; verwacht werd ${expected.nl}.`, en: `${where.en}: found ${found.en}; expected ${expected.en}.` },
    { place: { ...place, expected: expected.en } },
  );
}

/** Where the parser was: what may end the triple depends on it. */
export type Surroundings = 'statement' | 'brackets' | 'line';

const endings: Readonly<Record<Surroundings, Text>> = {
  statement: { nl: '“.”, “;” of “,”', en: '“.”, “;” or “,”' },
  brackets: { nl: '“]”, “;” of “,”', en: '“]”, “;” or “,”' },
  line: { nl: '“.”', en: '“.”' },
};

/** The fault for an error of the n3 parser at a token. */
export function grammarFault(message: string, token: ErrorToken, place: Place, surroundings: Surroundings): Fault {
  const prefix = /^Undefined prefix "(.*):"/.exec(message)?.[1];
  if (prefix !== undefined) {
    return new Fault(
      'rdf-syntax',
      {
        nl: `Regel ${place.line}, kolom ${place.column}: het voorvoegsel “${prefix}:” is niet verklaard. Zet bovenaan: @prefix ${prefix}: <…> .`,
        en: `Line ${place.line}, column ${place.column}: the prefix “${prefix}:” is not declared. Add at the top: @prefix ${prefix}: <…> .`,
      },
      { place: { ...place, expected: `@prefix ${prefix}: <…> .` } },
    );
  }
  if (/language tag|languaged-tagged/.test(message)) {
    return new Fault(
      'invalid-term',
      { nl: `Regel ${place.line}, kolom ${place.column}: dit is geen geldige taalcode of taaltekst.`, en: `Line ${place.line}, column ${place.column}: not a valid language tag or language-tagged text.` },
      { place },
    );
  }
  if (message.startsWith('Expected punctuation')) return syntax(tokenText(token), endings[surroundings], place);
  return syntax(tokenText(token), expectations.find(([pattern]) => pattern.test(message))?.[1] ?? node, place);
}

/** The fault for a token that RDF 1.1 does not have. */
export function newerFault(token: ErrorToken, place: Place): Fault {
  const found = tokenText(token);
  return new Fault(
    'invalid-term',
    {
      nl: `Regel ${place.line}, kolom ${place.column}: ${found.nl} hoort bij RDF 1.2 (uitspraken over uitspraken, schrijfrichting, versie) en wordt niet aanvaard.`,
      en: `Line ${place.line}, column ${place.column}: ${found.en} belongs to RDF 1.2 (triple terms, base direction, version) and is not accepted.`,
    },
    { place },
  );
}

/** The fault for two statements on one line, or one over several, in N-Triples and N-Quads. */
export function lineFault(token: ErrorToken, place: Place): Fault {
  return syntax(tokenText(token), { nl: 'precies één uitspraak per regel', en: 'exactly one statement a line' }, place);
}

/** Cells of a spreadsheet, where Turtle would begin with an IRI, a prefix or a comment. */
const tableRow = /^"?[\p{L}\d][^<>:]*[;,\t][^<>:]+$/u;

/** The fault for text that is no token; `rest` starts at the text, `previous` is the type of the token before it. */
export function lexicalFault(rest: string, previous: string | undefined, place: Place): Fault {
  const line = /^[^\r\n]*/.exec(rest)?.[0] ?? '';
  const iri = /^<([^>"]*)>/.exec(line)?.[1];
  if (iri !== undefined) {
    try {
      checkIri(iri);
    } catch (fault) {
      if (fault instanceof Fault) return withPlace(fault, place);
    }
  }
  if (place.line === 1 && place.column === 1 && tableRow.test(line)) return new Fault('rdf-syntax', tableFile, { place });
  const found = short(/^\S*/.exec(line)?.[0] ?? '');
  return syntax(found === '' ? tokenText({ type: 'eof' }) : { nl: `“${found}”`, en: `“${found}”` }, lexicalExpectation(line, previous), place);
}

const iriExpected: Text = { nl: 'een webadres tussen < en >', en: 'an IRI between < and >' };

function lexicalExpectation(line: string, previous: string | undefined): Text {
  if (previous === 'prefix' || previous === '@base' || previous === 'BASE') return iriExpected;
  if (line.startsWith('<')) return { nl: 'een webadres dat eindigt op “>”', en: 'an IRI that ends with “>”' };
  if (/^["']/.test(line)) {
    return { nl: 'een tekst met een afsluitend aanhalingsteken en geldige \\-tekens', en: 'a text with a closing quote and valid \\ escapes' };
  }
  if (line.startsWith('@')) return { nl: '@prefix, @base of een taalcode na een tekst', en: '@prefix, @base or a language tag after a text' };
  return node;
}
