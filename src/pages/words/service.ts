import type { Text } from '../../faults.js';

/** Words about the service itself: vocabulary, streams, answers and error messages. */
export const serviceWords = {
  vocabulary: { nl: 'Woordenschat', en: 'Vocabulary' },
  vocabularyLead: {
    nl: 'Eigen begrippen van Regiograaf. Wij maken er alleen waar OSLO, de Europese kernvocabularia en W3C er geen hebben.',
    en: 'Terms of our own, only where OSLO, the EU core vocabularies and W3C have none.',
  },
  termClass: { nl: 'Klasse', en: 'Class' },
  termProperty: { nl: 'Eigenschap', en: 'Property' },
  termValue: { nl: 'Waarde', en: 'Value' },
  termStable: { nl: 'in gebruik', en: 'in use' },
  termDraft: { nl: 'in ontwikkeling', en: 'under development' },
  termParent: { nl: 'Bovenliggende term', en: 'Parent term' },
  termDomain: { nl: 'Gebruikt bij', en: 'Used with' },
  ask: { nl: 'Vraag stellen', en: 'Ask' },
  result: { nl: 'Antwoord', en: 'Answer' },
  rows: { nl: 'Aantal rijen: {n}.', en: 'Rows: {n}.' },
  firstRows: { nl: 'Hieronder staan de eerste {n}.', en: 'The first {n} are shown.' },
  asOfCommit: { nl: 'Volgens versie {n}.', en: 'As of version {n}.' },
  problems: { nl: 'Foutmeldingen', en: 'Error messages' },
  streams: { nl: 'Streams', en: 'Streams' },
  streamsLead: { nl: 'Wie een kopie van de gegevens bijhoudt, volgt een stream: elke wijziging staat erin, in volgorde.', en: 'Who keeps a copy of the data follows a stream: every change is in it, in order.' },
  streamsHow: {
    nl: 'Dit zijn Linked Data Event Streams (LDES). Geef het adres aan een LDES-client. De vorm “versies” past bij LBLOD en VSDS/OpenLDES, de vorm “activiteiten” bij Europese feeds.',
    en: 'These are Linked Data Event Streams (LDES). Give the address to an LDES client. The form “versions” suits LBLOD and VSDS/OpenLDES, the form “activities” European feeds.',
  },
  streamVersions: { nl: 'Versies', en: 'Versions' },
  streamActivities: { nl: 'Activiteiten', en: 'Activities' },
  problemsLead: { nl: 'Elke foutmelding heeft een vaste code. Hier leest u wat ze betekent en wat u kunt doen.', en: 'Every error has a stable code. Read here what it means and what you can do.' },
  problemMore: { nl: 'Meer over deze melding', en: 'More about this message' },
  problemCode: { nl: 'Code', en: 'Code' },
  requestId: { nl: 'Nummer van het verzoek', en: 'Request id' },
} as const satisfies Record<string, Text>;
