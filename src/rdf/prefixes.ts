/** Namespaces by prefix: those Regiograaf describes itself with, the same in every document it writes. */
export const prefixes = {
  adms: 'http://www.w3.org/ns/adms#',
  adres: 'https://data.vlaanderen.be/ns/adres#',
  as: 'https://www.w3.org/ns/activitystreams#',
  besluit: 'http://data.vlaanderen.be/ns/besluit#',
  cpsv: 'http://purl.org/vocab/cpsv#',
  cssv: 'http://data.europa.eu/2sa/cssv#',
  dbo: 'http://dbpedia.org/ontology/',
  dcat: 'http://www.w3.org/ns/dcat#',
  dcatap: 'http://data.europa.eu/r5r/',
  dct: 'http://purl.org/dc/terms/',
  dossier: 'https://data.vlaanderen.be/ns/dossier#',
  eira: 'http://data.europa.eu/dr8/',
  eli: 'http://data.europa.eu/eli/ontology#',
  ext: 'http://mu.semte.ch/vocabularies/ext/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  frapo: 'http://purl.org/cerif/frapo/',
  generiek: 'https://data.vlaanderen.be/ns/generiek#',
  geo: 'http://www.opengis.net/ont/geosparql#',
  ldes: 'https://w3id.org/ldes#',
  locn: 'http://www.w3.org/ns/locn#',
  m8g: 'http://data.europa.eu/m8g/',
  mandaat: 'http://data.vlaanderen.be/ns/mandaat#',
  mdcat: 'https://data.vlaanderen.be/ns/metadata-dcat#',
  mobiliteit: 'https://data.vlaanderen.be/ns/mobiliteit#',
  mu: 'http://mu.semte.ch/vocabularies/core/',
  org: 'http://www.w3.org/ns/org#',
  organisatie: 'https://data.vlaanderen.be/ns/organisatie#',
  owl: 'http://www.w3.org/2002/07/owl#',
  person: 'http://www.w3.org/ns/person#',
  persoon: 'https://data.vlaanderen.be/ns/persoon#',
  prov: 'http://www.w3.org/ns/prov#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  regorg: 'http://www.w3.org/ns/regorg#',
  rg: 'https://w3id.org/regiograaf/ns#',
  schema: 'http://schema.org/',
  schemas: 'https://schema.org/',
  sh: 'http://www.w3.org/ns/shacl#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  spdx: 'http://spdx.org/rdf/terms#',
  subs: 'http://data.vlaanderen.be/ns/subsidie#',
  subs2: 'https://data.vlaanderen.be/ns/subsidie#',
  time: 'http://www.w3.org/2006/time#',
  trans: 'http://data.vlaanderen.be/ns/transactie#',
  tree: 'https://w3id.org/tree#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  void: 'http://rdfs.org/ns/void#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const satisfies Readonly<Record<string, string>>;

export type Prefix = keyof typeof prefixes;

const byLength = Object.entries(prefixes).toSorted(([, a], [, b]) => b.length - a.length);
/* The part of PN_LOCAL (Turtle §6.5) that needs no escape and reads well. */
const plainLocal = /^[A-Za-z0-9_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff](?:[A-Za-z0-9_.\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff-]*[A-Za-z0-9_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff-])?$/;

/** `prefix:name` for an IRI in a known namespace, or undefined; valid in Turtle and SPARQL as it stands. */
export function shrink(iri: string): string | undefined {
  for (const [prefix, namespace] of byLength) {
    if (iri.startsWith(namespace) && plainLocal.test(iri.slice(namespace.length))) return `${prefix}:${iri.slice(namespace.length)}`;
  }
  return undefined;
}

/** A function that makes IRIs in the namespace of a prefix: `rdf('type')`. */
function namespaceOf(prefix: Prefix): (name: string) => string {
  const namespace = prefixes[prefix];
  return (name) => namespace + name;
}

export const adms = namespaceOf('adms');
export const besluit = namespaceOf('besluit');
export const dcat = namespaceOf('dcat');
export const dct = namespaceOf('dct');
export const foaf = namespaceOf('foaf');
export const generiek = namespaceOf('generiek');
export const org = namespaceOf('org');
export const owl = namespaceOf('owl');
export const prov = namespaceOf('prov');
export const rdf = namespaceOf('rdf');
export const rdfs = namespaceOf('rdfs');
export const rg = namespaceOf('rg');
export const schema = namespaceOf('schema');
export const sh = namespaceOf('sh');
export const skos = namespaceOf('skos');
export const dcatap = namespaceOf('dcatap');
export const mdcat = namespaceOf('mdcat');
export const spdx = namespaceOf('spdx');
export const vcard = namespaceOf('vcard');
export const xsd = namespaceOf('xsd');
/** The same helpers as one object: `ns.rdf('type')`. */
export const ns = { adms, besluit, dcat, dct, foaf, generiek, org, owl, prov, rdf, rdfs, rg, schema, sh, skos, vcard, xsd, void: namespaceOf('void') } as const;
