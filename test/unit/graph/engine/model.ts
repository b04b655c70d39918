import fc from 'fast-check';
import { engineLine } from '../../../../src/rdf/canonical.js';
import { joinLine, splitLine } from '../../../../src/rdf/nquads.js';
import type { Change, QuadLine } from '../../../../src/graph/changeset.js';
import { isMerged, type DatasetSettings } from '../../../../src/graph/dataset.js';

export const base = 'https://regio.example/';
export const datasetIri = (slug: string): string => `${base}id/dataset/${slug}`;
export const datasetIris = ['a', 'b', 'c', 'standaard'].map(datasetIri);

const xsd = 'http://www.w3.org/2001/XMLSchema#';
const ex = (name: string): string => `<http://example.org/${name}>`;

/** Few terms, so that triples coincide between datasets, with literals the engine collapses and texts that need escapes. */
const subjects = ['s1', 's2', 's3'].map(ex);
const predicates = ['p1', 'p2'].map(ex);
const objects = [
  ex('s1'),
  ex('o2'),
  '"tekst"@nl',
  '"\\u0007\\t\\"\\\\u0041 $values"',
  `"5"^^<${xsd}integer>`,
  `"5"^^<${xsd}int>`,
  `"5"^^<${xsd}nonNegativeInteger>`,
  `"1.5"^^<${xsd}decimal>`,
  `"true"^^<${xsd}boolean>`,
  `"10.5"^^<${xsd}double>`,
  '""',
];

export const subject = fc.constantFrom(...subjects);
export const object = fc.constantFrom(...objects);
export const predicate = fc.constantFrom(...predicates);
export const dataset = fc.constantFrom(...datasetIris);
export const line: fc.Arbitrary<QuadLine> = fc
  .tuple(subject, predicate, object, dataset)
  .map(([s, p, o, g]) => joinLine(s, p, o, `<${g}>`));
export const changes: fc.Arbitrary<readonly Change[]> = fc.array(fc.record({ op: fc.constantFrom('+' as const, '+' as const, '-' as const), line }), { maxLength: 12 });

export const settings: fc.Arbitrary<readonly DatasetSettings[]> = fc
  .tuple(
    ...datasetIris.map((iri) =>
      fc.option(
        fc.record({
          iri: fc.constant(iri),
          status: fc.constantFrom('aangenomen' as const, 'voorgesteld' as const, 'extern' as const, 'afgeleid' as const),
          mode: fc.constant('off' as const),
          visibility: fc.constantFrom('public' as const, 'public' as const, 'restricted' as const),
        }),
        { freq: 5, nil: undefined },
      ),
    ),
  )
  .map((list) => list.filter((entry) => entry !== undefined));

export type Step = { readonly kind: 'changes'; readonly changes: readonly Change[] } | { readonly kind: 'settings'; readonly settings: readonly DatasetSettings[] };

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: changes.map((list) => ({ kind: 'changes' as const, changes: list })) },
    { weight: 1, arbitrary: settings.map((list) => ({ kind: 'settings' as const, settings: list })) },
  ),
  { minLength: 1, maxLength: 8 },
);

/** The graph as a plain set of exact lines. */
export class PlainGraph {
  readonly lines = new Set<QuadLine>();
  settings: readonly DatasetSettings[] = [];

  step(step: Step): void {
    if (step.kind === 'settings') this.settings = step.settings;
    else for (const change of step.changes) this.lines[change.op === '+' ? 'add' : 'delete'](change.line);
  }

  in(iri: string): readonly QuadLine[] {
    return [...this.lines].filter((entry) => splitLine(entry).graph === `<${iri}>`);
  }

  /** The RDF merge of some datasets: exact lines without graph, each once. */
  merge(iris: Iterable<string>): ReadonlySet<QuadLine> {
    return new Set([...iris].flatMap((iri) => this.in(iri).map(withoutGraph)));
  }

  get merged(): ReadonlySet<QuadLine> {
    return this.merge(this.settings.filter(isMerged).map(({ iri }) => iri));
  }
}

export function withoutGraph(entry: QuadLine): QuadLine {
  const { subject: s, predicate: p, object: o } = splitLine(entry);
  return joinLine(s, p, o);
}

export const sorted = (lines: Iterable<QuadLine>): readonly QuadLine[] => [...lines].toSorted();

/** As SPARQL sees lines: in the engine's form, each once. */
export const asStored = (lines: Iterable<QuadLine>): readonly QuadLine[] => sorted(new Set([...lines].map(engineLine)));
