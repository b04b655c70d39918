import type { TermText } from '../rdf/termText.js';

/** A SHACL property path (SHACL §2.3.1). */
export type Path =
  | { readonly kind: 'predicate'; readonly iri: TermText }
  | { readonly kind: 'inverse' | 'zeroOrMore' | 'oneOrMore' | 'zeroOrOne'; readonly path: Path }
  | { readonly kind: 'sequence' | 'alternative'; readonly paths: readonly Path[] };

/** One step along a predicate from many nodes at once: what they point at, or what points at them. */
export type Step = (nodes: ReadonlySet<TermText>, predicate: TermText, forward: boolean) => ReadonlySet<TermText>;

/** The path that stands still: from a node to itself. */
export const stay: Path = { kind: 'sequence', paths: [] };

export function predicatePath(iri: TermText): Path {
  return { kind: 'predicate', iri };
}

export function sequence(...paths: readonly Path[]): Path {
  const flat = paths.flatMap((path) => (path.kind === 'sequence' ? path.paths : [path]));
  const [only] = flat;
  return flat.length === 1 && only ? only : { kind: 'sequence', paths: flat };
}

/** The path walked backwards. */
export function inverse(path: Path): Path {
  switch (path.kind) {
    case 'predicate':
      return { kind: 'inverse', path };
    case 'inverse':
      return path.path;
    case 'sequence':
      return { kind: 'sequence', paths: path.paths.toReversed().map(inverse) };
    case 'alternative':
      return { kind: 'alternative', paths: path.paths.map(inverse) };
    case 'zeroOrMore':
    case 'oneOrMore':
    case 'zeroOrOne':
      return { kind: path.kind, path: inverse(path.path) };
  }
}

/** Nodes reached from any of `nodes` (breadth first, without recursion along the data: chains may be long). */
export function walk(path: Path, nodes: ReadonlySet<TermText>, step: Step): ReadonlySet<TermText> {
  if (nodes.size === 0) return nodes;
  switch (path.kind) {
    case 'predicate':
      return step(nodes, path.iri, true);
    case 'inverse':
      return path.path.kind === 'predicate' ? step(nodes, path.path.iri, false) : walk(inverse(path.path), nodes, step);
    case 'sequence':
      return path.paths.reduce<ReadonlySet<TermText>>((from, part) => walk(part, from, step), nodes);
    case 'alternative':
      return union(path.paths.map((part) => walk(part, nodes, step)));
    case 'zeroOrOne':
      return union([nodes, walk(path.path, nodes, step)]);
    case 'oneOrMore':
      return closure(path.path, walk(path.path, nodes, step), step);
    case 'zeroOrMore':
      return closure(path.path, nodes, step);
  }
}

function closure(path: Path, start: ReadonlySet<TermText>, step: Step): ReadonlySet<TermText> {
  const found = new Set(start);
  let frontier = start;
  while (frontier.size > 0) {
    const next = new Set<TermText>();
    for (const node of walk(path, frontier, step)) {
      if (found.has(node)) continue;
      found.add(node);
      next.add(node);
    }
    frontier = next;
  }
  return found;
}

function union(sets: readonly ReadonlySet<TermText>[]): ReadonlySet<TermText> {
  const [first, ...rest] = sets;
  const all = new Set(first);
  for (const set of rest) for (const node of set) all.add(node);
  return all;
}

/** Predicates that occur in a path. */
export function walkedPredicates(path: Path): readonly TermText[] {
  if (path.kind === 'predicate') return [path.iri];
  return 'paths' in path ? path.paths.flatMap(walkedPredicates) : walkedPredicates(path.path);
}

/** The path as a SPARQL 1.1 property path (SPARQL §9.1), IRIs in full. */
export function pathText(path: Path): string {
  switch (path.kind) {
    case 'predicate':
      return path.iri;
    case 'inverse':
      return `^${inner(path.path)}`;
    case 'sequence':
      return path.paths.map(inner).join('/');
    case 'alternative':
      return path.paths.map(inner).join('|');
    case 'zeroOrMore':
      return `${inner(path.path)}*`;
    case 'oneOrMore':
      return `${inner(path.path)}+`;
    case 'zeroOrOne':
      return `${inner(path.path)}?`;
  }
}

function inner(path: Path): string {
  return path.kind === 'predicate' ? path.iri : `(${pathText(path)})`;
}
