/** A node object of expanded JSON-LD (JSON-LD 1.1 §9.2). */
type Node = Record<string, unknown>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function blankId(node: Node): string | undefined {
  const id = node['@id'];
  return typeof id === 'string' && id.startsWith('_:') ? id : undefined;
}

/** Every reference to a blank node in the properties of a node, with how to replace it. */
function* references(holder: Node | unknown[]): Generator<{ readonly id: string; replace(node: Node): void }> {
  for (const [key, value] of Object.entries(holder)) {
    if (Array.isArray(value)) yield* references(value);
    else if (isNode(value)) {
      const id = blankId(value);
      if (id === undefined) yield* references(value);
      else yield { id, replace: (node) => Reflect.set(holder, key, node) };
    }
  }
}

/** Nodes within nodes, after which one stands by itself again: what reads the document follows them with its stack. */
const deepest = 40;

/**
 * Puts each blank node that is referred to exactly once in the place of that reference, without its label: a
 * document then reads as it would be written. Nodes on a cycle stay where they are. The nodes are those of one graph,
 * flattened.
 */
export function nestBlankNodes(nodes: readonly unknown[]): unknown[] {
  const blank = new Map<string, Node>();
  for (const node of nodes) {
    const id = isNode(node) ? blankId(node) : undefined;
    if (id !== undefined) blank.set(id, node as Node);
  }
  /** Blank nodes that are the type of something: `@type` can only name them. */
  const types = new Set(nodes.flatMap((node) => (isNode(node) && Array.isArray(node['@type']) ? node['@type'] : [])));
  const places = new Map<string, { holder: string | undefined; replace(node: Node): void }[]>();
  for (const node of nodes) {
    if (!isNode(node)) continue;
    for (const { id, replace } of references(node)) {
      const found = places.get(id) ?? [];
      found.push({ holder: blankId(node), replace });
      places.set(id, found);
    }
  }
  const once = (id: string): boolean => places.get(id)?.length === 1 && !types.has(id);
  const depths = new Map<string, number>();
  /** In how many others a node would stand; none is right for nodes on a cycle and below one. */
  const depthOf = (start: string): number => {
    const chain = new Set<string>();
    let id: string | undefined = start;
    while (id !== undefined && once(id) && !depths.has(id) && !chain.has(id)) {
      chain.add(id);
      id = places.get(id)?.[0]?.holder;
    }
    let depth = id === undefined || !once(id) ? 0 : (depths.get(id) ?? Infinity);
    for (const link of [...chain].toReversed()) depths.set(link, (depth += 1));
    return depth;
  };
  const nested = new Set([...blank.keys()].filter((id) => once(id) && Number.isFinite(depthOf(id)) && (depths.get(id) ?? 0) % deepest !== 0));
  for (const id of nested) {
    const node = blank.get(id);
    if (!node) continue;
    delete node['@id'];
    places.get(id)?.[0]?.replace(node);
  }
  const inside = new Set([...nested].map((id) => blank.get(id)));
  return nodes.filter((node) => !isNode(node) || !inside.has(node));
}
