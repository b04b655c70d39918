import { Router } from 'express';
import { Fault } from '../../faults.js';
import type { Deps } from '../deps.js';
import { route } from '../route.js';
import { sendAsset } from './asset.js';
import { editorAssets } from './editor.js';

/** What the query page needs of scripts and styles; nothing comes from elsewhere. */
export function assetsRouter(deps: Deps): Router {
  const router = Router();
  route(router, '/assets/editor/:version/:name', {
    get: async (req, res) => {
      const { version, files } = await editorAssets(deps.vocabulary);
      const found = req.params['version'] === version ? files.get(String(req.params['name'])) : undefined;
      if (!found) throw new Fault('not-found', { nl: `Op ${req.path} staat niets.`, en: `There is nothing at ${req.path}.` });
      await sendAsset(req, res, found);
    },
  });
  return router;
}
