import type { Language } from './io.js';

/** The words of the option parser -> ours; `$1` is what it names. */
const dutch: readonly (readonly [RegExp, string])[] = [
  [/^Usage:/u, 'Gebruik:'],
  [/^Arguments:/u, 'Argumenten:'],
  [/^Global Options:/u, 'Algemene opties:'],
  [/^Options:/u, 'Opties:'],
  [/^Commands:/u, 'Commando’s:'],
  [/^error: unknown option '(.*)'/u, 'Onbekende optie $1.'],
  [/^error: unknown command '(.*)'/u, 'Onbekend commando $1.'],
  [/^error: missing required argument '(.*)'/u, 'Er ontbreekt een argument: <$1>.'],
  [/^error: required option '(.*)' not specified/u, 'De optie $1 is verplicht.'],
  [/^error: option '(.*)' argument missing/u, 'Na de optie $1 hoort een waarde.'],
  [/^error: too many arguments(?: for '(.*)')?.*/u, 'Te veel argumenten.'],
  [/^error: option '(.*)' argument '(.*)' is invalid\./u, 'De waarde $2 kan niet bij $1.'],
  [/^error: command-argument value '(.*)' is invalid for argument '(.*)'\./u, 'De waarde $1 kan niet bij <$2>.'],
  [/Allowed choices are (.*)\./u, 'Kies uit $1.'],
  [/\(Did you mean (.*)\?\)/u, '(Bedoelde u $1?)'],
  [/\(choices: /u, '(keuze: '],
  [/(?<=[(, ])default: /u, 'standaard: '],
  [/^error: /u, ''],
];

/** What stands for a value in a help text. */
const placeholders: Readonly<Record<string, string>> = {
  options: 'opties',
  command: 'commando',
  folder: 'map',
  language: 'taal',
  file: 'bestand',
  name: 'naam',
  number: 'getal',
  format: 'formaat',
  text: 'tekst',
  commit: 'versie',
  value: 'waarde',
  reason: 'reden',
  role: 'rol',
  dataset: 'dataset',
  from: 'van',
  to: 'tot',
};

/** `--file <file>` is `--file <bestand>` in Dutch. */
export function placeholderText(text: string, language: Language): string {
  if (language === 'en') return text;
  return text.replace(/(^|[[<])([a-z]+)(?=\.{3}|[\]>]|$)/gu, (whole, open: string, name: string) => (Object.hasOwn(placeholders, name) ? open + (placeholders[name] ?? name) : whole));
}

/** A heading or message of the option parser in the language of the run. */
export function usageText(text: string, language: Language): string {
  if (language === 'en') return text;
  return placeholderText(text, language) !== text ? usageText(placeholderText(text, language), language) : placeholderText(dutch.reduce((said, [pattern, words]) => said.replace(pattern, words), text), language);
}
