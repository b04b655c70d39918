import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { compareCodePoints } from '../../graph/changes/codePoints.js';

const chunk = 256 * 1024;

/** The lines of a file; memory does not grow with it. */
export function* linesOf(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(chunk);
    const decoder = new StringDecoder('utf8');
    for (let rest = ''; ; ) {
      const length = readSync(file, buffer, 0, chunk, null);
      if (length === 0) return;
      const lines = (rest + decoder.write(buffer.subarray(0, length))).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    closeSync(file);
  }
}

/** Several sorted sequences as one, each line once. */
export function union(sources: readonly Iterable<string>[]): Iterable<string> {
  const [first = [], second] = sources;
  if (second === undefined) return first;
  const half = sources.length >> 1;
  return both(union(sources.slice(0, half)), union(sources.slice(half)));
}

function* both(some: Iterable<string>, others: Iterable<string>): Generator<string> {
  const rest = others[Symbol.iterator]();
  let next = rest.next();
  for (const line of some) {
    for (; !next.done && compareCodePoints(next.value, line) < 0; next = rest.next()) yield next.value;
    if (!next.done && next.value === line) next = rest.next();
    yield line;
  }
  for (; !next.done; next = rest.next()) yield next.value;
}

/** A sorted state with what leaves and what comes, sorted as well: the sorted state after. */
export function* merged(before: Iterable<string>, deletes: Iterable<string>, inserts: Iterable<string>): Generator<string> {
  const leaving = deletes[Symbol.iterator]();
  const coming = inserts[Symbol.iterator]();
  let gone = leaving.next();
  let next = coming.next();
  for (const line of before) {
    for (; !next.done && compareCodePoints(next.value, line) < 0; next = coming.next()) yield next.value;
    while (!gone.done && compareCodePoints(gone.value, line) < 0) gone = leaving.next();
    if (gone.done || gone.value !== line) yield line;
  }
  for (; !next.done; next = coming.next()) yield next.value;
}
