import type * as RDF from '@rdfjs/types';
import { RdfXmlParser } from 'rdfxml-streaming-parser';
import { Fault, type Place } from '../faults.js';
import { checkQuad, defaultMaxTermLength } from './check.js';
import { checkedFactory } from './factory.js';
import { checkIri } from './iri.js';
import type { ParsedQuad, ParseOptions } from './parse.js';
import { withPlace } from './place.js';
import { XmlScanner } from './xmlScan.js';

const batchSize = 1000;
/** Elements within elements; the parser goes through all that are open for each new one. */
const maxDepth = 1000;

/** The parser, driven without a stream: quads are collected with the line of their subject's element. */
class LineKeepingParser extends RdfXmlParser {
  readonly quads: ParsedQuad[] = [];
  #subjectLines = new Map<string, number>();
  #tagLine = 0;
  #quadLine = 0;
  #depth = 0;
  #roots = 0;
  readonly #limit: number;
  readonly #nextLine: () => number;

  constructor(limit: number, baseIri: string, nextLine: () => number) {
    super({ dataFactory: checkedFactory(limit), baseIRI: baseIri, trackPosition: true, validateUri: false });
    this.#limit = limit;
    this.#nextLine = nextLine;
  }

  /** True when every element was closed and there was one. */
  get complete(): boolean {
    return this.#depth === 0 && this.#roots > 0;
  }

  override push(quad: RDF.Quad | null): boolean {
    if (quad === null) return true;
    checkQuad(quad, this.#limit);
    this.quads.push({ quad, line: this.#quadLine });
    return true;
  }

  protected override onTag(tag: Parameters<RdfXmlParser['onTag']>[0]): void {
    this.#tagLine = this.#nextLine();
    this.#depth += 1;
    this.#roots += 1;
    if (this.#depth > maxDepth) throw tooDeep();
    super.onTag(tag);
    const subject = this['activeTagStack'].at(-1)?.subject;
    if (subject && !this.#subjectLines.has(subject.value)) this.#subjectLines.set(subject.value, this.#tagLine);
  }

  protected override onCloseTag(): void {
    this.#depth -= 1;
    super.onCloseTag();
    // Back at the outermost element: no open element can be a subject any more.
    if (this.#depth <= 1) this.#subjectLines.clear();
  }

  protected override emitTriple(...triple: Parameters<RdfXmlParser['emitTriple']>): void {
    this.#quadLine = this.#subjectLines.get(triple[0].value) ?? this.#tagLine;
    super.emitTriple(...triple);
  }
}

function tooDeep(): Fault {
  return new Fault('too-large', { nl: `Het XML-document is te diep genest: meer dan ${maxDepth} elementen in elkaar.`, en: `The XML document is nested too deeply: more than ${maxDepth} elements within each other.` });
}

const messagePlace = /^(?:Line (\d+) column (\d+)|(\d+):(\d+)): /;

/** What the XML parser says most -> the same in Dutch. */
const dutch: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/^unexpected close tag$/, 'een element wordt gesloten dat niet open is, of niet als laatste geopend werd'],
  [/^unmatched closing tag: (.+)$/, 'het einde </$1> hoort bij geen begin'],
  [/^unclosed tag: (.+)$/, 'het element <$1> wordt niet gesloten'],
  [/^unbound namespace prefix: (.+)$/, 'het voorvoegsel $1 is niet verklaard (xmlns:…)'],
  [/^document must contain a root element$/, 'er is geen element in het document'],
  [/^text data outside of root node$/, 'er staat tekst buiten het eerste element'],
  [/^disallowed character(?: in .*)?$/, 'hier staat een teken dat niet mag'],
  [/^attribute without value$/, 'een attribuut heeft geen waarde'],
  [/^unquoted attribute value$/, 'de waarde van een attribuut staat niet tussen aanhalingstekens'],
  [/^duplicate attribute: (.+)$/, 'het attribuut $1 staat er twee keer'],
];

function inDutch(message: string): string {
  const known = dutch.find(([pattern]) => pattern.test(message));
  return known ? message.replace(known[0], known[1]) : `de lezer meldt “${message}”`;
}

/** Our fault for an error of the XML or RDF/XML parser; both put the place in the message. */
function xmlFault(error: Error, parser: RdfXmlParser, file: string | undefined): Fault {
  const found = messagePlace.exec(error.message) ?? messagePlace.exec(parser.newParseError('').message);
  const line = Number(found?.[1] ?? found?.[3] ?? 0);
  const place: Place = {
    ...(line === 0 ? {} : { line, column: Math.max(1, Number(found?.[2] ?? found?.[4])) }),
    ...(file === undefined ? {} : { file }),
  };
  if (error instanceof Fault) return withPlace(error, place);
  const message = error.message.replace(messagePlace, '').replace(/\.$/, '');
  if (/relative/i.test(message) && /base/i.test(message)) {
    return new Fault(
      'relative-iri',
      {
        nl: `Regel ${line}: het document bevat een relatief webadres, en er is geen basisadres. Voeg xml:base toe of geef het volledige adres.`,
        en: `Line ${line}: the document holds a relative IRI and there is no base. Add xml:base or write it in full.`,
      },
      { place, cause: error },
    );
  }
  return new Fault(
    'rdf-syntax',
    { nl: `Regel ${line}, kolom ${place.column ?? 1}: geen geldige RDF/XML: ${inDutch(message)}.`, en: `Line ${line}, column ${place.column ?? 1}: not valid RDF/XML: ${message}.` },
    { place: { ...place, expected: message }, cause: error },
  );
}

function checkEncoding(start: string, file: string | undefined): void {
  const declared = /^<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']/.exec(start)?.[1];
  if (declared === undefined || /^utf-?8$/i.test(declared)) return;
  throw new Fault(
    'rdf-syntax',
    { nl: `Het document zegt dat het ${declared} is. Bewaar het als UTF-8.`, en: `The document declares encoding ${declared}. Save it as UTF-8.` },
    { place: { line: 1, column: 1, expected: 'UTF-8', ...(file === undefined ? {} : { file }) } },
  );
}

/** Parses RDF/XML in batches; no DOCTYPE or entity is ever looked at. */
export async function* parseRdfXml(text: AsyncIterable<string>, options: ParseOptions): AsyncIterable<readonly ParsedQuad[]> {
  const limit = options.maxTermLength ?? defaultMaxTermLength;
  const scanner = new XmlScanner(limit, options.file);
  const base = options.baseIri === undefined ? '' : checkIri(options.baseIri);
  const parser = new LineKeepingParser(limit, base, () => scanner.tagLines.shift() ?? 0);
  let failure: Error | undefined;
  parser.on('error', (error: Error) => (failure ??= error));
  const feed = (piece: string): void => {
    parser._transform(piece, 'utf8', (error) => (failure ??= error ?? undefined));
    if (failure) throw xmlFault(failure, parser, options.file);
  };
  let start = '';
  for await (const piece of text) {
    if (!start.includes('>')) checkEncoding((start += piece), options.file);
    feed(scanner.scan(piece));
    while (parser.quads.length >= batchSize) yield parser.quads.splice(0, batchSize);
  }
  feed(scanner.end());
  if (!parser.complete) {
    throw new Fault(
      'rdf-syntax',
      { nl: 'Het XML-document eindigt voor het laatste element gesloten is.', en: 'The XML document ends before its last element is closed.' },
      { place: { ...scanner.place(), expected: '</…>' } },
    );
  }
  if (parser.quads.length > 0) yield parser.quads.splice(0);
}
