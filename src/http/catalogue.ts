import { Router, type Request, type Response } from 'express';
import { Fault } from '../faults.js';
import { standardDataset } from '../graph/catalogue.js';
import { publicOnly, type Visibility } from '../graph/dataset.js';
import { catalogueIri, highValueModel } from '../publication/catalogue/catalogue.js';
import type { CatalogueModel } from '../publication/catalogue/model.js';
import { ownServices } from '../publication/catalogue/services.js';
import { vcard } from '../rdf/prefixes.js';
import { stateOf } from './catalogueTexts.js';
import { fields } from './context.js';
import { address, type Deps } from './deps.js';
import { bySuffix, graphOffers, htmlOffer, isRdfOffer, negotiate, type Offer } from './formats.js';
import { route } from './route.js';
import { answeredUnchanged, sendText } from './send.js';

/** The model of the catalogue as somebody may see it; what is published to the world is that of `publicOnly`. */
export async function catalogueModel(deps: Deps, who: Visibility = publicOnly): Promise<CatalogueModel> {
  const { graph, config, catalogue } = deps;
  const [datasets, dumps, found] = await Promise.all([graph.datasets(who), catalogue.dumps(), catalogue.streams()]);
  const known = new Set(datasets.map(({ iri }) => iri));
  // A stream of a dataset that is not for this reader, or not there any more, is no news for them.
  const streams = found.filter(({ dataset }) => dataset === undefined || known.has(dataset));
  const owners = [...new Set(datasets.flatMap(({ owner }) => (owner === undefined ? [] : [owner])))];
  const times = [...datasets.map(({ modified }) => modified), ...dumps.map(({ modified }) => modified)].filter((time) => time !== undefined);
  return {
    base: graph.base,
    publisher: { name: config.owner ?? 'Regiograaf', ...(config.contact === undefined ? {} : { contact: config.contact }) },
    datasets,
    names: owners.length === 0 ? new Map() : await graph.labels(owners, who),
    dumps,
    streams,
    services: ownServices(graph.base),
    modified: times.toSorted().at(-1) ?? new Date(0).toISOString(),
  };
}

/** The public catalogue; a standard graph that nobody writes in is no dataset to offer. */
async function published(deps: Deps): Promise<CatalogueModel> {
  const model = await catalogueModel(deps);
  const unused = standardDataset(deps.graph.base);
  return { ...model, datasets: model.datasets.filter(({ iri, quads }) => iri !== unused || quads > 0) };
}

/** `?profiel=hvd` gives the part on high-value datasets. */
function isHighValue(req: Request): boolean {
  const asked = fields(req).one('profiel');
  if (asked === undefined) return false;
  if (asked === 'hvd') return true;
  throw new Fault('bad-request', { nl: `Het profiel "${asked}" bestaat niet. Mogelijk: hvd.`, en: `There is no profile "${asked}". Possible: hvd.` });
}

async function sendCatalogue(deps: Deps, req: Request, res: Response): Promise<void> {
  const { offer: bySuffixOffer } = bySuffix(req.path, graphOffers);
  const offers: readonly Offer[] = [...graphOffers, htmlOffer];
  const offer = bySuffixOffer ?? negotiate(req.get('accept'), offers);
  if (!isRdfOffer(offer)) {
    res.redirect(303, address(deps, '/datasets'));
    return;
  }
  const highValue = isHighValue(req);
  // First: what is kept under a version is never older than it.
  const { commit } = await deps.graph.status();
  const whole = await published(deps);
  const part = highValue ? 'hvd-' : '';
  const state = `${offer.name}-${part}${stateOf(whole)}`;
  if (answeredUnchanged(req, res, { ...offer, name: state }, commit)) return;
  const nested = { [`${catalogueIri(deps.graph.base)}#contact`]: vcard('Organization') };
  const asked = { name: `published-${part}`, who: publicOnly, head: commit, options: { format: offer.format, nested } };
  sendText(res, offer.contentType, await deps.catalogueTexts.text(highValue ? highValueModel(whole) : whole, asked));
}

/** The DCAT catalogue as one document, in every RDF format, by suffix or by negotiation. */
export function catalogueRouter(deps: Deps): Router {
  const router = Router();
  route(router, ['/catalog', ...graphOffers.map(({ suffix }) => `/catalog.${suffix}`)], {
    get: (req, res) => sendCatalogue(deps, req, res),
  });
  return router;
}
