import { readsProposals, questionText, type Question } from '../../datasets/questions.js';
import { dct, sh, skos } from '../../rdf/prefixes.js';

const context = {
  items: { '@id': 'http://www.w3.org/ns/hydra/core#member', '@type': '@id', '@container': '@set' },
  totaal: { '@id': 'http://www.w3.org/ns/hydra/core#totalItems', '@type': 'http://www.w3.org/2001/XMLSchema#integer' },
  Collectie: 'http://www.w3.org/ns/hydra/core#Collection',
  Vraag: sh('SPARQLSelectExecutable'),
  sparql: sh('select'),
  eindpunt: { '@id': 'http://www.w3.org/ns/sparql-service-description#endpoint', '@type': '@id' },
  naam: dct('identifier'),
  groep: { '@id': dct('subject'), '@language': 'nl' },
  bereik: { '@id': skos('scopeNote'), '@language': 'nl' },
} as const;

/** The questions as JSON-LD: a SHACL SPARQL executable each, with its title, scope and text. */
export function questionsDocument(base: string, questions: readonly Question[]): object {
  return {
    '@context': [`${base}context/v1.jsonld`, context],
    '@id': `${base}vragen`,
    '@type': 'Collectie',
    totaal: questions.length,
    items: questions.map((question) => ({
      '@id': `${base}vragen/${question.name}`,
      '@type': 'Vraag',
      pagina: `${base}vragen/${question.name}`,
      naam: question.name,
      titel: { nl: question.title.nl, en: question.title.en },
      groep: question.group.nl,
      bereik: question.scope,
      sparql: questionText(question, base),
      eindpunt: `${base}sparql${readsProposals(question) ? '?bronstatus=alle' : ''}`,
    })),
  };
}
