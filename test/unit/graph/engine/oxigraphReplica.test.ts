import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinLine, splitLine } from '../../../../src/rdf/nquads.js';
import { literal, termText } from '../../../../src/rdf/terms.js';
import { OxigraphReplica } from '../../../../src/graph/engine/oxigraphReplica.js';
import type { Row, Scope } from '../../../../src/graph/state.js';
import { asStored, base, changes, datasetIri, datasetIris, line, object, PlainGraph, predicate, settings, sorted, steps, subject, withoutGraph } from './model.js';

const everything = 'SELECT ?s ?p ?o { ?s ?p ?o }';

function rowLine(row: Row): string {
  return joinLine(row.get('s') ?? '', row.get('p') ?? '', row.get('o') ?? '', row.get('g') ?? '');
}

/** A replica and its model after the same steps; a small batch size makes batches meet. */
function after(list: Parameters<PlainGraph['step']>[0][], batchSize: number): { readonly replica: OxigraphReplica; readonly plain: PlainGraph } {
  const replica = new OxigraphReplica({ base, batchSize });
  const plain = new PlainGraph();
  for (const step of list) {
    plain.step(step);
    if (step.kind === 'settings') replica.setDatasets(step.settings);
    else replica.apply(step.changes);
  }
  return { replica, plain };
}

const batchSize = fc.constantFrom(1, 2, 3, 1000);

