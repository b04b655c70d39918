import { loadingWords } from './words/loading.js';
import { serviceWords } from './words/service.js';
import { shellWords } from './words/shell.js';
import { startWords } from './words/start.js';
import { thingsWords } from './words/things.js';
import { versionsWords } from './words/versions.js';

export type Language = 'nl' | 'en';

/** The glossary: every word and sentence of the pages. Dutch is normative; `{name}` is filled in. */
const glossary = { ...shellWords, ...startWords, ...thingsWords, ...versionsWords, ...loadingWords, ...serviceWords } as const;

export type Word = keyof typeof glossary;

export function word(key: Word, language: Language, values: Readonly<Record<string, string>> = {}): string {
  return glossary[key][language].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

export type Translate = (key: Word, values?: Readonly<Record<string, string>>) => string;

export function translator(language: Language): Translate {
  return (key, values) => word(key, language, values);
}
