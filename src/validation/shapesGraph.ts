import type { Quad } from '@rdfjs/types';
import type { Text } from '../faults.js';
import { canonicalQuad } from '../rdf/canonical.js';
import { rdf, sh } from '../rdf/prefixes.js';
import { termText } from '../rdf/terms.js';
import type { TermText } from '../rdf/termText.js';
import { inverse, type Path } from './path.js';

/** IRI of a SHACL term as term text. */
export function shacl(name: string): TermText {
  return `<${sh(name)}>`;
}

export const rdfType: TermText = `<${rdf('type')}>`;
const first: TermText = `<${rdf('first')}>`;
const rest: TermText = `<${rdf('rest')}>`;
const nil: TermText = `<${rdf('nil')}>`;

/** Characters of a sentence about a shape: a pattern or a query that it repeats may be of any length. */
const longest = 400;

/** Thrown while reading a shape; collected into the Fault `shapes-invalid`. */
export class IllFormed extends Error {
  readonly text: Text;

  constructor(nl: string, en: string) {
    super(shortened(en));
    this.text = { nl: shortened(nl), en: shortened(en) };
  }
}

/** Its beginning and its end: what is wrong often stands after what it is wrong with. */
function shortened(sentence: string): string {
  return sentence.length <= longest ? sentence : `${sentence.slice(0, longest / 2)} … ${sentence.slice(-longest / 2)}`;
}

/** The shapes graph, indexed; terms in the canonical form data have, so that they compare equal. */
export class ShapesGraph {
  readonly quads: readonly Quad[];
  readonly #bySubject = new Map<TermText, Map<TermText, TermText[]>>();

  constructor(quads: Iterable<Quad>) {
    this.quads = [...quads].map(canonicalQuad);
    for (const { subject, predicate, object } of this.quads) {
      const key = termText(subject);
      const name = termText(predicate);
      let node = this.#bySubject.get(key);
      if (!node) this.#bySubject.set(key, (node = new Map()));
      const values = node.get(name);
      const value = termText(object);
      if (!values) node.set(name, [value]);
      else if (!values.includes(value)) values.push(value);
    }
  }

  subjects(): Iterable<TermText> {
    return this.#bySubject.keys();
  }

  predicates(node: TermText): readonly TermText[] {
    return [...(this.#bySubject.get(node)?.keys() ?? [])];
  }

  values(node: TermText, predicate: TermText): readonly TermText[] {
    return this.#bySubject.get(node)?.get(predicate) ?? [];
  }

  value(node: TermText, predicate: TermText): TermText | undefined {
    return this.values(node, predicate)[0];
  }

  isTrue(node: TermText, predicate: TermText): boolean {
    return this.values(node, predicate).some((value) => value.startsWith('"true"') || value.startsWith('"1"'));
  }

  /** Members of a well-formed RDF list (SHACL §1: "SHACL list"). */
  list(head: TermText): readonly TermText[] {
    const members: TermText[] = [];
    const seen = new Set<TermText>();
    for (let node = head; node !== nil; ) {
      const values = this.values(node, first);
      const tails = this.values(node, rest);
      const [member] = values;
      const [tail] = tails;
      if (member === undefined || tail === undefined || values.length > 1 || tails.length > 1) throw new IllFormed(`${node} is geen goed gevormde lijst`, `${node} is not a well-formed list`);
      if (seen.has(node)) throw new IllFormed(`lijst ${node} bevat zichzelf`, `list ${node} contains itself`);
      seen.add(node);
      members.push(member);
      node = tail;
    }
    return members;
  }

  /** Reads a property path (SHACL §2.3.1, well-formed paths only). */
  path(node: TermText, within: readonly TermText[] = []): Path {
    if (node.startsWith('<')) {
      if (node === nil) throw new IllFormed('een lege lijst kan geen pad zijn', 'an empty list cannot be a property path');
      return { kind: 'predicate', iri: node };
    }
    if (!node.startsWith('_:')) throw new IllFormed(`een tekst of getal kan geen pad zijn: ${node}`, `a literal cannot be a property path: ${node}`);
    if (within.includes(node)) throw new IllFormed(`pad ${node} bevat zichzelf`, `path ${node} contains itself`);
    const inside = [...within, node];
    if (this.values(node, first).length > 0) {
      const members = this.list(node);
      if (members.length < 2) throw new IllFormed(`pad ${node} heeft minder dan twee delen`, `sequence path ${node} has fewer than two members`);
      return { kind: 'sequence', paths: members.map((member) => this.path(member, inside)) };
    }
    const kinds = this.predicates(node).filter((predicate) => pathKinds.has(predicate));
    const [kind] = kinds;
    const values = kind ? this.values(node, kind) : [];
    const [value] = values;
    if (kinds.length !== 1 || !kind || value === undefined || values.length > 1) throw new IllFormed(`${node} is geen goed gevormd pad`, `${node} is not a well-formed property path`);
    const name = pathKinds.get(kind);
    if (name === 'alternative') {
      const members = this.list(value);
      if (members.length < 2) throw new IllFormed(`pad ${node} heeft minder dan twee keuzes`, `alternative path ${node} has fewer than two members`);
      return { kind: 'alternative', paths: members.map((member) => this.path(member, inside)) };
    }
    const path = this.path(value, inside);
    if (name === 'inverse') return inverse(path);
    return { kind: name ?? 'zeroOrOne', path };
  }
}

const pathKinds: ReadonlyMap<TermText, 'inverse' | 'alternative' | 'zeroOrMore' | 'oneOrMore' | 'zeroOrOne'> = new Map([
  [shacl('inversePath'), 'inverse'],
  [shacl('alternativePath'), 'alternative'],
  [shacl('zeroOrMorePath'), 'zeroOrMore'],
  [shacl('oneOrMorePath'), 'oneOrMore'],
  [shacl('zeroOrOnePath'), 'zeroOrOne'],
]);
