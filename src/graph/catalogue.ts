import { splitLine } from '../rdf/nquads.js';
import { describedBy, restrictedDescriptionGraph } from './dataset.js';
import type { DatasetSettings, DatasetVisibility, SourceStatus, ValidationMode } from './dataset.js';
import type { GraphState } from './state.js';

export { describedBy, restrictedDescriptionGraph };

/** Own terms: only where OSLO, EU core vocabularies and W3C have none. */
export const ownNamespace = 'https://w3id.org/regiograaf/ns#';
const concept = 'https://w3id.org/regiograaf/id/concept/';

/** Terms of the catalogue that the kernel itself reads (DCAT-AP 3.0 §dataset; own ones for status and mode). */
export const catalogueTerms = {
  type: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type',
  dataset: 'http://www.w3.org/ns/dcat#Dataset',
  status: `${ownNamespace}graafstatus`,
  mode: `${ownNamespace}validatiemodus`,
  accessRights: 'http://purl.org/dc/terms/accessRights',
} as const;

export const statusConcepts: Readonly<Record<SourceStatus, string>> = {
  aangenomen: `${concept}bronstatus/aangenomen`,
  voorgesteld: `${concept}bronstatus/voorgesteld`,
  extern: `${concept}bronstatus/extern`,
  afgeleid: `${concept}bronstatus/afgeleid`,
};

export const modeConcepts: Readonly<Record<ValidationMode, string>> = {
  enforce: `${concept}validatiemodus/enforce`,
  report: `${concept}validatiemodus/report`,
  off: `${concept}validatiemodus/off`,
};

/** EU authority table access-right, as DCAT-AP asks. */
export const visibilityConcepts: Readonly<Record<DatasetVisibility, string>> = {
  public: 'http://publications.europa.eu/resource/authority/access-right/PUBLIC',
  restricted: 'http://publications.europa.eu/resource/authority/access-right/RESTRICTED',
};

/** The public catalogue: descriptions of the public datasets, itself among them. Written only through `/datasets`. */
export function catalogueGraph(base: string): string {
  return `${base}id/dataset/catalogus`;
}

/** The dataset that stands for the unnamed graph. */
export function standardDataset(base: string): string {
  return `${base}id/dataset/standaard`;
}

/** The dataset of shapes that stewards add to those of the package. */
export function shapesDataset(base: string): string {
  return `${base}id/dataset/vormen`;
}

/** The dataset that holds what the rules derive; nobody else writes it. */
export function derivedDataset(base: string): string {
  return `${base}id/dataset/afgeleid`;
}

function keyOf<K extends string>(table: Readonly<Record<K, string>>, iri: string): K | undefined {
  for (const key in table) if (table[key] === iri) return key;
  return undefined;
}

/**
 * Settings from description triples (`subject predicate object` IRIs, in any order, all of one or more datasets).
 * A dataset without a readable access right is restricted: the safe reading.
 */
export function settingsFrom(triples: Iterable<readonly [subject: string, predicate: string, object: string]>): readonly DatasetSettings[] {
  const found = new Map<string, { typed: boolean; status?: SourceStatus; mode?: ValidationMode; visibility?: DatasetVisibility }>();
  for (const [subject, predicate, object] of triples) {
    let entry = found.get(subject);
    if (!entry) found.set(subject, (entry = { typed: false }));
    if (predicate === catalogueTerms.type && object === catalogueTerms.dataset) entry.typed = true;
    if (predicate === catalogueTerms.status) entry.status = keyOf(statusConcepts, object) ?? 'voorgesteld';
    if (predicate === catalogueTerms.mode) entry.mode = keyOf(modeConcepts, object) ?? 'enforce';
    // One word of "restricted" is enough, whatever else is said.
    if (predicate === catalogueTerms.accessRights && entry.visibility !== 'restricted') {
      entry.visibility = keyOf(visibilityConcepts, object) ?? 'restricted';
    }
  }
  return [...found]
    .filter(([, entry]) => entry.typed)
    .map(([iri, entry]) => ({
      iri,
      status: entry.status ?? 'voorgesteld',
      mode: entry.mode ?? 'enforce',
      visibility: entry.visibility ?? 'restricted',
    }))
    .toSorted((a, b) => (a.iri < b.iri ? -1 : 1));
}

/**
 * The settings of every dataset of a state, as its catalogue graphs state them. A restricted dataset comes with
 * its description graph, which is as restricted as itself.
 */
export function readSettings(state: Pick<GraphState, 'match'>, base: string): readonly DatasetSettings[] {
  const triples: (readonly [string, string, string])[] = [];
  for (const predicate of [catalogueTerms.type, catalogueTerms.status, catalogueTerms.mode, catalogueTerms.accessRights]) {
    const object = predicate === catalogueTerms.type ? { object: `<${catalogueTerms.dataset}>` } : {};
    for (const line of state.match('any', { predicate: `<${predicate}>`, ...object })) {
      const term = splitLine(line);
      const [subject, value, graph] = [term.subject, term.object, term.graph].map((text) => text.slice(1, -1));
      if (subject === undefined || value === undefined || graph === undefined) continue;
      if (graph === catalogueGraph(base)) triples.push([subject, predicate, value]);
      // A description that stands beside its dataset is as restricted as it; it cannot say otherwise.
      else if (describedBy(graph) === subject) triples.push([subject, predicate, isRight(predicate) ? visibilityConcepts.restricted : value]);
    }
  }
  return settingsFrom(triples).flatMap((item) =>
    item.visibility === 'restricted' ? [item, { ...item, iri: restrictedDescriptionGraph(item.iri) }] : [item],
  );
}

function isRight(predicate: string): boolean {
  return predicate === catalogueTerms.accessRights;
}
