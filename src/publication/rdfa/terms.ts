import type { Literal } from '@rdfjs/types';
import { prefixes, rdf, shrink } from '../../rdf/prefixes.js';

/** Attributes of one element (RDFa Core 1.1 §5); the page they stand in escapes them. */
export type Attributes = Readonly<Record<string, string>>;

/** These literals would have to stand in the page as markup (HTML+RDFa 1.1 §3.1): a page never takes markup from data. */
const markup: ReadonlySet<string> = new Set([rdf('HTML'), rdf('XMLLiteral')]);

/** Name of a pattern that holds nothing but literals (HTML+RDFa 1.1 §3.5). */
export interface Pattern {
  readonly copy: Attributes;
  readonly pattern: Attributes;
}

/**
 * Writes terms as attributes of RDFa for one document. Vocabulary terms are shortened with our prefixes; resources
 * stand in full, in `resource`, because `href` is what a person follows and is rewritten by some processors.
 */
export class RdfaTerms {
  readonly #declared: ReadonlyMap<string, string>;
  /** Subject, predicate and text -> the language it was stated in first. */
  readonly #texts = new Map<string, string>();
  #patterns = 0;

  /** Everything the document will name: predicates, classes and datatypes, and the things it is about or links to. */
  constructor(vocabulary: Iterable<string>, resources: Iterable<string>) {
    const all = new Set([...vocabulary, ...resources]);
    /* `geo:51,3` is an IRI, unless `geo` is a prefix (RDFa Core §7.4.1): a scheme is declared to mean itself. */
    const schemes = new Set([...all].flatMap((iri) => /^(?!https?:)[a-z][a-z0-9.-]*(?=:)/.exec(iri)?.[0] ?? []));
    const used = new Set([...vocabulary].flatMap((iri) => shrink(iri)?.split(':', 1) ?? []));
    this.#declared = new Map([
      ...Object.entries(prefixes).filter(([prefix]) => used.has(prefix) && !schemes.has(prefix)),
      ...[...schemes].map((scheme) => [scheme, `${scheme}:`] as const),
    ]);
  }

  /** Value of `prefix` on an element around all the others. */
  get prefix(): string {
    return [...this.#declared].map(([prefix, iri]) => `${prefix}: ${iri}`).join(' ');
  }

  /** A vocabulary term as `property`, `typeof` and `datatype` take it (TERMorCURIEorAbsIRI). */
  term(iri: string): string {
    const short = shrink(iri);
    return short !== undefined && this.#declared.get(short.slice(0, short.indexOf(':')))?.startsWith('http') ? short : iri;
  }

  /** What the elements inside are about. */
  subject(iri: string, types: readonly string[]): Attributes {
    return { resource: iri, ...(types.length === 0 ? {} : { typeof: types.map((type) => this.term(type)).join(' ') }) };
  }

  /** A link to a thing; for elements that hold no statements about it. */
  link(predicate: string, iri: string): Attributes {
    return { property: this.term(predicate), resource: iri };
  }

  /** A link to the thing the elements inside are about. */
  part(predicate: string, iri: string, types: readonly string[]): Attributes {
    return { rel: this.term(predicate), ...this.subject(iri, types) };
  }

  /** A literal on an element that shows `shown` and nothing else. Nothing for literals that are markup. */
  literal(predicate: string, { value, datatype, language }: Literal, shown?: string): Attributes {
    if (markup.has(datatype.value)) return {};
    return {
      property: this.term(predicate),
      ...(language === '' ? { datatype: this.term(datatype.value) } : { lang: language }),
      ...(value === shown ? {} : { content: value }),
    };
  }

  /**
   * True when the same text was stated before in another language. The processor of the harvester takes the two for one
   * statement; copied from a pattern (HTML+RDFa 1.1 §3.5) it keeps both.
   */
  isEcho(subject: string, predicate: string, { value, language }: Literal): boolean {
    if (language === '') return false;
    const key = `${subject} ${predicate} ${value}`;
    const first = this.#texts.get(key);
    if (first === undefined) this.#texts.set(key, language);
    return first !== undefined && first !== language;
  }

  /** A fresh pattern, and how to copy it. */
  pattern(): Pattern {
    this.#patterns += 1;
    const name = `#patroon-${this.#patterns}`;
    return { copy: { property: 'rdfa:copy', href: name }, pattern: { resource: name, typeof: 'rdfa:Pattern' } };
  }
}
