import type { Request, Response } from 'express';
import { pathOf, type PageAddress } from '../../publication/ldes/address.js';
import { earlQuads } from '../../publication/ldes/earl.js';
import { CommitCache } from '../commitCache.js';
import type { Deps } from '../deps.js';
import { documentOffers, isRdfOffer, negotiate } from '../formats.js';
import { answeredUnchanged, sendText } from '../send.js';
import { nothingThere } from './pages.js';

/* Characters of reports kept; a report costs some time of the thread that writes pages. */
const reports = new CommitCache<string>(4_000_000, (text) => text.length);

/** What our own lint says of a stream, as EARL. */
export async function sendConformance(deps: Deps, req: Request, res: Response, stream: string): Promise<void> {
  const address: PageAddress = { stream, flavour: 'versies', view: 'alles', page: { kind: 'root' } };
  const state = await deps.streams.state(address);
  if (state.answer !== 'page') throw nothingThere(`${stream}/conformiteit`);
  const offer = negotiate(req.get('accept'), documentOffers);
  const { state: sequence, generation } = state.page;
  if (answeredUnchanged(req, res, offer, sequence)) return;
  const key = `${deps.graph.base} ${stream} ${generation} ${offer.name}`;
  let text = reports.get(key, sequence);
  if (text === undefined && isRdfOffer(offer)) {
    const now = new Date();
    const quads = await Promise.all(
      (['versies', 'activiteiten'] as const).map(async (flavour) =>
        earlQuads(deps.graph.base, deps.graph.base + pathOf({ ...address, flavour }), await deps.streams.check(stream, flavour), now, flavour),
      ),
    );
    text = await deps.documents.write(quads.flat(), { format: offer.format });
    reports.set(key, sequence, text);
  }
  sendText(res, offer.contentType, text ?? '');
}
