import { Router, type Request } from 'express';
import type { Deps } from '../deps.js';
import { route } from '../route.js';
import { sendConformance } from './conformance.js';
import { PageEvents } from './events.js';
import { sendStreams } from './list.js';
import { sendMember } from './member.js';
import { sendPage } from './pages.js';

function pathOf(req: Request): string {
  // As it stands: the name of a dataset may be an address in percent-encoding.
  return req.path.replace(/^\/ldes\//, '').replace(/\/$/, '');
}

/** `/ldes`: event streams of what the graph knows (LDES, TREE). */
export function ldesRouter(deps: Deps): Router {
  const router = Router();
  const events = new PageEvents();
  route(router, '/ldes', { get: (req, res) => sendStreams(deps, req, res) });
  route(router, ['/ldes/:stream/gebeurtenissen', '/ldes/dataset/:slug/gebeurtenissen'], {
    get: (req, res) => events.send(deps, req, res, pathOf(req).replace(/\/gebeurtenissen$/, '')),
  });
  route(router, ['/ldes/:stream/conformiteit', '/ldes/dataset/:slug/conformiteit'], {
    get: (req, res) => sendConformance(deps, req, res, pathOf(req).replace(/\/conformiteit$/, '')),
  });
  route(router, '/ldes/lid/:commit/:id', { get: (req, res) => sendMember(deps, req, res) });
  route(router, '/ldes/*path', { get: (req, res) => sendPage(deps, req, res, pathOf(req)) });
  return router;
}
