import type { DatasetInfo, Labels } from '../graph/api.js';
import { shrink } from '../rdf/prefixes.js';
import { identifier } from './format.js';
import { licenceNames, termNames } from './termNames.js';
import type { Language } from './words.js';

function pick(texts: Readonly<Record<string, string>> | undefined, language: Language): string | undefined {
  if (!texts) return undefined;
  return texts[language] ?? texts['nl'] ?? texts[''] ?? texts['en'] ?? Object.values(texts)[0];
}

/** The text of a language map for a reader: the language, else Dutch, else any. */
export function inLanguage(texts: Readonly<Record<string, string>>, language: Language): string {
  return pick(texts, language) ?? '';
}

/** Datasets in the order of their titles. */
export function byTitle(datasets: readonly DatasetInfo[], language: Language): readonly DatasetInfo[] {
  const title = (dataset: DatasetInfo): string => inLanguage(dataset.title, language) || dataset.slug;
  return datasets.toSorted((a, b) => title(a).localeCompare(title(b), language));
}

function humanise(iri: string): string {
  const short = shrink(iri);
  const local = short?.slice(short.indexOf(':') + 1) ?? iri.replace(/[/#]$/, '').replace(/^.*[/#:]/, '');
  let decoded = local;
  try {
    decoded = decodeURIComponent(local);
  } catch {
    /* Not percent-encoded text: shown as it is. */
  }
  const code = /^(kbo|ovo|nis)[-_ ]?(.+)$/i.exec(decoded);
  if (code) return identifier(code[2] ?? '') === code[2] && /^ovo/i.test(code[2]) ? code[2] : `${code[1]?.toUpperCase()} ${identifier(code[2] ?? '')}`;
  const words = decoded.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ').trim();
  return words === '' ? iri : words.charAt(0).toUpperCase() + words.slice(1);
}

const longestAddress = 60;

/** A page elsewhere by its address, as people write it. */
function addressText(iri: string): string {
  const code = /^http:\/\/vocab\.belgif\.be\/auth\/refnis(\d{4})\/(\d{5})$/.exec(iri);
  if (code) return `NIS ${code[2]} (${code[1]})`;
  let text = iri.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '');
  try {
    text = decodeURI(text);
  } catch {
    /* Not percent-encoded text: shown as it is. */
  }
  return text.length > longestAddress ? `${text.slice(0, longestAddress)}…` : text;
}

/**
 * What a person calls an IRI: its label in the graph, else our glossary's name for a term, else words made from its
 * last part. Terms of vocabularies are looked up in the glossary first: their own labels are written for modellers.
 */
export class Names {
  readonly #labels: Labels;
  readonly #vocabulary: Labels;
  readonly language: Language;

  constructor(labels: Labels, vocabulary: Labels, language: Language) {
    this.#labels = labels;
    this.#vocabulary = vocabulary;
    this.language = language;
  }

  /** The same names in another language. */
  in(language: Language): Names {
    return language === this.language ? this : new Names(this.#labels, this.#vocabulary, language);
  }

  /** The name of an IRI; `given` names it where the graph does not (yet). */
  of(iri: string, given?: Readonly<Record<string, string>>): string {
    return this.#known(iri) ?? pick(given, this.language) ?? humanise(iri);
  }

  /** The name of something that may be a page elsewhere: those nobody named go by their address. */
  ofPage(iri: string): string {
    const page = /^https?:/i.test(iri) && shrink(iri) === undefined && !/\/id\/|OVO\d{6}$/.test(iri);
    return this.#known(iri) ?? (page ? addressText(iri) : humanise(iri));
  }

  #known(iri: string): string | undefined {
    const short = shrink(iri);
    const term = short === undefined ? undefined : termNames[short]?.[this.language];
    return term ?? pick(this.#labels.get(iri), this.language) ?? pick(this.#vocabulary.get(iri), this.language);
  }

  /** Several IRIs at once, each name once. */
  ofAll(iris: readonly string[]): readonly string[] {
    return [...new Set(iris.map((iri) => this.of(iri)))];
  }

  /** Name of a licence: its label, else that of the well-known ones; undefined for the others (their address says it). */
  licence(iri: string): string | undefined {
    if (this.has(iri)) return this.of(iri);
    return licenceNames.find(({ pattern }) => pattern.test(iri))?.name[this.language];
  }

  /** True when somebody gave this IRI a name: otherwise a page says so. */
  has(iri: string): boolean {
    return this.#labels.has(iri);
  }
}
