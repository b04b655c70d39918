import type * as RDF from '@rdfjs/types';

/**
 * RDF/JS terms (RDF/JS Data model §2). Plain objects of a few classes: a parsed million of them stays small and
 * `termType` is never a getter.
 */
const xsdStringIri = 'http://www.w3.org/2001/XMLSchema#string';
const langStringIri = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString';

type MaybeTerm = RDF.Term | null | undefined;

class NamedNode implements RDF.NamedNode {
  readonly termType = 'NamedNode';
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }

  equals(other: MaybeTerm): boolean {
    return other?.termType === 'NamedNode' && other.value === this.value;
  }
}

class BlankNode implements RDF.BlankNode {
  readonly termType = 'BlankNode';
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }

  equals(other: MaybeTerm): boolean {
    return other?.termType === 'BlankNode' && other.value === this.value;
  }
}

class Variable implements RDF.Variable {
  readonly termType = 'Variable';
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }

  equals(other: MaybeTerm): boolean {
    return other?.termType === 'Variable' && other.value === this.value;
  }
}

class Literal implements RDF.Literal {
  readonly termType = 'Literal';
  readonly value: string;
  readonly language: string;
  readonly datatype: RDF.NamedNode;

  constructor(value: string, language: string, datatype: RDF.NamedNode) {
    this.value = value;
    this.language = language;
    this.datatype = datatype;
  }

  equals(other: MaybeTerm): boolean {
    return (
      other?.termType === 'Literal' &&
      other.value === this.value &&
      other.language === this.language &&
      other.datatype.value === this.datatype.value &&
      !other.direction
    );
  }
}

class DefaultGraph implements RDF.DefaultGraph {
  readonly termType = 'DefaultGraph';
  readonly value = '';

  equals(other: MaybeTerm): boolean {
    return other?.termType === 'DefaultGraph';
  }
}

class Quad implements RDF.Quad {
  readonly termType = 'Quad';
  readonly value = '';
  readonly subject: RDF.Quad_Subject;
  readonly predicate: RDF.Quad_Predicate;
  readonly object: RDF.Quad_Object;
  readonly graph: RDF.Quad_Graph;

  constructor(subject: RDF.Quad_Subject, predicate: RDF.Quad_Predicate, object: RDF.Quad_Object, graph: RDF.Quad_Graph) {
    this.subject = subject;
    this.predicate = predicate;
    this.object = object;
    this.graph = graph;
  }

  equals(other: MaybeTerm): boolean {
    return (
      other?.termType === 'Quad' &&
      this.subject.equals(other.subject) &&
      this.predicate.equals(other.predicate) &&
      this.object.equals(other.object) &&
      this.graph.equals(other.graph)
    );
  }
}

const stringDatatype = new NamedNode(xsdStringIri);
const langStringDatatype = new NamedNode(langStringIri);
const theDefaultGraph = new DefaultGraph();
let blankNodes = 0;

export function namedNode(iri: string): RDF.NamedNode {
  return new NamedNode(iri);
}

/** A blank node; without a label, one this process has not made before. */
export function blankNode(label?: string): RDF.BlankNode {
  return new BlankNode(label ?? `b${(blankNodes += 1)}`);
}

/** A literal: `xsd:string` unless a language tag (text) or a datatype (term) is given. */
export function literal(value: string, languageOrDatatype?: string | RDF.NamedNode): RDF.Literal {
  if (typeof languageOrDatatype === 'string' && languageOrDatatype !== '') {
    return new Literal(value, languageOrDatatype, langStringDatatype);
  }
  return new Literal(value, '', typeof languageOrDatatype === 'object' ? languageOrDatatype : stringDatatype);
}

export function variable(name: string): RDF.Variable {
  return new Variable(name);
}

export function defaultGraph(): RDF.DefaultGraph {
  return theDefaultGraph;
}

export function quad(
  subject: RDF.Quad_Subject,
  predicate: RDF.Quad_Predicate,
  object: RDF.Quad_Object,
  graph: RDF.Quad_Graph = theDefaultGraph,
): RDF.Quad {
  return new Quad(subject, predicate, object, graph);
}
