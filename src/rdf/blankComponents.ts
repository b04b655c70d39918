import type * as RDF from '@rdfjs/types';

/** Says which terms are nodes to match: gives their key, or undefined for everything else. */
export type NodeKey = (term: RDF.Term) => string | undefined;

/** Blank nodes connected by quads that hold two of them, with every quad that holds one. */
export interface Component {
  readonly nodes: readonly string[];
  readonly quads: readonly RDF.Quad[];
}

/** Nodes of a quad, each once. */
export function nodesOf({ subject, object, graph }: RDF.Quad, keyOf: NodeKey): readonly string[] {
  const found = new Set<string>();
  for (const term of [subject, object, graph]) {
    const key = keyOf(term);
    if (key !== undefined) found.add(key);
  }
  return [...found];
}

/** Splits quads into components; quads without nodes are left out. */
export function components(quads: Iterable<RDF.Quad>, keyOf: NodeKey): readonly Component[] {
  const parent = new Map<string, string>();
  const find = (node: string): string => {
    let root = node;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    // Paths are shortened on the way, so that long lists stay cheap.
    for (let at = node; at !== root; ) {
      const next = parent.get(at) ?? root;
      parent.set(at, root);
      at = next;
    }
    return root;
  };
  const kept: (readonly [quad: RDF.Quad, node: string])[] = [];
  for (const quad of quads) {
    const [first, ...others] = nodesOf(quad, keyOf);
    if (first === undefined) continue;
    if (!parent.has(first)) parent.set(first, first);
    for (const other of others) {
      if (!parent.has(other)) parent.set(other, other);
      parent.set(find(other), find(first));
    }
    kept.push([quad, first]);
  }
  const found = new Map<string, { nodes: string[]; quads: RDF.Quad[] }>();
  const componentOf = (node: string): { nodes: string[]; quads: RDF.Quad[] } => {
    const root = find(node);
    let component = found.get(root);
    if (!component) found.set(root, (component = { nodes: [], quads: [] }));
    return component;
  };
  for (const node of parent.keys()) componentOf(node).nodes.push(node);
  for (const [quad, node] of kept) componentOf(node).quads.push(quad);
  return [...found.values()];
}
