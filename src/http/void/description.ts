import type { Quad, Quad_Object, Quad_Subject } from '@rdfjs/types';
import type { DatasetStatistics } from '../../datasets/statistics.js';
import type { DatasetInfo } from '../../graph/api.js';
import { isAbsoluteIri } from '../../rdf/iri.js';
import { dct, ns, rdf, xsd } from '../../rdf/prefixes.js';
import { blankNode, literal, namedNode, quad } from '../../rdf/terms.js';
import { graphOffers } from '../formats.js';

const voidTerm = ns.void;


/** The description of what the service holds (VoID, W3C note): all of it, and each dataset with its partitions. */
export function voidQuads(base: string, datasets: readonly DatasetInfo[], statistics: ReadonlyMap<string, DatasetStatistics>): readonly Quad[] {
  const quads: Quad[] = [];
  const add = (subject: Quad_Subject, predicate: string, object: Quad_Object): void => {
    quads.push(quad(subject, namedNode(predicate), object));
  };
  const count = (subject: Quad_Subject, name: string, value: number): void => add(subject, voidTerm(name), literal(String(value), namedNode(xsd('integer'))));
  const document = namedNode(`${base}void`);
  const whole = namedNode(`${base}void#alles`);
  add(document, rdf('type'), namedNode(voidTerm('DatasetDescription')));
  add(document, ns.foaf('primaryTopic'), whole);
  add(whole, rdf('type'), namedNode(voidTerm('Dataset')));
  add(whole, dct('title'), literal('Regiograaf', 'nl'));
  add(whole, voidTerm('sparqlEndpoint'), namedNode(`${base}sparql`));
  add(whole, voidTerm('uriSpace'), literal(base));
  count(whole, 'triples', datasets.reduce((sum, { quads: size }) => sum + size, 0));
  let label = 0;
  for (const info of datasets) {
    const node = namedNode(info.iri);
    add(whole, voidTerm('subset'), node);
    add(node, rdf('type'), namedNode(voidTerm('Dataset')));
    for (const [language, title] of Object.entries(info.title)) add(node, dct('title'), literal(title, language === '' ? undefined : language));
    if (info.licence !== undefined) add(node, dct('license'), isAbsoluteIri(info.licence) ? namedNode(info.licence) : literal(info.licence));
    add(node, voidTerm('sparqlEndpoint'), namedNode(`${base}sparql`));
    for (const { suffix, name } of graphOffers) if (name !== 'json') add(node, voidTerm('dataDump'), namedNode(`${base}datasets/${info.slug}/inhoud.${suffix}`));
    count(node, 'triples', info.quads);
    const found = statistics.get(info.iri);
    if (!found) continue;
    count(node, 'entities', found.entities);
    count(node, 'classes', found.classes.size);
    count(node, 'properties', found.properties.size);
    count(node, 'distinctSubjects', found.subjects);
    count(node, 'distinctObjects', found.objects);
    for (const [partition, name, of, parts] of [
      ['classPartition', 'class', 'entities', found.classes],
      ['propertyPartition', 'property', 'triples', found.properties],
    ] as const) {
      for (const [iri, value] of [...parts].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
        const part = blankNode(`p${(label += 1)}`);
        add(node, voidTerm(partition), part);
        add(part, voidTerm(name), namedNode(iri));
        count(part, of, value);
      }
    }
  }
  return quads;
}
