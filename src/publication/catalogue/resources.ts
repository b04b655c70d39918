import { isAbsoluteIri } from '../../rdf/iri.js';
import { dcat, dcatap, dct, foaf, mdcat, rdfs, skos, vcard } from '../../rdf/prefixes.js';
import { Description, type Subject } from './description.js';
import type { CatalogueModel, Texts } from './model.js';
import { References } from './references.js';
import * as terms from './terms.js';

/** IRI of the catalogue: the document that describes it. */
export function catalogueIri(base: string): string {
  return `${base}catalog`;
}

interface About {
  readonly title: Texts;
  readonly description: Texts;
  readonly owner?: string;
  readonly accessRight?: string;
  /** For who may use it; open data unless something else is said. */
  readonly status?: string;
}

/** What datasets, streams and services have in common, and what all of them refer to. */
export class Resources {
  readonly document = new Description();
  readonly model: CatalogueModel;
  readonly refer: References;
  readonly catalogue: string;
  readonly publisher: string;
  readonly contact: string;

  constructor(model: CatalogueModel) {
    this.model = model;
    this.refer = new References(this.document, model.names);
    this.catalogue = catalogueIri(model.base);
    this.publisher = model.publisher.iri ?? `${this.catalogue}#uitgever`;
    this.contact = `${this.catalogue}#contact`;
  }

  /** Says of a resource what DCAT-AP-VL asks of all of them. */
  describe(subject: Subject, { title, description, owner, accessRight, status }: About): Subject {
    return subject
      .identified()
      .texts(dct('title'), title)
      .texts(dct('description'), description)
      .link(dct('publisher'), owner === undefined ? this.publisher : this.refer.agent(owner))
      .link(dcat('contactPoint'), this.contact)
      .link(dct('accessRights'), accessRight ?? this.refer.accessRight(terms.accessRightPublic, { nl: 'publiek', en: 'public' }))
      .link(dcat('theme'), ...terms.themes)
      .link(mdcat('statuut'), status ?? this.refer.concept(terms.openDataStatus, { nl: 'Vlaamse open data' }))
      .texts(dcat('keyword'), { nl: 'Vlaamse Open data' })
      .texts(dcat('keyword'), { nl: 'slimme regio', en: 'smart region' });
  }

  /** The record of a resource in the catalogue. */
  record(name: string, about: string, modified: string | undefined, title: Texts): string {
    const { iri } = this.document
      .about(`${this.catalogue}#fiche-${encodeURIComponent(name)}`, dcat('CatalogRecord'))
      .identified()
      .texts(dct('title'), title)
      .link(foaf('primaryTopic'), about)
      .link(dct('conformsTo'), this.refer.standard(terms.profile))
      .value(dct('modified'), modified ?? this.model.modified, 'dateTime');
    return iri;
  }

  highValue(subject: Subject, category: string | undefined): void {
    if (category === undefined) return;
    subject.link(dcatap('hvdCategory'), this.refer.concept(category, terms.hvdCategories[category] ?? { nl: category }, terms.hvdScheme)).link(dcatap('applicableLegislation'), this.refer.regulation());
  }

  /** Publisher, contact and the concepts that every resource refers to. */
  things(): void {
    const { publisher, base } = this.model;
    this.document.about(this.publisher, ...terms.agentClasses).texts(foaf('name'), { nl: publisher.name });
    const contact = this.document.about(this.contact, vcard('Kind'), vcard('Organization')).value(vcard('fn'), publisher.name);
    const reach = publisher.contact ?? base;
    if (/^https?:/iu.test(reach)) contact.link(vcard('hasURL'), reach).link(foaf('page'), reach);
    else contact.link(vcard('hasEmail'), this.refer.thing(`mailto:${reach.replace(/^mailto:/iu, '')}`, rdfs('Resource')));
    this.document.about(terms.themeScheme, skos('ConceptScheme')).texts(dct('title'), { en: 'Data theme' });
    const [european, belgian] = terms.themes;
    this.refer.concept(european, { nl: 'Overheid en publieke sector', en: 'Government and public sector' }, terms.themeScheme);
    this.refer.concept(belgian, { nl: 'Overheid' });
  }
}

/** An IRI that can stand in the catalogue; undefined for anything else. */
export function absolute(iri: string | undefined): string | undefined {
  return iri !== undefined && isAbsoluteIri(iri) ? iri : undefined;
}
