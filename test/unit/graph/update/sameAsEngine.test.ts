import assert from 'node:assert/strict';
import fc from 'fast-check';
import oxigraph from 'oxigraph';
import { splitLine } from '../../../../src/rdf/nquads.js';
import { carryOut, ex, line, standard } from './carryOut.js';

const term = fc.constantFrom(':a', ':b', ':c');
const predicate = fc.constantFrom(':p', ':q');
const object = fc.constantFrom(':a', ':b', ':c', '1', '2', '"x"', '"x"@nl', '1.5', 'true');
const variable = fc.constantFrom('?x', '?y', '?z');

function inGraph(name: string, text: string): string {
  return name === '' ? text : `GRAPH ${name} { ${text} }`;
}

const dataset = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ with: '', using: '' }) },
  fc.constantFrom(':g', ':h').map((name) => ({ with: `WITH ${name}`, using: '' })),
  fc.subarray(['USING :g', 'USING :h', 'USING NAMED :g']).map((clauses) => ({ with: '', using: clauses.join(' ') })),
  fc.constant({ with: 'WITH :g', using: 'USING :h' }),
);

interface Graphs {
  readonly written: readonly string[];
  readonly read: readonly string[];
  readonly targets: readonly string[];
}

function requests({ written, read, targets }: Graphs): { readonly data: fc.Arbitrary<string>; readonly request: fc.Arbitrary<string> } {
  const data = fc
    .array(fc.tuple(term, predicate, object, fc.constantFrom(...written)), { maxLength: 4 })
    .map((quads) => quads.map(([s, p, o, g]) => inGraph(g, `${s} ${p} ${o} .`)).join(' '));
  const pattern = fc
    .tuple(fc.oneof(variable, term), fc.oneof(variable, predicate), fc.oneof(variable, object), fc.constantFrom(...read))
    .map(([s, p, o, g]) => inGraph(g, `${s} ${p} ${o} .`));
  const patterns = fc.array(pattern, { minLength: 1, maxLength: 2 }).map((list) => list.join(' '));
  const where = fc.oneof(
    patterns,
    fc.tuple(patterns, patterns).map(([first, second]) => `${first} OPTIONAL { ${second} }`),
    fc.tuple(patterns, patterns).map(([first, second]) => `{ ${first} } UNION { ${second} }`),
    fc.tuple(patterns, variable, object).map(([first, name, value]) => `${first} FILTER(${name} != ${value})`),
    fc.tuple(patterns, patterns).map(([first, second]) => `${first} FILTER NOT EXISTS { ${second} }`),
    fc.tuple(patterns, variable, term).map(([first, name, value]) => `${first} VALUES ${name} { ${value} UNDEF }`),
  );
  const templates = (properties: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc
      .array(fc.tuple(fc.oneof(variable, term), properties, fc.oneof(variable, object), fc.constantFrom(...read)), { minLength: 1, maxLength: 2 })
      .map((list) => list.map(([s, p, o, g]) => inGraph(g, `${s} ${p} ${o} .`)).join(' '));
  // The engine deletes and inserts solution by solution, where the specification deletes everything first (SPARQL 1.1
  // Update §3.1.3): the two agree as long as nothing is both deleted and inserted.
  const change = fc.oneof(
    fc.tuple(templates(predicate), templates(fc.constant(':r'))).map(([deletes, inserts]) => `DELETE { ${deletes} } INSERT { ${inserts} }`),
    patterns.map((deletes) => `DELETE { ${deletes} }`),
    patterns.map((inserts) => `INSERT { ${inserts} }`),
  );
  const modify = fc.tuple(dataset, change, where).map(([{ with: graphOf, using }, made, body]) => [graphOf, made, using, `WHERE { ${body} }`].join(' '));
  const target = fc.constantFrom(...targets);
  const operation = fc.oneof(
    data.map((text) => `INSERT DATA { ${text} }`),
    data.map((text) => `DELETE DATA { ${text} }`),
    patterns.map((text) => `DELETE WHERE { ${text} }`),
    { weight: 4, arbitrary: modify },
    fc.tuple(fc.constantFrom('CLEAR', 'DROP'), fc.oneof(target, fc.constantFrom('NAMED', 'ALL'))).map(([kind, what]) => `${kind} SILENT ${what}`),
    fc.tuple(fc.constantFrom('COPY', 'MOVE', 'ADD'), target, target).map(([kind, from, to]) => `${kind} SILENT ${from} TO ${to}`),
  );
  return { data, request: fc.array(operation, { minLength: 1, maxLength: 3 }).map((operations) => operations.join(' ;\n')) };
}

/** What the engine's own update leaves, the unnamed graph under its name. */
function engineUpdate(start: string, update: string): readonly string[] {
  const store = new oxigraph.Store();
  const prologue = `PREFIX : <${ex}>\n`;
  // The graphs exist from the start, as the datasets do.
  store.update(`${prologue} CREATE GRAPH :g ; CREATE GRAPH :h ; INSERT DATA { ${start} }`);
  store.update(prologue + update);
  return store
    .dump({ format: 'application/n-quads' })
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => (splitLine(text).graph === '' ? text.replace(/ \.$/u, ` <${standard}> .`) : text))
    .toSorted();
}

function compare(graphs: Graphs): void {
  const { data, request } = requests(graphs);
  fc.assert(
    fc.property(data, request, (start, update) => {
      const before = carryOut(`INSERT DATA { ${start} }`, { unionDefaultGraph: false }).lines;
      const { lines, changes } = carryOut(update, { lines: before, unionDefaultGraph: false });
      assert.deepEqual(lines, engineUpdate(start, update));
      const state = new Set(before);
      for (const made of changes) {
        assert.equal(new Set(made.map((change) => change.line)).size, made.length, 'no quad twice in an operation');
        for (const change of made) {
          assert.equal(state.has(change.line), change.op === '-', 'only effective changes');
          if (change.op === '-') state.delete(change.line);
          else state.add(change.line);
        }
      }
    }),
    { numRuns: 150 },
  );
}

describe('A random update', () => {
  it('leaves what the engine itself would leave, and says exactly what it changed', () => {
    compare({ written: ['', ':g', ':h'], read: ['', ':g', ':h'], targets: ['DEFAULT', 'GRAPH :g', 'GRAPH :h'] });
  });

  // The unnamed graph has a name here and none in the engine, so graphs found by a variable are compared without it.
  it('does so with graphs that WHERE finds, too', () => {
    compare({ written: [':g', ':h'], read: [':g', ':h', '?g', '?x'], targets: ['GRAPH :g', 'GRAPH :h'] });
  });

  it('deletes everything before it inserts anything, whichever solution comes first', () => {
    const { lines } = carryOut('DELETE { :a :q 1 } INSERT { ?z :q 1 } WHERE { { ?x :p ?x } UNION { ?x ?y ?z } }', {
      lines: carryOut('INSERT DATA { :a :p 1.5 . :a :p :a }').lines,
    });
    assert.ok(lines.some((text) => text.startsWith(`<${ex}a> <${ex}q> "1"`)));
  });

  it('of more quads than one batch changes each exactly once', () => {
    const lines = Array.from({ length: 12_000 }, (_, index) => line(`s${index}`, 'p', index % 2 === 0 ? 'even' : 'odd'));
    const { lines: left, counts } = carryOut('DELETE { ?s :p ?o } INSERT { ?s :q ?o . :all :q ?o } WHERE { ?s :p ?o }', { lines });
    assert.deepEqual(counts, [{ matched: 24_002, changed: 24_002 }]);
    assert.equal(left.length, 12_002);
  });
});
