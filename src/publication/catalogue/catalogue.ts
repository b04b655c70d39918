import type { Quad } from '@rdfjs/types';
import type { DatasetInfo } from '../../graph/api.js';
import { catalogueTerms, modeConcepts, statusConcepts } from '../../graph/catalogue.js';
import { isAbsoluteIri } from '../../rdf/iri.js';
import { rdfFormats } from '../../rdf/mediaTypes.js';
import { dcat, dcatap, dct, foaf, mdcat, rdfs, skos, spdx, vcard } from '../../rdf/prefixes.js';
import { Description, type Subject } from './description.js';
import { References } from './references.js';
import type { CataloguedDump, CataloguedService, CataloguedStream, CatalogueModel } from './model.js';
import * as terms from './terms.js';

/** IRI of the catalogue: the document that describes it. */
export function catalogueIri(base: string): string {
  return `${base}catalog`;
}

/**
 * The catalogue as DCAT 3, by DCAT-AP 3.0.1, DCAT-AP-VL 3.0 (recognised 2026-02-12) and, where it asks for more, 2.0:
 * datasets, streams, their distributions, services and records, and a class for each thing referred to, because the
 * range shapes of DCAT-AP look for it in the same graph.
 */
export function catalogueQuads(model: CatalogueModel): readonly Quad[] {
  return new CatalogueWriter(model).whole();
}

