import { Router } from 'express';
import { checkIri } from '../../rdf/iri.js';
import { CommitCache } from '../commitCache.js';
import type { Deps } from '../deps.js';
import { sendOutcome } from '../outcome.js';
import { route } from '../route.js';
import { ifHead, note, writeOptions, writer } from '../writing.js';
import { answerQuery, type QueryCache } from './query.js';
import { readUpdate } from './protocol.js';

/** Characters of answers kept. */
const cacheSize = 32_000_000;

/** `/sparql` and `/sparql/update` (SPARQL 1.1 Protocol). */
export function sparqlRouter(deps: Deps): Router {
  const router = Router();
  const cache: QueryCache = new CommitCache(cacheSize, ({ body }) => body.length);
  route(router, '/sparql', {
    get: (req, res) => answerQuery(deps, cache, req, res),
    post: (req, res) => answerQuery(deps, cache, req, res),
  });
  route(router, '/sparql/update', {
    post: async (req, res) => {
      const principal = writer(res);
      const { text, parameters } = await readUpdate(req, deps.config.maxUpdateBytes);
      const usingGraphs = parameters.all('using-graph-uri').map(checkIri);
      const usingNamedGraphs = parameters.all('using-named-graph-uri').map(checkIri);
      const outcome = await deps.graph.write(
        {
          action: {
            kind: 'update',
            update: text,
            ...(usingGraphs.length > 0 ? { usingGraphs } : {}),
            ...(usingNamedGraphs.length > 0 ? { usingNamedGraphs } : {}),
          },
          source: 'update',
          note: note(req, 'SPARQL-update'),
          ...ifHead(req),
          ...writeOptions(req, parameters),
        },
        principal,
      );
      await sendOutcome(deps, req, res, outcome);
    },
  });
  return router;
}
