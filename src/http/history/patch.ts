import type { Change } from '../../graph/changeset.js';
import { jsonOffer, htmlOffer, negotiate, type Offer } from '../formats.js';
import { Fault } from '../../faults.js';

/** RDF Patch as Apache Jena reads and writes it (RDF Delta). */
export const patchOffer: Offer = { name: 'patch', suffix: 'rdfp', mediaType: 'application/rdf-patch', contentType: 'application/rdf-patch; charset=utf-8', label: 'RDF Patch' };

const changeOffers: readonly Offer[] = [jsonOffer, htmlOffer, patchOffer];

/** The form of changes that is asked for: `formaat=` goes before `Accept`. */
export function changeOffer(accept: string | undefined, format: string | undefined, offers: readonly Offer[] = changeOffers): Offer {
  if (format === undefined) return negotiate(accept, offers);
  const offer = offers.find(({ suffix }) => suffix === format);
  if (offer) return offer;
  const known = offers.map(({ suffix }) => suffix);
  throw new Fault(
    'bad-request',
    { nl: `Het formaat "${format}" kennen wij hier niet. Kies uit ${known.join(', ')}.`, en: `Format "${format}" is not known here. Choose from ${known.join(', ')}.` },
    { extra: { parameter: 'formaat', waarde: format, toegelaten: known } },
  );
}

/** What a patch says of its place in the chain: hashes of commits. */
export interface PatchHeader {
  readonly id?: string;
  readonly previous?: string;
}

/** Changes as one transaction of RDF Patch; the graph of each quad stands in its row. */
export async function* patchText(batches: AsyncIterable<readonly Change[]>, { id, previous }: PatchHeader): AsyncIterable<string> {
  const rows = [...(id === undefined ? [] : [`H id <urn:sha256:${id}> .\n`]), ...(previous === undefined ? [] : [`H prev <urn:sha256:${previous}> .\n`])];
  yield `${rows.join('')}TX .\n`;
  for await (const batch of batches) yield batch.map(({ op, line }) => `${op === '+' ? 'A' : 'D'} ${line}\n`).join('');
  yield 'TC .\n';
}

/** The first changes, and whether there are more. */
export interface Summary {
  readonly changes: readonly Change[];
  readonly more: boolean;
}

/** The first `most` changes; what comes after is not read. */
export async function firstOf(batches: AsyncIterable<readonly Change[]>, most: number): Promise<Summary> {
  const changes: Change[] = [];
  for await (const batch of batches) {
    changes.push(...batch.slice(0, most + 1 - changes.length));
    if (changes.length > most) return { changes: changes.slice(0, most), more: true };
  }
  return { changes, more: false };
}
