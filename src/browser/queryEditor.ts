import { completeWithOurTerms } from './completion.js';
import type { Editor, Element, Form, Page, YasqeClass } from './dom.js';
import { hintAtErrors, signLine, type Wrong } from './syntaxHint.js';

declare const document: Page;
declare const Yasqe: YasqeClass | undefined;
declare const FormData: new (form: Form) => Iterable<[string, string]>;
declare const DOMParser: new () => { parseFromString(text: string, type: 'text/html'): Page };
declare const location: { readonly href: string; reload(): void };
declare const history: { pushState(state: null, title: '', url: string): void };
declare const navigator: { readonly clipboard?: { writeText(text: string): Promise<void> } };
declare function addEventListener(type: 'popstate', listener: () => void): void;

/** Longer addresses are not understood by every server between here and there: such queries are posted. */
const longestAddress = 8000;

function byId(id: string): Element {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page lacks #${id}`);
  return element;
}

const form = byId('vraag') as Form;
const field = byId('query');
const state = byId('stand');
const stop = byId('stop');
const copy = byId('kopieer');
/** The text the answer on the page is about. */
let answeredText = document.getElementById('antwoord')?.textContent === '' ? '' : field.value;

function word(name: string, values: Readonly<Record<string, string>> = {}): string {
  return (form.dataset[name] ?? '').replace(/\[(\w+)\]/g, (whole, key: string) => values[key] ?? whole);
}

function tell(text: string, quietly = false): void {
  state.className = quietly ? 'unseen' : '';
  state.textContent = text;
}

function makeEditor(Class: YasqeClass): Editor {
  const { terms } = form.dataset;
  if (terms !== undefined) completeWithOurTerms(Class, terms);
  const sentence = ({ at, expected, prefix }: Wrong): string => {
    const place = { line: String(at.line + 1), column: String(at.ch + 1) };
    if (prefix !== undefined) return word('prefix', { ...place, prefix });
    return expected === '' ? word('here', place) : `${word('here', place)} ${word('expected', { expected })}`;
  };
  hintAtErrors(Class, byId('wenk'), sentence, () => answeredText);
  Class.prototype.showNotification = () => undefined;
  const holder = document.createElement('div');
  field.after(holder);
  const leave = { Tab: false, 'Shift-Tab': false };
  const keys = {
    'Ctrl-Enter': () => form.requestSubmit(),
    'Cmd-Enter': () => form.requestSubmit(),
    'Ctrl-S': false,
    /* After Escape the next Tab belongs to the page again (WCAG 2.1 §2.1.2). */
    Esc: () => editor.setOption('extraKeys', { ...bound, ...leave }),
  };
  const editor = new Class(holder, {
    value: field.value,
    persistenceId: null,
    createShareableLink: null,
    consumeShareLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: 'auto',
    viewportMargin: Infinity,
    indentUnit: 2,
    screenReaderLabel: word('query'),
    extraKeys: keys,
  });
  const bound = { 'Ctrl-Space': () => editor.autocomplete(), ...keys };
  editor.on('blur', () => editor.setOption('extraKeys', bound));
  editor.on('change', () => (field.value = editor.getValue()));
  field.hidden = true;
  field.removeAttribute('required');
  field.removeAttribute('id');
  editor.getInputField().setAttribute('id', 'query');
  editor.getInputField().setAttribute('aria-describedby', 'toetsen wenk');
  byId('toetsen').hidden = false;
  return editor;
}

let mark: { clear(): void } | undefined;

/** Shows in the editor where the service found the error. */
function markError(editor: Editor | undefined): void {
  mark?.clear();
  const { line, column } = document.getElementById('fout')?.dataset ?? {};
  if (!editor || line === undefined || column === undefined) return;
  const at = { line: Number(line) - 1, ch: Number(column) - 1 };
  const { length } = editor.getDoc().getLine(at.line) ?? '';
  const end = Math.max(at.ch + 1, editor.getTokenAt({ line: at.line, ch: at.ch + 1 }, true).end);
  mark = editor.getDoc().markText(at.ch < length ? at : { line: at.line, ch: Math.max(0, length - 1) }, { line: at.line, ch: end }, { className: 'query-error' });
  signLine(editor, at.line);
  editor.getDoc().setCursor(at);
}

let running: AbortController | undefined;

function busy(yes: boolean): void {
  stop.hidden = !yes;
  byId('antwoord').setAttribute('aria-busy', String(yes));
  if (yes) tell(word('busy'));
}

/** Puts what the service answered in the place of the former answer. */
function show(text: string): void {
  const page = new DOMParser().parseFromString(text, 'text/html');
  const answer = page.getElementById('antwoord');
  if (answer) byId('antwoord').replaceWith(document.importNode(answer, true));
  else byId('antwoord').replaceChildren(...Array.from(page.querySelector('main')?.childNodes ?? [], (node) => document.importNode(node, true)));
  const other = page.querySelector('a.language');
  if (other) document.querySelector('a.language')?.replaceWith(document.importNode(other, true));
  tell(document.getElementById('samenvatting')?.textContent ?? '', true);
}

async function ask(editor: Editor | undefined): Promise<void> {
  running?.abort();
  const own = new AbortController();
  running = own;
  const search = new URLSearchParams([...new FormData(form)]);
  const address = `${form.action}?${search}`;
  const short = address.length < longestAddress;
  busy(true);
  try {
    const answer = await fetch(short ? address : form.action, { ...(short ? {} : { method: 'POST', body: search }), headers: { accept: 'text/html' }, signal: own.signal });
    show(await answer.text());
    answeredText = field.value;
    byId('wenk').hidden = true;
    if (short && address !== location.href) history.pushState(null, '', address);
    markError(editor);
  } catch {
    if (running === own) tell(own.signal.aborted ? word('stopped') : word('failed'));
  } finally {
    if (running === own) {
      running = undefined;
      busy(false);
    }
  }
}

/* Without the editor (a script that did not load) the form works as it stands. */
const editor = Yasqe === undefined ? undefined : makeEditor(Yasqe);
markError(editor);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void ask(editor);
});
stop.addEventListener('click', () => running?.abort());
addEventListener('popstate', () => location.reload());
const { clipboard } = navigator;
if (clipboard) {
  copy.hidden = false;
  copy.addEventListener('click', () => {
    void clipboard.writeText(`${form.action}?${new URLSearchParams([...new FormData(form)])}`).then(() => tell(word('copied')));
  });
}
