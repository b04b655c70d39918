import { randomUUID } from 'node:crypto';
import { hasPattern, isFit, isFresh } from './forLoop.js';
import { blankPrefix, flatTriples, isPlain, leastSize, ordered, type FlatTriple } from './triplePatterns.js';
import type { ClauseIri } from './sparqlSyntax.js';
import { certain, kindOf, mentioned, overlaps, overlapsBut, partsOf, type PatternNode } from './patternVariables.js';
import { written } from './syntaxNodes.js';

/*
 * The engine's optimizer (sparopt 0.3) orders the triple patterns of a query well where it looks: in a group of triple
 * patterns alone, and what stands around it. It orders the inside of an OPTIONAL without knowing what is bound by then,
 * and nothing at all inside EXISTS or in what a group is joined with. There the order is written into the query, with
 * the LATERAL of SEP-0006: for each solution of what stands before, what stands in it.
 */

/** The tree has no LATERAL: a SERVICE of this name is written instead, and replaced in the text. */
const marker = `urn:x-lateral:${randomUUID()}`;

export function withLateral(text: string): string {
  return text.replaceAll(`SERVICE <${marker}>`, 'LATERAL');
}

function lateral(...patterns: readonly PatternNode[]): PatternNode {
  return { type: 'pattern', subType: 'service', silent: false, name: { type: 'term', subType: 'namedNode', value: marker, loc: written }, patterns, loc: written };
}

function bgp(triples: readonly FlatTriple[]): PatternNode {
  return { type: 'pattern', subType: 'bgp', triples: triples.map(({ node }) => node), loc: written };
}

interface Scope {
  /** Variables that may have a value from outside the group while it is evaluated. */
  readonly entry: ReadonlySet<string>;
  /** Variables that most likely have one. */
  readonly bound: ReadonlySet<string>;
  /** The engine itself orders the triple patterns of this group. */
  readonly planned: boolean;
}

const nothing: ReadonlySet<string> = new Set();
/** Triple patterns of one group that are put in order. */
const mostTriples = 60;

/** Writes a good order of evaluation into the WHERE of a query; false where there is nothing to improve. Answers stay the same. */
export function orderJoins(tree: object, resolve: (iri: ClauseIri) => string): boolean {
  const where = tree as PatternNode;
  const names = mentioned(where);
  const order = new JoinOrder(blankPrefix((prefix) => ![...names].some((name) => name.startsWith(prefix))), (iri) => resolve(iri as object as ClauseIri));
  order.arrangeIn(where, { entry: nothing, bound: nothing, planned: true });
  return order.changed;
}

class JoinOrder {
  changed = false;
  readonly #blank: string;
  readonly #resolve: (iri: PatternNode) => string;

  constructor(blank: string, resolve: (iri: PatternNode) => string) {
    this.#blank = blank;
    this.#resolve = resolve;
  }

  /** Arranges the parts of a group where they are. */
  arrangeIn(group: PatternNode, scope: Scope): PatternNode {
    (group as Record<string, unknown>)['patterns'] = this.#arranged(partsOf(group), scope);
    return group;
  }