describe('OxigraphReplica', () => {
  it('keeps the datasets and their merge as a plain RDF merge by hand has them, after any sequence of commits', () => {
    fc.assert(
      fc.property(steps, batchSize, (list, size) => {
        const { replica, plain } = after([...list], size);
        for (const iri of datasetIris) {
          assert.deepEqual(sorted([...replica.lines(iri)].flat()), sorted(plain.in(iri)));
          assert.equal(replica.count(iri), plain.in(iri).length);
        }
        assert.equal(replica.size, plain.lines.size);
        assert.deepEqual(sorted(replica.match('merged', {})), sorted(plain.merged));
        assert.deepEqual(sorted([...replica.select(everything, { defaultGraph: 'merged' })].map(rowLine)), asStored(plain.merged));
        const named = [...replica.select('SELECT * { GRAPH ?g { ?s ?p ?o } }', { defaultGraph: 'merged' })].map(rowLine);
        assert.deepEqual(sorted(named), asStored(plain.lines));
      }),
      { numRuns: 150 },
    );
  });

  it('builds the same from a bulk load, whether the settings come before or after it', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), settings, fc.boolean(), batchSize, (lines, datasets, first, size) => {
        const replica = new OxigraphReplica({ base, batchSize: size });
        if (first) replica.setDatasets(datasets);
        replica.load(lines);
        replica.setDatasets(datasets);
        const plain = new PlainGraph();
        plain.settings = datasets;
        for (const entry of lines) plain.lines.add(entry);
        assert.deepEqual(sorted(replica.match('any', {})), sorted(plain.lines));
        assert.deepEqual(sorted(replica.match('merged', {})), sorted(plain.merged));
      }),
      { numRuns: 100 },
    );
  });

  it('changes nothing when the same changes are applied again', () => {
    fc.assert(
      fc.property(changes, settings, changes, (start, datasets, list) => {
        // A changeset holds a quad once: the last change of each counts.
        const once = [...new Map(list.map((change) => [change.line, change])).values()];
        const { replica } = after([{ kind: 'changes', changes: start }, { kind: 'settings', settings: datasets }, { kind: 'changes', changes: once }], 1000);
        const before = [sorted(replica.match('any', {})), sorted(replica.match('merged', {})), replica.size];
        replica.apply(once);
        assert.deepEqual([sorted(replica.match('any', {})), sorted(replica.match('merged', {})), replica.size], before);
      }),
      { numRuns: 100 },
    );
  });

  it('finds by subjects, objects and patterns exactly the lines a filter over all lines finds', () => {
    const scope: fc.Arbitrary<Scope> = fc.constantFrom<Scope>('merged', 'any', { dataset: datasetIri('a') });
    fc.assert(
      fc.property(steps, scope, fc.array(subject), fc.array(object), fc.option(predicate, { nil: undefined }), (list, where, subjects, objects, p) => {
        const { replica, plain } = after([...list], 1000);
        const all = where === 'merged' ? [...plain.merged] : where === 'any' ? [...plain.lines] : plain.in(datasetIri('a'));
        const fits = (entry: string): boolean => p === undefined || splitLine(entry).predicate === p;
        const expect = (test: (parts: ReturnType<typeof splitLine>) => boolean): readonly string[] => sorted(all.filter((entry) => fits(entry) && test(splitLine(entry))));
        assert.deepEqual(sorted(replica.bySubjects(where, subjects, p)), expect((parts) => subjects.includes(parts.subject)));
        assert.deepEqual(sorted(replica.byObjects(where, objects, p)), expect((parts) => objects.includes(parts.object)));
        const [s] = subjects;
        const [o] = objects;
        const pattern = { ...(s === undefined ? {} : { subject: s }), ...(p === undefined ? {} : { predicate: p }), ...(o === undefined ? {} : { object: o }) };
        assert.deepEqual(
          sorted(replica.match(where, pattern)),
          expect((parts) => (s === undefined || parts.subject === s) && (o === undefined || parts.object === o)),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('says which exact lines are present', () => {
    fc.assert(
      fc.property(steps, fc.array(line), (list, asked) => {
        const { replica, plain } = after([...list], 1000);
        assert.deepEqual(sorted(replica.present(asked)), sorted(new Set(asked.filter((entry) => plain.lines.has(entry)))));
      }),
      { numRuns: 100 },
    );
  });

  it('lets a SELECT read a merge of scopes without counting a triple twice', () => {
    const scopes = fc.uniqueArray(fc.constantFrom<Scope>('merged', ...datasetIris.map((iri) => ({ dataset: iri }))), { maxLength: 4 });
    fc.assert(
      fc.property(steps, scopes, (list, defaultGraph) => {
        const { replica, plain } = after([...list], 1000);
        const expected = defaultGraph.flatMap((scope) => (scope === 'merged' ? [...plain.merged] : typeof scope === 'string' ? [] : plain.in(scope.dataset).map(withoutGraph)));
        assert.deepEqual(sorted([...replica.select(everything, { defaultGraph })].map(rowLine)), asStored(expected));
        // What was made for the query is in no other answer.
        assert.deepEqual(sorted(replica.match('any', {})), sorted(plain.lines));
        assert.equal(replica.size, plain.lines.size);
      }),
      { numRuns: 100 },
    );
  });

  it('gives back every text as it was written, and finds and deletes it by that text', () => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom('\\', '"', "'", '\n', '\r', '\t', '\u0000', '\u0007', '\u007f', 'u0041', '$values', '<', '}', '\ufffe'), fc.string({ unit: 'binary', maxLength: 1 })) });
    const literals = fc.array(fc.tuple(text, fc.constantFrom(undefined, 'nl', 'en-gb')), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(literals, (list) => {
        const replica = new OxigraphReplica({ base });
        const objects = [...new Set(list.map(([value, language]) => termText(literal(value, language))))];
        const lines = sorted(objects.map((entry) => joinLine('<http://e/s>', '<http://e/p>', entry, `<${datasetIri('a')}>`)));
        replica.apply(lines.map((entry) => ({ op: '+', line: entry })));
        assert.deepEqual(sorted(replica.bySubjects('any', ['<http://e/s>'])), lines);
        assert.deepEqual(sorted(replica.byObjects('any', objects)), lines);
        assert.deepEqual(sorted(replica.present(lines)), lines);
        const rows = [...replica.select('SELECT ?o { GRAPH ?g { ?s ?p ?o } }', { defaultGraph: 'merged' })];
        assert.deepEqual(rows.map((row) => row.get('o') ?? '').toSorted(), objects.toSorted());
        replica.apply(lines.map((entry) => ({ op: '-', line: entry })));
        assert.equal(replica.size, 0);
        assert.deepEqual(replica.match('any', {}), []);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps two exact literals that the engine takes for one, until both are deleted', () => {
    const [int, integer] = ['int', 'integer'].map((type) => joinLine('<http://e/s>', '<http://e/p>', `"5"^^<http://www.w3.org/2001/XMLSchema#${type}>`, `<${datasetIri('a')}>`));
    assert(int !== undefined && integer !== undefined);
    const replica = new OxigraphReplica({ base });
    replica.setDatasets([{ iri: datasetIri('a'), status: 'aangenomen', mode: 'off', visibility: 'public' }]);
    replica.apply([int, integer].map((entry) => ({ op: '+', line: entry })));
    assert.equal(replica.count(datasetIri('a')), 2);
    replica.apply([{ op: '-', line: integer }]);
    assert.deepEqual(replica.match('merged', {}), [withoutGraph(int)]);
    replica.apply([{ op: '-', line: int }]);
    assert.deepEqual(replica.match('merged', {}), []);
  });

  it('stops a read of a dataset that changes meanwhile, rather than skip or repeat quads', () => {
    const replica = new OxigraphReplica({ base, batchSize: 1 });
    replica.load(['1', '2', '3'].map((n) => joinLine('<http://e/s>', '<http://e/p>', `"${n}"`, `<${datasetIri('a')}>`)));
    const reading = replica.lines(datasetIri('a'))[Symbol.iterator]();
    reading.next();
    replica.apply([]);
    assert.throws(() => reading.next(), /changed while/);
  });

  it('knows how much memory the engine takes', () => {
    const replica = new OxigraphReplica({ base });
    assert(replica.memoryBytes > 1_000_000);
    assert.equal(replica.memoryBytes % 65_536, 0, 'whole pages of WebAssembly memory');
  });
});
