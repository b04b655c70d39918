import { kindOf, mentioned, type PatternNode } from './patternVariables.js';
import type { ClauseIri } from './sparqlSyntax.js';
import { filter, group, notExists, values, written, type SyntaxNode } from './syntaxNodes.js';

/*
 * A path that may have no length leads from any term to itself, also from one that is not in the graph (SPARQL 1.1
 * §18.4, ZeroLengthPath); the engine looks for the term first. Where something else says that the other end is in the
 * graph there is no difference, and so it is left alone: also within EXISTS, where it has a value mostly.
 */

/** Adds to a tree what paths without length find and the engine does not; false where there is nothing to add. */
export function completePaths(tree: unknown, resolve: (iri: ClauseIri) => string): boolean {
  if (typeof tree !== 'object' || tree === null) return false;
  const node = tree as SyntaxNode;
  if (node['subType'] === 'patternOperation') return false;
  let changed = false;
  for (const [key, value] of Object.entries(node)) if (key !== 'loc' && key !== 'triples') changed = completePaths(value, resolve) || changed;
  if (!Array.isArray(node['patterns'])) return changed;
  const parts = node['patterns'] as readonly PatternNode[];
  const completed = parts.flatMap((part) => (kindOf(part) === 'bgp' ? split(part, resolve) : [part]));
  if (completed.every((part, index) => part === parts[index])) return changed;
  node['patterns'] = completed;
  return true;
}

/** A basic graph pattern without the triple patterns that need more, and those. */
function split(bgp: PatternNode, resolve: (iri: ClauseIri) => string): readonly PatternNode[] {
  const triples = bgp['triples'] as readonly PatternNode[];
  const added: PatternNode[] = [];
  const kept = triples.filter((triple) => {
    const complete = isZeroLength(triple) ? completed(triple, triples, resolve) : undefined;
    if (complete) added.push(complete);
    return !complete;
  });
  if (added.length === 0) return [bgp];
  return kept.length === 0 ? added : [{ ...bgp, triples: kept, loc: written }, ...added];
}

function isZeroLength({ type, predicate }: PatternNode): boolean {
  if (type !== 'triple') return false;
  let path = predicate as PatternNode;
  while (path['type'] === 'path' && path['subType'] === '^') path = (path['items'] as readonly [PatternNode])[0];
  return path['type'] === 'path' && (path['subType'] === '*' || path['subType'] === '?');
}

function completed(triple: PatternNode, all: readonly PatternNode[], resolve: (iri: ClauseIri) => string): PatternNode | undefined {
  const ends = [triple['subject'], triple['object']] as readonly PatternNode[];
  const constant = ends.find((end) => end['subType'] === 'namedNode' || end['subType'] === 'literal');
  const other = ends.find((end) => end !== constant);
  if (!constant || !other) return undefined;
  const same = { ...triple, subject: constant, object: constant, loc: written };
  const missing = filter(notExists({ type: 'pattern', subType: 'bgp', triples: [same], loc: written }));
  const found: PatternNode = { type: 'pattern', subType: 'bgp', triples: [triple], loc: written };
  if (other['subType'] === 'namedNode' && constant['subType'] === 'namedNode') {
    return resolve(other as object as ClauseIri) === resolve(constant as object as ClauseIri) ? group([group([found]), group([missing])], 'union') : undefined;
  }
  if (other['subType'] !== 'variable') return undefined;
  const name = String(other['value']);
  if (all.some((part) => part !== triple && !isZeroLength(part) && isEnd(part, name))) return undefined;
  return group([group([found]), group([values(name, constant), missing])], 'union');
}

/** True for triple patterns that have the variable as subject or object. */
function isEnd(part: PatternNode, name: string): boolean {
  const ends = part['type'] === 'triple' ? [part['subject'], part['object']] : part;
  return mentioned(ends).has(name);
}