  #arranged(parts: readonly PatternNode[], scope: Scope): readonly PatternNode[] {
    // A FILTER holds for the whole group, wherever it stands (SPARQL 1.1 §18.2.2).
    const filters = parts.filter((part) => kindOf(part) === 'filter');
    const given = joined(parts.filter((part) => kindOf(part) !== 'filter'));
    const moved = hoisted(given);
    if (moved.some((part, index) => part !== given[index])) this.changed = true;
    const others = [...(scope.planned && scope.entry.size === 0 ? this.#listed(filters, certain(moved)) : []), ...joined(moved)];
    let arranged: readonly PatternNode[] = [];
    for (const [index, part] of others.entries()) arranged = this.#with(arranged, part, others.slice(0, index), others, scope);
    const inside = union(scope.bound, mentioned(others));
    for (const filter of filters) this.#expression(filter['expression'], union(scope.entry, inside), inside);
    return [...arranged, ...filters];
  }

  /** What `FILTER(?x = <iri>)` and `FILTER(?x IN (<iri>, …))` say, as VALUES: the engine looks those up, and filters only what it found. */
  #listed(filters: readonly PatternNode[], bound: ReadonlySet<string>): readonly PatternNode[] {
    const listed: PatternNode[] = [];
    for (const { expression } of filters) {
      const { variable, iris } = equality(expression as PatternNode);
      if (!variable || !bound.has(String(variable['value']))) continue;
      const distinct = new Map(iris.map((iri) => [this.#resolve(iri), iri]));
      listed.push({ type: 'pattern', subType: 'values', variables: [variable], values: [...distinct.values()].map((iri) => ({ [String(variable['value'])]: iri })), loc: written });
      this.changed = true;
    }
    return listed;
  }

  /** The parts with one more. */
  #with(arranged: readonly PatternNode[], part: PatternNode, before: readonly PatternNode[], all: readonly PatternNode[], scope: Scope): readonly PatternNode[] {
    switch (kindOf(part)) {
      case 'bgp':
        return [...arranged, ...this.#triples(part, before, scope)];
      case 'optional':
        return [...arranged, this.#optional(part, before, scope)];
      case 'minus':
        return [...arranged, this.arrangeIn(part, { ...scope, bound: nothing })];
      case 'bind':
        this.#expression(part['expression'], union(scope.entry, mentioned(before)), union(scope.bound, mentioned(before)));
        return [...arranged, part];
      case 'query':
        this.arrangeIn(part['where'] as PatternNode, { ...scope, bound: nothing, planned: scope.planned && all.length === 1 });
        return [...arranged, part];
      case 'graph':
        return [...arranged, isVariable(part['name']) ? part : this.arrangeIn(part, { ...scope, planned: scope.planned && (all.length === 1 || isLeaf(part)) })];
      case 'group':
      case 'union':
        return this.#composed(arranged, part, before, all, scope);
      default:
        return [...arranged, part];
    }
  }

  #triples(part: PatternNode, before: readonly PatternNode[], scope: Scope): readonly PatternNode[] {
    if (!isPlain(part)) return [part];
    if (scope.planned) {
      if (before.every(isLeaf)) return [part];
      // As one part of a join, what stands before would not be ordered.
      this.changed = true;
      return [lateral(part)];
    }
    const flat = flatTriples(part, this.#blank);
    if (flat.length > mostTriples) return [part];
    const triples = ordered(flat, union(scope.bound, mentioned(before)));
    const [first, ...rest] = triples.map((triple) => bgp([triple]));
    if (!first || (before.length === 0 && rest.length === 0)) return [part];
    this.changed = true;
    return [before.length === 0 ? first : lateral(first), ...rest.map((next) => lateral(next))];
  }

  #optional(part: PatternNode, before: readonly PatternNode[], scope: Scope): PatternNode {
    const body = partsOf(part);
    const named = mentioned(before);
    const entry = union(scope.entry, named);
    if (!overlaps(mentioned(body), named) || !isFit(body, entry, 'optional')) return this.arrangeIn(part, { entry, bound: nothing, planned: scope.planned });
    // One triple pattern the engine finds by what is bound, without being told.
    if (scope.planned && isSingle(body) && overlaps(mentioned(body[0]), certain(before))) return part;
    this.changed = true;
    return lateral(this.arrangeIn(part, { entry, bound: union(scope.bound, named), planned: false }));
  }

  /** Groups and alternatives. */
  #composed(arranged: readonly PatternNode[], part: PatternNode, before: readonly PatternNode[], all: readonly PatternNode[], scope: Scope): readonly PatternNode[] {
    const inner = (given: Scope): PatternNode => {
      if (kindOf(part) === 'group') return this.arrangeIn(part, given);
      for (const branch of partsOf(part)) this.arrangeIn(branch, given);
      return part;
    };
    const alone: Scope = { ...scope, bound: nothing };
    if (all.length === 1 || (before.length === 0 && !all.some((other) => other !== part && isJoined(other)))) return [inner(scope)];
    const isOnly = all.every((other) => other === part || isLeaf(other) || !isJoined(other));
    const linked = before.length > 0 && overlaps(mentioned(part), certain(before));
    const isTriples = before.every((other) => kindOf(other) === 'bgp' && isPlain(other));
    if (!scope.planned || !isOnly || !linked || !before.every(isLeaf)) {
      const entry = union(scope.entry, mentioned(before));
      if (!scope.planned && linked && isFit([part], entry, 'group')) {
        this.changed = true;
        return [...arranged, lateral(inner({ entry, bound: union(scope.bound, mentioned(before)), planned: false }))];
      }
      return [...arranged, inner({ ...alone, entry, planned: false })];
    }
    const entry = union(scope.entry, mentioned(before));
    if (kindOf(part) === 'union') {
      // Alternatives of one triple pattern each the engine compares with the rest.
      if (partsOf(part).every((branch) => isSingle(partsOf(branch)))) return [...arranged, inner({ ...alone, entry, planned: false })];
      if (this.#least(partsOf(part)) >= this.#least([{ type: 'pattern', subType: 'group', patterns: before }]) || !isTriples) {
        if (!isFit([part], entry, 'group')) return [...arranged, inner({ ...alone, entry, planned: false })];
        this.changed = true;
        return [...arranged, lateral(inner({ entry, bound: union(scope.bound, mentioned(before)), planned: false }))];
      }
    }
    if (!isTriples) return [...arranged, inner({ ...alone, entry, planned: false })];
    this.changed = true;
    return [inner(alone), lateral(...arranged)];
  }

  /** How many solutions groups have together, by the pattern of each that has fewest. */
  #least(groups: readonly PatternNode[]): number {
    return groups.reduce((sum, group) => {
      const triples = partsOf(group).flatMap((part) => (kindOf(part) === 'bgp' ? flatTriples(part, this.#blank) : []));
      return sum + leastSize(triples, nothing);
    }, 0);
  }

  /** Arranges what stands in EXISTS. */
  #expression(expression: unknown, entry: ReadonlySet<string>, bound: ReadonlySet<string>): void {
    if (typeof expression !== 'object' || expression === null) return;
    if (Array.isArray(expression)) {
      for (const item of expression) this.#expression(item, entry, bound);
      return;
    }
    const node = expression as PatternNode;
    if (node['subType'] === 'patternOperation') this.arrangeIn(node['args'] as PatternNode, { entry, bound, planned: false });
    else if (node['type'] === 'expression') this.#expression(node['args'], entry, bound);
  }
}

/** A variable and the IRIs it must be one of; no variable where an expression says something else. */
function equality(expression: PatternNode): { readonly variable?: PatternNode; readonly iris: readonly PatternNode[] } {
  const args = Array.isArray(expression['args']) ? (expression['args'] as readonly PatternNode[]) : [];
  const operator = expression['subType'] === 'operation' ? expression['operator'] : undefined;
  if (operator !== 'in' && (operator !== '=' || args.length !== 2)) return { iris: [] };
  const [first, ...others] = operator === '=' && args[1] && isVariable(args[1]) ? args.toReversed() : args;
  return first && isVariable(first) && others.length > 0 && others.every((term) => term['type'] === 'term' && term['subType'] === 'namedNode') ? { variable: first, iris: others } : { iris: [] };
}

function union(some: ReadonlySet<string>, others: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...some, ...others]);
}

function isVariable(term: unknown): boolean {
  return (term as PatternNode)['subType'] === 'variable';
}

/** One triple pattern, and conditions on it. */
function isSingle([first, ...rest]: readonly PatternNode[]): boolean {
  if (!first || kindOf(first) !== 'bgp') return false;
  const triples = first['triples'] as readonly PatternNode[];
  return triples.length === 1 && !JSON.stringify(triples).includes('"tripleCollection"') && rest.every((part) => kindOf(part) === 'filter' && !hasPattern(part));
}

/** What the engine orders together with the triple patterns beside it. */
function isLeaf(part: PatternNode): boolean {
  const kind = kindOf(part);
  return kind === 'bgp' || kind === 'values' || (kind === 'graph' && !isVariable(part['name']) && partsOf(part).every((inner) => kindOf(inner) === 'bgp'));
}

/** What is joined with the rest of its group (SPARQL 1.1 §18.2.2.6), so that its place does not matter. */
function isJoined(part: PatternNode): boolean {
  return !['optional', 'minus', 'bind'].includes(String(kindOf(part)));
}

/** Triple patterns with nothing between them in one part, also those in braces of their own. */
function joined(parts: readonly PatternNode[]): readonly PatternNode[] {
  const result: PatternNode[] = [];
  for (const part of parts) {
    const inner = kindOf(part) === 'group' && partsOf(part).length > 0 && partsOf(part).every((own) => kindOf(own) === 'bgp') ? joined(partsOf(part)) : [part];
    for (const own of inner) {
      const last = result.at(-1);
      if (last && kindOf(last) === 'bgp' && kindOf(own) === 'bgp') result[result.length - 1] = { ...last, triples: [...(last['triples'] as unknown[]), ...(own['triples'] as unknown[])] };
      else result.push(own);
    }
  }
  return result;
}

/** First what the engine orders, then what is joined with it, then what has its place. */
function rank(part: PatternNode): number {
  if (!isJoined(part) || !isPlain(part)) return 2;
  return isLeaf(part) ? 0 : 1;
}

/** Brings what is joined before what depends on it, where that changes no answer: first what the engine orders well. */
function hoisted(parts: readonly PatternNode[]): readonly PatternNode[] {
  const result: PatternNode[] = [];
  for (const part of parts) {
    let at = result.length;
    if (rank(part) < 2) {
      for (; at > 0; at -= 1) {
        const other = result[at - 1];
        if (!other || rank(other) <= rank(part)) break;
        if (rank(other) === 2 && (isJoined(other) || isFresh(other) || overlapsBut(mentioned(part), mentioned(other), certain(result.slice(0, at - 1))))) break;
      }
    }
    result.splice(at, 0, part);
  }
  return result;
}
