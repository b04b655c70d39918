import type { DatasetInfo, KnowledgeGraph } from '../graph/api.js';
import type { Visibility } from '../graph/dataset.js';

/** What a dataset holds, in numbers (VoID §4.6). */
export interface DatasetStatistics {
  /** Entities: subjects that are no skolem IRIs. */
  readonly entities: number;
  readonly subjects: number;
  readonly objects: number;
  /** Instances of each class. */
  readonly classes: ReadonlyMap<string, number>;
  /** Triples with each property. */
  readonly properties: ReadonlyMap<string, number>;
}

interface Made {
  entities: number;
  subjects: number;
  objects: number;
  readonly classes: Map<string, number>;
  readonly properties: Map<string, number>;
}

type Rows = readonly Readonly<Record<string, { readonly value: string } | undefined>>[];

/** Counts what datasets hold. The reader does the counting: four questions, whatever the number of datasets. */
export async function countDatasets(
  graph: Pick<KnowledgeGraph, 'query' | 'base'>,
  datasets: readonly DatasetInfo[],
  visibility: Visibility,
): Promise<ReadonlyMap<string, DatasetStatistics>> {
  const found = new Map<string, Made>(datasets.map(({ iri }) => [iri, { entities: 0, subjects: 0, objects: 0, classes: new Map(), properties: new Map() }]));
  const namedGraphs = [...found.keys()];
  const each = async (query: string, use: (made: Made, row: Rows[number], count: (name: string) => number) => void): Promise<void> => {
    const { body } = await graph.query({ query, resultFormat: 'application/sparql-results+json', graphFormat: 'text/turtle', namedGraphs }, visibility);
    for (const row of (JSON.parse(body) as { readonly results: { readonly bindings: Rows } }).results.bindings) {
      const made = found.get(row['g']?.value ?? '');
      if (made) use(made, row, (name) => Number(row[name]?.value ?? 0));
    }
  };
  if (namedGraphs.length === 0) return found;
  const skolem = `${graph.base}.well-known/genid/`;
  await each('SELECT ?g ?p (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ?p', (made, row, count) => made.properties.set(row['p']?.value ?? '', count('n')));
  await each('SELECT ?g ?c (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a ?c } FILTER(isIRI(?c)) } GROUP BY ?g ?c', (made, row, count) => made.classes.set(row['c']?.value ?? '', count('n')));
  await each(
    `SELECT ?g (COUNT(?s) AS ?subjects) (SUM(?own) AS ?entities) { { SELECT DISTINCT ?g ?s { GRAPH ?g { ?s ?p ?o } } } BIND(IF(STRSTARTS(STR(?s), "${skolem}"), 0, 1) AS ?own) } GROUP BY ?g`,
    (made, _row, count) => {
      made.subjects = count('subjects');
      made.entities = count('entities');
    },
  );
  await each('SELECT ?g (COUNT(DISTINCT ?o) AS ?objects) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g', (made, _row, count) => {
    made.objects = count('objects');
  });
  return found;
}
