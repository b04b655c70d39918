import type { Text } from '../faults.js';
import type { Language } from './words.js';

/** Words of the pages about delta streams and dumps. */
const glossary = {
  syncTitle: { nl: 'Synchroniseren met delta’s', en: 'Synchronise with deltas' },
  syncLead: {
    nl: 'Voor toepassingen van LBLOD: haal één keer een dump op en daarna alleen nog de wijzigingen. Kies een stroom en plak de instellingen in uw toepassing.',
    en: 'For LBLOD applications: fetch a dump once and only the changes after that. Choose a stream and paste the settings into your application.',
  },
  stream: { nl: 'Stroom', en: 'Stream' },
  closed: { nl: 'met token', en: 'with a token' },
  newestDump: { nl: 'Laatste dump', en: 'Latest dump' },
  newestFile: { nl: 'Laatste bestand', en: 'Latest file' },
  files: { nl: 'Bestanden', en: 'Files' },
  keptSince: { nl: 'Wijzigingen bewaard vanaf', en: 'Changes kept since' },
  asOf: { nl: 'Tot en met versie', en: 'Up to version' },
  omitted: { nl: 'Weggelaten uitspraken', en: 'Statements left out' },
  omittedWhy: { nl: 'geometrieën in een coördinatenstelsel dat afnemers niet aankunnen', en: 'geometries in a coordinate system that consumers cannot take' },
  beingMade: { nl: 'wordt gemaakt', en: 'being made' },
  settings: { nl: 'Instellingen voor delta-consumer', en: 'Settings for delta-consumer' },
  settingsLead: { nl: 'Plak dit in uw docker-compose.yml. Meer is er niet nodig.', en: 'Paste this into your docker-compose.yml. Nothing else is needed.' },
  asVariables: { nl: 'Als bestand met variabelen', en: 'As a file of variables' },
  asCompose: { nl: 'Als docker-compose', en: 'As docker-compose' },
  addresses: { nl: 'Adressen', en: 'Addresses' },
  listing: { nl: 'Lijst van bestanden', en: 'List of files' },
  dumpDescription: { nl: 'Beschrijving van de dump', en: 'Description of the dump' },
  statements: { nl: 'Uitspraken', en: 'Statements' },
  startOver: { nl: 'Opnieuw beginnen', en: 'Starting over' },
  startOverText: {
    nl: 'Vraagt u wijzigingen van voor de oudste die bewaard zijn, of is er iets gewist of niet langer openbaar, dan krijgt u antwoord 410. Maak uw graaf dan leeg en begin opnieuw van de laatste dump.',
    en: 'If you ask for changes older than those kept, or if something was erased or is no longer public, the answer is 410. Empty your graph then and start again from the latest dump.',
  },
  testTitle: { nl: 'Uw afnemer uitproberen', en: 'Testing your consumer' },
  testText: {
    nl: 'Deze stroom verandert nooit. Na de dump en alle bestanden heeft uw afnemer precies de uitspraken hieronder. Stuur ons uw graaf met deze opdracht, en u leest of hij gelijk is en wat er ontbreekt of teveel is. Wij bewaren niets.',
    en: 'This stream never changes. After the dump and all files, your consumer has exactly the statements below. Send us your graph with this command, and you read whether it is equal and what is missing or too much. We keep nothing.',
  },
  endState: { nl: 'Gekende eindtoestand', en: 'Known end state' },
  hash: { nl: 'Controlegetal (SHA-256)', en: 'Hash (SHA-256)' },
  dumpsTitle: { nl: 'Volledige downloads', en: 'Full downloads' },
  dumpsLead: {
    nl: 'Alles in één bestand, of per dataset. Een download die afbreekt, kunt u hervatten. Datasets zonder licentie staan er niet bij.',
    en: 'Everything in one file, or by dataset. A download that breaks off can be resumed. Datasets without a licence are not among them.',
  },
  wholeDump: { nl: 'Alles', en: 'Everything' },
  size: { nl: 'Grootte', en: 'Size' },
  file: { nl: 'Bestand', en: 'File' },
  madeAt: { nl: 'Gemaakt op {when}, met versie {n}.', en: 'Made on {when}, with version {n}.' },
  noDumps: { nl: 'Er zijn nog geen downloads gemaakt.', en: 'No downloads have been made yet.' },
} as const satisfies Record<string, Text>;

export type SyncWord = keyof typeof glossary;

export function syncWord(key: SyncWord, language: Language, values: Readonly<Record<string, string>> = {}): string {
  return glossary[key][language].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
