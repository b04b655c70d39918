import type { Quad } from '@rdfjs/types';
import type { DatasetInfo } from '../../graph/api.js';
import { dcat, dct, foaf } from '../../rdf/prefixes.js';
import { describeServed, describeService, describeStream } from './access.js';
import { describeDataset, describeEverything, fullDownload } from './datasets.js';
import type { CataloguedStream, CatalogueModel } from './model.js';
import { Resources } from './resources.js';
import * as terms from './terms.js';

export { catalogueIri } from './resources.js';

/**
 * The catalogue as DCAT 3, by DCAT-AP 3.0.1, DCAT-AP-VL 3.0 (recognised 2026-02-12) and, where it asks for more, 2.0:
 * datasets, streams, their distributions, services and records, and a class for each thing referred to, because the
 * range shapes of DCAT-AP look for it in the same graph.
 */
export function catalogueQuads(model: CatalogueModel): readonly Quad[] {
  const resources = new Resources(model);
  const { document, refer, publisher, contact } = resources;
  const { datasets, streams, services, modified, base } = model;
  const catalogue = document.about(resources.catalogue, dcat('Catalog')).identified();
  catalogue
    .texts(dct('title'), { nl: 'Regiograaf', en: 'Regiograaf' })
    .texts(dct('description'), {
      nl: 'Datasets, streams en diensten over de actoren, initiatieven, bouwstenen en componenten van de Vlaamse slimme regio.',
      en: 'Datasets, streams and services on the actors, initiatives, building blocks and components of the Flemish smart region.',
    })
    .link(dct('publisher'), publisher)
    .link(dcat('contactPoint'), contact)
    .link(dct('license'), refer.licence(terms.cc0))
    .link(dct('language'), ...Object.values(terms.languages).map((language) => refer.language(language)))
    .link(dcat('themeTaxonomy'), terms.themeScheme)
    .link(foaf('homepage'), base)
    .value(dct('modified'), modified, 'dateTime');
  for (const dataset of datasets) {
    describeDataset(resources, dataset);
    catalogue.link(dcat('dataset'), dataset.iri).link(dcat('record'), resources.record(`dataset-${dataset.slug}`, dataset.iri, dataset.modified, dataset.title));
  }
  for (const stream of streams) {
    if (stream.service === undefined) catalogue.link(dcat('service'), describeStream(resources, stream));
    else describeServed(resources, stream, stream.service);
    catalogue.link(dcat('dataset'), stream.iri).link(dcat('record'), resources.record(`stream-${nameOf(stream)}`, stream.iri, modified, stream.title));
  }
  const everything = describeEverything(resources);
  if (everything !== undefined) catalogue.link(dcat('dataset'), everything).link(dcat('record'), resources.record('downloads', everything, modified, fullDownload.title));
  for (const service of services) catalogue.link(dcat('service'), describeService(resources, service));
  resources.things();
  refer.thing(base, foaf('Document'));
  return document.quads;
}

/** The description of one dataset, with its distributions and the services of the model that give access to it. */
export function datasetQuads(model: CatalogueModel, dataset: DatasetInfo): readonly Quad[] {
  const resources = new Resources({ ...model, datasets: [dataset], streams: [] });
  describeDataset(resources, dataset);
  for (const service of model.services) describeService(resources, service);
  resources.things();
  return resources.document.quads;
}

/**
 * The part of the catalogue on high-value datasets, by DCAT-AP HVD 3.0.0 (Implementing Regulation (EU) 2023/138):
 * datasets that their steward put in a category, and the services that give access to them.
 */
export function highValueModel(model: CatalogueModel): CatalogueModel {
  const datasets = model.datasets.filter(({ hvdCategory }) => hvdCategory !== undefined);
  const kept = new Set(datasets.map(({ iri }) => iri));
  return {
    ...model,
    datasets,
    dumps: model.dumps.filter(({ dataset }) => dataset !== undefined && kept.has(dataset)),
    streams: [],
    services: datasets.length === 0 ? [] : model.services.filter(({ name }) => name === 'sparql'),
  };
}

function nameOf({ view }: CataloguedStream): string {
  return new URL(view).pathname.replace(/^\//u, '').replaceAll('/', '-');
}
