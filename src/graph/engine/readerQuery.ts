import { Fault } from '../../faults.js';
import type { QueryAnswer, QueryRequest } from '../api.js';
import type { Visibility } from '../dataset.js';
import type { ReaderContext } from './readerContext.js';

/** Characters of a result document: it stands in the memory of two threads as a whole. */
const maxResult = 200_000_000;

/** Evaluates a query, on the commit the replica has. */
export function query(
  { request, visibility }: { readonly request: QueryRequest; readonly visibility: Visibility },
  { engine, commit }: ReaderContext,
): QueryAnswer {
  const prepared = engine.prepare(request, visibility);
  try {
    const answer = engine.query(prepared);
    if (answer.body.length <= maxResult) return { ...answer, commit };
  } catch (error) {
    if (!isTooLong(error)) throw error;
  }
  throw new Fault('too-large', {
    nl: 'Het antwoord is te groot om in een keer te geven. Beperk het met LIMIT, of haal de hele dataset op.',
    en: 'The answer is too large to give at once. Restrict it with LIMIT, or fetch the whole dataset.',
  });
}

/** The engine's document does not fit in a string of V8. */
function isTooLong(error: unknown): boolean {
  return error instanceof Error && (('code' in error && error.code === 'ERR_STRING_TOO_LONG') || error.message === 'Invalid string length');
}
