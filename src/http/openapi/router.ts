import { createHash } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { apiPage } from '../../pages/apiPage.js';
import type { Language } from '../../pages/words.js';
import { info } from '../context.js';
import { viewOf, type Deps } from '../deps.js';
import { htmlOffer, jsonOffer, negotiate } from '../formats.js';
import { route } from '../route.js';
import { answeredUnchanged, sendText } from '../send.js';
import { areas } from './areas.js';
import { openApi } from './document.js';

interface Written {
  readonly text: string;
  readonly version: string;
}

/** `/openapi.json`, and the same for people at `/api`. */
export function openApiRouter(deps: Deps): Router {
  const router = Router();
  const kept = new Map<Language, Written>();
  const written = (language: Language): Written => {
    const known = kept.get(language);
    if (known) return known;
    const text = `${JSON.stringify(openApi(deps.graph.base, language, deps.config.contact), null, 2)}\n`;
    const made = { text, version: createHash('sha256').update(text).digest('hex').slice(0, 12) };
    kept.set(language, made);
    return made;
  };
  const sendJson = (req: Request, res: Response): void => {
    const { text, version } = written(info(res).language);
    /* The description comes with the package: it does not depend on the graph. */
    if (answeredUnchanged(req, res, { ...jsonOffer, name: `openapi.${version}` }, 0)) return;
    sendText(res, jsonOffer.contentType, text);
  };
  route(router, '/openapi.json', { get: sendJson });
  route(router, '/api', {
    get: (req, res) => {
      const offer = negotiate(req.get('accept'), [htmlOffer, jsonOffer]);
      if (offer === jsonOffer) sendJson(req, res);
      else sendText(res, offer.contentType, apiPage(viewOf(deps, res), areas));
    },
  });
  return router;
}
