import { mergedScope } from '../versions/contract.js';
import { parseTermText } from '../../rdf/terms.js';
import { splitLine } from '../../rdf/nquads.js';
import { catalogueStream, type StreamStore } from './streamStore.js';
import { terms } from './terms.js';

type Titles = Readonly<Record<'nl' | 'en', string>>;

/** What streams are called and under which licence they are. */
export interface StreamTitles {
  /** Titles of the collections by name. */
  readonly collections: Readonly<Record<string, Titles>>;
  readonly licence: string;
}

/** Title and licence of a stream; those of a dataset are what its description says. */
export function aboutStream(store: StreamStore, stream: string, { collections, licence }: StreamTitles): { readonly title: Titles; readonly licence: string } {
  if (stream === 'alles') return { title: { nl: 'Alles wat is aangenomen', en: 'Everything adopted' }, licence };
  if (stream === catalogueStream) return { title: { nl: 'Catalogus (DCAT)', en: 'Catalogue (DCAT)' }, licence };
  const own = collections[stream];
  if (own) return { title: own, licence };
  const iri = store.source(stream)?.scopeName ?? '';
  const slug = stream.replace(/^dataset\//, '');
  const title = { nl: `Dataset ${slug}`, en: `Dataset ${slug}` };
  let found = licence;
  for (const line of store.describe(mergedScope, iri)) {
    const { subject, predicate, object } = splitLine(line);
    if (subject !== `<${iri}>`) continue;
    const term = parseTermText(object);
    if (predicate === `<${terms.dct('title')}>` && term.termType === 'Literal' && (term.language === 'nl' || term.language === 'en')) title[term.language] = term.value;
    if (predicate === `<${terms.dct('license')}>` && term.termType === 'NamedNode') found = term.value;
  }
  return { title, licence: found };
}
