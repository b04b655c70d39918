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

/** What the streams of the merge hold, so that a partner understands why one of them is empty. */
const adopted: Titles = {
  nl: 'Elke versie van wat hiervan is aangenomen. Wat anderen publiceren (bronstatus extern) en wat berekend is (afgeleid) hoort er niet bij, tenzij de beheerder dat instelt (PUBLISH_ALSO): een lege stream is er een waarvan nog niets is aangenomen.',
  en: 'Every version of what was adopted of this. What others publish (source status extern) and what is computed (afgeleid) is not part of it, unless the operator sets so (PUBLISH_ALSO): an empty stream is one of which nothing was adopted yet.',
};

/** Title, description and licence of a stream; those of a dataset are what its description says. */
export function aboutStream(
  store: StreamStore,
  stream: string,
  { collections, licence }: StreamTitles,
): { readonly title: Titles; readonly description?: Titles; readonly licence: string } {
  if (stream === 'alles') return { title: { nl: 'Alles wat is aangenomen', en: 'Everything adopted' }, description: adopted, licence };
  if (stream === catalogueStream) return { title: { nl: 'Catalogus (DCAT)', en: 'Catalogue (DCAT)' }, licence };
  const own = collections[stream];
  if (own) return { title: own, description: adopted, licence };
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
