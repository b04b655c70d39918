import { xsd } from '../../rdf/prefixes.js';
import { nodesOf, type ClauseIri, type QueryAst } from './sparqlSyntax.js';
import { error, literal, operation, replace, type Expression, type SyntaxNode } from './syntaxNodes.js';

/*
 * Where the dataset of the specifications is asked for (UNION_DEFAULT_GRAPH=false), a query must find blank nodes
 * where the kernel holds skolem IRIs: strict clients test for them. What a query can observe is written into it.
 */

/** Functions by IRI the engine has: the casts (SPARQL 1.1 §17.5) and those of XPath dates. */
const knownFunctions = new RegExp(`^${xsd('').replaceAll('.', '\\.')}(?:boolean|double|float|decimal|integer|dateTime|string|date|time|gYear|gYearMonth|gMonth|gMonthDay|gDay|duration|dayTimeDuration|yearMonthDuration)$`, 'u');

const number = (value: number): Expression => literal(String(value), 'integer');

/** Rewrites a query so that it treats skolem IRIs as blank nodes; false where it can make no difference. */
export function makePlain(ast: QueryAst, base: string, resolve: (term: ClauseIri) => string): boolean {
  const prefix = literal(`${base}.well-known/genid/`);
  const isNode = (term: unknown): Expression => operation('&&', operation('isiri', term), operation('strstarts', operation('str', term), prefix));
  let changed = false;
  // Taken as a list first: what is put in must not be rewritten itself.
  for (const node of [...nodesOf(ast)] as SyntaxNode[]) changed = rewritten(node, isNode, resolve) || changed;
  const order = ast.solutionModifiers.order as { orderDefs: readonly { readonly expression: SyntaxNode; readonly descending: boolean }[] } | undefined;
  if (order?.orderDefs.some(({ expression }) => expression['subType'] === 'variable')) {
    changed = true;
    order.orderDefs = order.orderDefs.flatMap((item) => (item.expression['subType'] === 'variable' ? [{ ...item, expression: rank(item.expression, isNode) as SyntaxNode }, item] : [item]));
  }
  return changed;
}

/** The order of kinds of terms (§15.1): nothing, blank nodes, IRIs, literals. */
function rank(term: unknown, isNode: (term: unknown) => Expression): Expression {
  const kind = operation('if', operation('isiri', term), number(2), number(3));
  return operation('if', operation('bound', term), operation('if', operation('||', operation('isblank', term), isNode(term)), number(1), kind), number(0));
}

function rewritten(node: SyntaxNode, isNode: (term: unknown) => Expression, resolve: (term: ClauseIri) => string): boolean {
  if (node['type'] !== 'expression') return false;
  const [term] = Array.isArray(node['args']) ? (node['args'] as readonly unknown[]) : [];
  if (node['subType'] === 'functionCall') {
    const name = resolve(node['function'] as ClauseIri);
    if (name !== xsd('string') && knownFunctions.test(name)) return false;
    // A function nobody knows is an error of its own solution, not of the query (§17.6).
    replace(node, name === xsd('string') ? operation('if', isNode(term), error(), operation('str', term)) : error());
    return true;
  }
  if (node['subType'] !== 'operation') return false;
  const self = { ...node };
  switch (String(node['operator']).toLowerCase()) {
    case 'isblank':
      replace(node, operation('||', isNode(term), self));
      return true;
    case 'isiri':
    case 'isuri':
      replace(node, operation('&&', self, operation('!', isNode(term))));
      return true;
    case 'str':
    case 'iri':
    case 'uri':
      replace(node, operation('if', isNode(term), error(), self));
      return true;
    default:
      return false;
  }
}
