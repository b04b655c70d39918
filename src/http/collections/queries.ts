import { prefixes, skos } from '../../rdf/prefixes.js';
import { literal, namedNode, termText } from '../../rdf/terms.js';
import { labelPath, searchPath, type Collection, type Column, type FilterName } from './table.js';

/* Property paths of the table are ours; everything a caller or the data bring goes through `termText`. */

const prologue = Object.entries(prefixes).map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>`).join('\n');
const iriText = (iri: string): string => termText(namedNode(iri));
const textText = (text: string): string => termText(literal(text));

/** Which items of a collection are meant; all of it when everything is absent. */
export interface Selection {
  /** Every entry is a search; an item fits when it fits one of them: all of its words. */
  readonly searches: readonly (readonly string[])[];
  /** IRIs per filter: one of them must be reached. */
  readonly chosen: ReadonlyMap<FilterName, readonly string[]>;
  /** Datasets one of which must say of what class the item is; undefined for all that is read. */
  readonly datasets?: readonly string[];
}

const everything: Selection = { searches: [], chosen: new Map() };

export interface Order {
  /** undefined: by name. */
  readonly column?: Column;
  readonly descending: boolean;
}

/** The pattern that binds `?s` to the items of a selection. */
function members(base: string, { classes, except = [], filters }: Collection, { searches, chosen, datasets }: Selection): string {
  const typed = `VALUES ?klasse { ${classes.map(iriText).join(' ')} } ?s a ?klasse .`;
  const words = (search: readonly string[]): string =>
    search.map((word) => `FILTER EXISTS { ?s ${searchPath} ?tekst . FILTER(CONTAINS(LCASE(STR(?tekst)), ${textText(word.toLowerCase())})) }`).join(' ');
  return [
    datasets === undefined ? typed : `VALUES ?dataset { ${datasets.map(iriText).join(' ')} } GRAPH ?dataset { ${typed} }`,
    `FILTER(isIRI(?s) && !STRSTARTS(STR(?s), ${textText(`${base}.well-known/genid/`)}))`,
    ...(except.length === 0 ? [] : [`FILTER NOT EXISTS { VALUES ?andere { ${except.map(iriText).join(' ')} } ?s a ?andere }`]),
    ...[...chosen].map(([name, iris]) => `FILTER EXISTS { VALUES ?${name} { ${iris.map(iriText).join(' ')} } ?s ${filters[name]?.path ?? 'a'} ?${name} }`),
    ...(searches.length === 0 ? [] : [searches.map((search) => `{ ${typed} ${words(search)} }`).join(' UNION ')]),
  ].join('\n  ');
}

export function countQuery(base: string, collection: Collection, selection: Selection): string {
  return `${prologue}\nSELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {\n  ${members(base, collection, selection)}\n}`;
}

/** One page of items, in an order that is total: two pages never share an item. */
export function pageQuery(base: string, collection: Collection, selection: Selection, order: Order, slice: { readonly limit: number; readonly offset: number }): string {
  const direction = order.descending ? 'DESC' : 'ASC';
  const sorted = order.column ? `DESC(BOUND(?sleutel)) ${direction}(?sleutel) ASC(?naam)` : `DESC(BOUND(?naam)) ${direction}(?naam)`;
  return `${prologue}
SELECT ?s (COALESCE(MIN(?nl), MIN(?andere)) AS ?naam)${order.column ? ' (MIN(?waarde) AS ?sleutel)' : ''} WHERE {
  { SELECT DISTINCT ?s WHERE {
  ${members(base, collection, selection)}
  } }
  OPTIONAL { ?s ${labelPath} ?naamNl . FILTER(LANG(?naamNl) = "nl") BIND(LCASE(STR(?naamNl)) AS ?nl) }
  OPTIONAL { ?s ${labelPath} ?eender . BIND(LCASE(STR(?eender)) AS ?andere) }
  ${order.column ? `OPTIONAL { ?s ${order.column.path} ?waarde }` : ''}
} GROUP BY ?s ORDER BY ${sorted} ?s LIMIT ${slice.limit} OFFSET ${slice.offset}`;
}

/** What the graph says of the items themselves and of the skolem nodes below them, three deep. */
export function describeQuery(base: string, items: readonly string[]): string {
  const values = `VALUES ?s { ${items.map(iriText).join(' ')} }`;
  const part = (node: string): string => `FILTER(STRSTARTS(STR(${node}), ${textText(`${base}.well-known/genid/`)}))`;
  return `${prologue}
CONSTRUCT { ?s ?p ?o . ?deel ?q ?r } WHERE {
  { ${values} ?s ?p ?o }
  UNION { ${values} ?s ?a ?deel . ${part('?deel')} ?deel ?q ?r }
  UNION { ${values} ?s ?a ?boven . ${part('?boven')} ?boven ?b ?deel . ${part('?deel')} ?deel ?q ?r }
  UNION { ${values} ?s ?a ?top . ${part('?top')} ?top ?b ?boven . ${part('?boven')} ?boven ?c ?deel . ${part('?deel')} ?deel ?q ?r }
}`;
}

/** The values of the columns, and the datasets that say what an item is. */
export function columnsQuery({ classes, columns }: Collection, items: readonly string[]): string {
  const values = `VALUES ?s { ${items.map(iriText).join(' ')} }`;
  const parts = columns.map(({ key, path }) => `{ ${values} ?s ${path} ?v . BIND(${textText(key)} AS ?kolom) }`);
  const source = `{ ${values} VALUES ?klasse { ${classes.map(iriText).join(' ')} } GRAPH ?v { ?s a ?klasse } BIND("dataset" AS ?kolom) }`;
  return `${prologue}\nSELECT DISTINCT ?s ?kolom ?v WHERE {\n  ${[...parts, source].join('\n  UNION ')}\n}`;
}

/** What may be chosen in the filters that have a list; `?gebruikt` where an item has it. */
export function choicesQuery(base: string, collection: Collection): string {
  const parts = Object.entries(collection.filters)
    .filter(([name]) => name !== 'gemeente')
    .flatMap(([name, { path, also }]) => {
      const named = `BIND(${textText(name)} AS ?filter)`;
      const used = `{ ${members(base, collection, everything)} ?s ${path} ?v . FILTER(isIRI(?v)) ${named} BIND(true AS ?gebruikt) }`;
      return also === undefined ? [used] : [used, `{ ${also} . ${named} }`];
    });
  return `${prologue}\nSELECT DISTINCT ?filter ?v ?gebruikt WHERE {\n  ${parts.join('\n  UNION ')}\n}`;
}

const municipality = 'http://data.vlaanderen.be/id/concept/BestuurseenheidClassificatieCode/5ab0e9b8a3b2ca7c5e000001';

/** Municipalities by name, number (NIS, KBO, OVO) or IRI. */
export function municipalitiesQuery(wanted: readonly string[]): string {
  const values = `VALUES ?waarde { ${wanted.map((text) => textText(text.toLowerCase())).join(' ')} }`;
  const found = `?gemeente org:classification ${iriText(municipality)} .`;
  return `${prologue}
SELECT DISTINCT ?waarde ?gemeente WHERE {
  { ${values} ${found} ?gemeente ${iriText(skos('prefLabel'))}|skos:altLabel ?tekst . FILTER(LCASE(STR(?tekst)) = ?waarde) }
  UNION { ${values} ${found} ?gemeente adms:identifier/skos:notation ?nummer . FILTER(LCASE(STR(?nummer)) = ?waarde) }
  UNION { ${values} ${found} FILTER(LCASE(STR(?gemeente)) = ?waarde) }
}`;
}
