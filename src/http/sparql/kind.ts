import type { QueryKind } from '../../graph/api.js';

/* A comment always runs to its line end, so that a text can be read in one way only (no backtracking). */
const skipped = /(?:\s|#[^\n\r]*(?:[\n\r]|$))+/y;
const base = /BASE(?:\s|#[^\n\r]*(?:[\n\r]|$))*<[^<>"{}|^`\\\s]*>/iy;
const prefix = /PREFIX(?:\s|#[^\n\r]*(?:[\n\r]|$))*[^\s:<>#]*:(?:\s|#[^\n\r]*(?:[\n\r]|$))*<[^<>"{}|^`\\\s]*>/iy;
const keyword = /[A-Za-z]+/y;

const kinds: Readonly<Record<string, QueryKind | 'update'>> = {
  SELECT: 'solutions',
  ASK: 'boolean',
  CONSTRUCT: 'graph',
  DESCRIBE: 'graph',
  INSERT: 'update',
  DELETE: 'update',
  WITH: 'update',
  LOAD: 'update',
  CLEAR: 'update',
  DROP: 'update',
  CREATE: 'update',
  ADD: 'update',
  MOVE: 'update',
  COPY: 'update',
};

/**
 * What a SPARQL text is, from the first word after its prologue (SPARQL 1.1 §19.8, rules Query, Prologue, Update1):
 * enough to negotiate before it runs. undefined when that word is unknown; the parser then says what is wrong.
 */
export function sparqlKind(text: string): QueryKind | 'update' | undefined {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at = pattern.lastIndex;
    return found;
  };
  do take(skipped);
  while (take(base) !== undefined || take(prefix) !== undefined);
  const word = take(keyword)?.toUpperCase();
  return word === undefined ? undefined : kinds[word];
}

/** True for queries whose answer may differ although the graph does not (SPARQL 1.1 §17.4). */
export function isVolatile(query: string): boolean {
  return /\b(?:NOW|RAND|UUID|STRUUID|BNODE|SERVICE)\b/i.test(query);
}
