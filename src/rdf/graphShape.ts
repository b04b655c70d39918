import type * as RDF from '@rdfjs/types';
import { rdf } from './prefixes.js';
import { termText } from './terms.js';

const first = rdf('first');
const rest = rdf('rest');
const nil = rdf('nil');
const type = rdf('type');

/** What one subject says: predicate IRIs in order (rdf:type first) with their objects in order. */
export interface Description {
  readonly subject: RDF.Quad_Subject;
  readonly predicates: readonly (readonly [predicate: string, objects: readonly RDF.Quad_Object[]])[];
}

function inCodePointOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function comparePredicates(a: string, b: string): number {
  if (a === type || b === type) return a === b ? 0 : a === type ? -1 : 1;
  return inCodePointOrder(a, b);
}

/** Subjects by IRI, then blank nodes by label. */
function compareSubjects(a: RDF.Term, b: RDF.Term): number {
  if (a.termType !== b.termType) return a.termType === 'NamedNode' ? -1 : 1;
  return inCodePointOrder(a.value, b.value);
}

/**
 * The triples of one graph, arranged for writing: grouped and sorted, with the blank nodes that can be written
 * inside the one place that refers to them, and the lists that can be written as lists.
 */
export class GraphShape {
  readonly #bySubject = new Map<string, Description>();
  readonly #nested = new Set<string>();
  readonly #referenced: ReadonlySet<string>;
  readonly #lists = new Map<string, readonly RDF.Quad_Object[]>();

  /** `elsewhere`: blank node labels that other graphs use too, which therefore need a label. */
  constructor(triples: readonly RDF.Quad[], elsewhere: ReadonlySet<string> = new Set()) {
    const grouped = new Map<string, { subject: RDF.Quad_Subject; predicates: Map<string, RDF.Quad_Object[]> }>();
    const references = new Map<string, string[]>();
    for (const { subject, predicate, object } of triples) {
      const key = termText(subject);
      let entry = grouped.get(key);
      if (!entry) grouped.set(key, (entry = { subject, predicates: new Map() }));
      const objects = entry.predicates.get(predicate.value);
      if (objects) objects.push(object);
      else entry.predicates.set(predicate.value, [object]);
      if (object.termType !== 'BlankNode') continue;
      const referring = references.get(termText(object));
      if (referring) referring.push(key);
      else references.set(termText(object), [key]);
    }
    for (const [key, { subject, predicates }] of grouped) {
      this.#bySubject.set(key, {
        subject,
        predicates: [...predicates]
          .toSorted(([a], [b]) => comparePredicates(a, b))
          .map(([predicate, objects]) => [predicate, objects.toSorted((a, b) => inCodePointOrder(termText(a), termText(b)))] as const),
      });
    }
    this.#referenced = new Set([...references.keys(), ...elsewhere]);
    this.#nest(references, elsewhere);
    for (const [key, description] of this.#bySubject) {
      if (this.#nested.has(key) && this.#cell(key)) this.#readList(key, description.subject);
    }
  }

  /** A blank node is nested when exactly one triple refers to it and no chain of such references leads back. */
  #nest(references: ReadonlyMap<string, readonly string[]>, elsewhere: ReadonlySet<string>): void {
    const parent = new Map<string, string>();
    for (const [key, referring] of references) {
      if (referring.length === 1 && !elsewhere.has(key)) parent.set(key, referring[0] ?? '');
    }
    const settled = new Set<string>();
    for (const start of parent.keys()) {
      const path: string[] = [];
      const onPath = new Set<string>();
      let key = start;
      while (parent.has(key) && !settled.has(key) && !onPath.has(key)) {
        onPath.add(key);
        path.push(key);
        key = parent.get(key) ?? '';
      }
      // A circle of references has no outside: cut it where it was entered.
      if (onPath.has(key)) parent.delete(key);
      for (const step of path) settled.add(step);
    }
    for (const key of parent.keys()) this.#nested.add(key);
  }

  /** The item and the next cell when this node is a cell of a list and nothing else. */
  #cell(key: string): { readonly item: RDF.Quad_Object; readonly next: RDF.Quad_Object } | undefined {
    const predicates = this.#bySubject.get(key)?.predicates ?? [];
    if (predicates.length !== 2) return undefined;
    const [[firstPredicate, items] = ['', []], [restPredicate, nexts] = ['', []]] = predicates;
    const [item] = items;
    const [next] = nexts;
    if (firstPredicate !== first || restPredicate !== rest || items.length !== 1 || nexts.length !== 1 || !item || !next) return undefined;
    return { item, next };
  }

  #readList(key: string, head: RDF.Quad_Subject): void {
    const items: RDF.Quad_Object[] = [];
    let at: RDF.Quad_Object | RDF.Quad_Subject = head;
    let cellKey = key;
    for (;;) {
      const cell = this.#cell(cellKey);
      if (!cell) return;
      items.push(cell.item);
      at = cell.next;
      if (at.termType === 'NamedNode' && at.value === nil) break;
      cellKey = at.termType === 'BlankNode' ? termText(at) : '';
      if (!this.#nested.has(cellKey)) return;
    }
    this.#lists.set(key, items);
  }

  /** Descriptions that stand on their own, in order. */
  roots(): readonly Description[] {
    return [...this.#bySubject]
      .filter(([key]) => !this.#nested.has(key))
      .map(([, description]) => description)
      .toSorted((a, b) => compareSubjects(a.subject, b.subject));
  }

  /** The items when this object can be written as a list. */
  list(node: RDF.Term): readonly RDF.Quad_Object[] | undefined {
    if (node.termType === 'NamedNode' && node.value === nil) return [];
    return node.termType === 'BlankNode' ? this.#lists.get(termText(node)) : undefined;
  }

  /** The description to write in place of this object; its predicates are empty when it says nothing. */
  nested(node: RDF.Term): Description | undefined {
    if (node.termType !== 'BlankNode') return undefined;
    const key = termText(node);
    return this.#nested.has(key) ? (this.#bySubject.get(key) ?? { subject: node, predicates: [] }) : undefined;
  }

  /** True when nothing refers to this blank node: it can be written without a label. */
  isAnonymous(node: RDF.Term): boolean {
    return node.termType === 'BlankNode' && !this.#referenced.has(termText(node));
  }
}
