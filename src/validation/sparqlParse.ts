import { Parser } from '@traqula/parser-sparql-1-1';
import { Fault } from '../faults.js';
import { outline } from '../graph/engine/queryLimits.js';
import { astList, astText, bgpNode, is, isAst, isVariable, iriNode, rewrite, triplesOf, variableNode, visit, type Ast, type Triple } from './sparqlAst.js';
import { pathText, type Path } from './path.js';
import { IllFormed } from './shapesGraph.js';

export type ParsedSelect = ReturnType<Parser['parse']>;

/** Variables that the processor binds beforehand (SHACL §5.3.1). */
const preBound = new Set(['this', 'currentShape', 'shapesGraph', 'PATH']);
const refusedPatterns: Readonly<Record<string, string>> = {
  minus: 'MINUS',
  values: 'VALUES',
  service: 'SERVICE',
  graph: 'GRAPH',
};
const parser = new Parser();

/**
 * Parses a SELECT of a SPARQL-based constraint and brings it to a plain form: no prefixes, no `$PATH`, blank nodes
 * and collections as variables, `a/b` and `^a` as triples. Refuses what SHACL §5.2.1 forbids under pre-binding and
 * what reads beyond the data graph.
 */
export function parseSelect(text: string, path: Path | undefined): ParsedSelect {
  const parsed = parse(text);
  check(parsed);
  const names = prefixesOf(parsed);
  const pathAst = path && parsePath(path);
  const expanded = rewrite(parsed, (node) => {
    if (is(node, 'term', 'namedNode') && typeof node['prefix'] === 'string') return iriNode((names.get(node['prefix']) ?? '') + astText(node, 'value'));
    if (is(node, 'contextDef')) return [];
    if (is(node, 'triple') && isVariable(node['predicate'], 'PATH')) {
      if (!pathAst) throw new IllFormed('$PATH kan alleen in een eigenschapsvorm', '$PATH is only allowed in a property shape');
      return { ...node, predicate: pathAst };
    }
    return node;
  });
  visit(expanded, (node) => {
    if (isVariable(node, 'PATH')) throw new IllFormed('$PATH kan alleen als predicaat', '$PATH is only allowed as a predicate');
    if (is(node, 'term', 'namedNode') && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(astText(node, 'value'))) {
      throw new IllFormed(`relatief webadres in de vraag: ${astText(node, 'value')}`, `relative IRI in the query: ${astText(node, 'value')}`);
    }
  });
  const fresh = counter();
  return rewrite(expanded, (node) => (is(node, 'pattern', 'bgp') ? bgpNode(flatten(node, fresh)) : node));
}

function parse(text: string): ParsedSelect {
  try {
    // What the engine's stack would not hold is no constraint either.
    outline(text);
    const parsed = parser.parse(text);
    if (is(parsed, 'query', 'select')) return parsed;
  } catch (error) {
    if (error instanceof Fault) throw new IllFormed(`sh:select: ${error.data.detail.nl}`, `sh:select: ${error.data.detail.en}`);
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new IllFormed(`sh:select heeft een schrijffout: ${reason}`, `sh:select has a syntax error: ${reason}`);
  }
  throw new IllFormed('sh:select moet een SELECT-vraag zijn', 'sh:select must be a SELECT query');
}

function check(query: ParsedSelect): void {
  visit(query, (node) => {
    const refused = is(node, 'pattern') ? refusedPatterns[astText(node, 'subType')] : undefined;
    if (refused) throw new IllFormed(`${refused} mag niet in een controlevraag`, `${refused} is not allowed in a constraint query`);
    if (is(node, 'datasetClauses') && astList(node, 'clauses').length > 0) throw new IllFormed('FROM mag niet in een controlevraag', 'FROM is not allowed in a constraint query');
    if (is(node, 'pattern', 'bind') && isVariable(node['variable']) && preBound.has(astText(node['variable'], 'value'))) {
      throw new IllFormed(`AS ?${astText(node['variable'], 'value')} mag niet`, `AS ?${astText(node['variable'], 'value')} is not allowed`);
    }
    if (is(node, 'query', 'select') && !astList(node, 'variables').some((item) => is(item, 'wildcard') || isVariable(item, 'this'))) {
      throw new IllFormed('elke SELECT moet $this opleveren', 'every SELECT must project $this');
    }
  });
}

function prefixesOf(query: ParsedSelect): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  visit(query, (node) => {
    if (is(node, 'contextDef', 'prefix') && isAst(node['value'])) names.set(astText(node, 'key'), astText(node['value'], 'value'));
  });
  return names;
}

function parsePath(path: Path): Ast {
  const query = parser.parse(`SELECT * { ?s ${pathText(path)} ?o }`);
  let found: Ast | undefined;
  visit(query, (node) => {
    if (is(node, 'triple') && isAst(node['predicate'])) found ??= node['predicate'];
  });
  return found ?? iriNode('');
}

function counter(): () => Ast {
  let number = 0;
  return () => variableNode(`step__${(number += 1)}`);
}

/** Triples without collections, blank nodes, sequences and plain inverse paths. */
function flatten(bgp: Ast, fresh: () => Ast): readonly Triple[] {
  const flat: Triple[] = [];
  const term = (node: Ast): Ast => {
    if (is(node, 'tripleCollection')) {
      for (const triple of triplesOf(node)) add(triple);
      return isAst(node['identifier']) ? term(node['identifier']) : node;
    }
    return is(node, 'term', 'blankNode') ? variableNode(`blank__${astText(node, 'label')}`) : node;
  };
  const step = (subject: Ast, predicate: Ast, object: Ast): void => {
    const items = astList(predicate, 'items');
    const [only] = items;
    if (is(predicate, 'path', '/')) {
      let from = subject;
      items.forEach((item, index) => {
        const to = index === items.length - 1 ? object : fresh();
        step(from, item, to);
        from = to;
      });
    } else if (is(predicate, 'path', '^') && only && !is(object, 'term', 'literal')) step(object, only, subject);
    else flat.push({ subject, predicate, object });
  };
  const add = ({ subject, predicate, object }: Triple): void => step(term(subject), predicate, term(object));
  for (const item of astList(bgp, 'triples')) {
    if (is(item, 'tripleCollection')) term(item);
  }
  for (const triple of triplesOf(bgp)) add(triple);
  return flat;
}
