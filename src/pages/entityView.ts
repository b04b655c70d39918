import type { Quad, Term } from '@rdfjs/types';
import type { DatasetInfo, EntityAnswer } from '../graph/api.js';
import { fromLine } from '../rdf/nquads.js';
import { rdf } from '../rdf/prefixes.js';
import { isSkolem } from '../rdf/skolem.js';
import { groupBy } from './group.js';
import { amount, literalText } from './format.js';
import { inLanguage, type Names } from './labels.js';
import type { Language } from './words.js';

export type ValueView =
  /** `here`: we have a page about it. */
  | { readonly kind: 'thing'; readonly iri: string; readonly label: string; readonly here: boolean }
  | { readonly kind: 'text'; readonly text: string; readonly language: string }
  | { readonly kind: 'part'; readonly rows: readonly RowView[] };

export interface RowView {
  readonly predicate: string;
  readonly label: string;
  readonly values: readonly ValueView[];
}

export interface SectionView {
  readonly dataset: string;
  readonly title: string;
  readonly info?: DatasetInfo;
  readonly rows: readonly RowView[];
}

/** Every IRI an entity's page has to name. */
export function mentioned(answer: EntityAnswer): readonly string[] {
  const iris = new Set<string>([answer.iri]);
  for (const { dataset, lines } of answer.datasets) {
    iris.add(dataset);
    for (const line of lines) {
      const quad = fromLine(line);
      iris.add(quad.predicate.value);
      if (quad.object.termType === 'NamedNode') iris.add(quad.object.value);
    }
  }
  return [...iris];
}

/** The classes an entity has in any dataset. */
export function kinds(answer: EntityAnswer): readonly string[] {
  const found = new Set<string>();
  for (const { lines } of answer.datasets) {
    for (const line of lines) {
      const { subject, predicate, object } = fromLine(line);
      if (subject.value === answer.iri && predicate.value === rdf('type')) found.add(object.value);
    }
  }
  return [...found];
}

/* The order in which people look: what it is called and is, then the rest by name. */
const first = ['prefLabel', 'label', 'name', 'title', 'type', 'altLabel', 'description', 'abstract', 'definition', 'comment', 'identifier', 'notation'];

function rank(predicate: string): number {
  const at = first.indexOf(predicate.replace(/^.*[/#]/, ''));
  return at === -1 ? first.length : at;
}

interface Scope {
  readonly bySubject: ReadonlyMap<string, readonly Quad[]>;
  readonly names: Names;
  readonly base: string;
}

const money = 'https://schema.org/';

/** A part that is nothing but an amount of euros, as one reads it: € 1.000.000. */
function euros(quads: readonly Quad[], language: Language): string | undefined {
  const values = new Map(quads.map(({ predicate, object }) => [predicate.value, object.value]));
  const value = Number(values.get(`${money}value`) ?? Number.NaN);
  const whole = quads.length === 3 && values.get(rdf('type')) === `${money}MonetaryAmount` && values.get(`${money}currency`) === 'EUR';
  return whole && Number.isFinite(value) ? amount(value, language) : undefined;
}

function valueView(quad: Quad, scope: Scope, above: ReadonlySet<string>): ValueView {
  const object: Term = quad.object;
  if (object.termType === 'Literal') {
    return { kind: 'text', text: literalText(object.value, object.datatype.value, scope.names.language), language: object.language };
  }
  if (isSkolem(object.value, scope.base) && !above.has(object.value)) {
    const sum = euros(scope.bySubject.get(object.value) ?? [], scope.names.language);
    return sum === undefined ? { kind: 'part', rows: rows(object.value, scope, new Set([...above, object.value])) } : { kind: 'text', text: sum, language: '' };
  }
  return { kind: 'thing', iri: object.value, label: scope.names.of(object.value), here: object.value.startsWith(scope.base) || scope.names.has(object.value) };
}

function sortKey(value: ValueView): string {
  return value.kind === 'thing' ? value.label : value.kind === 'text' ? value.text : '';
}

/** Classes of different vocabularies that people call the same are shown once; all stand under "technisch". */
function namedOnce(values: readonly ValueView[]): readonly ValueView[] {
  return values.filter((value, index) => index === 0 || sortKey(value) !== sortKey(values[index - 1] ?? value));
}

function rows(subject: string, scope: Scope, above: ReadonlySet<string>): readonly RowView[] {
  const byPredicate = groupBy(scope.bySubject.get(subject) ?? [], (quad) => quad.predicate.value);
  return [...byPredicate]
    .map(([predicate, quads]) => {
      const values = quads.map((quad) => valueView(quad, scope, above)).toSorted((a, b) => sortKey(a).localeCompare(sortKey(b), scope.names.language));
      return { predicate, label: scope.names.of(predicate), values: predicate === rdf('type') ? namedOnce(values) : values };
    })
    .toSorted((a, b) => rank(a.predicate) - rank(b.predicate) || a.label.localeCompare(b.label, scope.names.language));
}

/** One section per dataset that describes the entity; sources that contradict each other stand side by side. */
export function sections(answer: EntityAnswer, infos: readonly DatasetInfo[], names: Names, base: string): readonly SectionView[] {
  return answer.datasets.map(({ dataset, lines }) => {
    const info = infos.find(({ iri }) => iri === dataset);
    const bySubject = groupBy(lines.map(fromLine), (quad) => quad.subject.value);
    return {
      dataset,
      title: (info && inLanguage(info.title, names.language)) || names.of(dataset),
      ...(info ? { info } : {}),
      rows: rows(answer.iri, { bySubject, names, base }, new Set([answer.iri])),
    };
  });
}
