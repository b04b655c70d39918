import { readFileSync } from 'node:fs';
import { Parser, Writer, type Quad } from 'n3';
import { Store } from 'oxigraph';
import { resource } from '../../../src/resources.js';

/** The placeholder base the seed files are read with here; the service reads them with its own. */
export const base = 'https://regiograaf.example/';

export interface SeedDataset {
  readonly slug: string;
  readonly file: string;
  readonly title: Readonly<Record<string, string>>;
  readonly description: Readonly<Record<string, string>>;
  readonly status: 'aangenomen' | 'voorgesteld' | 'extern' | 'afgeleid';
  readonly mode: string;
  readonly visibility: 'public' | 'restricted';
  readonly licence?: string;
  readonly source?: string;
}

export const datasets = JSON.parse(readFileSync(resource('data', 'datasets.json'), 'utf8')) as readonly SeedDataset[];

export function readTurtle(path: string): Quad[] {
  return new Parser({ baseIRI: base, blankNodePrefix: `_:${path.replaceAll(/\W/g, '')}` }).parse(readFileSync(path, 'utf8'));
}

const cache = new Map<string, readonly Quad[]>();

export function seedQuads(slug: string): readonly Quad[] {
  let quads = cache.get(slug);
  if (!quads) {
    const dataset = datasets.find((candidate) => candidate.slug === slug);
    if (!dataset) throw new Error(`No dataset ${slug}`);
    cache.set(slug, (quads = readTurtle(resource('data', dataset.file))));
  }
  return quads;
}

export function isPublic(dataset: SeedDataset): boolean {
  return dataset.visibility === 'public';
}

/** What the merged default graph holds (design: What a query sees). */
export function isAdopted(dataset: SeedDataset): boolean {
  return isPublic(dataset) && dataset.status !== 'voorgesteld';
}

/** A query over these quads, with its rows as text. */
export function asker(quads: readonly Quad[], prefixes = ''): (query: string) => Record<string, string>[] {
  // The types of the two libraries differ in RDF-star terms, which no Turtle file of ours holds.
  const store = new Store();
  const lines = new Writer({ format: 'N-Triples' }).quadsToString([...quads]);
  store.load(lines, { format: 'application/n-triples' });
  return (query) => {
    const results = store.query(prefixes + query, { results_format: 'json' });
    if (typeof results !== 'string') throw new Error('No SELECT query');
    const { results: { bindings } } = JSON.parse(results) as { results: { bindings: Record<string, { value: string }>[] } };
    return bindings.map((row) => Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value])));
  };
}
