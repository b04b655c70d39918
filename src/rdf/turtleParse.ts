import type * as RDF from '@rdfjs/types';
import { Lexer, Parser, type Token } from 'n3';
import { Fault, type Place } from '../faults.js';
import { defaultMaxTermLength, tooLong } from './check.js';
import { checkedFactory } from './factory.js';
import { checkIri } from './iri.js';
import type { ParsedQuad, ParseOptions } from './parse.js';
import { withPlace } from './place.js';
import { grammarFault, lexicalFault, lineFault, newerFault } from './turtleErrors.js';

/* What n3 2 offers beyond its published types. The fields of the lexer are its own: it has no public way to ask
   how much text it is holding back, and a term without an end must not fill the memory. */
declare module 'n3' {
  interface Token {
    readonly start: number;
    readonly end: number;
    readonly endLine?: number;
  }
  interface Lexer {
    readonly _input?: string | null;
    readonly _line?: number;
    readonly _linePosition?: number;
  }
  interface ParserOptions {
    lexer?: Lexer;
  }
  interface Parser {
    parse(
      source: { on(event: string, listener: (text: string) => void): void },
      callbacks: { onToken(token: Token): void; onQuad(error: Error | null, quad?: RDF.Quad | null): void },
    ): void;
  }
}

const batchSize = 1000;
const pieceSize = 65_536;

/** Tokens of RDF 1.2 that have no place in RDF 1.1. */
const newerTokens: ReadonlySet<string> = new Set(['<<', '>>', '<<(', ')>>', '{|', '|}', '~', 'dircode', 'VERSION', '@version']);

const formatNames = { turtle: 'Turtle', trig: 'TriG', ntriples: 'N-Triples', nquads: 'N-Quads' } as const;

interface Position {
  readonly line: number;
  /** From 0. */
  readonly column: number;
}

/**
 * Feeds the n3 parser piece by piece and watches its tokens: they say on which line a statement starts and where an
 * error is, and a strict reading of the format refuses some of them.
 */
class TurtleReader {
  readonly #options: ParseOptions;
  readonly #limit: number;
  readonly #lineMode: boolean;
  readonly #lexer: Lexer;
  /** Line of the bracket or list item that made an anonymous node. */
  readonly #nodeLines = new WeakMap<object, number>();
  #onData: (text: string) => void = () => {};
  #onEnd: (text: string) => void = () => {};
  #token: Token | undefined;
  #statementLine = 1;
  #lastDot = 0;
  #fresh = true;
  #brackets = 0;
  #directive = false;
  #quads: ParsedQuad[] = [];
  /** The text the lexer is working on and where it starts. */
  #text = '';
  #from: Position = { line: 1, column: 0 };

