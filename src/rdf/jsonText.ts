import { Fault, type Place, type Text } from '../faults.js';

type Frame = { readonly kind: '{' | '['; index: number; key: string };

/* oxlint-disable-next-line no-control-regex -- JSON strings may not hold control characters */
const token = /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

interface Flaw {
  readonly at: number;
  readonly expected: string;
  readonly jsonPath: string;
}

function pathOf(frames: readonly Frame[]): string {
  return `$${frames.map(({ kind, index, key }) => (kind === '[' ? `[${index}]` : key === '' ? '' : `[${key}]`)).join('')}`;
}

/**
 * Where a text stops being JSON (RFC 8259). `JSON.parse` does not say so on every runtime, and its message is not
 * for people.
 */
function findFlaw(text: string): Flaw {
  const frames: Frame[] = [];
  let expected = 'value';
  token.lastIndex = 0;
  for (;;) {
    const from = token.lastIndex;
    const match = token.exec(text);
    const at = from + (/^[ \t\r\n]*/.exec(text.slice(from, from + 1_000_000))?.[0].length ?? 0);
    const flaw = { at, expected, jsonPath: pathOf(frames) };
    if (!match) return flaw;
    const [, punctuation, string, scalar] = match;
    const top = frames.at(-1);
    if (expected === 'end') return flaw;
    if (string !== undefined && (expected === 'key' || expected === 'key or }')) {
      if (top) top.key = string;
      expected = ':';
    } else if (string !== undefined || scalar !== undefined) {
      if (!expected.startsWith('value')) return flaw;
      expected = after(top);
    } else if (punctuation === '{' || punctuation === '[') {
      if (!expected.startsWith('value')) return flaw;
      frames.push({ kind: punctuation, index: 0, key: '' });
      expected = punctuation === '{' ? 'key or }' : 'value or ]';
    } else if (punctuation !== undefined && expected.split(' ').includes(punctuation)) {
      if (punctuation === '}' || punctuation === ']') {
        frames.pop();
        expected = after(frames.at(-1));
      } else if (punctuation === ':') expected = 'value';
      else {
        if (top?.kind === '[') top.index += 1;
        expected = top?.kind === '{' ? 'key' : 'value';
      }
    } else return flaw;
  }
}

/** What may stand there, in words. */
const expectations: Readonly<Record<string, Text>> = {
  value: { nl: 'een waarde', en: 'a value' },
  'value or ]': { nl: 'een waarde of ]', en: 'a value or ]' },
  key: { nl: 'een sleutel tussen aanhalingstekens', en: 'a key between quotes' },
  'key or }': { nl: 'een sleutel tussen aanhalingstekens of }', en: 'a key between quotes or }' },
  ':': { nl: 'een dubbele punt', en: 'a colon' },
  ', or }': { nl: 'een komma of }', en: 'a comma or }' },
  ', or ]': { nl: 'een komma of ]', en: 'a comma or ]' },
  end: { nl: 'het einde van het bestand', en: 'the end of the file' },
};

function after(frame: Frame | undefined): string {
  return frame === undefined ? 'end' : frame.kind === '{' ? ', or }' : ', or ]';
}

/** Parses JSON; Fault `rdf-syntax` with line, column and JSON path. */
export function parseJson(text: string, file?: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { at, expected, jsonPath } = findFlaw(text);
    const before = text.slice(0, at);
    const place: Place = {
      line: before.split(/\r\n|\r|\n/).length,
      column: at - Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')),
      jsonPath,
      expected,
      ...(file === undefined ? {} : { file }),
    };
    const wanted = expectations[expected] ?? { nl: expected, en: expected };
    const found = text.slice(at, at + 20).split(/[\r\n]/, 1)[0] ?? '';
    throw new Fault(
      'rdf-syntax',
      {
        nl: `Regel ${place.line}, kolom ${place.column}: geen geldige JSON bij ${found === '' ? 'het einde van het bestand' : `“${found}”`}; verwacht werd ${wanted.nl}.`,
        en: `Line ${place.line}, column ${place.column}: not valid JSON at ${found === '' ? 'the end of the file' : `“${found}”`}; expected ${wanted.en}.`,
      },
      { place, cause: error },
    );
  }
}

/** JSON path of the first member that satisfies the test, `@context` left out; undefined when there is none. */
export function findPath(document: unknown, test: (key: string, value: unknown) => boolean): string | undefined {
  const stack: { readonly path: string; readonly value: unknown }[] = [{ path: '$', value: document }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { path, value } = item;
    if (typeof value !== 'object' || value === null) continue;
    const members: { readonly path: string; readonly value: unknown }[] = [];
    for (const [key, member] of Object.entries(value)) {
      if (key === '@context') continue;
      const memberPath = Array.isArray(value) ? `${path}[${key}]` : `${path}[${JSON.stringify(key)}]`;
      if (test(key, member)) return memberPath;
      members.push({ path: memberPath, value: member });
    }
    stack.push(...members.toReversed());
  }
  return undefined;
}
