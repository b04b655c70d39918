import type { Text } from '../faults.js';
import type { Language } from './words.js';

/** Words of the pages of collections and questions. */
const glossary = {
  collections: { nl: 'Wie en wat', en: 'Who and what' },
  filter: { nl: 'Filteren en sorteren', en: 'Filter and sort' },
  q: { nl: 'Zoeken', en: 'Search' },
  helix: { nl: 'Groep (quadruple helix)', en: 'Group (quadruple helix)' },
  type: { nl: 'Soort', en: 'Kind' },
  gemeente: { nl: 'Gemeente (naam of NIS-code)', en: 'Municipality (name or NIS code)' },
  domein: { nl: 'Domein', en: 'Domain' },
  uitdaging: { nl: 'Uitdaging', en: 'Challenge' },
  fase: { nl: 'Fase', en: 'Phase' },
  laag: { nl: 'Laag', en: 'Layer' },
  bronstatus: { nl: 'Bronstatus', en: 'Source status' },
  sorteer: { nl: 'Sorteren op', en: 'Sort by' },
  aantal: { nl: 'Per pagina', en: 'Per page' },
  all: { nl: 'Alle', en: 'All' },
  adopted: { nl: 'Zonder voorstellen', en: 'Without proposals' },
  withProposals: { nl: 'Met voorstellen', en: 'With proposals' },
  apply: { nl: 'Toepassen', en: 'Apply' },
  clear: { nl: 'Alle filters wissen', en: 'Clear all filters' },
  name: { nl: 'Naam', en: 'Name' },
  descending: { nl: '{key}, omgekeerd', en: '{key}, reversed' },
  shown: { nl: '{from} tot {to} van {total}', en: '{from} to {to} of {total}' },
  nothingFound: { nl: 'Niets gevonden met deze filters.', en: 'Nothing found with these filters.' },
  nothingFoundHelp: { nl: 'Wis een filter, zoek op een korter woord, of kies bij bronstatus “Met voorstellen”.', en: 'Clear a filter, search for a shorter word, or choose “With proposals” as source status.' },
  empty: { nl: 'Hier staat nog niets: de bronnen noemen er geen.', en: 'Nothing here yet: the sources name none.' },
  emptyHelp: { nl: 'Zodra een dataset ze beschrijft, staan ze hier. Bekijk welke bronnen er al zijn.', en: 'They will be here as soon as a dataset describes them. See which sources there are.' },
  overview: { nl: 'Overzicht van alles', en: 'Overview of everything' },
  overviewLead: { nl: 'Alles waarover Regiograaf iets zegt, per soort. Wat u hier niet vindt, staat er niet in.', en: 'Everything Regiograaf says something about, by kind. What is not here is not in it.' },
  number: { nl: 'Aantal', en: 'Number' },
  pageN: { nl: 'Pagina {page}', en: 'Page {page}' },
  pages: { nl: 'Pagina’s', en: 'Pages' },
  pageOf: { nl: 'Pagina {page} van {pages}', en: 'Page {page} of {pages}' },
  first: { nl: 'Eerste', en: 'First' },
  previous: { nl: 'Vorige', en: 'Previous' },
  next: { nl: 'Volgende', en: 'Next' },
  last: { nl: 'Laatste', en: 'Last' },
  questions: { nl: 'Vragen en antwoorden', en: 'Questions and answers' },
  questionsLead: { nl: 'Vragen die al klaarstaan. Kies er een en u ziet het antwoord van nu, met de bron van elke rij.', en: 'Questions that are ready to ask. Choose one to see the answer as it is now, with the source of each row.' },
  scope: { nl: 'Bereik', en: 'Scope' },
  'scope-documenten': { nl: 'alleen wat is aangenomen', en: 'adopted only' },
  'scope-documenten en voorstellen': { nl: 'ook wat is voorgesteld', en: 'with proposals' },
  noAnswer: { nl: 'Geen antwoord: de gegevens zeggen er niets over.', en: 'No answer: the data say nothing about it.' },
  noAnswerHelp: { nl: 'Bekijk welke datasets er zijn, of pas de vraag hieronder aan.', en: 'See which datasets there are, or change the query below.' },
  source: { nl: 'Bron', en: 'Source' },
  query: { nl: 'De vraag in SPARQL', en: 'The query in SPARQL' },
  change: { nl: 'Aanpassen en zelf stellen', en: 'Change it and ask it yourself' },
  otherQuestions: { nl: 'Alle vragen', en: 'All questions' },
} as const satisfies Record<string, Text>;

export type CollectionWord = keyof typeof glossary;

export function isCollectionWord(text: string): text is CollectionWord {
  return Object.hasOwn(glossary, text);
}

export function collectionWord(key: CollectionWord, language: Language, values: Readonly<Record<string, string>> = {}): string {
  return glossary[key][language].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
