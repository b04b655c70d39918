import type { Quad } from '@rdfjs/types';
import { ownNamespace } from '../graph/catalogue.js';
import { inLanguage, Names } from '../pages/labels.js';
import type { TermView } from '../pages/vocabularyPage.js';
import type { Language } from '../pages/words.js';
import { owl, rdf, rdfs, shrink, skos } from '../rdf/prefixes.js';
import type { Vocabulary } from './vocabulary.js';

const status = 'http://www.w3.org/ns/adms#status';
const parents = [rdfs('subClassOf'), rdfs('subPropertyOf')];
/** What a property says something about: one class that holds for each use, or the classes it is meant for. */
const domains = [rdfs('domain'), 'http://purl.org/dc/dcam/domainIncludes'];

/** The terms of our vocabulary as a person reads them, by label. */
export async function vocabularyTerms(vocabulary: Vocabulary, language: Language): Promise<readonly TermView[]> {
  const names = new Names(await vocabulary.labels(), await vocabulary.labels(), language);
  const about = new Map<string, Quad[]>();
  for (const quad of await vocabulary.quads()) {
    const iri = quad.subject.value;
    if (!iri.startsWith(ownNamespace) || iri === ownNamespace) continue;
    const quads = about.get(iri);
    if (quads) quads.push(quad);
    else about.set(iri, [quad]);
  }
  return [...about].map(([iri, quads]) => termOf(iri, quads, names)).toSorted((a, b) => a.label.localeCompare(b.label, language));
}

function termOf(iri: string, quads: readonly Quad[], names: Names): TermView {
  const values = (properties: readonly string[]): readonly string[] => quads.filter(({ predicate }) => properties.includes(predicate.value)).map(({ object }) => object.value);
  const text = (...properties: string[]): string =>
    inLanguage(Object.fromEntries(quads.flatMap(({ predicate, object }) => (object.termType === 'Literal' && properties.includes(predicate.value) ? [[object.language, object.value]] : []))), names.language);
  const link = (term: string): TermView['parents'][number] => ({
    label: names.of(term),
    code: shrink(term) ?? term,
    ...(term.startsWith(ownNamespace) ? { name: term.slice(ownNamespace.length) } : { iri: term }),
  });
  const types = values([rdf('type')]);
  const concept = types.includes(skos('Concept'));
  return {
    iri,
    name: iri.slice(ownNamespace.length),
    kind: types.includes(owl('Class')) ? 'class' : concept ? 'value' : 'property',
    label: text(rdfs('label'), skos('prefLabel')),
    comment: text(rdfs('comment'), skos('definition')),
    parents: (concept ? [skos('Concept')] : values(parents)).map(link),
    domains: values(domains).map(link),
    stable: values([status])[0]?.endsWith('/Completed') ?? false,
  };
}
