/**
 * The part of the browser and of the editor (CodeMirror 5 with Yasqe) that the scripts here use. The types of the
 * DOM are not in this program, so that code of the service cannot call a browser by mistake.
 */
export interface Element {
  hidden: boolean;
  disabled: boolean;
  value: string;
  className: string;
  textContent: string | null;
  readonly dataset: Readonly<Record<string, string | undefined>>;
  readonly childNodes: ArrayLike<Element>;
  append(...nodes: readonly (Element | string)[]): void;
  after(node: Element): void;
  replaceChildren(...nodes: readonly Element[]): void;
  replaceWith(node: Element): void;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  addEventListener(type: string, listener: (event: { preventDefault(): void }) => void): void;
}

export interface Form extends Element {
  readonly action: string;
  requestSubmit(): void;
}

export interface Page {
  readonly documentElement: { readonly lang: string };
  getElementById(id: string): Element | null;
  querySelector(selector: string): Element | null;
  createElement(name: string): Element;
  importNode(node: Element, deep: true): Element;
}

export interface Position {
  readonly line: number;
  readonly ch: number;
}

export interface Token {
  readonly string: string;
  readonly type: string | null;
  readonly start: number;
  readonly end: number;
  readonly state: { readonly OK?: boolean; readonly errorMsg?: string; readonly queryType?: string; readonly possibleCurrent?: readonly string[] };
}

export interface Lines {
  lineCount(): number;
  getLine(line: number): string;
  getCursor(): Position;
  setCursor(position: Position): void;
  markText(from: Position, to: Position, options: { readonly className: string }): { clear(): void };
}

export interface Hint {
  readonly text: string;
  render?: (element: Element) => void;
}

export interface Editor {
  queryValid: boolean;
  getValue(): string;
  getDoc(): Lines;
  getInputField(): Element;
  getTokenAt(position: Position, precise?: boolean): Token;
  getCompleteToken(): Token;
  getPreviousNonWsToken(line: number, token: Token): Token;
  setOption(name: string, value: unknown): void;
  clearGutter(name: string): void;
  setGutterMarker(line: number, gutter: string, marker: Element): void;
  on(type: string, listener: () => void): void;
  focus(): void;
  autocomplete(): void;
}

/** A completer of the editor; `get` without a token gives all at once. */
export interface Completer {
  readonly name: string;
  readonly bulk: boolean;
  readonly autoShow: boolean;
  get(editor: Editor, token?: Token): Promise<readonly string[]>;
  isValidCompletionPosition(editor: Editor): boolean;
  postprocessHints(editor: Editor, hints: readonly Hint[]): readonly Hint[];
}

export interface YasqeClass {
  new (parent: Element, settings: Readonly<Record<string, unknown>>): Editor;
  readonly prototype: Record<'checkSyntax' | 'showNotification', (this: Editor) => void>;
  readonly defaults: { autocompleters: readonly string[] };
  forkAutocompleter(from: string, to: Partial<Completer> & { readonly name: string; readonly persistenceId: null }, enable: boolean): void;
  registerAutocompleter(completer: Completer, enable: boolean): void;
}
