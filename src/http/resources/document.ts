import type { DatasetInfo, EntityAnswer } from '../../graph/api.js';
import { isMerged } from '../../graph/dataset.js';
import { deskolemise } from '../../rdf/skolem.js';
import { fromLine, joinLine, splitLine } from '../../rdf/nquads.js';
import type { ReadingLanguage } from '../../rdf/jsonldReading.js';
import type { DocumentWriter } from '../documents/documentWriter.js';
import type { RdfOffer } from '../formats.js';
import type { Vocabulary } from '../vocabulary.js';

/**
 * The parts of an answer a document without named graphs shows: the merged adopted statements, as queries do; proposals
 * only when asked for (`bronstatus=alle`), or when there is nothing else to show.
 */
export function statedParts(answer: EntityAnswer, infos: readonly DatasetInfo[], withProposals: boolean): EntityAnswer['datasets'] {
  const merged = answer.datasets.filter(({ dataset }) => {
    const info = infos.find(({ iri }) => iri === dataset);
    return withProposals || (info !== undefined && isMerged(info));
  });
  return merged.length > 0 ? merged : answer.datasets;
}

/** The lines of an entity a document shows; formats with named graphs show every source apart. */
function shown(answer: EntityAnswer, infos: readonly DatasetInfo[], offer: RdfOffer, withProposals: boolean): readonly string[] {
  if (offer.format.quads && offer.format.id !== 'jsonld') return answer.datasets.flatMap(({ lines }) => lines);
  const lines = statedParts(answer, infos, withProposals).flatMap((part) => part.lines);
  return [...new Set(lines.map((line) => {
    const { subject, predicate, object } = splitLine(line);
    return joinLine(subject, predicate, object);
  }))];
}

/** The RDF document about an entity; blank nodes given back. */
export async function entityDocument(
  answer: EntityAnswer,
  infos: readonly DatasetInfo[],
  offer: RdfOffer,
  options: { readonly base: string; readonly withProposals: boolean; readonly reading: ReadingLanguage; readonly vocabulary: Vocabulary; readonly documents: DocumentWriter },
): Promise<string> {
  const { base, documents } = options;
  const quads = [...deskolemise(shown(answer, infos, offer, options.withProposals).map(fromLine), base)];
  if (offer.format.id !== 'jsonld') return documents.write(quads, { format: offer.format });
  const context = `${base}context/v1.jsonld`;
  return documents.write(quads, { format: offer.format, context, reading: options.reading, contexts: { [context]: await options.vocabulary.context() } });
}
