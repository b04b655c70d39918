import type { Quad, Quad_Object, Quad_Subject } from '@rdfjs/types';
import type { DatasetInfo } from '../../graph/api.js';
import { dct, rdf, xsd } from '../../rdf/prefixes.js';
import type { RdfFormat } from '../../rdf/mediaTypes.js';
import { serialiseString } from '../../rdf/serialise.js';
import { blankNode, literal, namedNode, quad } from '../../rdf/terms.js';

const sd = (name: string): string => `http://www.w3.org/ns/sparql-service-description#${name}`;
const formats = (name: string): string => `http://www.w3.org/ns/formats/${name}`;

const resultFormats = ['SPARQL_Results_JSON', 'SPARQL_Results_XML', 'SPARQL_Results_CSV', 'SPARQL_Results_TSV', 'Turtle', 'TriG', 'N-Triples', 'N-Quads', 'JSON-LD', 'RDF_XML'];
const inputFormats = ['Turtle', 'TriG', 'N-Triples', 'N-Quads', 'JSON-LD', 'RDF_XML'];

/** SPARQL 1.1 Service Description: what a client learns from `/sparql` without a query. Counts are in the VoID it names. */
export async function serviceDescription(base: string, datasets: readonly DatasetInfo[], format: RdfFormat, { unionDefaultGraph = true } = {}): Promise<string> {
  const quads: Quad[] = [];
  const add = (subject: Quad_Subject, predicate: string, object: Quad_Object): void => {
    quads.push(quad(subject, namedNode(predicate), object));
  };
  const service = namedNode(`${base}sparql`);
  const dataset = blankNode('d');
  const defaultGraph = blankNode('g');
  add(service, rdf('type'), namedNode(sd('Service')));
  add(service, sd('endpoint'), service);
  for (const language of ['SPARQL11Query', 'SPARQL11Update']) add(service, sd('supportedLanguage'), namedNode(sd(language)));
  for (const name of resultFormats) add(service, sd('resultFormat'), namedNode(formats(name)));
  for (const name of inputFormats) add(service, sd('inputFormat'), namedNode(formats(name)));
  if (unionDefaultGraph) add(service, sd('feature'), namedNode(sd('UnionDefaultGraph')));
  add(service, sd('feature'), namedNode(sd('EmptyGraphs')));
  add(service, sd('defaultEntailmentRegime'), namedNode('http://www.w3.org/ns/entailment/Simple'));
  add(service, 'http://www.w3.org/2000/01/rdf-schema#seeAlso', namedNode(`${base}void`));
  add(service, sd('defaultDataset'), dataset);
  add(dataset, rdf('type'), namedNode(sd('Dataset')));
  add(dataset, sd('defaultGraph'), defaultGraph);
  add(defaultGraph, rdf('type'), namedNode(sd('Graph')));
  datasets.forEach((info, index) => {
    const named = blankNode(`n${index}`);
    const graph = blankNode(`g${index}`);
    add(dataset, sd('namedGraph'), named);
    add(named, rdf('type'), namedNode(sd('NamedGraph')));
    add(named, sd('name'), namedNode(info.iri));
    add(named, sd('graph'), graph);
    add(graph, rdf('type'), namedNode(sd('Graph')));
    for (const [language, title] of Object.entries(info.title)) add(graph, dct('title'), literal(title, language === '' ? undefined : language));
    add(graph, 'http://rdfs.org/ns/void#triples', literal(String(info.quads), namedNode(xsd('integer'))));
  });
  return serialiseString(quads, { format });
}
