import { dct, rdf, xsd } from '../rdf/prefixes.js';
import { literal, namedNode, termText } from '../rdf/terms.js';
import { joinLine } from '../rdf/nquads.js';
import type { Term } from '@rdfjs/types';
import type { DatasetDescription } from './api.js';
import { catalogueGraph, catalogueTerms, modeConcepts, restrictedDescriptionGraph, statusConcepts, visibilityConcepts } from './catalogue.js';
import type { QuadLine } from './changeset.js';
import type { DatasetSettings } from './dataset.js';

/** DCAT-AP HVD 3.0.0: the category that makes a dataset one of high value. */
export const hvdCategory = 'http://data.europa.eu/r5r/hvdCategory';

/** The graph a dataset's description stands in: the public catalogue, or a graph as restricted as the dataset. */
export function descriptionGraph(base: string, dataset: Pick<DatasetSettings, 'iri' | 'visibility'>): string {
  return dataset.visibility === 'public' ? catalogueGraph(base) : restrictedDescriptionGraph(dataset.iri);
}

/**
 * The description of a dataset as quads (DCAT 3 §6.6 and DCAT-AP; status and validation mode are own terms), in the
 * graph where it belongs. `issued` keeps its precision: a day, a month or a year.
 */
export function descriptionLines(base: string, dataset: string, description: DatasetDescription): readonly QuadLine[] {
  const graph = descriptionGraph(base, { iri: dataset, visibility: description.visibility });
  const triples: [string, Term][] = [
    [rdf('type'), namedNode(catalogueTerms.dataset)],
    [catalogueTerms.status, namedNode(statusConcepts[description.status])],
    [catalogueTerms.mode, namedNode(modeConcepts[description.mode])],
    [catalogueTerms.accessRights, namedNode(visibilityConcepts[description.visibility])],
    ...texts(dct('title'), description.title),
    ...texts(dct('description'), description.description ?? {}),
  ];
  if (description.owner !== undefined) triples.push([dct('publisher'), namedNode(description.owner)]);
  if (description.licence !== undefined) triples.push([dct('license'), namedNode(description.licence)]);
  if (description.source !== undefined) triples.push([dct('source'), namedNode(description.source)]);
  if (description.hvdCategory !== undefined) triples.push([hvdCategory, namedNode(description.hvdCategory)]);
  if (description.issued !== undefined) triples.push([dct('issued'), dateLiteral(description.issued)]);
  return triples.map(([predicate, object]) =>
    joinLine(`<${dataset}>`, `<${predicate}>`, termText(object), `<${graph}>`),
  );
}

function texts(predicate: string, byLanguage: Readonly<Record<string, string>>): [string, Term][] {
  return Object.entries(byLanguage).map(([language, text]) => [predicate, literal(text, language)]);
}

function dateLiteral(text: string): Term {
  const datatype = /^\d{4}$/u.test(text)
    ? 'gYear'
    : /^\d{4}-\d\d$/u.test(text)
      ? 'gYearMonth'
      : /^\d{4}-\d\d-\d\d$/u.test(text)
        ? 'date'
        : 'dateTime';
  return literal(text, namedNode(xsd(datatype)));
}

/** Description of a dataset that came to be because somebody wrote to an undescribed graph. */
export function impliedDescription(dataset: string, mode: DatasetDescription['mode'] = 'enforce'): DatasetDescription {
  const name = decodeURIComponentSafe(dataset.replace(/[/#]+$/u, '').split(/[/#]/u).at(-1) ?? dataset);
  return {
    title: { nl: name === '' ? dataset : name },
    status: 'aangenomen',
    mode,
    visibility: 'public',
  };
}

function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
