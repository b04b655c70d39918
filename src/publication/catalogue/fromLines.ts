import type { DatasetInfo } from '../../graph/api.js';
import { catalogueTerms, settingsFrom } from '../../graph/catalogue.js';
import { hvdCategory } from '../../graph/description.js';
import { splitLine } from '../../rdf/nquads.js';
import { dct } from '../../rdf/prefixes.js';
import { parseTermText } from '../../rdf/terms.js';

/** What the catalogue graph says of a dataset, read from its triples; undefined when they describe none. */
export function datasetFromLines(iri: string, lines: readonly string[], { base, modified }: { readonly base: string; readonly modified: string }): DatasetInfo | undefined {
  const texts: Record<'title' | 'description', Record<string, string>> = { title: {}, description: {} };
  const single = new Map<string, string>();
  const triples: (readonly [string, string, string])[] = [];
  for (const line of lines) {
    const { subject, predicate, object } = splitLine(line);
    if (subject !== `<${iri}>`) continue;
    const property = predicate.slice(1, -1);
    const term = parseTermText(object);
    triples.push([iri, property, term.value]);
    const language = term.termType === 'Literal' ? term.language : '';
    if (property === dct('title')) texts.title[language] = term.value;
    else if (property === dct('description')) texts.description[language] = term.value;
    else if (property !== catalogueTerms.type) single.set(property, term.value);
  }
  const settings = settingsFrom(triples).find((item) => item.iri === iri);
  if (!settings) return undefined;
  const prefix = `${base}id/dataset/`;
  const [owner, licence, issued, category] = [dct('publisher'), dct('license'), dct('issued'), hvdCategory].map((property) => single.get(property));
  return {
    ...settings,
    slug: iri.startsWith(prefix) && iri.length > prefix.length ? iri.slice(prefix.length) : encodeURIComponent(iri),
    ...texts,
    ...(owner === undefined ? {} : { owner }),
    ...(licence === undefined ? {} : { licence }),
    ...(issued === undefined ? {} : { issued }),
    ...(category === undefined ? {} : { hvdCategory: category }),
    quads: 0,
    changed: 0,
    modified,
  };
}
