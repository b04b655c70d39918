import type { TermText } from '../rdf/termText.js';
import { inverse, predicatePath, sequence, stay, walkedPredicates, type Path } from './path.js';
import { pathReads, type Read } from './reads.js';
import { astList, astText, constantText, is, isAst, isVariable, triplesOf, visit, type Ast, type Triple } from './sparqlAst.js';
import type { ParsedSelect } from './sparqlParse.js';

/** How far variables are known: the path from `$this` to what they can be bound to. */
type Known = ReadonlyMap<string, Path>;

const start: Known = new Map([['this', stay]]);

/**
 * What the solutions for one `$this` depend on. A triple pattern that unifies with a changed triple matters only for
 * those `$this` that reach it through the patterns joined with it, so the join is read as a path from `$this`.
 * Patterns that no such path reaches depend on any matching triple.
 */
export function selectReads(query: ParsedSelect): readonly Read[] {
  const reads: Read[] = [];
  subselect(query, reads);
  return reads;
}

/**
 * Predicates that `$this` must have for there to be any solution: those of the outermost required patterns about it.
 * They save most queries over large data. Aggregates without GROUP BY answer a row even where nothing matches.
 */
export function neededPredicates(query: ParsedSelect): readonly TermText[] {
  if (!is(query, 'query', 'select')) return [];
  const modifiers = query['solutionModifiers'];
  const grouped = isAst(modifiers) && isAst(modifiers['group']);
  let aggregated = false;
  for (const member of ['variables', 'solutionModifiers']) visit(query[member], (node) => (aggregated ||= is(node, 'expression', 'aggregate')));
  const where = query['where'];
  if ((aggregated && !grouped) || !isAst(where)) return [];
  return astList(where, 'patterns')
    .filter((pattern) => is(pattern, 'pattern', 'bgp'))
    .flatMap(triplesOf)
    .filter(({ subject }) => isVariable(subject, 'this'))
    .flatMap(({ predicate }) => constantText(predicate) ?? []);
}

function subselect(query: unknown, reads: Read[]): void {
  if (!isAst(query)) return;
  const where = query['where'];
  const known = isAst(where) ? group(astList(where, 'patterns'), start, reads, true) : start;
  for (const member of ['variables', 'solutionModifiers']) expressions(query[member], known, reads);
}

/**
 * Analyses one group; answers what is known after its required patterns. Patterns that take part in the join may use
 * what surrounds the group. OPTIONAL, BIND and (NOT) EXISTS also act where they do not match, so they may only use
 * variables that their own group binds, unless the group is `correlated` (inside EXISTS, or the outermost).
 */
function group(patterns: readonly Ast[], outer: Known, reads: Read[], correlated = false): Known {
  const required = (until: number): readonly Triple[] => patterns.slice(0, until).flatMap((pattern) => (is(pattern, 'pattern', 'bgp') ? triplesOf(pattern) : []));
  const visible = (until: number): Known => {
    const triples = required(until);
    return correlated ? extend(outer, triples) : boundBy(triples, extend(outer, triples));
  };
  const inner = extend(outer, required(patterns.length));
  patterns.forEach((pattern, index) => {
    if (is(pattern, 'query')) subselect(pattern, reads);
    else if (is(pattern, 'pattern', 'bgp')) for (const triple of triplesOf(pattern)) reads.push(...tripleReads(triple, inner));
    else if (is(pattern, 'pattern', 'union')) for (const branch of astList(pattern, 'patterns')) group(branchPatterns(branch), inner, reads);
    else if (is(pattern, 'pattern', 'group')) group(astList(pattern, 'patterns'), inner, reads);
    else if (is(pattern, 'pattern', 'optional')) group(astList(pattern, 'patterns'), visible(index), reads);
    else if (is(pattern, 'pattern', 'bind')) expressions(pattern, visible(index), reads);
    else expressions(pattern, visible(patterns.length), reads);
  });
  return inner;
}

