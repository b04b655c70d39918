import type * as RDF from '@rdfjs/types';
import { Fault } from '../faults.js';
import { GraphShape, type Description } from './graphShape.js';
import { rdf, xsd } from './prefixes.js';

const maxDepth = 64;
const rdfNamespace = rdf('');
/* NCName (Namespaces in XML §3) at the end of an IRI. */
const start = 'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const endingName = new RegExp(`[${start}][${start}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}]*$`, 'u');
const wholeName = new RegExp(`^${endingName.source}`, 'u');
/* Char (XML 1.0 §2.2), negated. */
const notXml = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
/* Names RDF/XML reads as syntax, not as properties (RDF 1.1 XML Syntax §5.1 and §6.1.4). */
const syntaxNames: ReadonlySet<string> = new Set(
  ['Description', 'RDF', 'ID', 'about', 'parseType', 'resource', 'nodeID', 'datatype', 'li', 'aboutEach', 'aboutEachPrefix', 'bagID'].map(rdf),
);

function refuse(nl: string, en: string): Fault {
  return new Fault('invalid-term', { nl: `${nl} Kies een ander formaat, bijvoorbeeld Turtle.`, en: `${en} Choose another format, such as Turtle.` });
}

function escapeText(text: string): string {
  const bad = notXml.exec(text)?.[0];
  if (bad !== undefined) {
    const name = `U+${(bad.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    throw refuse(`Een waarde bevat het teken ${name}, dat niet in XML kan staan.`, `A value holds the character ${name}, which XML cannot hold.`);
  }
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');
}

function attribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#xA;').replaceAll('\t', '&#x9;');
}

class XmlWriter {
  readonly #shape: GraphShape;
  readonly #known: ReadonlyMap<string, string>;
  readonly #namespaces = new Map<string, string>([[rdfNamespace, 'rdf']]);
  readonly #labels = new Map<string, string>();
  readonly #repeated = new Map<string, { readonly description: Description; readonly type: string }>();
  #postponed: Description[] = [];

  constructor(shape: GraphShape, prefixes: Readonly<Record<string, string>>, nested: Readonly<Record<string, string>>) {
    this.#shape = shape;
    if (Object.keys(nested).length > 0) {
      for (const description of shape.roots()) {
        const type = nested[description.subject.value];
        if (type !== undefined) this.#repeated.set(description.subject.value, { description, type });
      }
    }
    this.#known = new Map(
      Object.entries(prefixes)
        .filter(([prefix]) => wholeName.test(prefix) && !/^(?:xml.*|ns\d+|rdf)$/i.test(prefix))
        .map(([prefix, namespace]) => [namespace, prefix]),
    );
  }

  *nodes(): Iterable<string> {
    for (const root of this.#shape.roots()) yield this.#node(root, '  ', 0, true);
    while (this.#postponed.length > 0) {
      const later = this.#postponed;
      this.#postponed = [];
      for (const description of later) yield this.#node(description, '  ', 0, true);
    }
  }

  get namespaces(): readonly (readonly [namespace: string, prefix: string])[] {
    return [...this.#namespaces].toSorted(([, a], [, b]) => (a < b ? -1 : 1));
  }

  #qName(iri: string): string | undefined {
    const name = endingName.exec(iri)?.[0];
    if (name === undefined || syntaxNames.has(iri) || name.length === iri.length) return undefined;
    const namespace = iri.slice(0, -name.length);
    let prefix = this.#namespaces.get(namespace);
    if (prefix === undefined) {
      prefix = this.#known.get(namespace) ?? `ns${this.#namespaces.size}`;
      this.#namespaces.set(namespace, prefix);
    }
    return `${prefix}:${name}`;
  }

  /** An NCName for a blank node, whose own label need not be one. */
  #nodeId(node: RDF.BlankNode): string {
    let label = this.#labels.get(node.value);
    if (label === undefined) this.#labels.set(node.value, (label = `b${this.#labels.size}`));
    return label;
  }

  #node({ subject, predicates }: Description, margin: string, depth: number, labelled: boolean, preferred?: string): string {
    const types = predicates.find(([predicate]) => predicate === rdf('type'))?.[1] ?? [];
    const named = types.filter((type) => type.termType === 'NamedNode' && this.#qName(type.value) !== undefined);
    const typed = named.find(({ value }) => value === preferred) ?? named[0];
    const element = (typed && this.#qName(typed.value)) ?? 'rdf:Description';
    const name =
      subject.termType === 'NamedNode' ? ` rdf:about="${attribute(subject.value)}"` : labelled && subject.termType === 'BlankNode' && !this.#shape.isAnonymous(subject) ? ` rdf:nodeID="${this.#nodeId(subject)}"` : '';
    const inner = predicates
      .flatMap(([predicate, objects]) => objects.filter((object) => predicate !== rdf('type') || object !== typed).map((object) => this.#property(predicate, object, `${margin}  `, depth)))
      .join('');
    return inner === '' ? `${margin}<${element}${name}/>\n` : `${margin}<${element}${name}>\n${inner}${margin}</${element}>\n`;
  }

  #property(predicate: string, object: RDF.Term, margin: string, depth: number): string {
    const element = this.#qName(predicate);
    if (element === undefined) {
      throw refuse(`De eigenschap <${predicate}> kan niet als XML-naam geschreven worden.`, `The predicate <${predicate}> cannot be written as an XML name.`);
    }
    const repeated = object.termType === 'NamedNode' && depth < maxDepth ? this.#repeated.get(object.value) : undefined;
    if (repeated) return `${margin}<${element}>\n${this.#node(repeated.description, `${margin}  `, maxDepth, true, repeated.type)}${margin}</${element}>\n`;
    if (object.termType === 'NamedNode') return `${margin}<${element} rdf:resource="${attribute(object.value)}"/>\n`;
    if (object.termType === 'Literal') return `${margin}<${element}${literalAttributes(object)}>${escapeText(object.value)}</${element}>\n`;
    if (object.termType !== 'BlankNode') throw new TypeError(`No RDF/XML for a ${object.termType}`);
    const items = depth < maxDepth ? this.#shape.list(object) : undefined;
    if (items?.every((item) => item.termType !== 'Literal')) {
      const nodes = items.map((item) => this.#item(item, `${margin}  `, depth + 1)).join('');
      return `${margin}<${element} rdf:parseType="Collection">\n${nodes}${margin}</${element}>\n`;
    }
    const nested = this.#shape.nested(object);
    if (!nested || depth >= maxDepth) {
      if (nested && nested.predicates.length > 0) this.#postponed.push(nested);
      return `${margin}<${element} rdf:nodeID="${this.#nodeId(object)}"/>\n`;
    }
    return `${margin}<${element}>\n${this.#node(nested, `${margin}  `, depth + 1, false)}${margin}</${element}>\n`;
  }

  /** A member of a collection: a node element. */
  #item(item: RDF.Term, margin: string, depth: number): string {
    const nested = this.#shape.nested(item);
    if (nested) return this.#node(nested, margin, depth, false);
    if (item.termType === 'BlankNode') return `${margin}<rdf:Description rdf:nodeID="${this.#nodeId(item)}"/>\n`;
    return `${margin}<rdf:Description rdf:about="${attribute(item.value)}"/>\n`;
  }
}

function literalAttributes(term: RDF.Literal): string {
  if (term.language) return ` xml:lang="${attribute(term.language)}"`;
  return term.datatype.value === xsd('string') ? '' : ` rdf:datatype="${attribute(term.datatype.value)}"`;
}

/** RDF/XML (RDF 1.1 XML Syntax). Fault `invalid-term` for what XML cannot hold: some predicates and characters. */
export function* writeRdfXml(
  triples: readonly RDF.Quad[],
  prefixes: Readonly<Record<string, string>>,
  nested: Readonly<Record<string, string>> = {},
): Iterable<string> {
  const writer = new XmlWriter(new GraphShape(triples), prefixes, nested);
  const nodes = [...writer.nodes()];
  const declarations = writer.namespaces.map(([namespace, prefix]) => `\n  xmlns:${prefix}="${attribute(namespace)}"`).join('');
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF${declarations}>\n`;
  yield* nodes;
  yield '</rdf:RDF>\n';
}
