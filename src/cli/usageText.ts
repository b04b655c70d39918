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
  [/^error: missing required argument '(.*)'/u, 'Er ontbreekt een argument: $1.'],
  [/^error: required option '(.*)' not specified/u, 'De optie $1 is verplicht.'],
  [/^error: option '(.*)' argument missing/u, 'Na de optie $1 hoort een waarde.'],
  [/^error: too many arguments(?: for '(.*)')?.*/u, 'Te veel argumenten.'],
  [/^error: option '(.*)' argument '(.*)' is invalid\./u, 'De waarde $2 kan niet bij $1.'],
  [/^error: command-argument value '(.*)' is invalid for argument '(.*)'\./u, 'De waarde $1 kan niet bij $2.'],
  [/Allowed choices are (.*)\./u, 'Kies uit $1.'],
  [/\(Did you mean (.*)\?\)/u, '(Bedoelde u $1?)'],
  [/\(choices: /u, '(keuze: '],
  [/(?<=[(, ])default: /u, 'standaard: '],
  [/^error: /u, ''],
];

/** A heading or message of the option parser in the language of the run. */
export function usageText(text: string, language: Language): string {
  if (language === 'en') return text;
  return dutch.reduce((said, [pattern, words]) => said.replace(pattern, words), text);
}