/** The description of one dataset, with its distributions, as the catalogue has it. */
export function datasetQuads(model: CatalogueModel, dataset: DatasetInfo): readonly Quad[] {
  return new CatalogueWriter(model).only(dataset);
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

type Texts = Readonly<Record<string, string>>;

const fullDownload = {
  title: { nl: 'Volledige download', en: 'Full download' },
  description: {
    nl: 'Alle openbare datasets met een licentie in één bestand. De licentie van elke dataset blijft gelden.',
    en: 'All public datasets with a licence in one file. The licence of each dataset remains in force.',
  },
};

class CatalogueWriter {
  readonly #model: CatalogueModel;
  readonly #document = new Description();
  readonly #catalogue: string;
  readonly #publisher: string;
  readonly #contact: string;
  readonly #refer: References;

  constructor(model: CatalogueModel) {
    this.#model = model;
    this.#refer = new References(this.#document, model.names);
    this.#catalogue = catalogueIri(model.base);
    this.#publisher = model.publisher.iri ?? `${this.#catalogue}#uitgever`;
    this.#contact = `${this.#catalogue}#contact`;
  }

  whole(): readonly Quad[] {
    const { datasets, streams, services, modified, base } = this.#model;
    const catalogue = this.#document.about(this.#catalogue, dcat('Catalog')).identified();
    catalogue
      .texts(dct('title'), { nl: 'Regiograaf', en: 'Regiograaf' })
      .texts(dct('description'), {
        nl: 'Datasets, streams en diensten over de actoren, initiatieven, bouwstenen en componenten van de Vlaamse slimme regio.',
        en: 'Datasets, streams and services on the actors, initiatives, building blocks and components of the Flemish smart region.',
      })
      .link(dct('publisher'), this.#publisher)
      .link(dcat('contactPoint'), this.#contact)
      .link(dct('license'), this.#refer.licence(terms.cc0))
      .link(dct('language'), ...Object.values(terms.languages).map((language) => this.#refer.language(language)))
      .link(dcat('themeTaxonomy'), terms.themeScheme)
      .link(foaf('homepage'), base)
      .value(dct('modified'), modified, 'dateTime');
    for (const dataset of datasets) {
      this.#dataset(dataset);
      catalogue.link(dcat('dataset'), dataset.iri).link(dcat('record'), this.#record(`dataset-${dataset.slug}`, dataset.iri, dataset.modified, dataset.title));
    }
    for (const stream of streams) {
      if (stream.service === undefined) this.#stream(stream);
      else this.#served(stream, stream.service);
      catalogue.link(dcat('dataset'), stream.iri).link(dcat('record'), this.#record(`stream-${nameOf(stream)}`, stream.iri, modified, stream.title));
      if (stream.service === undefined) catalogue.link(dcat('service'), this.#streamService(stream));
    }
    const everything = this.#everything();
    if (everything !== undefined) catalogue.link(dcat('dataset'), everything).link(dcat('record'), this.#record('downloads', everything, modified, fullDownload.title));
    for (const service of services) catalogue.link(dcat('service'), this.#service(service));
    this.#things();
    this.#refer.thing(base, foaf('Document'));
    return this.#document.quads;
  }

  only(dataset: DatasetInfo): readonly Quad[] {
    this.#dataset(dataset);
    this.#things();
    return this.#document.quads;
  }

  #record(name: string, about: string, modified: string | undefined, title: Texts): string {
    const { iri } = this.#document
      .about(`${this.#catalogue}#fiche-${encodeURIComponent(name)}`, dcat('CatalogRecord'))
      .identified()
      .texts(dct('title'), title)
      .link(foaf('primaryTopic'), about)
      .link(dct('conformsTo'), this.#refer.standard(terms.profile))
      .value(dct('modified'), modified ?? this.#model.modified, 'dateTime');
    return iri;
  }

  /** What datasets, streams and services have in common. */
  #resource(subject: Subject, title: Texts, description: Texts, owner?: string, accessRight = this.#refer.accessRight(terms.accessRightPublic, { nl: 'publiek', en: 'public' })): Subject {
    return subject
      .identified()
      .texts(dct('title'), title)
      .texts(dct('description'), description)
      .link(dct('publisher'), owner === undefined ? this.#publisher : this.#refer.agent(owner))
      .link(dcat('contactPoint'), this.#contact)
      .link(dct('accessRights'), accessRight)
      .link(dcat('theme'), ...terms.themes)
      .link(mdcat('statuut'), this.#refer.concept(terms.openDataStatus, { nl: 'Vlaamse open data' }))
      .texts(dcat('keyword'), { nl: 'Vlaamse Open data' })
      .texts(dcat('keyword'), { nl: 'slimme regio', en: 'smart region' });
  }

  #dataset(dataset: DatasetInfo): void {
    const { iri, slug, title, status, mode, issued, modified, licence, hvdCategory } = dataset;
    const description = Object.keys(dataset.description).length > 0 ? dataset.description : describing(title);
    const page = `${this.#model.base}datasets/${encodeURI(slug)}`;
    const right =
      dataset.visibility === 'public' ? undefined : this.#refer.accessRight(terms.accessRightNonPublic, { nl: 'niet publiek', en: 'not public' });
    const subject = this.#resource(this.#document.about(iri, dcat('Dataset'), dcat('Resource')), title, description, absolute(dataset.owner), right);
    subject
      .date(dct('issued'), issued)
      .value(dct('modified'), modified, 'dateTime')
      .link(dcat('landingPage'), page)
      .link(catalogueTerms.status, statusConcepts[status])
      .link(catalogueTerms.mode, modeConcepts[mode]);
    this.#refer.thing(page, foaf('Document'));
    this.#highValue(subject, hvdCategory);
    for (const { mediaType, extensions, canWrite } of rdfFormats) {
      if (!canWrite) continue;
      const url = `${page}/inhoud.${extensions[0] ?? ''}`;
      subject.link(dcat('distribution'), this.#distribution({ url, mediaType, ...(licence === undefined ? {} : { licence }), ...(hvdCategory === undefined ? {} : { hvdCategory }) }));
    }
    for (const dump of this.#model.dumps) {
      if (dump.dataset !== iri) continue;
      subject.link(dcat('distribution'), this.#distribution({ ...dump, ...(licence === undefined ? {} : { licence }), ...(hvdCategory === undefined ? {} : { hvdCategory }) }));
    }
  }

  #distribution(file: Pick<CataloguedDump, 'url' | 'mediaType'> & Partial<CataloguedDump> & { readonly licence?: string; readonly hvdCategory?: string }): string {
    const { url, mediaType, licence, bytes, sha256, compressed, modified, hvdCategory } = file;
    const label = rdfFormats.find((format) => format.mediaType === mediaType)?.label ?? mediaType;
    const subject = this.#document
      .about(`${url}#distributie`, dcat('Distribution'))
      .identified()
      .texts(dct('title'), { nl: `${label}${compressed ? ', gecomprimeerd' : ''}`, en: `${label}${compressed ? ', compressed' : ''}` })
      .link(dcat('accessURL'), url)
      .link(dcat('downloadURL'), url)
      .link(dcatap('availability'), this.#refer.concept(terms.availabilityStable, { en: 'stable' }))
      .link(dcat('mediaType'), this.#refer.mediaType(mediaType))
      .link(dct('format'), this.#refer.fileType(mediaType, label));
    if (compressed) subject.link(dcat('compressFormat'), this.#refer.mediaType('application/gzip'));
    if (bytes !== undefined) subject.value(dcat('byteSize'), String(bytes), 'nonNegativeInteger');
    if (modified !== undefined) subject.value(dct('modified'), modified, 'dateTime');
    if (sha256 !== undefined) subject.link(spdx('checksum'), this.#checksum(url, sha256));
    this.#rights(subject, licence);
    if (hvdCategory !== undefined) subject.link(dcatap('applicableLegislation'), this.#refer.regulation());
    this.#refer.thing(url, rdfs('Resource'));
    return subject.iri;
  }

  /** The licence that is stated; where none is, that is what the rights statement says. */
  #rights(subject: Subject, licence: string | undefined): void {
    const iri = absolute(licence);
    if (iri !== undefined) {
      subject.link(dct('license'), this.#refer.licence(iri));
      return;
    }
    subject.link(dct('rights'), this.#refer.rights(`${this.#catalogue}#rechten-niet-vermeld`, { nl: 'Licentie niet vermeld', en: 'Licence not stated' }));
  }

  #checksum(url: string, sha256: string): string {
    const { iri } = this.#document
      .about(`${url}#sha256`, spdx('Checksum'))
      .link(spdx('algorithm'), this.#refer.thing(terms.sha256Algorithm, spdx('ChecksumAlgorithm')))
      .value(spdx('checksumValue'), sha256, 'hexBinary');
    return iri;
  }

  #stream(stream: CataloguedStream): void {
    const { iri, view, title, description, dataset, mediaType } = stream;
    const subject = this.#resource(this.#document.about(iri, dcat('Dataset'), dcat('Resource'), terms.eventStreamClass), title, description)
      .link(dct('type'), this.#refer.concept(terms.eventStreamClass, { en: 'Event stream' }))
      .link(dct('conformsTo'), this.#refer.standard('https://w3id.org/ldes/specification'))
      .link(dct('accrualPeriodicity'), this.#refer.thing(terms.frequencyContinuous, dct('Frequency')))
      .link(dct('source'), dataset)
      .value(dct('modified'), this.#model.modified, 'dateTime');
    const distribution = this.#document
      .about(`${iri}-distributie`, dcat('Distribution'))
      .identified()
      .texts(dct('title'), { nl: 'Event stream (LDES)', en: 'Event stream (LDES)' })
      .link(dcat('accessURL'), view)
      .link(dcat('accessService'), `${iri}-dienst`)
      .link(dcat('mediaType'), this.#refer.mediaType(mediaType))
      .link(dct('format'), this.#refer.fileType(mediaType, mediaType))
      .link(dct('conformsTo'), 'https://w3id.org/ldes/specification')
      .link(dct('license'), this.#refer.licence(terms.freeReuse));
    this.#refer.thing(view, rdfs('Resource'));
    subject.link(dcat('distribution'), distribution.iri);
  }

  /** A stream that a service gives together with others. */
  #served({ iri, view, title, description, dataset, mediaType }: CataloguedStream, service: string): void {
    const distribution = this.#document
      .about(`${iri}#distributie`, dcat('Distribution'))
      .identified()
      .texts(dct('title'), title)
      .link(dcat('accessURL'), view)
      .link(dcat('accessService'), this.#serviceIri(service))
      .link(dcat('mediaType'), this.#refer.mediaType(mediaType))
      .link(dct('license'), this.#refer.licence(terms.freeReuse));
    this.#refer.thing(view, rdfs('Resource'));
    this.#resource(this.#document.about(iri, dcat('Dataset'), dcat('Resource')), title, description)
      .link(dct('accrualPeriodicity'), this.#refer.thing(terms.frequencyContinuous, dct('Frequency')))
      .link(dct('source'), dataset)
      .value(dct('modified'), this.#model.modified, 'dateTime')
      .link(dcat('distribution'), distribution.iri);
  }

  /** The files with all datasets in one, as a dataset made of those; undefined when there are none. */
  #everything(): string | undefined {
    const files = this.#model.dumps.filter(({ dataset }) => dataset === undefined);
    if (files.length === 0) return undefined;
    const parts = new Set(this.#model.dumps.map(({ dataset }) => dataset));
    const sources = this.#model.datasets.filter(({ iri }) => parts.has(iri));
    // One licence holds for the whole when it is that of every part.
    const [licence, ...others] = new Set(sources.map((source) => source.licence));
    const subject = this.#resource(this.#document.about(`${this.#model.base}dumps#alle`, dcat('Dataset'), dcat('Resource')), fullDownload.title, fullDownload.description)
      .link(dct('source'), ...sources.map(({ iri }) => iri))
      .value(dct('modified'), files[0]?.modified, 'dateTime');
    for (const file of files) subject.link(dcat('distribution'), this.#distribution(licence === undefined || others.length > 0 ? file : { ...file, licence }));
    return subject.iri;
  }

  #streamService(stream: CataloguedStream): string {
    return this.#dataService(
      {
        title: stream.title,
        description: stream.description,
        endpoint: stream.view,
        endpointDescription: `${this.#model.base}openapi.json`,
        conformsTo: ['https://w3id.org/ldes/specification', 'https://w3id.org/tree/specification'],
      },
      `${stream.iri}-dienst`,
    ).link(dcat('servesDataset'), stream.iri).iri;
  }

  #service(service: CataloguedService): string {
    const subject = this.#dataService(service, this.#serviceIri(service.name));
    const { streams } = this.#model;
    subject.link(dcat('servesDataset'), ...streams.filter((stream) => stream.service === service.name).map(({ iri }) => iri));
    const categories = new Set<string>();
    for (const { iri, hvdCategory } of this.#model.datasets) {
      subject.link(dcat('servesDataset'), iri);
      if (hvdCategory !== undefined) categories.add(hvdCategory);
    }
    for (const category of categories) this.#highValue(subject, category);
    return subject.iri;
  }

  #serviceIri(name: string): string {
    return `${this.#catalogue}#dienst-${name}`;
  }

  #dataService(service: Omit<CataloguedService, 'name'>, iri: string): Subject {
    const documentation = this.#refer.thing(`${this.#model.base}openapi.json`, foaf('Document'));
    for (const address of [service.endpoint, service.endpointDescription]) this.#refer.thing(address, rdfs('Resource'));
    return this.#resource(this.#document.about(iri, dcat('DataService')), service.title, service.description)
      .link(dct('license'), this.#refer.licence(terms.freeReuse))
      .link(dcat('endpointURL'), service.endpoint)
      .link(dcat('endpointDescription'), service.endpointDescription)
      .link(foaf('page'), documentation)
      .link(dct('conformsTo'), ...service.conformsTo.map((standard) => this.#refer.standard(standard)))
      .link(mdcat('levensfase'), this.#refer.concept(terms.lifePhaseLive, { nl: 'Live' }))
      .link(mdcat('ontwikkelingstoestand'), this.#refer.concept(terms.developmentProduction, { nl: 'Productie' }));
  }

  #highValue(subject: Subject, category: string | undefined): void {
    if (category === undefined) return;
    subject.link(dcatap('hvdCategory'), this.#refer.concept(category, {}, terms.hvdScheme)).link(dcatap('applicableLegislation'), this.#refer.regulation());
  }

  /** Publisher, contact and the concepts that every resource refers to. */
  #things(): void {
    const { publisher } = this.#model;
    this.#document.about(this.#publisher, foaf('Agent')).texts(foaf('name'), { nl: publisher.name });
    const contact = this.#document.about(this.#contact, vcard('Kind'), vcard('Organization')).value(vcard('fn'), publisher.name);
    const reach = publisher.contact ?? this.#model.base;
    if (/^https?:/iu.test(reach)) contact.link(vcard('hasURL'), reach).link(foaf('page'), reach);
    else contact.link(vcard('hasEmail'), `mailto:${reach.replace(/^mailto:/iu, '')}`);
    this.#document.about(terms.themeScheme, skos('ConceptScheme')).texts(dct('title'), { en: 'Data theme' });
    const [european, belgian] = terms.themes;
    this.#refer.concept(european, { nl: 'Overheid en publieke sector', en: 'Government and public sector' }, terms.themeScheme);
    this.#refer.concept(belgian, { nl: 'Overheid' });
  }
}

function absolute(iri: string | undefined): string | undefined {
  return iri !== undefined && isAbsoluteIri(iri) ? iri : undefined;
}

function describing(title: Texts): Texts {
  return { nl: `Dataset “${title['nl'] ?? Object.values(title)[0] ?? ''}” van Regiograaf.` };
}

function nameOf({ view }: CataloguedStream): string {
  return new URL(view).pathname.replace(/^\//u, '').replaceAll('/', '-');
}
