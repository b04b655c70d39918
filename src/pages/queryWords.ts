import type { Text } from '../faults.js';
import type { Language } from './words.js';

/** Words of the query page. */
const glossary = {
  title: { nl: 'Bevragen met SPARQL', en: 'Query with SPARQL' },
  lead: {
    nl: 'Stel een vraag in SPARQL, de zoektaal van linked data. Het antwoord verschijnt hieronder; het adres van deze pagina bewaart uw vraag.',
    en: 'Ask a question in SPARQL, the query language of linked data. The answer appears below; the address of this page keeps your query.',
  },
  examples: { nl: 'Begin met een voorbeeld', en: 'Start from an example' },
  chooseExample: { nl: 'Kies een vraag', en: 'Choose a question' },
  useExample: { nl: 'Invullen', en: 'Fill in' },
  query: { nl: 'Uw vraag in SPARQL', en: 'Your query in SPARQL' },
  keys: {
    nl: 'Toetsen: Ctrl+Enter stelt de vraag, Ctrl+spatie vult aan. Tab springt in; druk eerst op Escape om met Tab verder te gaan.',
    en: 'Keys: Ctrl+Enter asks the query, Ctrl+space completes. Tab indents; press Escape first to move on with Tab.',
  },
  proposals: { nl: 'Ook voorstellen meenemen die niet aangenomen zijn', en: 'Include proposals that are not adopted' },
  carried: { nl: 'Deze instellingen uit het adres blijven gelden:', en: 'These settings from the address stay in force:' },
  run: { nl: 'Vraag stellen', en: 'Run query' },
  stop: { nl: 'Stoppen', en: 'Stop' },
  copy: { nl: 'Link kopiëren', en: 'Copy link' },
  copied: { nl: 'De link staat op uw klembord.', en: 'The link is on your clipboard.' },
  busy: { nl: 'Bezig met zoeken…', en: 'Searching…' },
  stopped: { nl: 'Gestopt.', en: 'Stopped.' },
  failed: { nl: 'De dienst antwoordt niet. Kijk of u verbinding heeft en probeer opnieuw.', en: 'The service does not answer. Check your connection and try again.' },
  here: { nl: 'Regel {line}, kolom {column}: hier past dit niet.', en: 'Line {line}, column {column}: this does not fit here.' },
  prefix: { nl: 'Regel {line}, kolom {column}: het voorvoegsel {prefix}: is niet verklaard. Zet bovenaan PREFIX {prefix}: <…>.', en: 'Line {line}, column {column}: prefix {prefix}: is not declared. Put PREFIX {prefix}: <…> on top.' },
  expected: { nl: 'Hier kan staan: {expected}.', en: 'Possible here: {expected}.' },
  place: { nl: 'Regel {line}, kolom {column}', en: 'Line {line}, column {column}' },
  rowsOne: { nl: '1 rij', en: '1 row' },
  rows: { nl: '{n} rijen', en: '{n} rows' },
  rowsMore: { nl: 'Meer dan {n} rijen', en: 'More than {n} rows' },
  yesNo: { nl: 'Ja of nee', en: 'Yes or no' },
  graph: { nl: 'Een graaf in Turtle', en: 'A graph in Turtle' },
  facts: { nl: '{what}, in {time}, volgens versie {commit}.', en: '{what}, in {time}, as of version {commit}.' },
  firstRows: { nl: 'Hieronder staan de eerste {n} rijen. De bestanden bevatten ze allemaal.', en: 'The first {n} rows are shown. The files hold all of them.' },
  firstPart: { nl: 'Hieronder staat het begin. De bestanden bevatten alles.', en: 'The beginning is shown. The files hold all of it.' },
  empty: { nl: 'Geen enkele rij past bij deze vraag.', en: 'No row matches this query.' },
  emptyHelp: {
    nl: 'Kijk of de namen van klassen en eigenschappen juist zijn, en of u geen taal vergat ("Gent"@nl is niet hetzelfde als "Gent").',
    en: 'Check the names of classes and properties, and whether a language is missing ("Gent"@nl is not the same as "Gent").',
  },
  download: { nl: 'Downloaden als', en: 'Download as' },
  more: { nl: 'Meer mogelijkheden', en: 'More' },
  programs: { nl: 'Vanuit een programma vragen', en: 'Query from a program' },
  named: { nl: 'Vragen die al klaarstaan, met hun antwoord', en: 'Questions that are ready, with their answers' },
  api: { nl: 'Alle adressen voor programma’s', en: 'All addresses for programs' },
  programsHelp: {
    nl: 'Het adres voor programma’s is {endpoint} (SPARQL 1.1 Protocol). Het antwoordt in JSON, XML, CSV en TSV, en voor CONSTRUCT en DESCRIBE in elke RDF-vorm.',
    en: 'The address for programs is {endpoint} (SPARQL 1.1 Protocol). It answers in JSON, XML, CSV and TSV, and for CONSTRUCT and DESCRIBE in every RDF form.',
  },
} as const satisfies Record<string, Text>;

export type QueryWord = keyof typeof glossary;

export function queryWord(key: QueryWord, language: Language, values: Readonly<Record<string, string>> = {}): string {
  return glossary[key][language].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
