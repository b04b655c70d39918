import { Router, type Request, type Response } from 'express';
import { LRUCache } from 'lru-cache';
import { Fault } from '../faults.js';
import { standardDataset } from '../graph/catalogue.js';
import { publicOnly, type Visibility } from '../graph/dataset.js';
import { catalogueIri, catalogueQuads, highValueModel } from '../publication/catalogue/catalogue.js';
import type { CatalogueModel } from '../publication/catalogue/model.js';
import { ownServices } from '../publication/catalogue/services.js';
import { vcard } from '../rdf/prefixes.js';
import type { SerialiseOptions } from '../rdf/serialise.js';
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

/** Texts kept: in a few forms, for a few visibilities. */
const kept = 24;
const texts = new WeakMap<Deps['documents'], LRUCache<string, Promise<Buffer>>>();

/** What of a model changes between two commits: dumps and streams are made after them. */
function stateOf({ dumps, streams, modified }: CatalogueModel): string {
  return `${dumps.length}-${streams.length}-${Date.parse(modified).toString(36)}`;
}

/** The text of a catalogue. Putting one together takes milliseconds: who asks the same, also meanwhile, gets the same. */
export function catalogueText({ documents, graph }: Deps, model: CatalogueModel, options: SerialiseOptions & { readonly name: string }, who: Visibility = publicOnly): Promise<Buffer> {
  let own = texts.get(documents);
  if (!own) texts.set(documents, (own = new LRUCache({ max: kept })));
  const { name, ...form } = options;
  const key = JSON.stringify([graph.head, stateOf(model), name, form.format.id, who.restricted]);
  let text = own.get(key);
  if (!text) {
    text = documents.write(catalogueQuads(model), form).then((written) => Buffer.from(written));
    own.set(key, text);
    text.catch(() => own.delete(key));
  }
  return text;
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
  const whole = await published(deps);
  const { commit } = await deps.graph.status();
  const part = highValue ? 'hvd-' : '';
  const state = `${offer.name}-${part}${stateOf(whole)}`;
  if (answeredUnchanged(req, res, { ...offer, name: state }, commit)) return;
  const nested = { [`${catalogueIri(deps.graph.base)}#contact`]: vcard('Organization') };
  sendText(res, offer.contentType, await catalogueText(deps, highValue ? highValueModel(whole) : whole, { name: `published-${part}`, format: offer.format, nested }));
}

/** The DCAT catalogue as one document, in every RDF format, by suffix or by negotiation. */
export function catalogueRouter(deps: Deps): Router {
  const router = Router();
  route(router, ['/catalog', ...graphOffers.map(({ suffix }) => `/catalog.${suffix}`)], {
    get: (req, res) => sendCatalogue(deps, req, res),
  });
  return router;
}
