import type { Quad } from '@rdfjs/types';
import { dct, rdf, xsd } from '../../rdf/prefixes.js';
import { literal, namedNode, quad } from '../../rdf/terms.js';

type Texts = Readonly<Record<string, string>>;

/** Collects the statements of a document, one subject at a time. */
export class Description {
  readonly quads: Quad[] = [];

  /** Statements about one thing of a class. */
  about(subject: string, ...classes: readonly string[]): Subject {
    const thing = new Subject(subject, this.quads);
    for (const item of classes) thing.link(rdf('type'), item);
    return thing;
  }
}

export class Subject {
  readonly iri: string;
  readonly #quads: Quad[];

  constructor(iri: string, quads: Quad[]) {
    this.iri = iri;
    this.#quads = quads;
  }

  link(predicate: string, ...objects: readonly (string | undefined)[]): this {
    for (const object of objects) if (object !== undefined) this.#quads.push(quad(namedNode(this.iri), namedNode(predicate), namedNode(object)));
    return this;
  }

  value(predicate: string, text: string | undefined, datatype?: string): this {
    if (text !== undefined) {
      this.#quads.push(quad(namedNode(this.iri), namedNode(predicate), literal(text, datatype === undefined ? undefined : namedNode(xsd(datatype)))));
    }
    return this;
  }

  /** Texts by language; the Flemish profile wants every text tagged, so one without a tag counts as Dutch. */
  texts(predicate: string, texts: Texts): this {
    const tagged = new Map(Object.entries(texts).map(([language, text]) => [language === '' ? 'nl' : language, text]));
    for (const [language, text] of tagged) this.#quads.push(quad(namedNode(this.iri), namedNode(predicate), literal(text, language)));
    return this;
  }

  /** A month or year keeps its precision; a day is given as its first moment, since DCAT-AP-VL 2.0 takes moments only. */
  date(predicate: string, text: string | undefined): this {
    if (text === undefined) return this;
    if (/^\d{4}-\d\d-\d\d$/u.test(text)) return this.value(predicate, `${text}T00:00:00`, 'dateTime');
    const datatype = /^\d{4}$/u.test(text) ? 'gYear' : /^\d{4}-\d\d$/u.test(text) ? 'gYearMonth' : 'dateTime';
    return this.value(predicate, text, datatype);
  }

  /** DCAT-AP-VL asks an identifier of everything; ours is the IRI. */
  identified(): this {
    return this.value(dct('identifier'), this.iri);
  }
}
