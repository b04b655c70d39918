import { Router, type Request, type Response } from 'express';
import { Fault } from '../../faults.js';
import { standardDataset } from '../../graph/catalogue.js';
import { checkIri } from '../../rdf/iri.js';
import { fields, visibility } from '../context.js';
import { address, type Deps } from '../deps.js';
import { graphOffers, negotiate } from '../formats.js';
import { route } from '../route.js';
import { clearContent, loadContent, sendContent, type ContentTarget } from './content.js';

/** The graph a request is about (SPARQL 1.1 Graph Store HTTP Protocol §4.2): `?graph=` or `?default`, exactly one. */
function graphOf(deps: Deps, req: Request): string {
  const query = fields(req);
  const graph = query.one('graph');
  const isDefault = query.has('default');
  if ((graph === undefined) === !isDefault) {
    throw new Fault('bad-request', {
      nl: 'Geef ofwel ?graph= met het adres van een dataset, ofwel ?default.',
      en: 'Give either ?graph= with the IRI of a dataset, or ?default.',
    });
  }
  return graph === undefined ? standardDataset(deps.graph.base) : checkIri(graph);
}

async function target(deps: Deps, req: Request, res: Response): Promise<ContentTarget> {
  const iri = graphOf(deps, req);
  const known = (await deps.graph.datasets(visibility(res))).find((dataset) => dataset.iri === iri);
  const query = iri === standardDataset(deps.graph.base) ? '?default' : `?graph=${encodeURIComponent(iri)}`;
  return { iri, known, source: 'graph-store', place: address(deps, `/graphs${query}`) };
}

/** `/graphs`: SPARQL 1.1 Graph Store HTTP Protocol, indirect graph identification. */
export function graphStoreRouter(deps: Deps): Router {
  const router = Router();
  route(router, '/graphs', {
    get: async (req, res) => {
      const { iri, known } = await target(deps, req, res);
      if (!known) throw new Fault('unknown-dataset', { nl: `De dataset ${iri} bestaat niet.`, en: `Dataset ${iri} does not exist.` });
      await sendContent(deps, req, res, known, negotiate(req.get('accept'), graphOffers));
    },
    put: async (req, res) => loadContent(deps, req, res, await target(deps, req, res), 'replace'),
    post: async (req, res) => loadContent(deps, req, res, await target(deps, req, res), 'add'),
    delete: async (req, res) => clearContent(deps, req, res, await target(deps, req, res)),
  });
  return router;
}