  constructor(options: ParseOptions) {
    const { id } = options.format;
    if (id === 'jsonld' || id === 'rdfxml') throw new TypeError(`${id} is not read here`);
    this.#options = options;
    this.#limit = options.maxTermLength ?? defaultMaxTermLength;
    this.#lineMode = id === 'ntriples' || id === 'nquads';
    this.#lexer = new Lexer({ lineMode: this.#lineMode, n3: false });
    const parser = new Parser({
      format: formatNames[id],
      lexer: this.#lexer,
      factory: checkedFactory(this.#limit, (node) => this.#nodeLines.set(node, this.#token?.line ?? 0)),
      ...(options.baseIri === undefined || this.#lineMode ? {} : { baseIRI: checkIri(options.baseIri) }),
    });
    const source = {
      on: (event: string, listener: (text: string) => void) => {
        if (event === 'data') this.#onData = listener;
        if (event === 'end') this.#onEnd = listener;
      },
    };
    parser.parse(source, {
      onToken: (token) => this.#onToken(token),
      onQuad: (error, parsed) => this.#onQuad(error, parsed),
    });
  }

  /** Quads that became complete with this piece of the document. */
  feed(text: string): readonly ParsedQuad[] {
    return this.#run(text, () => this.#onData(text));
  }

  end(): readonly ParsedQuad[] {
    return this.#run('', () => this.#onEnd(''));
  }

  #run(text: string, step: () => void): readonly ParsedQuad[] {
    this.#text = (this.#lexer._input ?? '') + text;
    this.#from = { line: this.#lexer._line ?? 1, column: this.#lexer._linePosition ?? 0 };
    this.#quads = [];
    try {
      step();
    } catch (error) {
      if (!(error instanceof Fault) || error.data.place?.line !== undefined) throw error;
      const { type, value } = this.#token ?? {};
      throw withPlace(error.code === 'relative-iri' && type === 'IRI' ? relativeIri(value ?? '', error) : error, this.#place());
    }
    // The lexer tries again only when what it holds has doubled, hence twice the limit.
    const held = this.#lexer._input?.length ?? 0;
    if (held > 2 * this.#limit + pieceSize) throw withPlace(tooLong(this.#limit), { line: this.#lexer._line ?? 1 });
    return this.#quads;
  }

  #place(token: Token | undefined = this.#token): Place {
    return {
      ...(token === undefined ? {} : { line: token.line, column: token.start + 1 }),
      ...(this.#options.file === undefined ? {} : { file: this.#options.file }),
    };
  }

  #onToken(token: Token): void {
    this.#token = token;
    if (newerTokens.has(token.type)) throw newerFault(token, this.#place());
    if ((token.value?.length ?? 0) > this.#limit) throw withPlace(tooLong(this.#limit), this.#place());
    if (this.#fresh && token.type !== 'eof') {
      if (this.#lineMode && token.line === this.#lastDot) throw lineFault(token, this.#place());
      this.#statementLine = token.line;
      this.#fresh = false;
      this.#directive = token.type === 'PREFIX' || token.type === 'BASE';
    } else if (this.#lineMode && token.type !== 'eof' && token.line !== this.#statementLine) {
      throw lineFault(token, this.#place());
    }
    if (token.type === '[') this.#brackets += 1;
    else if (token.type === ']') this.#brackets -= 1;
    const endsDirective = this.#directive && token.type === 'IRI';
    if (token.type === '.' || token.type === '{' || token.type === '}' || endsDirective) {
      this.#fresh = true;
      this.#lastDot = token.line;
    }
  }

  #onQuad(error: Error | null, parsed: RDF.Quad | null | undefined): void {
    if (error) throw this.#fault(error);
    if (!parsed) return;
    this.#quads.push({ quad: parsed, line: this.#nodeLines.get(parsed.subject) ?? this.#statementLine });
  }

  #fault(error: Error & { readonly context?: { readonly token?: Token } }): Fault {
    const token = error.context?.token;
    if (token !== undefined) {
      if (error.message.startsWith('Invalid IRI')) return withPlace(relativeIri(token.value ?? '', error), this.#place(token));
      return grammarFault(error.message, token, this.#place(token), this.#lineMode ? 'line' : this.#brackets > 0 ? 'brackets' : 'statement');
    }
    if (error.message.startsWith('Token too long')) return withPlace(tooLong(this.#limit), { line: this.#lexer._line ?? 1 });
    return this.#lexicalFault();
  }

  /** The lexer does not say where it stopped: it is the first thing after the last token that is no white space. */
  #lexicalFault(): Fault {
    const text = this.#text;
    const last = this.#token;
    const until = last === undefined ? this.#from : { line: last.endLine ?? last.line, column: last.end };
    const after = walk(text, { at: 0, ...this.#from }, (spot) => isBefore(spot, until));
    const separators = /(?:[ \t\r\n]+|#[^\r\n]*)*(?:\^\^(?:[ \t\r\n]+|#[^\r\n]*)*)?/y;
    separators.lastIndex = after.at;
    separators.exec(text);
    const { at, line, column } = walk(text, after, (spot) => spot.at < separators.lastIndex);
    return lexicalFault(text.slice(at, at + 4096), last?.type, {
      line,
      column: column + 1,
      ...(this.#options.file === undefined ? {} : { file: this.#options.file }),
    });
  }
}

interface Spot extends Position {
  readonly at: number;
}

function isBefore(spot: Position, until: Position): boolean {
  return spot.line < until.line || (spot.line === until.line && spot.column < until.column);
}

/** Goes through the text as long as `goOn`, counting lines and columns. */
function walk(text: string, from: Spot, goOn: (spot: Spot) => boolean): Spot {
  let spot = from;
  while (spot.at < text.length && goOn(spot)) {
    const { at, line, column } = spot;
    const ends = text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n');
    spot = { at: at + 1, line: ends ? line + 1 : line, column: ends ? 0 : column + 1 };
  }
  return spot;
}

/** The fault about an IRI as it was written, not as it was half resolved. */
function relativeIri(written: string, fallback: Error): Fault {
  try {
    checkIri(written);
  } catch (fault) {
    if (fault instanceof Fault) return fault;
  }
  return fallback instanceof Fault ? fallback : new Fault('invalid-iri', { nl: `Het webadres <${written}> is ongeldig.`, en: `The IRI <${written}> is invalid.` });
}

/** Parses Turtle, TriG, N-Triples and N-Quads (RDF 1.1), each strictly, in batches. */
export async function* parseTurtleFamily(text: AsyncIterable<string>, options: ParseOptions): AsyncIterable<readonly ParsedQuad[]> {
  const reader = new TurtleReader(options);
  let batch: ParsedQuad[] = [];
  for await (const piece of text) {
    for (const parsed of reader.feed(piece)) {
      batch.push(parsed);
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
  }
  batch.push(...reader.end());
  if (batch.length > 0) yield batch;
}
