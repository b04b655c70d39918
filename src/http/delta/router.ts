import { Router, type RequestHandler } from 'express';
import { composeText, envText } from '../../publication/delta/consumerConfig.js';
import { allStream } from '../../publication/delta/streams.js';
import { prefersHtml } from '../accept.js';
import type { Deps } from '../deps.js';
import { route } from '../route.js';
import { sendText } from '../send.js';
import { datasetHandlers } from './datasets.js';
import { sendDownload } from './download.js';
import { compareEndState, sendEndState } from './endState.js';
import { jsonApi, sendJsonApi } from './jsonApi.js';
import { sendListing } from './listing.js';
import { sendStream, sendStreams } from './pages.js';
import { SyncSessions } from './sessions.js';
import { streamNamed } from './streamAccess.js';

/** The routes of `/datasets` say what is possible there. */
const elsewhere: RequestHandler = (_req, _res, next) => next();

/**
 * LBLOD delta sync, as the consumers in production ask for it. To be registered before the routes of `/datasets`, which
 * share paths with it: a double slash in them is one by the time it comes here.
 */
export function deltaRouter(deps: Deps): Router {
  const router = Router();
  const sessions = new SyncSessions(deps);
  const datasets = datasetHandlers(deps, sessions);
  // Without a word on OPTIONS Express would answer it here, for these handlers alone.
  router.route('/datasets').get(datasets.list).options(elsewhere);
  router.route('/datasets/:id').get(datasets.one).options(elsewhere);
  route(router, '/datasets/:id/distributions', { get: datasets.distributions });
  route(router, '/distributions/:id', { get: datasets.distribution });
  route(router, '/distributions/:id/subject', { get: datasets.subject });
  route(router, '/files/:id', { get: datasets.file });
  route(router, '/files/:id/download', { get: jsonApi(deps, (req, res) => sendDownload(deps, sessions, req, res)) });
  route(router, '/sync', { get: jsonApi(deps, (req, res) => sendStreams(deps, req, res)) });
  // The path of consumers that are given none (`DCR_SYNC_FILES_PATH`).
  route(router, '/sync/files', { get: jsonApi(deps, (req, res) => sendListing(deps, sessions, req, res, allStream)) });
  route(router, '/sync/:stream', { get: jsonApi(deps, (req, res) => sendStream(deps, req, res)) });
  route(router, '/sync/:stream/files', { get: jsonApi(deps, (req, res) => sendListing(deps, sessions, req, res)) });
  route(router, '/sync/:stream/login', {
    post: jsonApi(deps, async (req, res) => {
      const stream = streamNamed(deps, String(req.params['stream']));
      const id = await sessions.login(req, res, stream);
      sendJsonApi(res, { links: { self: '/sessions/current' }, data: { type: 'sessions', id: id.slice(0, 8), attributes: { stream: stream.name } } }, 201);
    }),
  });
  route(router, ['/sync/:stream/consumer', '/sync/:stream/consumer.yml', '/sync/:stream/consumer.env'], {
    get: jsonApi(deps, async (req, res) => {
      const stream = streamNamed(deps, String(req.params['stream']));
      if (req.path.endsWith('/consumer') && prefersHtml(req.get('accept'))) return sendStream(deps, req, res);
      const isEnv = req.path.endsWith('.env');
      const text = (isEnv ? envText : composeText)(deps.graph.base, stream);
      sendText(res, isEnv ? 'text/plain; charset=utf-8' : 'application/yaml; charset=utf-8', text);
    }),
  });
  route(router, '/sync/:stream/eindtoestand', {
    get: jsonApi(deps, (req, res) => sendEndState(deps, req, res)),
    post: jsonApi(deps, (req, res) => compareEndState(deps, req, res)),
  });
  return router;
}
