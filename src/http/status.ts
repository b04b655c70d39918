import { Router } from 'express';
import { startPage } from '../pages/startPage.js';
import { visibility } from './context.js';
import { viewOf, type Deps } from './deps.js';
import { prefersHtml } from './accept.js';
import { htmlOffer, jsonOffer } from './formats.js';
import { route } from './route.js';
import { answeredUnchanged, noStore, sendJson, sendText } from './send.js';

/** The start page, and what operators and their machines ask. */
export function statusRouter(deps: Deps): Router {
  const router = Router();
  const { graph } = deps;
  route(router, '/', {
    get: async (req, res) => {
      const status = await graph.status();
      if (!prefersHtml(req.get('accept'))) {
        if (answeredUnchanged(req, res, jsonOffer, status.commit)) return;
        const { base } = graph;
        sendJson(res, { naam: 'Regiograaf', versie: status.commit, actoren: `${base}actoren`, vragen: `${base}vragen`, datasets: `${base}datasets`, sparql: `${base}sparql`, versies: `${base}commits`, context: `${base}context/v1.jsonld`, woordenschat: `${base}ns` });
        return;
      }
      if (answeredUnchanged(req, res, htmlOffer, status.commit)) return;
      sendText(res, htmlOffer.contentType, startPage(viewOf(deps, res), status, await graph.datasets(visibility(res))));
    },
  });
  route(router, '/status', {
    get: async (_req, res) => {
      const status = await graph.status();
      noStore(res);
      if (!status.ready) res.setHeader('Retry-After', '1');
      res.status(status.ready ? 200 : 503);
      sendJson(res, status);
    },
  });
  route(router, '/metrics', {
    get: async (_req, res) => {
      const text = deps.metrics.text(await graph.status());
      noStore(res);
      sendText(res, 'text/plain; version=0.0.4; charset=utf-8', text);
    },
  });
  return router;
}
