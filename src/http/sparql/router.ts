import { Router } from 'express';
import { contentType } from '../body.js';
import { info } from '../context.js';
import type { Deps } from '../deps.js';
import { route } from '../route.js';
import { Sending } from '../sending.js';
import { writer } from '../writing.js';
import { answerQuery, type QueryRoom } from './query.js';
import { QueryCache } from './queryCache.js';
import { checked, checkedUpdate, readPost } from './protocol.js';
import { answerUpdate } from './update.js';
import { WrittenGraphs } from './writtenGraphs.js';

/** `/sparql` and `/sparql/update` (SPARQL 1.1 Protocol). `/sparql` takes updates too: many clients know one address. */
export function sparqlRouter(deps: Deps): Router {
  const router = Router();
  const room: QueryRoom = { cache: new QueryCache(deps.config.cacheBytes / 2), sending: new Sending(), written: new WrittenGraphs() };
  const limits = { query: deps.config.maxQueryBytes, update: deps.config.maxUpdateBytes };
  route(router, '/sparql', {
    get: (req, res) => answerQuery(deps, room, req, res),
    post: async (req, res) => {
      if (contentType(req) === 'application/sparql-update') writer(res);
      // Only who may write may send as much as an update may hold.
      const posted = await readPost(req, info(res).credentialed ? limits : { ...limits, update: limits.query }, 'query');
      if (posted.operation === 'update') await answerUpdate(deps, req, res, checkedUpdate(posted));
      else await answerQuery(deps, room, req, res, checked(posted));
    },
  });
  route(router, '/sparql/update', {
    post: async (req, res) => {
      writer(res);
      const posted = await readPost(req, limits, 'update');
      await answerUpdate(deps, req, res, checkedUpdate(posted));
    },
  });
  return router;
}
