import type { IncomingMessage, ServerResponse } from 'node:http';
import compression from 'compression';
import express, { type Express } from 'express';
import { Fault } from '../faults.js';
import { assetsRouter } from './assets/router.js';
import { catalogueRouter } from './catalogue.js';
import { CatalogueTexts } from './catalogueTexts.js';
import { collectionsRouter } from './collections/router.js';
import { commitsRouter } from './commits.js';
import { datasetsRouter } from './datasets/router.js';
import { graphStoreRouter } from './datasets/graphStore.js';
import { deltaRouter } from './delta/router.js';
import type { Deps } from './deps.js';
import { dumpsRouter } from './dumps/router.js';
import { info } from './context.js';
import { historyRouter } from './history/router.js';
import { ldesRouter } from './ldes/router.js';
import { loadRouter } from './load/router.js';
import { Metrics } from './metrics.js';
import { authenticate } from './middleware/authenticate.js';
import { codedEtag } from './middleware/codedEtag.js';
import { cors } from './middleware/cors.js';
import { errorHandler } from './middleware/errorHandler.js';
import { normaliseUrl } from './middleware/normaliseUrl.js';
import { observe } from './middleware/observe.js';
import { pipelined } from './middleware/pipelined.js';
import { rateLimit } from './middleware/rateLimit.js';
import { requestId, tellRequestId } from './middleware/requestId.js';
import { securityHeaders } from './middleware/securityHeaders.js';
import type { AppOptions } from './options.js';
import { nearAddresses } from './openapi/nearAddresses.js';
import { openApiRouter } from './openapi/router.js';
import { questionsRouter } from './questions/router.js';
import { resourceRouter } from './resources/router.js';
import { sparqlRouter } from './sparql/router.js';
import { staticsRouter } from './statics.js';
import { statusRouter } from './status.js';
import { validateRouter } from './validate.js';
import { Vocabulary } from './vocabulary.js';
import { voidRouter } from './void/router.js';
import { warmAnswers } from './warmAnswers.js';

/** Everything served is text; the table `compression` has of media types does not know those of RDF. */
function isText(_req: IncomingMessage, res: ServerResponse): boolean {
  return /^(?:text|application|image)\//.test(String(res.getHeader('content-type') ?? ''));
}

/** The HTTP interface of a graph. It does not listen, opens nothing, and knows only what it is given. */
export function createApp(options: AppOptions): Express {
  const { config, graph, log } = options;
  const basePath = new URL(graph.base).pathname.replace(/\/$/, '');
  const deps: Deps = { ...options, metrics: new Metrics(), vocabulary: new Vocabulary(), catalogueTexts: new CatalogueTexts(options.documents), basePath };
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', config.trustedProxies);
  app.set('case sensitive routing', true);

  app.use(requestId());
  app.use(observe(log, deps.metrics));
  app.use(pipelined());
  if (config.rateLimit !== 'off') app.use(rateLimit(config.rateLimit));
  app.use(warmAnswers(graph, config.cacheBytes / 2));
  app.use(tellRequestId());
  app.use(securityHeaders());
  app.use(codedEtag());
  app.use(compression({ threshold: 1000, filter: isText }));
  app.use(cors());
  app.use(normaliseUrl({ basePath, maxLength: config.maxUrlLength }));
  app.use(authenticate(options.verifyToken));

  for (const router of [statusRouter, staticsRouter, assetsRouter, openApiRouter, sparqlRouter, graphStoreRouter, voidRouter, resourceRouter, collectionsRouter, questionsRouter, deltaRouter, dumpsRouter, datasetsRouter, validateRouter, commitsRouter, historyRouter, loadRouter, ldesRouter, catalogueRouter]) {
    app.use(router(deps));
  }
  app.use((_req, res) => {
    const { path } = info(res);
    const near = nearAddresses(path);
    const hint = near.length === 0 ? { nl: '', en: '' } : { nl: ` Bedoelde u ${near.join(', of ')}?`, en: ` Did you mean ${near.join(', or ')}?` };
    throw new Fault('not-found', { nl: `Op ${path} staat niets.${hint.nl}`, en: `There is nothing at ${path}.${hint.en}` }, near.length === 0 ? {} : { extra: { lijktOp: near } });
  });
  app.use(errorHandler(deps));
  return app;
}
