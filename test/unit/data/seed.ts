import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Term } from '@rdfjs/types';
import { DataFactory, Parser, Writer, type Quad } from 'n3';
import { Store } from 'oxigraph';
import { ChangesetBuilder } from '../../../src/graph/changes/changesetBuilder.js';
import { OxigraphReplica } from '../../../src/graph/engine/oxigraphReplica.js';
import { RuleDeriver } from '../../../src/insight/rules/ruleDeriver.js';
import { readRules } from '../../../src/insight/rules/rules.js';
import { canonicalTerm } from '../../../src/rdf/canonical.js';
import { joinLine } from '../../../src/rdf/nquads.js';
import { namedNode, termText } from '../../../src/rdf/terms.js';
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

/** What the rules derive from the seed, as the service has it in the dataset afgeleid. */
export function derivedQuads(): readonly Quad[] {
  const settings = datasets.map(({ slug, status, visibility }) => ({ iri: `${base}id/dataset/${slug}`, status, mode: 'off' as const, visibility }));
  const engine = new OxigraphReplica({ base });
  engine.setDatasets(settings);
  for (const { slug } of datasets) {
    const lines = seedQuads(slug).map(({ subject, predicate, object }) => {
      const named = (term: Term): Term => (term.termType === 'BlankNode' ? namedNode(`${base}.well-known/genid/${term.value}`) : term);
      return joinLine(termText(named(subject)), termText(predicate), termText(canonicalTerm(named(object))), `<${base}id/dataset/${slug}>`);
    });
    engine.load(lines);
  }
  const derived: string[] = [];
  using changes = new ChangesetBuilder({ folder: tmpdir() }).build();
  new RuleDeriver(readRules(resource('vocab', 'rules'), base), base).derive({ engine, changes, before: settings, everything: true }, ({ line }) => derived.push(line));
  return new Parser({ format: 'N-Quads' }).parse(derived.join('\n')).map((quad) => DataFactory.quad(quad.subject, quad.predicate, quad.object));
}
