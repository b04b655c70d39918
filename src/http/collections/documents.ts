import type { Quad } from '@rdfjs/types';
import { Fault } from '../../faults.js';
import { formatByMediaType } from '../../rdf/mediaTypes.js';
import { parseString } from '../../rdf/parse.js';
import type { DocumentWriter } from '../documents/documentWriter.js';
import { prefixes } from '../../rdf/prefixes.js';
import { deskolemise } from '../../rdf/skolem.js';
import type { RdfOffer } from '../formats.js';
import type { Vocabulary } from '../vocabulary.js';
import { hydra, pageContext, pageMembers, pageOf, pageQuads, type HydraPage } from './hydra.js';
import { readingOf, type ReadingLanguage } from '../../rdf/jsonldReading.js';
import { readableItem } from './items.js';
import { describeQuery } from './queries.js';
import type { Reader } from './read.js';
import { itemPage } from './shown.js';

/** What the graph says of the items, blank nodes given back. */
async function described(reader: Reader, items: readonly string[]): Promise<{ readonly quads: readonly Quad[]; readonly commit?: number }> {
  if (items.length === 0) return { quads: [] };
  const format = formatByMediaType('application/n-triples');
  if (!format) throw new Error('N-Triples is not known');
  const { graph, who, withProposals } = reader;
  const answer = await graph.query({ query: describeQuery(graph.base, items), withProposals, resultFormat: 'application/sparql-results+json', graphFormat: format.mediaType }, who, { own: true });
  const quads = deskolemise(await parseString(answer.body, { format }), graph.base);
  return { quads: [...quads, ...items.map((item) => pageOf(item, itemPage(graph.base, item)))], commit: answer.commit };
}

/** A page of a collection in a form of RDF. */
export async function rdfDocument(
  reader: Reader,
  page: HydraPage,
  offer: RdfOffer,
  options: { readonly vocabulary: Vocabulary; readonly documents: DocumentWriter; readonly language: ReadingLanguage },
): Promise<{ readonly body: string; readonly commit?: number }> {
  const { quads, commit } = await described(reader, page.items);
  const read = commit === undefined ? {} : { commit };
  if (offer.format.id !== 'jsonld' || (offer.format.form !== undefined && offer.format.form !== 'compacted')) {
    return { ...read, body: await options.documents.write([...pageQuads(page), ...quads], { format: offer.format, prefixes: { ...prefixes, hydra: hydra('') } }) };
  }
  const { base } = reader.graph;
  const address = `${base}context/v1.jsonld`;
  const own = await options.vocabulary.context();
  const context = [address, pageContext];
  const text = await options.documents.write(quads, { format: offer.format, context: address, contexts: { [address]: own } });
  const compacted = Object(JSON.parse(text)) as Record<string, unknown>;
  const nodes = (compacted['@graph'] ?? (compacted['@id'] === undefined ? [] : [compacted])) as readonly Record<string, unknown>[];
  const reading = readingOf(own, options.language);
  const byId = new Map(nodes.map(({ '@context': _context, ...node }) => [String(node['@id']), node]));
  const items = page.items.map((iri) => {
    const node = byId.get(iri);
    byId.delete(iri);
    if (!node) throw new Fault('busy', { nl: 'De gegevens veranderden tijdens het lezen. Probeer opnieuw.', en: 'The data changed while they were read. Try again.' });
    return readableItem(node, itemPage(base, iri), reading);
  });
  /* Blank nodes that several items share cannot be nested in one of them. */
  const shared = [...byId.values()];
  const { '@id': id, '@type': type, ...paging } = pageMembers(page);
  const title = options.language === '*' ? page.title : (page.title['nl'] ?? '');
  return { ...read, body: `${JSON.stringify({ '@context': context, '@id': id, '@type': type, titel: title, ...paging, items, ...(shared.length > 0 ? { '@included': shared } : {}) }, null, 2)}\n` };
}
