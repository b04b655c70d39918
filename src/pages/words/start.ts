import type { Text } from '../../faults.js';

/** Words of the home page. */
export const startWords = {
  startTitle: { nl: 'Wie doet wat in de slimme regio Vlaanderen?', en: 'Who does what in the Flemish smart region?' },
  startLead: {
    nl: 'Actoren, initiatieven, bouwstenen en componenten, met de bron van elk gegeven. Iedereen mag kijken, vragen en hergebruiken; een account is daarvoor niet nodig.',
    en: 'Actors, initiatives, building blocks and components, with the source of every statement. Everybody may look, query and reuse; no account is needed.',
  },
  startWhat: { nl: 'Wat kunt u hier doen?', en: 'What can you do here?' },
  startCollections: { nl: 'Blader door actoren, organen, initiatieven, bouwstenen, standaarden en meer; zoek en filter.', en: 'Browse actors, bodies, initiatives, building blocks, standards and more; search and filter.' },
  startQuestions: { nl: 'Vragen over de slimme regio, elk met het antwoord en de bron.', en: 'Questions about the smart region, each with its answer and source.' },
  startDatasets: { nl: 'Bekijk welke bronnen er zijn, hoe groot ze zijn en onder welke licentie u ze gebruikt. Download ze in het formaat dat u kent.', en: 'See which sources there are, how large they are and under which licence. Download them in the format you know.' },
  startQuery: { nl: 'Stel een vraag in SPARQL en lees het antwoord als tabel, of haal het op als CSV of JSON.', en: 'Ask a question in SPARQL and read the answer as a table, or fetch it as CSV or JSON.' },
  startLoad: { nl: 'Voor gegevensbeheerders: kies een bestand, lees het controleverslag en publiceer.', en: 'For stewards: choose a file, read the report and publish.' },
  startCommits: { nl: 'Elke wijziging is een versie: wat, wanneer, en door welke rol.', en: 'Every change is a version: what, when, and by which role.' },
  startCopy: { nl: 'Om te kopiëren', en: 'To copy and paste' },
  snippetQuery: { nl: 'Een vraag stellen', en: 'Ask a query' },
  snippetCheck: { nl: 'Een bestand controleren zonder iets te bewaren', en: 'Check a file without storing anything' },
  snippetLoad: { nl: 'Een dataset vervangen (met token)', en: 'Replace a dataset (with a token)' },
  findByCode: { nl: 'Een organisatie opzoeken', en: 'Find an organisation' },
  nameOrPart: { nl: 'Naam, of een deel ervan', en: 'Name, or a part of it' },
  search: { nl: 'Zoeken', en: 'Search' },
  kboNumber: { nl: 'Ondernemingsnummer (KBO, 10 cijfers)', en: 'Enterprise number (KBO, 10 digits)' },
  datasetsCounted: { nl: 'datasets', en: 'datasets' },
} as const satisfies Record<string, Text>;
