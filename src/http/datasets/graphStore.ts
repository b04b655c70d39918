import { randomUUID } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { Fault } from '../../faults.js';
import { standardDataset } from '../../graph/catalogue.js';
import { unknownDataset } from '../../graph/unknownDataset.js';
import { checkIri } from '../../rdf/iri.js';
import { contentType } from '../body.js';
import { fields, info, visibility } from '../context.js';
import { address, type Deps } from '../deps.js';
import { contentOffers, negotiateForm } from '../formats.js';
import { route } from '../route.js';
import { loadContent, sendContent, type ContentTarget } from './content.js';
import { loadParts, patchGraph, removeGraph } from './graphWrites.js';

const storePath = '/graphs';

/** The address of a graph that lies under the graph store itself: direct graph identification (§4.1). */
function ownGraph(deps: Deps, path: string): string {
  return checkIri(`${deps.graph.base}${path.slice(1)}`);
}

/**
 * The graph a request is about (SPARQL 1.1 Graph Store HTTP Protocol §4): the address itself, or `?graph=` or
 * `?default`, exactly one of them.
 */
function graphOf(deps: Deps, req: Request, res: Response): string {
  const query = fields(req);
  const graph = query.one('graph');
  const { path } = info(res);
  const direct = path.replace(/\/$/, '') !== storePath;
  if (Number(graph !== undefined) + Number(query.has('default')) + Number(direct) !== 1) {
    throw new Fault('bad-request', {
      nl: 'Geef ofwel ?graph= met het adres van een dataset, ofwel ?default, ofwel een eigen adres onder /graphs/.',
      en: 'Give either ?graph= with the IRI of a dataset, or ?default, or an address of its own under /graphs/.',
    });
  }
  if (direct) return ownGraph(deps, path);
  return graph === undefined ? standardDataset(deps.graph.base) : checkIri(graph);
}

async function target(deps: Deps, res: Response, iri: string): Promise<ContentTarget> {
  const { base } = deps.graph;
  const known = (await deps.graph.datasets(visibility(res))).find((dataset) => dataset.iri === iri);
  const place = iri.startsWith(`${base}graphs/`)
    ? iri
    : address(deps, `${storePath}${iri === standardDataset(base) ? '?default' : `?graph=${encodeURIComponent(iri)}`}`);
  return { iri, known, source: 'graph-store', place };
}

async function send(deps: Deps, req: Request, res: Response): Promise<void> {
  const { iri, known, place } = await target(deps, res, graphOf(deps, req, res));
  if (!known) throw unknownDataset(iri);
  if (place === iri) res.setHeader('Content-Location', iri);
  await sendContent(deps, req, res, known, negotiateForm(req.get('accept'), contentOffers), { blankNodes: true });
}

/** POST to the store itself makes a graph with an address of its own (§5.5); to a graph, it adds. */
async function post(deps: Deps, req: Request, res: Response): Promise<void> {
  const query = fields(req);
  const toStore = info(res).path.replace(/\/$/, '') === storePath && !query.has('graph') && !query.has('default');
  const iri = toStore ? ownGraph(deps, `${storePath}/${randomUUID()}`) : graphOf(deps, req, res);
  const graph = await target(deps, res, iri);
  if (contentType(req) === 'multipart/form-data') await loadParts(deps, req, res, graph);
  else await loadContent(deps, req, res, graph, 'add');
}

/** `/graphs`: SPARQL 1.1 Graph Store HTTP Protocol, with direct and indirect graph identification. */
export function graphStoreRouter(deps: Deps): Router {
  const router = Router();
  const graph = (req: Request, res: Response): Promise<ContentTarget> => target(deps, res, graphOf(deps, req, res));
  route(router, [storePath, `${storePath}/*name`], {
    get: (req, res) => send(deps, req, res),
    put: async (req, res) => loadContent(deps, req, res, await graph(req, res), 'replace'),
    post: (req, res) => post(deps, req, res),
    patch: async (req, res) => patchGraph(deps, req, res, await graph(req, res)),
    delete: async (req, res) => removeGraph(deps, req, res, await graph(req, res)),
  });
  return router;
}
