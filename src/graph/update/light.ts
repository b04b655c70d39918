import { kindOf, mentioned, partsOf, type PatternNode } from '../engine/patternVariables.js';
import { blankPrefix, flatTriples, type FlatTriple } from '../engine/triplePatterns.js';

/** Values of one property of one thing that are combined with each other, and triple patterns in all. */
const mostOfOne = 2;
const mostTriples = 20;
const mostBindings = 4;

/**
 * True for a WHERE whose work is a walk through the graph from one place: descriptions of things and of what they lead
 * to. Anything else may take time by the square of the graph, or without end: that is tried out before the writer does it.
 */
export function isLight(where: object): boolean {
  const names = mentioned(where);
  const prefix = blankPrefix((candidate) => ![...names].some((name) => name.startsWith(candidate)));
  const found: Found = { triples: [], bindings: 0, bound: new Set() };
  return isReadable(where as PatternNode, prefix, found) && found.bindings <= mostBindings && found.triples.length <= mostTriples && isOneWalk(found) && !repeats(found.triples);
}

interface Found {
  readonly triples: FlatTriple[];
  bindings: number;
  /** By VALUES. */
  readonly bound: Set<string>;
}

/** Gathers the triple patterns; false where something stands that is more than they. */
function isReadable(pattern: PatternNode, prefix: string, found: Found): boolean {
  switch (kindOf(pattern)) {
    case 'bgp':
      found.triples.push(...flatTriples(pattern, prefix));
      return true;
    case 'group':
    case 'optional':
    case 'union':
    case 'graph':
      return partsOf(pattern).every((part) => isReadable(part, prefix, found));
    case 'filter':
      return !JSON.stringify(pattern['expression']).includes('"patternOperation"');
    case 'bind':
      found.bindings += 1;
      return true;
    case 'values':
      for (const name of mentioned(pattern['variables'])) found.bound.add(name);
      return true;
    default:
      return false;
  }
}

/** Whether, from one place at most, every subject is known by the time its pattern is looked at. */
function isOneWalk({ triples, bound }: Found): boolean {
  if (triples.some(({ node }) => (node['predicate'] as PatternNode)['type'] === 'path')) return false;
  const known = new Set(bound);
  const waiting = new Set(triples);
  const reach = (): void => {
    for (let grown = true; grown; ) {
      grown = false;
      for (const triple of waiting) {
        const subject = variable(triple, 'subject');
        if (subject !== undefined && !known.has(subject)) continue;
        waiting.delete(triple);
        for (const name of triple.variables) known.add(name);
        grown = true;
      }
    }
  };
  reach();
  if (waiting.size === 0) return true;
  // Only from a subject that leads to all others can the rest be one walk.
  return [...waiting].some((start) => {
    const [knownBefore, waitingBefore] = [new Set(known), new Set(waiting)];
    known.add(variable(start, 'subject') ?? '');
    reach();
    const isAll = waiting.size === 0;
    known.clear();
    for (const name of knownBefore) known.add(name);
    for (const triple of waitingBefore) waiting.add(triple);
    return isAll;
  });
}

/** Values of the same property of the same thing, each with each. */
function repeats(triples: readonly FlatTriple[]): boolean {
  const counts = new Map<string, number>();
  for (const triple of triples) {
    if (variable(triple, 'object') === undefined) continue;
    const key = `${named(triple, 'subject')} ${variable(triple, 'predicate') === undefined ? named(triple, 'predicate') : '?'}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts.values()].some((count) => count > mostOfOne);
}

function variable({ node }: FlatTriple, part: 'subject' | 'predicate' | 'object'): string | undefined {
  const term = node[part] as PatternNode;
  return term['subType'] === 'variable' ? String(term['value']) : undefined;
}

function named({ node }: FlatTriple, part: 'subject' | 'predicate'): string {
  const { subType, prefix, value } = node[part] as PatternNode;
  return `${String(subType)} ${String(prefix ?? '')} ${String(value)}`;
}
