import { toLine } from '../../rdf/nquads.js';
import { datasetQuads } from './catalogue.js';
import { datasetFromLines } from './fromLines.js';
import type { CataloguePublisher } from './model.js';
import { ownServices } from './services.js';

/**
 * The description of a dataset as a member of the feed of the catalogue has it: complete by DCAT-AP, so that each
 * member can be taken in by itself (DCAT-AP Feeds, §Members), with the services that give access to it: they are in no
 * log, so they have no members of their own. What is no dataset stays as it is.
 */
export function feedLines(
  { entity, lines, time }: { readonly entity: string; readonly lines: readonly string[]; readonly time: string },
  { base, publisher }: { readonly base: string; readonly publisher: CataloguePublisher },
): readonly string[] {
  const dataset = datasetFromLines(entity, lines, { base, modified: time });
  if (!dataset) return lines;
  const model = { base, publisher, datasets: [dataset], names: new Map(), dumps: [], streams: [], services: ownServices(base), modified: time };
  return [...new Set(datasetQuads(model, dataset).map(toLine))].toSorted();
}
