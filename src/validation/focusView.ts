import { splitLine } from '../rdf/nquads.js';
import type { TermText } from '../rdf/termText.js';
import type { QuadLine } from '../graph/changeset.js';
import { isMerged, type DatasetSettings } from '../graph/dataset.js';
import type { GraphState, Scope } from '../graph/state.js';
import { walk, type Step } from './path.js';
import type { Read } from './reads.js';

type Index = Map<TermText, Map<TermText, readonly TermText[]>>;
const none: readonly TermText[] = [];

/** Skolem IRIs stand for blank nodes (RDF 1.1 Concepts §3.5), whoever minted them. */
export function isSkolemText(term: TermText): boolean {
  return term.startsWith('<') && term.includes('/.well-known/genid/');
}

/** The graph that descriptions in a dataset are read against: the merged graph, joined by the dataset when it is not part of it. */
export function contextScopes(dataset: DatasetSettings): readonly Scope[] {
  return isMerged(dataset) ? ['merged'] : ['merged', { dataset: dataset.iri }];
}

/**
 * What the validation of one focus node in one dataset sees: the triples of the focus node (and of the skolem nodes
 * below it) as the dataset has them, all other triples as the context graph has them. If the dataset does not describe
 * the node (it only points at it), the context describes it. Reads are cached and fetched in batches for many focus
 * nodes; `enter` makes one of them the current one.
 */
export class FocusView {
  readonly #state: GraphState;
  readonly #own: Scope;
  readonly #context: readonly Scope[];
  /** subject -> predicate -> objects, as the dataset has them; complete for every subject in it. */
  readonly #described = new Map<TermText, Map<TermText, TermText[]>>();
  /** predicate -> node -> nodes, as the context has them. */
  readonly #forward: Index = new Map();
  readonly #backward: Index = new Map();
  readonly #all = new Map<TermText, readonly (readonly [TermText, TermText])[]>();
  #current: ReadonlySet<TermText> = new Set();

  constructor(state: GraphState, dataset: DatasetSettings) {
    this.#state = state;
    this.#own = { dataset: dataset.iri };
    this.#context = contextScopes(dataset);
  }

