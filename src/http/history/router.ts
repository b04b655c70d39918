import { Router } from 'express';
import type { Deps } from '../deps.js';
import { route } from '../route.js';
import { sendTimeGate, sendTimeMap } from './timemap.js';

/** `/timemap` and `/timegate`: the versions of one thing (RFC 7089). */
export function historyRouter(deps: Deps): Router {
  const router = Router();
  route(router, '/timemap', { get: (req, res) => sendTimeMap(deps, req, res) });
  route(router, '/timegate', { get: (req, res) => sendTimeGate(deps, req, res) });
  return router;
}
