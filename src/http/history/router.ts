import { Router } from 'express';
import type { Deps } from '../deps.js';
import { route } from '../route.js';
import { sendDiff } from './diff.js';
import { postUndo } from './undo.js';
import { sendTimeGate, sendTimeMap } from './timemap.js';

/** `/diff`, and the versions of one thing (`/timemap` and `/timegate`, RFC 7089). */
export function historyRouter(deps: Deps): Router {
  const router = Router();
  route(router, '/timemap', { get: (req, res) => sendTimeMap(deps, req, res) });
  route(router, '/timegate', { get: (req, res) => sendTimeGate(deps, req, res) });
  route(router, '/diff', { get: (req, res) => sendDiff(deps, req, res) });
  route(router, '/commits/:number/ongedaan', { post: (req, res) => postUndo(deps, req, res) });
  return router;
}
