import { Fault } from '../../faults.js';
import { bySpecification } from './bySpecification.js';
import { iriResolver } from './iriResolver.js';
import { parseQueryText } from './sparqlSyntax.js';
import { writeQuery } from './writeQuery.js';

/** A query that others wrote for us to ask, as the engine answers it by the letter, and sooner. Its IRIs are absolute. */
export function preparedText(text: string): string {
  try {
    const ast = parseQueryText(text);
    const resolve = iriResolver(ast.context, '');
    const changed = bySpecification(ast, { resolve, endpoint: undefined, scope: undefined });
    return writeQuery(text, ast, { base: undefined, resolve, changed });
  } catch (error) {
    // What was put into it may be more than the grammar allows, and the engine takes it.
    if (error instanceof Fault && error.code === 'query-syntax') return text;
    throw error;
  }
}