function boundBy(triples: readonly Triple[], known: Known): Known {
  const names = new Set(['this', ...triples.flatMap(({ subject, object }) => [subject, object].filter((node) => isVariable(node)).map((node) => astText(node, 'value')))]);
  return new Map([...known].filter(([name]) => names.has(name)));
}

function branchPatterns(branch: Ast): readonly Ast[] {
  return is(branch, 'pattern', 'group') ? astList(branch, 'patterns') : [branch];
}

/** EXISTS and NOT EXISTS in expressions. */
function expressions(node: unknown, known: Known, reads: Read[]): void {
  if (Array.isArray(node)) {
    for (const member of node) expressions(member, known, reads);
  } else if (is(node, 'expression', 'patternOperation')) {
    const pattern = Array.isArray(node['args']) ? node['args'][0] : node['args'];
    if (isAst(pattern)) group(branchPatterns(pattern), known, reads, true);
  } else if (isAst(node)) {
    for (const key in node) if (key !== 'loc') expressions(node[key], known, reads);
  }
}

/** Follows triple patterns with a known predicate from known variables to new ones, breadth first. */
function extend(outer: Known, triples: readonly Triple[]): Known {
  const known = new Map(outer);
  for (let grown = true; grown; ) {
    grown = false;
    const reached: [string, Path][] = [];
    for (const { subject, predicate, object } of triples) {
      const path = pathOf(predicate);
      if (!path) continue;
      const from = accessTo(subject, known);
      const to = accessTo(object, known);
      if (from && !to && isVariable(object)) reached.push([astText(object, 'value'), sequence(from, path)]);
      if (to && !from && isVariable(subject)) reached.push([astText(subject, 'value'), sequence(to, inverse(path))]);
    }
    for (const [name, path] of reached) {
      if (known.has(name)) continue;
      known.set(name, path);
      grown = true;
    }
  }
  return known;
}

function accessTo(node: Ast, known: Known): Path | undefined {
  return isVariable(node) ? known.get(astText(node, 'value')) : undefined;
}

function tripleReads({ subject, predicate, object }: Triple, known: Known): readonly Read[] {
  const from = accessTo(subject, known);
  const to = accessTo(object, known);
  const constant = constantText(object);
  const filter: Pick<Read, 'object'> = constant === undefined ? {} : { object: constant };
  const forward = from !== undefined && (to === undefined || size(from) <= size(to));
  const access = forward ? from : to;
  if (is(predicate, 'term')) {
    const name = constantText(predicate);
    const test = { ...filter, ...(name === undefined ? {} : { predicate: name }) };
    const other = forward ? to : from;
    const or = other ? { or: { access: other, forward: !forward } } : {};
    return access ? [{ ...test, access, forward, ...or }] : [{ ...test, forward: true }];
  }
  const path = pathOf(predicate);
  if (path && access) return pathReads(access, forward ? path : inverse(path));
  if (path) return walkedPredicates(path).map((name) => ({ predicate: name, forward: true }));
  return [{ forward: true }];
}

function size(path: Path): number {
  return JSON.stringify(path).length;
}

/** The property path of a predicate, unless it holds a variable or a negated set. */
function pathOf(node: Ast): Path | undefined {
  const iri = constantText(node);
  if (iri !== undefined) return predicatePath(iri);
  if (!is(node, 'path')) return undefined;
  const parts: Path[] = [];
  for (const item of astList(node, 'items')) {
    const part = pathOf(item);
    if (!part) return undefined;
    parts.push(part);
  }
  const [first] = parts;
  if (!first) return undefined;
  switch (astText(node, 'subType')) {
    case '/':
      return sequence(...parts);
    case '|':
      return { kind: 'alternative', paths: parts };
    case '^':
      return inverse(first);
    case '*':
      return { kind: 'zeroOrMore', path: first };
    case '+':
      return { kind: 'oneOrMore', path: first };
    case '?':
      return { kind: 'zeroOrOne', path: first };
    default:
      return undefined;
  }
}
