import { dcat, dct, foaf, mdcat, rdfs } from '../../rdf/prefixes.js';
import type { Subject } from './description.js';
import type { CataloguedService, CataloguedStream } from './model.js';
import type { Resources } from './resources.js';
import * as terms from './terms.js';

const ldes = 'https://w3id.org/ldes/specification';
const tree = 'https://w3id.org/tree/specification';

/** Describes an event stream as a dataset of its own, and the service that gives it; answers the IRI of that. */
export function describeStream(resources: Resources, stream: CataloguedStream): string {
  const { iri, view, title, description, dataset, mediaType } = stream;
  const { document, refer, model } = resources;
  const distribution = document
    .about(`${iri}-distributie`, dcat('Distribution'))
    .identified()
    .texts(dct('title'), { nl: 'Event stream (LDES)', en: 'Event stream (LDES)' })
    .link(dcat('accessURL'), view)
    .link(dcat('accessService'), `${iri}-dienst`)
    .link(dcat('mediaType'), refer.mediaType(mediaType))
    .link(dct('format'), refer.fileType(mediaType, mediaType))
    .link(dct('conformsTo'), ldes)
    .link(dct('license'), refer.licence(terms.freeReuse));
  refer.thing(view, rdfs('Resource'));
  followed(resources, resources.describe(document.about(iri, dcat('Dataset'), dcat('Resource'), terms.eventStreamClass), { title, description }), dataset)
    .link(dct('type'), refer.concept(terms.eventStreamClass, { en: 'Event stream' }))
    .link(dct('conformsTo'), refer.standard(ldes))
    .link(dcat('distribution'), distribution.iri);
  const service = { title, description, endpoint: view, endpointDescription: `${model.base}openapi.json`, conformsTo: [ldes, tree] };
  return dataService(resources, service, `${iri}-dienst`).link(dcat('servesDataset'), iri).iri;
}

/** Describes a stream that a service gives together with others. */
export function describeServed(resources: Resources, { iri, view, title, description, dataset, mediaType }: CataloguedStream, service: string): void {
  const { document, refer } = resources;
  const distribution = document
    .about(`${iri}#distributie`, dcat('Distribution'))
    .identified()
    .texts(dct('title'), title)
    .link(dcat('accessURL'), view)
    .link(dcat('accessService'), serviceIri(resources, service))
    .link(dcat('mediaType'), refer.mediaType(mediaType))
    .link(dct('license'), refer.licence(terms.freeReuse));
  refer.thing(view, rdfs('Resource'));
  followed(resources, resources.describe(document.about(iri, dcat('Dataset'), dcat('Resource')), { title, description }), dataset).link(dcat('distribution'), distribution.iri);
}

/** Describes one of the ways to ask this service, with what it gives access to; answers its IRI. */
export function describeService(resources: Resources, service: CataloguedService): string {
  const { streams, datasets } = resources.model;
  const subject = dataService(resources, service, serviceIri(resources, service.name))
    .link(dcat('servesDataset'), ...streams.filter((stream) => stream.service === service.name).map(({ iri }) => iri))
    .link(dcat('servesDataset'), ...datasets.map(({ iri }) => iri));
  const categories = new Set(datasets.flatMap(({ hvdCategory }) => (hvdCategory === undefined ? [] : [hvdCategory])));
  for (const category of categories) resources.highValue(subject, category);
  return subject.iri;
}

function followed({ refer, model }: Resources, subject: Subject, dataset: string | undefined): Subject {
  return subject
    .link(dct('accrualPeriodicity'), refer.continuous())
    .link(dct('source'), dataset)
    .value(dct('modified'), model.modified, 'dateTime');
}

function serviceIri({ catalogue }: Resources, name: string): string {
  return `${catalogue}#dienst-${name}`;
}

function dataService(resources: Resources, service: Omit<CataloguedService, 'name'>, iri: string): Subject {
  const { document, refer, model } = resources;
  const documentation = refer.thing(`${model.base}openapi.json`, foaf('Document'));
  for (const address of [service.endpoint, service.endpointDescription]) refer.thing(address, rdfs('Resource'));
  return resources
    .describe(document.about(iri, dcat('DataService')), { ...service, status: refer.concept(terms.openServiceStatus, { nl: 'Vlaamse open data (dienst)' }) })
    .link(dct('license'), refer.licence(terms.freeReuse))
    .link(dcat('endpointURL'), service.endpoint)
    .link(dcat('endpointDescription'), service.endpointDescription)
    .link(foaf('page'), documentation)
    .link(dct('conformsTo'), ...service.conformsTo.map((standard) => refer.standard(standard)))
    .link(mdcat('levensfase'), refer.concept(terms.lifePhaseLive, { nl: 'Live' }))
    .link(mdcat('ontwikkelingstoestand'), refer.concept(terms.developmentProduction, { nl: 'Productie' }));
}
