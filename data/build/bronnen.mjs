// Writes data/bronnen.ttl: the source documents and every place (section, lines) a statement in data/*.ttl refers to.
//   node data/build/bronnen.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Parser } from 'n3';
import { documents } from './brondocumenten.mjs';

const base = 'https://regiograaf.example/';
const folder = new URL('../', import.meta.url);
const place = /^https:\/\/regiograaf\.example\/id\/document\/([a-z0-9-]+)#regel-(\d+)(?:-(\d+))?$/u;

const places = new Map();
function note(iri) {
  const match = place.exec(iri);
  if (match) places.set(iri, { ref: match[1], from: Number(match[2]), to: Number(match[3] ?? match[2]) });
}
for (const file of readdirSync(folder).toSorted()) {
  // The restricted dataset refers to places the public ones refer to as well: nothing public comes from it.
  if (!file.endsWith('.ttl') || file === 'bronnen.ttl' || file === 'personen-sro.ttl') continue;
  for (const { object } of new Parser({ baseIRI: base }).parse(readFileSync(new URL(file, folder), 'utf8'))) {
    if (object.termType === 'NamedNode') note(object.value);
  }
}

for (const { extra = [] } of documents) {
  for (const [, iri] of extra.join(' ').matchAll(/<(id\/document\/[a-z0-9-]+#regel-[0-9-]+)>/gu)) note(`${base}${iri}`);
}

const text = (value) => `${JSON.stringify(value)}@nl`;
const sectionAt = (document, line) => document.sections.findLast(([start]) => start <= line)?.[1];

const blocks = documents.map(
  ({ ref, title, alt = [], types, kind, issued, lacune, creators = [], extra = [] }) =>
    `<id/document/${ref}> a ${types} ;\n  ${[
      `dct:title ${text(title)}`,
      ...alt.map((name) => `skos:altLabel ${text(name)}`),
      `dct:type documenttype:${kind}`,
      ...(issued ? [`dct:issued ${issued}`] : []),
      ...creators.map((creator) => `dct:creator ${creator}`),
      ...extra,
      ...(lacune ? [`rg:lacune ${text(lacune)}`] : []),
    ].join(' ;\n  ')} .\n`,
);

const order = new Map(documents.map((document, index) => [document.ref, index]));
const unknown = [...places.values()].filter(({ ref }) => !order.has(ref));
if (unknown.length > 0) throw new Error(`No such document: ${unknown.map(({ ref }) => ref).join(', ')}`);
const locators = [...places]
  .toSorted(([, a], [, b]) => order.get(a.ref) - order.get(b.ref) || a.from - b.from || a.to - b.to)
  .map(([iri, { ref, from, to }]) => {
    const document = documents[order.get(ref)];
    if (to > document.lines || to < from) throw new Error(`${iri}: the document has ${document.lines} lines`);
    const lines = from === to ? `regel ${from}` : `regels ${from}-${to}`;
    const locator = [sectionAt(document, from), lines].filter(Boolean).join(', ');
    return `<${iri.slice(base.length)}> a rg:Vindplaats ;
  rdfs:label ${text(`${document.short}: ${locator}`)} ;
  dct:isPartOf <id/document/${ref}> ;
  rg:locator ${text(locator)} .\n`;
  });

writeFileSync(
  new URL('bronnen.ttl', folder),
  `# De brondocumenten en de vindplaatsen erin. Written by data/build/bronnen.mjs: change brondocumenten.mjs, not this file.
@prefix actor: <id/actor/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix documenttype: <https://w3id.org/regiograaf/id/concept/documenttype/> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix orgaan: <id/orgaan/> .
@prefix post: <id/post/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rg: <https://w3id.org/regiograaf/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

# Documenten

${blocks.join('\n')}
# Vindplaatsen

${locators.join('\n')}`,
);
