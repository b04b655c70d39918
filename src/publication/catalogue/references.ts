import { dct, foaf, rdfs, skos } from '../../rdf/prefixes.js';
import type { Description } from './description.js';
import * as terms from './terms.js';

type Texts = Readonly<Record<string, string>>;

/**
 * The things a catalogue refers to. Each is described once, however often it is referred to: the range shapes of
 * DCAT-AP look for their classes in the same graph.
 */
export class References {
  readonly #document: Description;
  readonly #names: ReadonlyMap<string, Texts>;
  readonly #described = new Set<string>();

  constructor(document: Description, names: ReadonlyMap<string, Texts>) {
    this.#document = document;
    this.#names = names;
  }

  agent(iri: string): string {
    return this.#once(iri, () => this.#document.about(iri, ...terms.agentClasses).texts(foaf('name'), this.#names.get(iri) ?? { nl: iri }));
  }

  licence(iri: string): string {
    return this.#once(iri, () => this.#document.about(iri, dct('LicenseDocument')));
  }

  rights(iri: string, texts: Texts): string {
    return this.#once(iri, () => this.#document.about(iri, dct('RightsStatement')).texts(rdfs('label'), texts));
  }

  standard(iri: string): string {
    return this.#once(iri, () => this.#document.about(iri, dct('Standard')).texts(dct('title'), { nl: terms.standards[iri] ?? iri }));
  }

  concept(iri: string, labels: Texts, scheme?: string): string {
    return this.#once(iri, () => this.#document.about(iri, skos('Concept')).texts(skos('prefLabel'), labels).link(skos('inScheme'), scheme));
  }

  mediaType(mediaType: string): string {
    const iri = terms.mediaTypeIri(mediaType);
    return this.#once(iri, () => this.#document.about(iri, dct('MediaType')));
  }

  /** The entry of the EU table of file types, where it has one. */
  fileType(mediaType: string, label: string): string | undefined {
    const iri = terms.fileTypes[mediaType];
    if (iri === undefined) return undefined;
    return this.#once(iri, () =>
      this.#document.about(iri, dct('MediaTypeOrExtent'), skos('Concept')).texts(skos('prefLabel'), { en: label }).link(skos('inScheme'), terms.fileTypeScheme),
    );
  }

  language(iri: string): string {
    return this.#once(iri, () => this.#document.about(iri, dct('LinguisticSystem')).link(skos('inScheme'), terms.languageScheme));
  }

  /** An access right: a rights statement by DCAT, a concept by the EU table. */
  accessRight(iri: string, labels: Texts): string {
    return this.#once(iri, () =>
      this.#document.about(iri, dct('RightsStatement'), skos('Concept')).texts(skos('prefLabel'), labels).link(skos('inScheme'), terms.accessRightScheme),
    );
  }

  /** A stream goes on without pause. */
  continuous(): string {
    const iri = terms.frequencyContinuous;
    return this.#once(iri, () => this.#document.about(iri, dct('Frequency'), skos('Concept')).texts(skos('prefLabel'), { nl: 'doorlopend', en: 'continuous' }).link(skos('inScheme'), terms.frequencyScheme));
  }

  regulation(): string {
    return this.thing(terms.hvdRegulation, 'http://data.europa.eu/eli/ontology#LegalResource');
  }

  /** Anything of which only the class matters. */
  thing(iri: string, ...classes: readonly string[]): string {
    return this.#once(iri, () => this.#document.about(iri, ...classes));
  }

  #once(iri: string, describe: () => unknown): string {
    if (!this.#described.has(iri)) {
      this.#described.add(iri);
      describe();
    }
    return iri;
  }
}
