import type { Quad, Quad_Object, Quad_Subject } from '@rdfjs/types';
import type { DatasetInfo } from '../../graph/api.js';
import { catalogueGraph, catalogueTerms, modeConcepts, statusConcepts, visibilityConcepts } from '../../graph/catalogue.js';
import { isAbsoluteIri } from '../../rdf/iri.js';
import { dcat, dct, rdf, xsd } from '../../rdf/prefixes.js';
import { literal, namedNode, quad } from '../../rdf/terms.js';
import { graphOffers } from '../formats.js';

/** DCAT-AP descriptions of the datasets a caller sees, with a distribution for each format. */
export function dcatQuads(base: string, datasets: readonly DatasetInfo[], asCatalogue: boolean): readonly Quad[] {
  const quads: Quad[] = [];
  const add = (subject: Quad_Subject, predicate: string, object: Quad_Object): void => {
    quads.push(quad(subject, namedNode(predicate), object));
  };
  const texts = (subject: Quad_Subject, predicate: string, values: Readonly<Record<string, string>>): void => {
    for (const [language, value] of Object.entries(values)) add(subject, predicate, literal(value, language === '' ? undefined : language));
  };
  const reference = (subject: Quad_Subject, predicate: string, value: string | undefined): void => {
    if (value !== undefined) add(subject, predicate, isAbsoluteIri(value) ? namedNode(value) : literal(value));
  };
  const catalogue = namedNode(catalogueGraph(base));
  if (asCatalogue) {
    add(catalogue, rdf('type'), namedNode(dcat('Catalog')));
    add(catalogue, dct('title'), literal('Regiograaf', 'nl'));
  }
  for (const info of datasets) {
    const node = namedNode(info.iri);
    if (asCatalogue) add(catalogue, dcat('dataset'), node);
    add(node, rdf('type'), namedNode(dcat('Dataset')));
    add(node, dct('identifier'), literal(info.slug));
    texts(node, dct('title'), info.title);
    texts(node, dct('description'), info.description);
    reference(node, dct('publisher'), info.owner);
    reference(node, dct('license'), info.licence);
    if (info.issued !== undefined) add(node, dct('issued'), literal(info.issued, namedNode(xsd('date'))));
    add(node, catalogueTerms.status, namedNode(statusConcepts[info.status]));
    add(node, catalogueTerms.mode, namedNode(modeConcepts[info.mode]));
    add(node, catalogueTerms.accessRights, namedNode(visibilityConcepts[info.visibility]));
    for (const { suffix, mediaType, name } of graphOffers) {
      if (name === 'json') continue;
      const distribution = namedNode(`${base}datasets/${info.slug}/inhoud.${suffix}`);
      add(node, dcat('distribution'), distribution);
      add(distribution, rdf('type'), namedNode(dcat('Distribution')));
      add(distribution, dcat('downloadURL'), distribution);
      add(distribution, dcat('accessURL'), distribution);
      add(distribution, dcat('mediaType'), namedNode(`http://www.iana.org/assignments/media-types/${mediaType}`));
    }
  }
  return quads;
}
