import type { Editor, Element, Page, Position, YasqeClass } from './dom.js';

declare const document: Page;

/** Milliseconds without typing before the page says that something does not fit. */
const pause = 900;

const tokens: Readonly<Record<string, string>> = {
  VAR1: '?x',
  VAR2: '?x',
  IRI_REF: '<…>',
  PNAME_LN: 'prefix:naam',
  PNAME_NS: 'prefix:',
  STRING_LITERAL1: '"…"',
  STRING_LITERAL2: '"…"',
  STRING_LITERAL_LONG1: '"…"',
  STRING_LITERAL_LONG2: '"…"',
  INTEGER: '1',
  NIL: '()',
};

/** What may stand at a place, in signs a person would type. */
function readable(expected: readonly string[]): string {
  const words = expected.flatMap((name) => {
    const known = tokens[name];
    if (known !== undefined) return [known];
    return /^[A-Z_]+_[A-Z_0-9]*$|^(?:DECIMAL|DOUBLE|ANON|LANGTAG)/.test(name) ? [] : [name];
  });
  return [...new Set(words)].slice(0, 10).join('  ');
}

export interface Wrong {
  readonly at: Position;
  readonly expected: string;
  /** The prefix that is used without being declared, if that is what is wrong. */
  readonly prefix?: string;
}

/** The first place the grammar of the editor cannot follow. */
function firstWrong(editor: Editor): Wrong | undefined {
  const lines = editor.getDoc();
  for (let line = 0; line < lines.lineCount(); line += 1) {
    const { length } = lines.getLine(line);
    const last = editor.getTokenAt({ line, ch: length }, true);
    editor.setOption('queryType', last.state.queryType);
    if (last.state.OK !== false) continue;
    for (let ch = 1; ch <= length; ) {
      const token = editor.getTokenAt({ line, ch }, true);
      if (token.state.OK === false && token.state.errorMsg !== undefined) return { at: { line, ch: token.start }, expected: '', prefix: token.string.split(':', 1)[0] ?? '' };
      if (token.state.OK === false) return { at: { line, ch: token.start }, expected: readable(token.state.possibleCurrent ?? []) };
      ch = Math.max(token.end, ch) + 1;
    }
    return { at: { line, ch: 0 }, expected: '' };
  }
  return undefined;
}

function gutterSign(): Element {
  const sign = document.createElement('span');
  sign.className = 'gutter-error';
  sign.textContent = '!';
  return sign;
}

/** Puts a sign in the margin of a line. */
export function signLine(editor: Editor, line: number): void {
  editor.setGutterMarker(line, 'gutterErrorBar', gutterSign());
}

/** While somebody types: a sign in the margin, and after a pause a sentence, in our words instead of the editor's. */
export function hintAtErrors(Yasqe: YasqeClass, hint: Element, say: (wrong: Wrong) => string, answered: () => string): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  Yasqe.prototype.checkSyntax = function checkSyntax() {
    const wrong = firstWrong(this);
    this.queryValid = wrong === undefined;
    this.clearGutter('gutterErrorBar');
    clearTimeout(timer);
    hint.hidden = true;
    if (!wrong) return;
    timer = setTimeout(() => {
      /* What the service said about this text goes before what the editor guesses. */
      if (this.getValue() === answered()) return;
      signLine(this, wrong.at.line);
      hint.textContent = say(wrong);
      hint.hidden = false;
    }, pause);
  };
}
