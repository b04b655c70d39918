import { token } from './sparqlScan.js';
import type { QueryAst } from './sparqlSyntax.js';
import { variable } from './syntaxNodes.js';

/**
 * A query as the engine needs it to answer by the letter: `SELECT *` with its variables in the order in which they
 * appear, and `true` and `false` in small letters (SPARQL 1.1 §19.8: keywords in any).
 */
export function tidyQuery(text: string, ast: QueryAst): string {
  const star = isWildcard(ast) ? `${starVariables(ast).map((name) => `?${name}`).join(' ')} ` : '';
  if (star.trim() === '' && !/\b(?:TRUE|FALSE)\b/iu.test(text)) return text;
  let tidy = '';
  let place: 'before' | 'projection' | 'after' = star.trim() === '' ? 'after' : 'before';
  for (const { 0: image, groups = {} } of text.matchAll(token)) {
    let put = image;
    if (groups['word'] !== undefined) {
      const word = image.toUpperCase();
      if (word === 'TRUE' || word === 'FALSE') put = image.toLowerCase();
      if (place === 'before' && word === 'SELECT') place = 'projection';
    } else if (place === 'projection' && image === '*') {
      put = star;
      place = 'after';
    }
    tidy += put;
  }
  return tidy;
}

type Starred = Extract<QueryAst, { readonly subType: 'select' }>;

/** What `*` stands for in a query. */
function starVariables(ast: Starred): readonly string[] {
  return [...new Set(visible([ast.where, ast.values]))];
}

/** The same for a tree that will be written out: names the variables of `SELECT *`, if there are any. */
export function nameVariables(ast: QueryAst): void {
  const names = isWildcard(ast) ? starVariables(ast) : [];
  if (names.length > 0) Object.assign(ast, { variables: names.map(variable) });
}

function isWildcard(ast: QueryAst): ast is Starred {
  return ast.subType === 'select' && ast.variables.some((item) => item.type === 'wildcard');
}

type Node = Readonly<Record<string, unknown>>;

/** Names of the variables a pattern binds, in the order in which they stand in it (§18.2.1). */
function* visible(tree: unknown): Generator<string> {
  if (typeof tree !== 'object' || tree === null) return;
  if (Array.isArray(tree)) {
    for (const item of tree) yield* visible(item);
    return;
  }
  const node = tree as Node;
  const { type } = node;
  switch (type === 'term' || type === 'pattern' ? node['subType'] : type) {
    case 'variable':
      yield String(node['value']);
      return;
    case 'filter':
    case 'minus':
      return;
    case 'bind':
      yield* visible(node['variable']);
      return;
    case 'values':
      yield* visible(node['variables']);
      return;
    case 'query':
      yield* projected(node);
      return;
    case 'triple':
      for (const part of ['subject', 'predicate', 'object']) yield* visible(node[part]);
      return;
    case 'graph':
    case 'service':
      yield* visible(node['name']);
      yield* visible(node['patterns']);
      return;
    default:
      for (const [key, value] of Object.entries(node)) if (key !== 'loc') yield* visible(value);
  }
}

/** The variables a subquery gives, its own `*` among them. */
function* projected(query: Node): Generator<string> {
  const items = query['variables'] as readonly Node[];
  if (items.some((item) => item['type'] === 'wildcard')) {
    yield* visible(query['where']);
    yield* visible(query['values']);
  } else yield* visible(items);
}
