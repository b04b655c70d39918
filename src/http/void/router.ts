import { Router, type Request, type Response } from 'express';
import { LRUCache } from 'lru-cache';
import type { Quad } from '@rdfjs/types';
import { countDatasets } from '../../datasets/statistics.js';
import { visibility } from '../context.js';
import type { Deps } from '../deps.js';
import { graphOffers, negotiateForm } from '../formats.js';
import { route } from '../route.js';
import { answeredUnchanged, sendText } from '../send.js';
import { voidQuads } from './description.js';

/** Descriptions kept: of the newest commit, for a few visibilities. */
const kept = 8;

/** `/void` and `/.well-known/void` (VoID §7.2), counted when somebody asks and kept until the next commit. */
export function voidRouter(deps: Deps): Router {
  const router = Router();
  const descriptions = new LRUCache<string, Promise<readonly Quad[]>>({ max: kept });

  async function describe(res: Response): Promise<readonly Quad[]> {
    const who = visibility(res);
    const datasets = await deps.graph.datasets(who);
    return voidQuads(deps.graph.base, datasets, await countDatasets(deps.graph, datasets, who));
  }

  /** Requests that come while it is counted wait for the same count. */
  function description(res: Response, commit: number): Promise<readonly Quad[]> {
    const key = JSON.stringify([commit, visibility(res).restricted]);
    let found = descriptions.get(key);
    if (!found) {
      found = describe(res);
      descriptions.set(key, found);
      found.catch(() => descriptions.delete(key));
    }
    return found;
  }

  route(router, ['/void', '/.well-known/void', ...graphOffers.map(({ suffix }) => `/void.${suffix}`)], {
    get: async (req: Request, res: Response) => {
      const offer = graphOffers.find(({ suffix }) => req.path === `/void.${suffix}`) ?? negotiateForm(req.get('accept'), graphOffers);
      const { commit } = await deps.graph.status();
      if (answeredUnchanged(req, res, offer, commit)) return;
      sendText(res, offer.contentType, await deps.documents.write(await description(res, commit), { format: offer.format }));
    },
  });
  return router;
}
