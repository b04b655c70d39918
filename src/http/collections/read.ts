import { Fault } from '../../faults.js';
import type { KnowledgeGraph } from '../../graph/api.js';
import type { Visibility } from '../../graph/dataset.js';
import type { Names } from '../../pages/labels.js';
import type { JsonTerm } from '../../pages/sparqlPage.js';
import { refused, type CollectionRequest } from './parameters.js';
import { choicesQuery, countQuery, municipalitiesQuery, pageQuery, type Selection } from './queries.js';
import type { Collection, FilterName } from './table.js';

export type Row = Readonly<Record<string, JsonTerm>>;

/** One caller's view of the graph. */
export interface Reader {
  readonly graph: Pick<KnowledgeGraph, 'base' | 'query' | 'datasets'>;
  readonly who: Visibility;
  readonly withProposals: boolean;
  /** It asks little, from one thing. */
  readonly brief?: boolean;
}

export async function select({ graph, who, withProposals, brief = false }: Reader, query: string): Promise<{ readonly rows: readonly Row[]; readonly commit: number }> {
  const answer = await graph.query({ query, withProposals, resultFormat: 'application/sparql-results+json', graphFormat: 'application/n-triples' }, who, { own: true, brief });
  const { results } = JSON.parse(answer.body) as { readonly results: { readonly bindings: readonly Row[] } };
  return { rows: results.bindings, commit: answer.commit };
}

/** A value a filter takes: by its key in addresses, or by IRI. */
export interface Choice {
  readonly key: string;
  readonly iri: string;
  readonly label: string;
  /** An item has it: who looks for something is not offered the others. */
  readonly used: boolean;
}

export type Choices = ReadonlyMap<FilterName, readonly Choice[]>;

function slug(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

/** The last part of an IRI when people can read it, else the name of the thing. */
function keyOf(iri: string, label: string): string {
  const last = /[^/#]*$/.exec(iri)?.[0] ?? '';
  return /^[a-z][\w-]*$/i.test(last) && !/[0-9a-f]{8}/i.test(last) ? last : slug(label) || iri;
}

/** What the filters of a collection take. `names` gives Dutch names, so that keys do not depend on the reader. */
export async function choicesOf(reader: Reader, collection: Collection, names: (iris: readonly string[]) => Promise<Names>): Promise<Choices> {
  const listed = Object.keys(collection.filters).some((name) => name !== 'gemeente');
  const { rows } = listed ? await select(reader, choicesQuery(reader.graph.base, collection)) : { rows: [] };
  const known = await names(rows.flatMap(({ v }) => v?.value ?? []));
  const choices = new Map<FilterName, Choice[]>();
  const used = new Set(rows.flatMap(({ filter, v, gebruikt }) => (filter && v && gebruikt ? [`${filter.value} ${v.value}`] : [])));
  for (const { filter, v, gebruikt } of rows) {
    if (!filter || !v || collection.classes[0] === v.value) continue;
    const isUsed = used.has(`${filter.value} ${v.value}`);
    if (isUsed && !gebruikt) continue;
    const label = known.of(v.value);
    const list = choices.get(filter.value as FilterName) ?? [];
    list.push({ key: keyOf(v.value, label), iri: v.value, label, used: isUsed });
    choices.set(filter.value as FilterName, list);
  }
  return new Map([...choices].map(([name, list]) => [name, list.toSorted((a, b) => a.label.localeCompare(b.label, 'nl'))]));
}

/** Each name once: a class and a code of one name are chosen together. */
export function distinct(choices: readonly Choice[]): readonly Choice[] {
  return [...new Map(choices.toReversed().map((choice) => [slug(choice.label), choice])).values()].toReversed();
}

/** The choices a value of a filter means: by IRI, key or name. */
export function matching(choices: readonly Choice[], value: string): readonly Choice[] {
  const wanted = slug(value);
  return choices.filter(({ key, iri, label }) => iri === value || slug(key) === wanted || slug(label) === wanted);
}

function lookUp(name: FilterName, value: string, choices: readonly Choice[]): readonly string[] {
  const found = matching(choices, value);
  if (found.length === 0) throw refused(name, value, distinct(choices).map(({ key }) => key));
  return found.map(({ iri }) => iri);
}

async function municipalities(reader: Reader, wanted: readonly string[]): Promise<readonly string[]> {
  const { rows } = await select(reader, municipalitiesQuery(wanted));
  const missing = wanted.find((text) => !rows.some(({ waarde }) => waarde?.value === text.toLowerCase()));
  if (missing !== undefined) throw refused('gemeente', missing, ['de naam van een gemeente', 'een NIS-code (5 cijfers)', 'een IRI']);
  return [...new Set(rows.flatMap(({ gemeente }) => gemeente?.value ?? []))];
}

/** What a request selects, with its filter values looked up in the graph. */
export async function selectionOf(reader: Reader, request: CollectionRequest, choices: Choices): Promise<Selection> {
  const chosen = new Map<FilterName, readonly string[]>();
  for (const [name, values] of request.filters) {
    chosen.set(name, name === 'gemeente' ? await municipalities(reader, values) : values.flatMap((value) => lookUp(name, value, choices.get(name) ?? [])));
  }
  const { statuses } = request;
  const datasets = statuses && (await reader.graph.datasets(reader.who)).filter(({ status }) => statuses.includes(status)).map(({ iri }) => iri);
  return { searches: request.searches, chosen, ...(datasets ? { datasets } : {}) };
}

export interface ItemsPage {
  readonly total: number;
  readonly pages: number;
  readonly items: readonly string[];
  readonly commit: number;
}

/** Counts the items and reads one page of them; Fault `not-found` past the last page. */
export async function readPage(reader: Reader, collection: Collection, request: CollectionRequest, selection: Selection): Promise<ItemsPage> {
  const { base } = reader.graph;
  const counted = await select(reader, countQuery(base, collection, selection));
  const total = Number(counted.rows[0]?.['n']?.value ?? 0);
  const pages = Math.max(1, Math.ceil(total / request.size));
  if (request.page > pages) {
    throw new Fault(
      'not-found',
      { nl: `Er is geen pagina ${request.page}: de laatste is ${pages}.`, en: `There is no page ${request.page}: the last one is ${pages}.` },
      { extra: { parameter: 'pagina', waarde: String(request.page), toegelaten: `1-${pages}`, totaal: total, laatstePagina: pages } },
    );
  }
  if (total === 0) return { total, pages, items: [], commit: counted.commit };
  const slice = { limit: request.size, offset: (request.page - 1) * request.size };
  const { rows, commit } = await select(reader, pageQuery(base, collection, selection, request.sort, slice));
  return { total, pages, items: rows.flatMap(({ s }) => s?.value ?? []), commit };
}
