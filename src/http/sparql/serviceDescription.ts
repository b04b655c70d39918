import type { Quad, Quad_Object, Quad_Subject } from '@rdfjs/types';
import type { DatasetInfo } from '../../graph/api.js';
import { dct, rdf } from '../../rdf/prefixes.js';
import type { RdfFormat } from '../../rdf/mediaTypes.js';
import { serialiseString } from '../../rdf/serialise.js';
import { blankNode, literal, namedNode, quad } from '../../rdf/terms.js';

const sd = (name: string): string => `http://www.w3.org/ns/sparql-service-description#${name}`;
const formats = (name: string): string => `http://www.w3.org/ns/formats/${name}`;

/** SPARQL 1.1 Service Description: what a client learns from `/sparql` without a query. */
export async function serviceDescription(base: string, datasets: readonly DatasetInfo[], format: RdfFormat): Promise<string> {
  const quads: Quad[] = [];
  const add = (subject: Quad_Subject, predicate: string, object: Quad_Object): void => {
    quads.push(quad(subject, namedNode(predicate), object));
  };
  const service = namedNode(`${base}sparql`);
  const dataset = blankNode('d');
  add(service, rdf('type'), namedNode(sd('Service')));
  add(service, sd('endpoint'), service);
  add(service, sd('supportedLanguage'), namedNode(sd('SPARQL11Query')));
  for (const name of ['SPARQL_Results_JSON', 'SPARQL_Results_XML', 'SPARQL_Results_CSV', 'SPARQL_Results_TSV', 'Turtle', 'TriG', 'N-Triples', 'N-Quads', 'JSON-LD', 'RDF_XML']) {
    add(service, sd('resultFormat'), namedNode(formats(name)));
  }
  add(service, sd('defaultDataset'), dataset);
  add(dataset, rdf('type'), namedNode(sd('Dataset')));
  datasets.forEach((info, index) => {
    const graph = blankNode(`g${index}`);
    add(dataset, sd('namedGraph'), graph);
    add(graph, sd('name'), namedNode(info.iri));
    for (const [language, title] of Object.entries(info.title)) add(graph, dct('title'), literal(title, language === '' ? undefined : language));
  });
  return serialiseString(quads, { format });
}
