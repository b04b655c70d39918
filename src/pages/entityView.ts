import type { Literal, Quad } from '@rdfjs/types';
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
  | { readonly kind: 'text'; readonly text: string; readonly literal: Literal }
  /** A node below the entity. `text` says all of it; `again`: its rows stand above already. */
  | { readonly kind: 'part'; readonly iri: string; readonly types: readonly string[]; readonly rows: readonly RowView[]; readonly text?: string; readonly again?: true };

export interface RowView {
  readonly predicate: string;
  readonly label: string;
  readonly values: readonly ValueView[];
}

export interface SectionView {
  readonly dataset: string;
  readonly title: string;
  readonly info?: DatasetInfo;
  readonly types: readonly string[];
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
  /** Nodes whose rows were made: each once, so that nodes that share parts do not multiply. */
  readonly made: Set<string>;
}

const money = 'https://schema.org/';

/** A part that is nothing but an amount of euros, as one reads it: € 1.000.000. */
function euros(quads: readonly Quad[], language: Language): string | undefined {
  const values = new Map(quads.map(({ predicate, object }) => [predicate.value, object.value]));
  const value = Number(values.get(`${money}value`) ?? Number.NaN);
  const whole = quads.length === 3 && values.get(rdf('type')) === `${money}MonetaryAmount` && values.get(`${money}currency`) === 'EUR';
  return whole && Number.isFinite(value) ? amount(value, language) : undefined;
}

function typesOf(quads: readonly Quad[]): readonly string[] {
  return quads.filter(({ predicate, object }) => predicate.value === rdf('type') && object.termType === 'NamedNode').map(({ object }) => object.value);
}

function partView(iri: string, scope: Scope): ValueView {
  if (scope.made.has(iri)) return { kind: 'part', iri, types: [], rows: [], again: true };
  const quads = scope.bySubject.get(iri) ?? [];
  const text = euros(quads, scope.names.language);
  return { kind: 'part', iri, types: typesOf(quads), rows: rows(iri, scope), ...(text === undefined ? {} : { text }) };
}

function valueView({ object }: Quad, scope: Scope): ValueView {
  if (object.termType === 'Literal') {
    return { kind: 'text', text: literalText(object.value, object.datatype.value, scope.names.language), literal: object };
  }
  if (isSkolem(object.value, scope.base)) return partView(object.value, scope);
  const here = object.value.startsWith(scope.base) || scope.names.has(object.value);
  return { kind: 'thing', iri: object.value, label: here ? scope.names.of(object.value) : scope.names.ofPage(object.value), here };
}

/** Texts in another language come after those in the language of the page. */
function foreign(value: ValueView, language: Language): number {
  return value.kind === 'text' && value.literal.language !== '' && value.literal.language.split('-')[0] !== language ? 1 : 0;
}

function sortKey(value: ValueView): string {
  return value.kind === 'thing' ? value.label : value.kind === 'text' ? value.text : '';
}

/** Classes of different vocabularies that people call the same are shown once; all stand under "technisch". */
function namedOnce(values: readonly ValueView[]): readonly ValueView[] {
  return values.filter((value, index) => index === 0 || sortKey(value) !== sortKey(values[index - 1] ?? value));
}

function rows(subject: string, scope: Scope): readonly RowView[] {
  scope.made.add(subject);
  const byPredicate = groupBy(scope.bySubject.get(subject) ?? [], (quad) => quad.predicate.value);
  return [...byPredicate]
    .map(([predicate, quads]) => {
      const { language } = scope.names;
      const values = quads.map((quad) => valueView(quad, scope)).toSorted((a, b) => foreign(a, language) - foreign(b, language) || sortKey(a).localeCompare(sortKey(b), language));
      return { predicate, label: scope.names.of(predicate), values: predicate === rdf('type') ? namedOnce(values) : values };
    })
    .toSorted((a, b) => rank(a.predicate) - rank(b.predicate) || a.label.localeCompare(b.label, scope.names.language));
}

/* What was adopted before what was taken over, proposed or concluded from it. */
const statusOrder = ['aangenomen', 'extern', 'voorgesteld', 'afgeleid'];

function statusRank(dataset: string, infos: readonly DatasetInfo[]): number {
  return statusOrder.indexOf(infos.find(({ iri }) => iri === dataset)?.status ?? 'aangenomen');
}

function sectionOf({ dataset, lines }: EntityAnswer['datasets'][number], iri: string, infos: readonly DatasetInfo[], names: Names, base: string): SectionView {
  const info = infos.find((one) => one.iri === dataset);
  const bySubject = groupBy(lines.map(fromLine), (quad) => quad.subject.value);
  return {
    dataset,
    title: (info && inLanguage(info.title, names.language)) || names.of(dataset),
    ...(info ? { info } : {}),
    types: typesOf(bySubject.get(iri) ?? []),
    rows: rows(iri, { bySubject, names, base, made: new Set() }),
  };
}

/** One section per dataset that describes the entity; sources that contradict each other stand side by side. */
export function sections(answer: EntityAnswer, infos: readonly DatasetInfo[], names: Names, base: string): readonly SectionView[] {
  const inOrder = answer.datasets.toSorted((a, b) => statusRank(a.dataset, infos) - statusRank(b.dataset, infos));
  return inOrder.map((part) => sectionOf(part, answer.iri, infos, names, base));
}
