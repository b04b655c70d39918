import { nodesOf, type QueryAst } from './sparqlSyntax.js';
import { nameVariables } from './tidyQuery.js';
import { bind, literal, operation, replace, variable, type Expression, type SyntaxNode } from './syntaxNodes.js';

/**
 * `BNODE("x")` is another node in every solution, the same within one (SPARQL 1.1 §17.4.2.9); the engine takes the text
 * for a label. A text that no other solution has goes before it. False where the function is not used so.
 */
export function freshNodes(tree: object): boolean {
  const nodes = [...nodesOf(tree)] as SyntaxNode[];
  if (!nodes.some(isLabelled)) return false;
  const taken = new Set(nodes.filter(({ type, subType }) => type === 'term' && subType === 'variable').map(({ value }) => String(value)));
  let number = 0;
  const fresh = (): string => {
    do number += 1;
    while (taken.has(`solution${number}`));
    return `solution${number}`;
  };
  let changed = false;
  for (const node of nodes) {
    // What `*` stands for must not grow.
    if (node['type'] === 'query') nameVariables(node as object as QueryAst);
  }
  for (const node of nodes) changed = (node['type'] === 'query' ? inSelect(node, fresh) : inGroup(node, fresh)) || changed;
  return changed;
}

function isLabelled({ type, subType, operator, args }: SyntaxNode): boolean {
  return type === 'expression' && subType === 'operation' && operator === 'bnode' && Array.isArray(args) && args.length === 1;
}

/** Nodes made in the SELECT of a query without groups. */
function inSelect(query: SyntaxNode, fresh: () => string): boolean {
  const { variables, where, solutionModifiers } = query as { readonly variables?: unknown; readonly where?: SyntaxNode; readonly solutionModifiers: SyntaxNode };
  if (!Array.isArray(variables) || !where || solutionModifiers['group'] !== undefined || isAggregated({ variables, solutionModifiers })) return false;
  const name = fresh();
  if (!labelled(variables, name)) return false;
  where['patterns'] = [...(where['patterns'] as readonly unknown[]), uniqueText(name)];
  return true;
}

/** True where all solutions are one group (§11.1). */
function isAggregated(tree: object): boolean {
  for (const node of nodesOf(tree)) if ('subType' in node && node.subType === 'aggregate') return true;
  return false;
}

/** Nodes made by the BINDs of a group: in front of the first. */
function inGroup(node: SyntaxNode, fresh: () => string): boolean {
  if (!Array.isArray(node['patterns'])) return false;
  const parts = node['patterns'] as readonly SyntaxNode[];
  const name = fresh();
  const first = parts.findIndex((part) => part['subType'] === 'bind' && labelled(part['expression'], name));
  if (first === -1) return false;
  for (const part of parts.slice(first + 1)) if (part['subType'] === 'bind') labelled(part['expression'], name);
  node['patterns'] = [...parts.slice(0, first), uniqueText(name), ...parts.slice(first)];
  return true;
}

function uniqueText(name: string): Expression {
  return bind(operation('struuid'), name);
}

/** Gives the labels in an expression a text of their solution; a label of the engine has letters and digits only. */
function labelled(expression: unknown, name: string): boolean {
  if (typeof expression !== 'object' || expression === null) return false;
  let changed = false;
  for (const node of [...nodesOf(expression)] as SyntaxNode[]) {
    if (!isLabelled(node)) continue;
    const [text] = node['args'] as readonly [unknown];
    replace(node, operation('bnode', operation('concat', literal('b'), operation('md5', operation('concat', variable(name), text)))));
    changed = true;
  }
  return changed;
}
