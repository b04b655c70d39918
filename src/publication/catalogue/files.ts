import { rdfFormats } from '../../rdf/mediaTypes.js';
import { dcat, dcatap, dct, rdfs, spdx } from '../../rdf/prefixes.js';
import type { Subject } from './description.js';
import type { CataloguedDump } from './model.js';
import { absolute, type Resources } from './resources.js';
import * as terms from './terms.js';

/** A file to download, with what is known of it. */
export type CataloguedFile = Pick<CataloguedDump, 'url' | 'mediaType'> & Partial<CataloguedDump> & { readonly licence?: string; readonly hvdCategory?: string };

/** Describes a file as a distribution; answers its IRI. */
export function describeFile(resources: Resources, file: CataloguedFile): string {
  const { url, mediaType, licence, bytes, sha256, compressed, modified, hvdCategory } = file;
  const { document, refer } = resources;
  const label = rdfFormats.find((format) => format.mediaType === mediaType)?.label ?? mediaType;
  const subject = document
    .about(`${url}#distributie`, dcat('Distribution'))
    .identified()
    .texts(dct('title'), { nl: `${label}${compressed ? ', gecomprimeerd' : ''}`, en: `${label}${compressed ? ', compressed' : ''}` })
    .link(dcat('accessURL'), url)
    .link(dcat('downloadURL'), url)
    .link(dcatap('availability'), refer.concept(terms.availabilityStable, { en: 'stable' }, terms.availabilityScheme))
    .link(dcat('mediaType'), refer.mediaType(mediaType))
    .link(dct('format'), refer.fileType(mediaType, label));
  if (compressed) subject.link(dcat('compressFormat'), refer.mediaType('application/gzip'));
  if (bytes !== undefined) subject.value(dcat('byteSize'), String(bytes), 'nonNegativeInteger');
  if (modified !== undefined) subject.value(dct('modified'), modified, 'dateTime');
  if (sha256 !== undefined) subject.link(spdx('checksum'), checksum(resources, url, sha256));
  stateRights(resources, subject, licence);
  if (hvdCategory !== undefined) subject.link(dcatap('applicableLegislation'), refer.regulation());
  refer.thing(url, rdfs('Resource'));
  return subject.iri;
}

/** The licence that is stated; where none is, that is what the rights statement says. */
function stateRights({ refer, catalogue }: Resources, subject: Subject, licence: string | undefined): void {
  const iri = absolute(licence);
  if (iri === undefined) subject.link(dct('rights'), refer.rights(`${catalogue}#rechten-niet-vermeld`, { nl: 'Licentie niet vermeld', en: 'Licence not stated' }));
  else subject.link(dct('license'), refer.licence(iri));
}

function checksum({ document, refer }: Resources, url: string, sha256: string): string {
  const { iri } = document
    .about(`${url}#sha256`, spdx('Checksum'))
    .link(spdx('algorithm'), refer.thing(terms.sha256Algorithm, spdx('ChecksumAlgorithm')))
    .value(spdx('checksumValue'), sha256, 'hexBinary');
  return iri;
}
