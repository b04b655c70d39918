import { createHash } from 'node:crypto';
import type * as RDF from '@rdfjs/types';
import rdfCanonize from 'rdf-canonize';
import { Fault } from '../faults.js';
import { components, nodesOf, type Component, type NodeKey } from './blankComponents.js';
import { pairTrees, readTree, type BlankTree } from './blankTree.js';
import { blankNode } from './dataModel.js';
import { toLine } from './nquads.js';
import { isSkolem, mapResources } from './skolem.js';

export interface BlankMatchOptions {
  /** Quads of the document: fresh skolem IRIs or blank nodes. */
  readonly incoming: Iterable<RDF.Quad>;
  /** Quads the dataset has now: skolem IRIs. */
  readonly existing: Iterable<RDF.Quad>;
  readonly base: string;
  /** Runs of Hash N-Degree Quads (RDFC-1.0 §4.8) per component before giving up. */
  readonly workLimit?: number;
}

const defaultWorkLimit = 10_000;
/* A run looks at every node that is like its own: many nodes may take fewer runs each. */
const mostSteps = 1_000_000;
/** Statements of nodes that hang together in rings: one run looks at all of a node. */
const mostQuads = 50_000;
/* Permutations that are cut short do not count as runs: time bounds those. */
const timeout = 10_000;

/** What a component is hashed to, with enough to pair its nodes with those of an equal one. */
type Identity =
  | { readonly kind: 'tree'; readonly key: string; readonly tree: BlankTree }
  | { readonly kind: 'graph'; readonly key: string; readonly labels: ReadonlyMap<string, string> };

/** Canonical form of a component (RDFC-1.0), or undefined when it takes more work than allowed. */
function canonicalise(component: Component, keyOf: NodeKey, workLimit: number): Identity | undefined {
  const names = new Map(component.nodes.map((node, at) => [node, `n${at}`]));
  const renamed = component.quads.map((item) =>
    mapResources(item, (term) => {
      const name = names.get(keyOf(term) ?? '');
      return name === undefined ? undefined : blankNode(name);
    }),
  );
  const issued = new Map<string, string>();
  try {
    const text = rdfCanonize._canonizeSync(renamed, { algorithm: 'RDFC-1.0', canonicalIdMap: issued, maxDeepIterations: Math.min(workLimit, Math.ceil(mostSteps / names.size)), timeout });
    const labels = new Map([...names].map(([node, name]) => [issued.get(name) ?? name, node]));
    return { kind: 'graph', key: createHash('sha256').update(text).digest('base64'), labels };
  } catch (error) {
    if (error instanceof Error && /Maximum deep iterations|timeout/i.test(error.message)) return undefined;
    throw error;
  }
}

function identify(component: Component, keyOf: NodeKey, workLimit: number): Identity | undefined {
  const tree = readTree(component, keyOf);
  if (tree) return { kind: 'tree', key: tree.hashes.get(tree.root) ?? '', tree };
  return component.quads.length > mostQuads ? undefined : canonicalise(component, keyOf, workLimit);
}

/** Equal for equal components and cheap: most components of a dataset need no more than this. */
function outline({ quads }: Component, keyOf: NodeKey): string {
  const anyNode = blankNode('n');
  const lines = quads.map((item) => toLine(mapResources(item, (term) => (keyOf(term) === undefined ? undefined : anyNode)))).toSorted();
  const digest = createHash('sha256');
  for (const line of lines) digest.update(line).update('\n');
  return digest.digest('base64');
}

function pair(from: Identity, to: Identity, matched: Map<string, string>): void {
  if (from.kind === 'tree' && to.kind === 'tree') pairTrees(from.tree, to.tree, (left, right) => matched.set(left, right));
  if (from.kind === 'graph' && to.kind === 'graph') {
    for (const [label, node] of from.labels) {
      const twin = to.labels.get(label);
      if (twin !== undefined) matched.set(node, twin);
    }
  }
}

function keyFor(base: string, fixed: ReadonlySet<string>): NodeKey {
  return (term) => {
    if (term.termType === 'BlankNode') return `_:${term.value}`;
    return term.termType === 'NamedNode' && isSkolem(term.value, base) && !fixed.has(term.value) ? term.value : undefined;
  };
}

/**
 * Finds, for the blank nodes of a document, the nodes of the dataset that say exactly the same: whole components
 * with equal canonical forms, one to one (n copies match at most n). The result maps skolem IRIs (or `_:` labels)
 * of the document to skolem IRIs of the dataset; nodes without a match are absent. A skolem IRI of the dataset that
 * the document uses itself is that node and needs no match. Fault `blank-node-work-limit` for a component of the
 * document that takes more work than allowed.
 */
export function matchBlankNodes({ incoming, existing, base, workLimit = defaultWorkLimit }: BlankMatchOptions): Map<string, string> {
  const everyNode = keyFor(base, new Set());
  const held = (quads: Iterable<RDF.Quad>): RDF.Quad[] => [...quads].filter((item) => nodesOf(item, everyNode).length > 0);
  const matched = new Map<string, string>();
  const arriving = held(incoming);
  if (arriving.length === 0) return matched;
  const present = held(existing);
  const known = new Set(present.flatMap((item) => nodesOf(item, everyNode)));
  const fixed = new Set(arriving.flatMap((item) => nodesOf(item, everyNode)).filter((node) => !node.startsWith('_:') && known.has(node)));
  const keyOf = keyFor(base, fixed);

  const candidates = new Map<string, Component[]>();
  for (const component of components(present, keyOf)) {
    const key = outline(component, keyOf);
    const group = candidates.get(key);
    if (group) group.push(component);
    else candidates.set(key, [component]);
  }
  const identified = new Map<string, Map<string, Identity[]>>();
  for (const component of components(arriving, keyOf)) {
    const identity = identify(component, keyOf, workLimit);
    if (!identity) throw tooMuchWork(component, workLimit);
    const key = outline(component, keyOf);
    let group = identified.get(key);
    if (!group) {
      group = new Map();
      for (const candidate of candidates.get(key) ?? []) {
        // A component of the dataset beyond the limit cannot equal one within it.
        const found = identify(candidate, keyOf, workLimit);
        if (!found) continue;
        const same = group.get(found.kind + found.key);
        if (same) same.push(found);
        else group.set(found.kind + found.key, [found]);
      }
      identified.set(key, group);
    }
    const twin = group.get(identity.kind + identity.key)?.shift();
    if (twin) pair(identity, twin, matched);
  }
  return matched;
}

function tooMuchWork({ nodes }: Component, workLimit: number): Fault {
  return new Fault(
    'blank-node-work-limit',
    {
      nl: `Het document bevat ${nodes.length} naamloze knopen die zo op elkaar lijken dat ze niet te vergelijken zijn. Geef ze een webadres.`,
      en: `The document holds ${nodes.length} blank nodes too much alike to tell apart. Give them IRIs.`,
    },
    { extra: { blankNodes: nodes.length, workLimit } },
  );
}
