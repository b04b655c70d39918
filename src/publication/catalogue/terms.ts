import { dct, foaf } from '../../rdf/prefixes.js';

/** IRIs the catalogue points at: authority tables of the EU Publications Office, Flemish and Belgian code lists. */
const europe = 'http://publications.europa.eu/resource/authority/';

export const accessRightScheme = `${europe}access-right`;
export const accessRightPublic = `${europe}access-right/PUBLIC`;
/** DCAT-AP-VL knows only these two; ours are restricted for a reason the dataset states. */
export const accessRightNonPublic = `${europe}access-right/NON_PUBLIC`;
export const availabilityScheme = `${europe}planned-availability`;
export const availabilityStable = `${europe}planned-availability/STABLE`;
export const languageScheme = `${europe}language`;
export const fileTypeScheme = `${europe}file-type`;
export const frequencyScheme = `${europe}frequency`;
export const frequencyContinuous = `${europe}frequency/CONT`;
export const languages: Readonly<Record<string, string>> = { nl: `${europe}language/NLD`, en: `${europe}language/ENG` };

/** One theme in the two tables that harvesters read. */
export const themes = [`${europe}data-theme/GOVE`, 'http://vocab.belgif.be/auth/datatheme/GOVE'] as const;
export const themeScheme = `${europe}data-theme`;

export const fileTypes: Readonly<Record<string, string>> = {
  'text/turtle': `${europe}file-type/RDF_TURTLE`,
  'application/n-triples': `${europe}file-type/RDF_N_TRIPLES`,
  'application/n-quads': `${europe}file-type/RDF_N_QUADS`,
  'application/trig': `${europe}file-type/RDF_TRIG`,
  'application/ld+json': `${europe}file-type/JSON_LD`,
  'application/rdf+xml': `${europe}file-type/RDF_XML`,
};

export function mediaTypeIri(mediaType: string): string {
  return `http://www.iana.org/assignments/media-types/${mediaType}`;
}

export const cc0 = 'https://data.vlaanderen.be/id/licentie/creative-commons-zero-verklaring/v1.0';
export const freeReuse = 'https://data.vlaanderen.be/id/licentie/modellicentie-gratis-hergebruik/v1.0';

/** Status that DCAT-AP-VL 2.0 asks of datasets, and of services: open data. */
export const openDataStatus = 'https://metadata.vlaanderen.be/id/GDI-Vlaanderen-Trefwoorden/VLOPENDATA';
export const openServiceStatus = 'https://metadata.vlaanderen.be/id/GDI-Vlaanderen-Trefwoorden/VLOPENDATASERVICE';
export const lifePhaseLive = 'https://data.vlaanderen.be/id/concept/levensfase/live';
export const developmentProduction = 'https://data.vlaanderen.be/id/concept/ontwikkelingstoestand/PROD';

/** What records say they conform to: the profile harvesters choose their checks by. */
export const profile = 'https://data.vlaanderen.be/doc/applicatieprofiel/DCAT-AP-VL/erkendestandaard/2026-02-12';

export const standards: Readonly<Record<string, string>> = {
  [profile]: 'DCAT-AP Vlaanderen',
  'https://w3id.org/ldes/specification': 'Linked Data Event Streams',
  'https://w3id.org/tree/specification': 'TREE',
  'https://www.w3.org/TR/sparql11-protocol/': 'SPARQL 1.1 Protocol',
  'https://www.w3.org/TR/sparql11-http-rdf-update/': 'SPARQL 1.1 Graph Store HTTP Protocol',
  'https://www.w3.org/TR/json-ld11/': 'JSON-LD 1.1',
  'https://jsonapi.org/format/1.0/': 'JSON:API 1.0',
};

export const eventStreamClass = 'https://w3id.org/ldes#EventStream';

/** High-value datasets (Implementing Regulation (EU) 2023/138): the regulation and the scheme of its categories. */
export const hvdRegulation = 'http://data.europa.eu/eli/reg_impl/2023/138/oj';
export const hvdScheme = 'http://data.europa.eu/bna/asd487ae75';
/** Names of its six categories: DCAT-AP asks one of every concept. */
export const hvdCategories: Readonly<Record<string, { readonly nl: string; readonly en: string }>> = {
  'http://data.europa.eu/bna/c_164e0bf5': { nl: 'Meteorologie', en: 'Meteorological' },
  'http://data.europa.eu/bna/c_a9135398': { nl: 'Bedrijven en eigendom van bedrijven', en: 'Companies and company ownership' },
  'http://data.europa.eu/bna/c_ac64a52d': { nl: 'Geospatiale gegevens', en: 'Geospatial' },
  'http://data.europa.eu/bna/c_b79e35eb': { nl: 'Mobiliteit', en: 'Mobility' },
  'http://data.europa.eu/bna/c_dd313021': { nl: 'Aardobservatie en milieu', en: 'Earth observation and environment' },
  'http://data.europa.eu/bna/c_e1da4e07': { nl: 'Statistiek', en: 'Statistics' },
};

export const sha256Algorithm = 'http://spdx.org/rdf/terms#checksumAlgorithm_sha256';

/** The shapes of DCAT-AP look for the one, those of DCAT-AP-VL 2.0 for the other. */
export const agentClasses = [foaf('Agent'), dct('Agent')] as const;