  /** Fetches the descriptions of these nodes in the dataset, skolem nodes below them included. */
  load(nodes: Iterable<TermText>): void {
    for (let pending = [...nodes]; pending.length > 0; ) {
      const wanted = pending.filter((node) => !node.startsWith('"') && !this.#described.has(node));
      for (const node of wanted) this.#described.set(node, new Map());
      pending = [];
      if (wanted.length === 0) return;
      for (const line of this.#state.bySubjects(this.#own, wanted)) {
        const { subject, predicate, object } = splitLine(line);
        add(this.#described, subject, predicate, object);
        if (isSkolemText(object)) pending.push(object);
      }
    }
  }

  /** Whether the dataset has triples about the (loaded) node. */
  describes(node: TermText): boolean {
    return (this.#described.get(node)?.size ?? 0) > 0;
  }

  /** Makes a loaded node the focus node. */
  enter(node: TermText): void {
    const own = new Set<TermText>();
    const pending = this.describes(node) ? [node] : [];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (own.has(next)) continue;
      own.add(next);
      for (const objects of this.#described.get(next)?.values() ?? []) pending.push(...objects.filter(isSkolemText));
    }
    this.#current = own;
  }

  /** Whether the current focus node's description covers the node: then it is read from the dataset. */
  isOwn(node: TermText): boolean {
    return this.#current.has(node);
  }

  /** The node as the dataset describes it, whatever the focus node is. */
  ownObjects(node: TermText, predicate: TermText): readonly TermText[] {
    return this.#described.get(node)?.get(predicate) ?? none;
  }

  ownPredicates(node: TermText): Iterable<TermText> {
    return this.#described.get(node)?.keys() ?? none;
  }

  /** The node as the context describes it, whatever the focus node is. */
  contextObjects(node: TermText, predicate: TermText): readonly TermText[] {
    return this.#inContext(node, predicate, true);
  }

  objects(node: TermText, predicate: TermText): readonly TermText[] {
    if (this.#current.has(node)) return this.ownObjects(node, predicate);
    if (node.startsWith('"')) return none;
    return this.#inContext(node, predicate, true);
  }

  subjects(node: TermText, predicate: TermText): readonly TermText[] {
    const others = this.#inContext(node, predicate, false);
    if (this.#current.size === 0) return others;
    const own = [...this.#current].filter((subject) => this.ownObjects(subject, predicate).includes(node));
    return [...others.filter((subject) => !this.#current.has(subject)), ...own];
  }

  /** All triples about a node, as predicate and object. */
  triples(node: TermText): readonly (readonly [TermText, TermText])[] {
    if (this.#current.has(node)) return [...(this.#described.get(node) ?? [])].flatMap(([predicate, objects]) => objects.map((object) => [predicate, object] as const));
    if (node.startsWith('"')) return [];
    this.#fetchAll([node]);
    return this.#all.get(node) ?? [];
  }

  /** One step as the current focus node sees it. */
  readonly step: Step = (nodes, predicate, forward) => {
    const reached = new Set<TermText>();
    for (const node of nodes) for (const next of forward ? this.objects(node, predicate) : this.subjects(node, predicate)) reached.add(next);
    return reached;
  };

  /** Fetches in batches what the verdict about these (loaded) focus nodes will read. */
  prefetch(focusNodes: ReadonlySet<TermText>, reads: readonly Read[]): void {
    for (const { access, predicate, forward, byEngine } of reads) {
      if (!access || byEngine) continue;
      const nodes = walk(access, focusNodes, (from, along, onward) => this.#broadStep(from, along, onward, from === focusNodes ? focusNodes : undefined));
      if (predicate === undefined) this.#fetchAll([...nodes].filter((node) => !node.startsWith('"') && !focusNodes.has(node)));
      else this.#fetch(nodes, predicate, forward, focusNodes);
    }
  }

  /** A step for many focus nodes at once: a superset of what each sees. */
  #broadStep(nodes: ReadonlySet<TermText>, predicate: TermText, forward: boolean, described?: ReadonlySet<TermText>): ReadonlySet<TermText> {
    this.#fetch(nodes, predicate, forward, described);
    const reached = new Set<TermText>();
    const index = forward ? this.#forward : this.#backward;
    for (const node of nodes) {
      if (forward) for (const next of this.ownObjects(node, predicate)) reached.add(next);
      for (const next of index.get(predicate)?.get(node) ?? none) reached.add(next);
    }
    return reached;
  }

  #inContext(node: TermText, predicate: TermText, forward: boolean): readonly TermText[] {
    const index = forward ? this.#forward : this.#backward;
    const known = index.get(predicate)?.get(node);
    if (known) return known;
    this.#fetch(new Set([node]), predicate, forward);
    return index.get(predicate)?.get(node) ?? none;
  }

  #fetch(nodes: ReadonlySet<TermText>, predicate: TermText, forward: boolean, described: ReadonlySet<TermText> = new Set()): void {
    const index = forward ? this.#forward : this.#backward;
    let found = index.get(predicate);
    if (!found) index.set(predicate, (found = new Map()));
    const wanted: TermText[] = [];
    for (const node of nodes) {
      if (found.has(node) || (forward && (node.startsWith('"') || (described.has(node) && this.describes(node))))) continue;
      wanted.push(node);
    }
    if (wanted.length === 0) return;
    for (const node of wanted) found.set(node, none);
    const lists = new Map<TermText, TermText[]>();
    for (const line of this.#lines((scope) => (forward ? this.#state.bySubjects(scope, wanted, predicate) : this.#state.byObjects(scope, wanted, predicate)))) {
      const { subject, object } = splitLine(line);
      const key = forward ? subject : object;
      const list = lists.get(key);
      if (list) list.push(forward ? object : subject);
      else lists.set(key, [forward ? object : subject]);
    }
    for (const [node, list] of lists) found.set(node, list);
  }

  #fetchAll(nodes: readonly TermText[]): void {
    const wanted = nodes.filter((node) => !this.#all.has(node));
    if (wanted.length === 0) return;
    const found = new Map<TermText, (readonly [TermText, TermText])[]>(wanted.map((node) => [node, []]));
    for (const line of this.#lines((scope) => this.#state.bySubjects(scope, wanted))) {
      const { subject, predicate, object } = splitLine(line);
      found.get(subject)?.push([predicate, object]);
    }
    for (const [node, list] of found) this.#all.set(node, list);
  }

  /** Triples of the context, each once. */
  #lines(read: (scope: Scope) => readonly QuadLine[]): Iterable<QuadLine> {
    const [only, ...more] = this.#context;
    if (only && more.length === 0) return read(only);
    const triples = new Map<string, QuadLine>();
    for (const scope of this.#context) {
      for (const line of read(scope)) {
        const { subject, predicate, object } = splitLine(line);
        triples.set(`${subject} ${predicate} ${object}`, line);
      }
    }
    return triples.values();
  }
}

function add(index: Map<TermText, Map<TermText, TermText[]>>, subject: TermText, predicate: TermText, object: TermText): void {
  let node = index.get(subject);
  if (!node) index.set(subject, (node = new Map()));
  const objects = node.get(predicate);
  if (objects) objects.push(object);
  else node.set(predicate, [object]);
}
