import type { PatternNode } from './patternVariables.js';

/** A triple pattern without abbreviations; its blank nodes are variables. */
export interface FlatTriple {
  readonly node: PatternNode;
  readonly variables: ReadonlySet<string>;
}

/** Names for blank nodes that a query cannot have used: `isFree` says so of a prefix. */
export function blankPrefix(isFree: (prefix: string) => boolean): string {
  for (let number = 0; ; number += 1) {
    const prefix = `bn${number}_`;
    if (isFree(prefix)) return prefix;
  }
}

/** The triple patterns of a basic graph pattern one by one, in the order of the text. */
export function flatTriples(bgp: PatternNode, prefix: string): readonly FlatTriple[] {
  const flat: FlatTriple[] = [];
  const add = (item: PatternNode): void => {
    if (item['type'] !== 'triple') {
      for (const inner of item['triples'] as readonly PatternNode[]) add(inner);
      return;
    }
    const node = { ...item };
    for (const part of ['subject', 'object'] as const) {
      let term = item[part] as PatternNode;
      if (term['type'] === 'tripleCollection') {
        add(term);
        term = term['identifier'] as PatternNode;
      }
      node[part] = term['subType'] === 'blankNode' ? { type: 'term', subType: 'variable', value: prefix + String(term['label']).replaceAll(/\W/gu, (character) => `_${character.codePointAt(0)}_`), loc: term['loc'] } : term;
    }
    flat.push({ node, variables: variablesOf(node) });
  };
  for (const item of bgp['triples'] as readonly PatternNode[]) add(item);
  return flat;
}

function variablesOf(triple: PatternNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const part of ['subject', 'predicate', 'object']) {
    const term = triple[part] as PatternNode;
    if (term['type'] === 'term' && term['subType'] === 'variable') names.add(String(term['value']));
  }
  return names;
}

/** How many solutions a triple pattern may have, by what of it is known (as the engine estimates it, but for objects). */
function size({ node }: FlatTriple, bound: ReadonlySet<string>): number {
  const known = (part: string): 'constant' | 'variable' | undefined => {
    const term = node[part] as PatternNode;
    if (term['type'] !== 'term' || term['subType'] !== 'variable') return 'constant';
    return bound.has(String(term['value'])) ? 'variable' : undefined;
  };
  const [subject, predicate, object] = [known('subject'), known('predicate'), known('object')];
  if (subject) return object ? 1 : predicate ? 10 : 100;
  // A constant is often a class or a code that much has in common; what a solution led to is mostly one thing.
  if (object) return (object === 'constant' ? 10_000 : 500) * (predicate ? 1 : 10);
  return predicate ? 1_000_000 : 1_000_000_000;
}

/** The least number of solutions of any of the triple patterns. */
export function leastSize(triples: readonly FlatTriple[], bound: ReadonlySet<string>): number {
  return Math.min(...triples.map((triple) => size(triple, bound)));
}

/** Triple patterns in the order in which each finds least to do, given what is bound before. */
export function ordered(triples: readonly FlatTriple[], boundBefore: ReadonlySet<string>): readonly FlatTriple[] {
  const waiting = [...triples];
  const bound = new Set(boundBefore);
  const result: FlatTriple[] = [];
  while (waiting.length > 0) {
    const sizes = waiting.map((triple) => size(triple, bound));
    const [next] = waiting.splice(sizes.indexOf(Math.min(...sizes)), 1);
    if (!next) break;
    result.push(next);
    for (const name of next.variables) bound.add(name);
  }
  return result;
}

/** True without a path that may have no length: such a path finds other things when its ends are known. */
export function isPlain(bgp: unknown): boolean {
  if (typeof bgp !== 'object' || bgp === null) return true;
  if (Array.isArray(bgp)) return bgp.every(isPlain);
  const node = bgp as PatternNode;
  if (node['type'] === 'path' && (node['subType'] === '*' || node['subType'] === '?')) return false;
  return Object.entries(node).every(([key, value]) => key === 'loc' || isPlain(value));
}
