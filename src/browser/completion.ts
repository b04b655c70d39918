import type { Completer, Editor, Hint, Page, Token, YasqeClass } from './dom.js';

declare const document: Page;

interface Terms {
  readonly prefixes: Readonly<Record<string, string>>;
  readonly terms: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const most = 60;

function label(terms: Terms, name: string): string {
  return terms.terms[name]?.[document.documentElement.lang] ?? '';
}

/** Names of classes begin with a capital, in every vocabulary we know. */
function isClass(name: string): boolean {
  return /:\p{Lu}/u.test(name);
}

/** Names that begin with what was typed go before names and labels that hold it. */
function matches(terms: Terms, typed: string, classes: boolean): readonly string[] {
  const wanted = typed.trim().toLowerCase();
  const rank = (name: string): number => {
    const lower = name.toLowerCase();
    const local = lower.slice(lower.indexOf(':') + 1);
    if (lower.startsWith(wanted) || local.startsWith(wanted)) return 0;
    const [prefix = '', rest = ''] = wanted.split(':');
    if (wanted.includes(':')) return lower.startsWith(`${prefix}:`) && (local.includes(rest) || label(terms, name).toLowerCase().includes(rest)) ? 1 : 2;
    return local.includes(wanted) || label(terms, name).toLowerCase().includes(wanted) ? 1 : 2;
  };
  return Object.keys(terms.terms)
    .filter((name) => !classes || isClass(name))
    .map((name) => ({ name, rank: rank(name) }))
    .filter((item) => item.rank < 2)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ name }) => name);
}

function wordBefore(editor: Editor, token: Token): string {
  const before = editor.getPreviousNonWsToken(editor.getDoc().getCursor().line, token) as Token | undefined;
  return before?.string ?? '';
}

function inPrologue(editor: Editor, token: Token): boolean {
  return /^(?:PREFIX|BASE)$/i.test(wordBefore(editor, token));
}

function afterType(editor: Editor, token: Token): boolean {
  return /^(?:a|rdf:type)$/.test(wordBefore(editor, token));
}

/** Completes with our terms: by itself once a prefix is typed, and any word on request. */
function termCompleter(name: string, loaded: Promise<Terms>, pattern: RegExp, autoShow: boolean): Completer {
  let known: Terms | undefined;
  void loaded.then((terms) => (known = terms));
  return {
    name,
    bulk: false,
    autoShow,
    get: async (editor, token) => matches(await loaded, token?.string ?? '', token !== undefined && afterType(editor, token)),
    isValidCompletionPosition: (editor) => {
      const token = editor.getCompleteToken();
      return pattern.test(token.string) && token.type !== 'comment' && !/^string$/.test(token.type ?? '') && !inPrologue(editor, token);
    },
    postprocessHints: (_editor, hints) =>
      hints.map((hint): Hint => ({
        ...hint,
        render: (element) => {
          const small = document.createElement('small');
          small.textContent = known ? label(known, hint.text) : '';
          element.append(hint.text, small);
        },
      })),
  };
}

/** Replaces what the editor would complete with (lists of other services) by our own prefixes, classes and properties. */
export function completeWithOurTerms(Yasqe: YasqeClass, address: string): void {
  const loaded = fetch(address).then((response) => response.json() as Promise<Terms>);
  Yasqe.forkAutocompleter(
    'prefixes',
    { name: 'prefixes', persistenceId: null, get: async () => Object.entries((await loaded).prefixes).map(([prefix, namespace]) => `${prefix}: <${namespace}>`) },
    false,
  );
  Yasqe.registerAutocompleter(termCompleter('termen', loaded, /^[A-Za-z][\w-]*:[\w-]*$/, true), false);
  Yasqe.registerAutocompleter(termCompleter('woorden', loaded, /^\p{L}[\p{L}\d_-]+$/u, false), false);
  /* The editor merges lists of settings by place: only here can it be made to forget the others. */
  Yasqe.defaults.autocompleters = ['variables', 'prefixes', 'termen', 'woorden'];
}
