import { Router, type Request, type Response } from 'express';
import { Fault } from '../../faults.js';
import type { DatasetInfo } from '../../graph/api.js';
import { unknownDataset } from '../../graph/unknownDataset.js';
import { messageTerms } from '../../pages/commitPages.js';
import { datasetPage, datasetsPage } from '../../pages/datasetPages.js';
import { formatByMediaType } from '../../rdf/mediaTypes.js';
import { datasetQuads } from '../../publication/catalogue/catalogue.js';
import { bodyJson, contentType } from '../body.js';
import { catalogueModel } from '../catalogue.js';
import { visibility } from '../context.js';
import { address, datasetIri, namesOf, viewOf, type Deps } from '../deps.js';
import { bySuffix, contentOffers, documentOffers, graphOffers, htmlOffer, isRdfOffer, negotiate, negotiateForm, type Offer } from '../formats.js';
import { sendOutcome } from '../outcome.js';
import { route } from '../route.js';
import { answeredUnchanged, sendText } from '../send.js';
import { ifHead, note, writeOptions, writer } from '../writing.js';
import { clearContent, loadContent, sendContent, type ContentTarget } from './content.js';
import { readDescription } from './description.js';

const descriptionOffers: readonly Offer[] = [...documentOffers.slice(0, 2), htmlOffer, ...documentOffers.slice(2)];
const plainSlug = /^[a-z0-9][a-z0-9._-]{0,99}$/;

function slugOf(req: Request): string {
  return String(req.params['slug']);
}

async function known(deps: Deps, req: Request, res: Response): Promise<DatasetInfo> {
  const slug = slugOf(req);
  const dataset = (await deps.graph.datasets(visibility(res))).find((info) => info.slug === slug);
  if (!dataset) throw unknownDataset(slug);
  return dataset;
}

async function target(deps: Deps, req: Request, res: Response): Promise<ContentTarget> {
  const slug = slugOf(req);
  const datasets = await deps.graph.datasets(visibility(res));
  const found = datasets.find((info) => info.slug === slug);
  if (!found && !plainSlug.test(slug)) {
    throw new Fault('bad-request', {
      nl: `"${slug}" kan geen naam van een dataset zijn: die bestaat uit kleine letters, cijfers, punten en streepjes, zoals fietsen-2026.`,
      en: `"${slug}" cannot be the name of a dataset: that consists of lower-case letters, digits, dots and dashes, like bicycles-2026.`,
    });
  }
  return { iri: datasetIri(deps.graph, slug, datasets), known: found, source: 'load', place: address(deps, `/datasets/${slug}/inhoud`) };
}

async function sendList(deps: Deps, req: Request, res: Response): Promise<void> {
  const offer = negotiate(req.get('accept'), descriptionOffers);
  const { commit: head } = await deps.graph.status();
  if (answeredUnchanged(req, res, offer, head)) return;
  if (isRdfOffer(offer)) {
    const who = visibility(res);
    const asked = { name: 'datasets', who, head, options: { format: offer.format } };
    sendText(res, offer.contentType, await deps.catalogueTexts.text(await catalogueModel(deps, who), asked));
  } else sendText(res, offer.contentType, datasetsPage(viewOf(deps, res), await deps.graph.datasets(visibility(res))));
}

async function sendDescription(deps: Deps, req: Request, res: Response): Promise<void> {
  const dataset = await known(deps, req, res);
  const offer = negotiate(req.get('accept'), descriptionOffers);
  const content = address(deps, `/datasets/${dataset.slug}/inhoud`);
  res.setHeader('Link', `<${content}>; rel="item"`);
  if (answeredUnchanged(req, res, offer, (await deps.graph.status()).commit)) return;
  if (isRdfOffer(offer)) {
    const model = await catalogueModel(deps, visibility(res));
    sendText(res, offer.contentType, await deps.documents.write(datasetQuads(model, dataset), { format: offer.format }));
    return;
  }
  const history = await deps.graph.commits({ dataset: dataset.iri, limit: 20 }, visibility(res));
  const { owner, licence } = dataset;
  const names = await namesOf(deps, res, [...[owner, licence].filter((iri) => iri !== undefined), ...messageTerms(history)]);
  const licenceName = licence === undefined ? undefined : names.licence(licence);
  const downloads = graphOffers.filter(({ name }) => name !== 'json').map(({ suffix, label }) => ({ href: `${content}.${suffix}`, label }));
  sendText(
    res,
    offer.contentType,
    datasetPage(viewOf(deps, res), {
      names,
      dataset,
      ...(owner === undefined ? {} : { ownerName: /^[a-z]+:/i.test(owner) ? names.of(owner) : owner }),
      ...(licenceName === undefined ? {} : { licenceName }),
      history,
      downloads,
      alternates: downloads.map(({ href }, index) => ({ href, type: graphOffers[index]?.mediaType ?? '' })),
    }),
  );
}

/** Creates or changes the description of a dataset. */
async function describe(deps: Deps, req: Request, res: Response): Promise<void> {
  const principal = writer(res);
  const { iri, known: before } = await target(deps, req, res);
  const description = readDescription(await bodyJson(req, deps.config.maxQueryBytes));
  const outcome = await deps.graph.write(
    { action: { kind: 'describe', dataset: iri, description }, source: 'catalogue', note: note(req, `Beschreven: ${slugOf(req)}`), ...ifHead(req), ...writeOptions(req) },
    principal,
  );
  await sendOutcome(deps, req, res, outcome, before ? {} : { created: address(deps, `/datasets/${slugOf(req)}`) });
}

/** A body on `/datasets/{slug}` is a description when it is plain JSON, content when it is RDF. */
function isDescription(req: Request): boolean {
  const type = contentType(req);
  return type === 'application/json' || (type !== '' && formatByMediaType(type) === undefined);
}

async function drop(deps: Deps, req: Request, res: Response): Promise<void> {
  const principal = writer(res);
  const dataset = await known(deps, req, res);
  const outcome = await deps.graph.write(
    { action: { kind: 'drop', dataset: dataset.iri }, source: 'catalogue', note: note(req, `Verwijderd: ${dataset.slug}`), ...ifHead(req), ...writeOptions(req) },
    principal,
  );
  await sendOutcome(deps, req, res, outcome);
}

/** `/datasets`, the description of one, and its content. */
export function datasetsRouter(deps: Deps): Router {
  const router = Router();
  route(router, '/datasets', { get: (req, res) => sendList(deps, req, res) });
  route(router, '/datasets/:slug', {
    get: (req, res) => sendDescription(deps, req, res),
    put: async (req, res) => (isDescription(req) ? describe(deps, req, res) : loadContent(deps, req, res, await target(deps, req, res), 'replace')),
    post: async (req, res) => (isDescription(req) ? describe(deps, req, res) : loadContent(deps, req, res, await target(deps, req, res), 'add')),
    delete: (req, res) => drop(deps, req, res),
  });
  route(router, ['/datasets/:slug/inhoud', ...graphOffers.map(({ suffix }) => `/datasets/:slug/inhoud.${suffix}`)], {
    get: async (req, res) => {
      const { offer } = bySuffix(req.path, graphOffers);
      await sendContent(deps, req, res, await known(deps, req, res), offer ?? negotiateForm(req.get('accept'), contentOffers));
    },
    put: async (req, res) => loadContent(deps, req, res, await target(deps, req, res), 'replace'),
    post: async (req, res) => loadContent(deps, req, res, await target(deps, req, res), 'add'),
    delete: async (req, res) => clearContent(deps, req, res, await target(deps, req, res)),
  });
  return router;
}
