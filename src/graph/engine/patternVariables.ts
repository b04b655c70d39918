/** A node of the syntax tree whose kind is looked up as it comes. */
export type PatternNode = Readonly<Record<string, unknown>>;

/** What kind of pattern, term or query a node is. */
export function kindOf(node: PatternNode): unknown {
  return node['type'] === 'query' ? 'query' : node['subType'];
}

/** The patterns below a group, OPTIONAL, MINUS, GRAPH or UNION. */
export function partsOf(node: PatternNode): readonly PatternNode[] {
  return Array.isArray(node['patterns']) ? (node['patterns'] as readonly PatternNode[]) : [];
}

/* A deep tree is asked about at every level. A rewritten part keeps its names; those it gets are its own. */
const known = new WeakMap<object, ReadonlySet<string>>();

/** Every variable that is named anywhere in a tree, those of subqueries and filters among them. */
export function mentioned(tree: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  if (typeof tree !== 'object' || tree === null) return names;
  const before = known.get(tree);
  if (before) return before;
  const node = tree as PatternNode;
  if (node['type'] === 'term') {
    if (node['subType'] === 'variable') names.add(String(node['value']));
    return names;
  }
  for (const [key, value] of Object.entries(node)) if (key !== 'loc') for (const name of mentioned(value)) names.add(name);
  if (node['type'] === 'pattern' || node['type'] === 'query') known.set(tree, names);
  return names;
}

export function valuesNames(node: PatternNode): readonly string[] {
  return [...mentioned(node['variables'])];
}

/** The variables that every solution of a group with these parts binds; some that it does may be missing. */
export function certain(parts: readonly PatternNode[]): Set<string> {
  const names = new Set<string>();
  for (const part of parts) for (const name of certainIn(part)) names.add(name);
  return names;
}

function certainIn(part: PatternNode): Iterable<string> {
  switch (kindOf(part)) {
    case 'bgp':
      return mentioned(part);
    case 'values': {
      const rows = part['values'] as readonly PatternNode[];
      return valuesNames(part).filter((name) => rows.every((row) => row[name] !== undefined));
    }
    case 'group':
    case 'service':
      return certain(partsOf(part));
    case 'graph':
      return [...mentioned(part['name']), ...certain(partsOf(part))];
    case 'union': {
      const [first = new Set<string>(), ...others] = partsOf(part).map((branch) => certain([branch]));
      return [...first].filter((name) => others.every((other) => other.has(name)));
    }
    default:
      return [];
  }
}

export function overlaps(names: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const name of names) if (others.has(name)) return true;
  return false;
}

/** True when a term that stands in `tree` is also in `others`, and not in `except`. */
export function overlapsBut(names: ReadonlySet<string>, others: ReadonlySet<string>, except: ReadonlySet<string>): boolean {
  for (const name of names) if (others.has(name) && !except.has(name)) return true;
  return false;
}
