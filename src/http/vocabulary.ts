import { readFile } from 'node:fs/promises';
import type { Quad } from '@rdfjs/types';
import type { Labels } from '../graph/api.js';
import { formatByMediaType } from '../rdf/mediaTypes.js';
import { parseString } from '../rdf/parse.js';
import { rdfs, skos } from '../rdf/prefixes.js';
import { resource } from '../resources.js';

/** Our own vocabulary and context, read once from the package when first asked for. */
export class Vocabulary {
  #text: Promise<string> | undefined;
  #quads: Promise<readonly Quad[]> | undefined;
  #labels: Promise<Labels> | undefined;
  #context: Promise<unknown> | undefined;

  text(): Promise<string> {
    return (this.#text ??= readFile(resource('vocab', 'regiograaf.ttl'), 'utf8'));
  }

  quads(): Promise<readonly Quad[]> {
    return (this.#quads ??= this.#parse());
  }

  labels(): Promise<Labels> {
    return (this.#labels ??= this.quads().then(labelsOf));
  }

  /** Our JSON-LD context. */
  context(): Promise<unknown> {
    return (this.#context ??= readFile(resource('vocab', 'contexts', 'v1.jsonld'), 'utf8').then((text) => JSON.parse(text) as unknown));
  }

  async #parse(): Promise<readonly Quad[]> {
    const format = formatByMediaType('text/turtle');
    if (!format) throw new Error('Turtle is not known');
    return parseString(await this.text(), { format, file: 'regiograaf.ttl' });
  }
}

function labelsOf(quads: readonly Quad[]): Labels {
  const labels = new Map<string, Record<string, string>>();
  for (const { subject, predicate, object } of quads) {
    if (object.termType !== 'Literal' || (predicate.value !== rdfs('label') && predicate.value !== skos('prefLabel'))) continue;
    const texts = labels.get(subject.value) ?? {};
    texts[object.language] = object.value;
    labels.set(subject.value, texts);
  }
  return labels;
}
