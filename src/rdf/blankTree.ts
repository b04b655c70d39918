import { createHash } from 'node:crypto';
import type * as RDF from '@rdfjs/types';
import type { Component, NodeKey } from './blankComponents.js';
import { termText } from './terms.js';

interface Branch {
  readonly label: string;
  readonly child: string;
}

/** A component that is a tree below one root: its hash says all about it, and so does that of every branch. */
export interface BlankTree {
  readonly root: string;
  readonly hashes: ReadonlyMap<string, string>;
  readonly branches: ReadonlyMap<string, readonly Branch[]>;
}

function text(term: RDF.Term): string {
  return term.termType === 'DefaultGraph' ? '' : termText(term);
}

/**
 * Reads a component as a tree: each node the object of at most one quad of another node, none of itself, and none
 * the name of a graph. undefined when it is not one. Hashes go from the leaves to the root.
 */
export function readTree({ nodes, quads }: Component, keyOf: NodeKey): BlankTree | undefined {
  const facts = new Map<string, string[]>(nodes.map((node) => [node, []]));
  const branches = new Map<string, Branch[]>(nodes.map((node) => [node, []]));
  const children = new Set<string>();
  for (const { subject, predicate, object, graph } of quads) {
    if (keyOf(graph) !== undefined) return undefined;
    const from = keyOf(subject);
    const to = keyOf(object);
    const label = `${predicate.value} ${text(graph)}`;
    if (from !== undefined && to !== undefined) {
      if (from === to || children.has(to)) return undefined;
      children.add(to);
      branches.get(from)?.push({ label, child: to });
    } else if (from !== undefined) facts.get(from)?.push(`s ${label} ${text(object)}`);
    else if (to !== undefined) facts.get(to)?.push(`o ${label} ${text(subject)}`);
  }
  const root = nodes.find((node) => !children.has(node));
  if (root === undefined) return undefined;
  const order = [root];
  for (let at = 0; at < order.length; at += 1) for (const { child } of branches.get(order[at] ?? '') ?? []) order.push(child);
  const hashes = new Map<string, string>();
  for (const node of order.toReversed()) {
    const below = (branches.get(node) ?? []).map(({ label, child }) => `e ${label} ${hashes.get(child)}`);
    const lines = [...(facts.get(node) ?? []), ...below].toSorted();
    hashes.set(node, createHash('sha256').update(lines.join('\n')).digest('base64'));
  }
  return { root, hashes, branches };
}

/** Pairs the nodes of two trees with equal hashes, from the root down. */
export function pairTrees(from: BlankTree, to: BlankTree, pair: (from: string, to: string) => void): void {
  const open: (readonly [string, string])[] = [[from.root, to.root]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [left, right] = next;
    pair(left, right);
    const alike = new Map<string, string[]>();
    for (const { label, child } of to.branches.get(right) ?? []) {
      const key = `${label} ${to.hashes.get(child)}`;
      const group = alike.get(key);
      if (group) group.push(child);
      else alike.set(key, [child]);
    }
    for (const { label, child } of from.branches.get(left) ?? []) {
      const twin = alike.get(`${label} ${from.hashes.get(child)}`)?.shift();
      if (twin !== undefined) open.push([child, twin]);
    }
  }
}
