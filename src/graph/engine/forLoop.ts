import { certain, kindOf, mentioned, overlaps, overlapsBut, partsOf, valuesNames, type PatternNode } from './patternVariables.js';
import { isPlain } from './triplePatterns.js';

/**
 * True when a group may be evaluated once for each solution of what stands before, with those values filled in, instead
 * of by itself: what it says of a variable that may come in (`entry`) must not depend on whether it has a value already.
 * The conditions of an OPTIONAL itself see the solutions before in any case (SPARQL 1.1 §18.2.2.6).
 */
export function isFit(parts: readonly PatternNode[], entry: ReadonlySet<string>, kind: 'optional' | 'group'): boolean {
  const own = parts.filter((part) => kindOf(part) !== 'filter');
  const bound = certain(own);
  const conditions = parts.filter((part) => kindOf(part) === 'filter');
  if (kind === 'group' && conditions.some((part) => hasPattern(part) || overlapsBut(mentioned(part), entry, bound))) return false;
  return own.every((part, index) => isPartFit(part, own.slice(0, index), entry));
}

function isPartFit(part: PatternNode, before: readonly PatternNode[], entry: ReadonlySet<string>): boolean {
  switch (kindOf(part)) {
    case 'bgp':
      return isPlain(part);
    case 'optional':
      return !overlapsBut(mentioned(part), entry, certain(before)) && isFit(partsOf(part), entry, 'optional');
    case 'bind':
      return !hasPattern(part) && !isFresh(part) && !overlapsBut(mentioned(part), entry, certain(before));
    case 'values':
      return !overlaps(new Set(valuesNames(part)), entry);
    case 'graph':
      return (part['name'] as PatternNode)['subType'] !== 'variable' && isFit(partsOf(part), entry, 'group');
    case 'group':
      return isFit(partsOf(part), entry, 'group');
    case 'union':
      return partsOf(part).every((branch) => isFit([branch], entry, 'group'));
    default:
      return false;
  }
}

/** True where each evaluation gives another value (SPARQL 1.1 §17.4): how often it is evaluated shows. */
export function isFresh(tree: unknown): boolean {
  return /"operator":"(?:rand|uuid|struuid|bnode)"/u.test(JSON.stringify(tree));
}

export function hasPattern(tree: unknown): boolean {
  return JSON.stringify(tree).includes('"patternOperation"');
}
