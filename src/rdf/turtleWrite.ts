import type * as RDF from '@rdfjs/types';
import { Fault } from '../faults.js';
import { GraphShape, type Description } from './graphShape.js';
import { escapeString } from './ntriples.js';
import { rdf, xsd } from './prefixes.js';
import { termText } from './terms.js';

/** Deeper nesting is written with labels, so that no reader runs out of stack. */
const maxDepth = 64;
const indent = '  ';

/* PN_LOCAL (Turtle §6.5) without escapes, colons left in, and without the rarer characters. */
const localName = /^(?:[A-Za-z0-9_:\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff](?:[A-Za-z0-9_:.\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff-]*[A-Za-z0-9_:\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff-])?)?$/;
const bareInteger = /^[+-]?\d+$/;
const bareDecimal = /^[+-]?\d*\.\d+$/;
const bareDouble = /^[+-]?(?:\d+\.\d*|\.?\d+)[eE][+-]?\d+$/;

/** Writes terms, remembering which prefixes it used. */
class TurtleTerms {
  readonly used = new Map<string, string>();
  readonly #namespaces: readonly (readonly [prefix: string, namespace: string])[];

  constructor(prefixes: Readonly<Record<string, string>>) {
    this.#namespaces = Object.entries(prefixes).toSorted(([, a], [, b]) => b.length - a.length);
  }

  iri(iri: string): string {
    for (const [prefix, namespace] of this.#namespaces) {
      if (!iri.startsWith(namespace) || !localName.test(iri.slice(namespace.length))) continue;
      this.used.set(prefix, namespace);
      return `${prefix}:${iri.slice(namespace.length)}`;
    }
    return `<${iri}>`;
  }

  text(term: RDF.Term): string {
    switch (term.termType) {
      case 'NamedNode':
        return this.iri(term.value);
      case 'Literal':
        return this.#literal(term);
      default:
        return termText(term);
    }
  }

  #literal(term: RDF.Literal): string {
    const { value, datatype } = term;
    if (!term.language) {
      if (datatype.value === xsd('integer') && bareInteger.test(value)) return value;
      if (datatype.value === xsd('decimal') && bareDecimal.test(value)) return value;
      if (datatype.value === xsd('double') && bareDouble.test(value)) return value;
      if (datatype.value === xsd('boolean') && (value === 'true' || value === 'false')) return value;
    }
    const quoted = quote(value);
    if (term.language) return `${quoted}@${term.language}`;
    return datatype.value === xsd('string') ? quoted : `${quoted}^^${this.iri(datatype.value)}`;
  }
}

/** Text with line breaks reads best as it is, between triple quotes. */
function quote(value: string): string {
  const escaped = escapeString(value);
  if (!value.includes('\n') || value.includes('\r')) return `"${escaped}"`;
  return `"""${escaped.replaceAll('\\n', (match, at: number) => (isEscaped(escaped, at) ? match : '\n'))}"""`;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

class GraphWriter {
  readonly #shape: GraphShape;
  readonly #terms: TurtleTerms;
  /** Nested nodes that stood too deep: written on their own after the rest. */
  #postponed: Description[] = [];

  constructor(shape: GraphShape, terms: TurtleTerms) {
    this.#shape = shape;
    this.#terms = terms;
  }

  *statements(margin: string): Iterable<string> {
    for (const root of this.#shape.roots()) yield this.#statement(root, margin);
    while (this.#postponed.length > 0) {
      const later = this.#postponed;
      this.#postponed = [];
      for (const description of later) yield this.#statement(description, margin);
    }
  }

  #statement(description: Description, margin: string): string {
    const subject = this.#shape.isAnonymous(description.subject) ? '[]' : this.#terms.text(description.subject);
    return `${margin}${subject} ${this.#predicates(description, margin + indent, 0)} .\n`;
  }

  #predicates({ predicates }: Description, margin: string, depth: number): string {
    return predicates
      .map(([predicate, objects]) => {
        const verb = predicate === rdf('type') ? 'a' : this.#terms.iri(predicate);
        return `${verb} ${objects.map((object) => this.#object(object, margin, depth)).join(', ')}`;
      })
      .join(` ;\n${margin}`);
  }

  #object(object: RDF.Term, margin: string, depth: number): string {
    const items = this.#shape.list(object);
    if (items && depth < maxDepth) return items.length === 0 ? '()' : `( ${items.map((item) => this.#object(item, margin, depth + 1)).join(' ')} )`;
    const nested = this.#shape.nested(object);
    if (!nested) return this.#terms.text(object);
    if (depth >= maxDepth) {
      if (nested.predicates.length > 0) this.#postponed.push(nested);
      return this.#terms.text(object);
    }
    if (nested.predicates.length === 0) return '[]';
    const inner = margin + indent;
    return `[\n${inner}${this.#predicates(nested, inner, depth + 1)}\n${margin}]`;
  }
}

function declarations(used: ReadonlyMap<string, string>): string {
  const lines = [...used].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([prefix, namespace]) => `@prefix ${prefix}: <${namespace}> .\n`);
  return lines.length === 0 ? '' : `${lines.join('')}\n`;
}

/** Turtle (RDF 1.1): sorted, grouped, blank nodes and lists nested, only the prefixes that occur. */
export function* writeTurtle(triples: readonly RDF.Quad[], prefixes: Readonly<Record<string, string>>): Iterable<string> {
  const terms = new TurtleTerms(prefixes);
  const statements = [...new GraphWriter(new GraphShape(triples), terms).statements('')];
  yield declarations(terms.used);
  for (const [at, statement] of statements.entries()) yield at === 0 ? statement : `\n${statement}`;
}

/** Labels of the blank nodes that occur in more than one graph, or name one. */
function sharedLabels(graphs: ReadonlyMap<string, readonly RDF.Quad[]>): ReadonlySet<string> {
  const seenIn = new Map<string, string>();
  const shared = new Set<string>();
  const see = (term: RDF.Term, graph: string): void => {
    if (term.termType !== 'BlankNode') return;
    const label = termText(term);
    if ((seenIn.get(label) ?? graph) !== graph) shared.add(label);
    seenIn.set(label, graph);
  };
  for (const [graph, quads] of graphs) {
    for (const { subject, object, graph: name } of quads) {
      see(subject, graph);
      see(object, graph);
      if (name.termType === 'BlankNode') shared.add(termText(name));
    }
  }
  return shared;
}

/** TriG (RDF 1.1), as `writeTurtle`; the default graph first, then the named graphs in order. */
export function* writeTrig(quads: readonly RDF.Quad[], prefixes: Readonly<Record<string, string>>): Iterable<string> {
  const graphs = new Map<string, RDF.Quad[]>();
  for (const item of quads) {
    const name = item.graph.termType === 'DefaultGraph' ? '' : termText(item.graph);
    const group = graphs.get(name);
    if (group) group.push(item);
    else graphs.set(name, [item]);
  }
  const terms = new TurtleTerms(prefixes);
  const shared = sharedLabels(graphs);
  const blocks: string[] = [];
  for (const [name, group] of [...graphs].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const graph = group[0]?.graph;
    if (!graph) throw new Fault('internal', { nl: 'Lege graaf.', en: 'Empty graph.' });
    const statements = [...new GraphWriter(new GraphShape(group, shared), terms).statements(name === '' ? '' : indent)].join('\n');
    blocks.push(name === '' ? statements : `${terms.text(graph)} {\n${statements}}\n`);
  }
  yield declarations(terms.used);
  yield blocks.join('\n');
}
