import { Fault, type Place } from '../faults.js';
import { tooLong } from './check.js';

type State = 'text' | 'tag' | 'comment' | 'cdata' | 'instruction';

const closings: Readonly<Record<Exclude<State, 'text' | 'tag'>, string>> = { comment: '-->', cdata: ']]>', instruction: '?>' };
const entity = /^&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9A-Fa-f]+);)/;
const nameStart = /[:A-Z_a-z\u00c0-\ufffd]/;
/* Longest thing that must be seen whole before deciding: `<![CDATA[` and `&#x0010ffff;`. */
const lookahead = 16;

/**
 * Reads XML ahead of the parser, for three things: no document type declaration and no entity but the five of XML
 * (a few lines of them unfold to gigabytes) ever reaches it, no text or tag is longer than the limit, and each
 * start tag has the line it begins on.
 */
export class XmlScanner {
  readonly #limit: number;
  readonly #file: string | undefined;
  #state: State = 'text';
  #quote = '';
  #pending = '';
  #line = 1;
  #column = 1;
  #length = 0;
  /** Lines of the start tags seen and not yet asked for. */
  readonly tagLines: number[] = [];

  constructor(limit: number, file: string | undefined) {
    this.#limit = limit;
    this.#file = file;
  }

  /** Scans a piece and returns what the parser may have now. */
  scan(piece: string): string {
    const text = this.#pending + piece;
    const end = Math.max(0, text.length - lookahead);
    const stopped = this.#scan(text, end);
    this.#pending = text.slice(stopped);
    return text.slice(0, stopped);
  }

  /** Scans the rest; Fault `rdf-syntax` when the document ends inside a tag, comment or section. */
  end(): string {
    const text = this.#pending;
    this.#scan(text, text.length);
    this.#pending = '';
    if (this.#state !== 'text') {
      const expected = this.#state === 'tag' ? '>' : closings[this.#state];
      throw new Fault(
        'rdf-syntax',
        { nl: `Het XML-document eindigt te vroeg; verwacht werd “${expected}”.`, en: `The XML document ends too early; expected “${expected}”.` },
        { place: { ...this.place(), expected } },
      );
    }
    return text;
  }

  place(): Place {
    return { line: this.#line, column: this.#column, ...(this.#file === undefined ? {} : { file: this.#file }) };
  }

  /** Scans up to `end`; returns where it stopped, which can be a little further. */
  #scan(text: string, end: number): number {
    let at = 0;
    while (at < end) {
      const next = this.#step(text, at);
      for (; at < next; at += 1) {
        if (text[at] === '\n') {
          this.#line += 1;
          this.#column = 1;
        } else this.#column += 1;
      }
      if (this.#length > this.#limit) throw tooLong(this.#limit, this.place());
    }
    return at;
  }

  #enter(state: State, width: number): number {
    this.#state = state;
    this.#length = 0;
    return width;
  }

  /** Index behind the next piece that belongs together. */
  #step(text: string, at: number): number {
    this.#length += 1;
    const state = this.#state;
    if (state === 'comment' || state === 'cdata' || state === 'instruction') {
      return at + (text.startsWith(closings[state], at) ? this.#enter('text', closings[state].length) : 1);
    }
    const character = text[at] ?? '';
    if (character === '&' && entity.test(text.slice(at, at + lookahead))) throw this.#entities();
    if (state === 'tag') {
      if (this.#quote !== '') this.#quote = character === this.#quote ? '' : this.#quote;
      else if (character === '"' || character === "'") this.#quote = character;
      else if (character === '>') return at + this.#enter('text', 1);
      return at + 1;
    }
    if (character !== '<') return at + 1;
    if (text.startsWith('<!--', at)) return at + this.#enter('comment', 4);
    if (text.startsWith('<![CDATA[', at)) return at + this.#enter('cdata', 9);
    if (text.startsWith('<?', at)) return at + this.#enter('instruction', 2);
    if (text.startsWith('<!', at)) throw this.#entities();
    if (nameStart.test(text[at + 1] ?? '')) this.tagLines.push(this.#line);
    return at + this.#enter('tag', 1);
  }

  #entities(): Fault {
    return new Fault(
      'xml-entities',
      {
        nl: `Regel ${this.#line}: een DOCTYPE of een eigen entiteit (&naam;) wordt geweigerd. Schrijf de tekst voluit.`,
        en: `Line ${this.#line}: a DOCTYPE or an entity of your own (&name;) is refused. Write the text in full.`,
      },
      { place: this.place() },
    );
  }
}
