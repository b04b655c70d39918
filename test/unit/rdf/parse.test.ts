import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { Fault, type FaultCode } from '../../../src/faults.js';
import { formatByExtension, rdfFormats, type RdfFormat } from '../../../src/rdf/mediaTypes.js';
import { parseRdf, parseString, type ParseOptions, type ParsedQuad } from '../../../src/rdf/parse.js';
import { toLine } from '../../../src/rdf/nquads.js';
import { resource } from '../../../src/resources.js';

const formats = Object.fromEntries(rdfFormats.map((format) => [format.id, format])) as Record<RdfFormat['id'], RdfFormat>;

/** Bad inputs by file name in `bad/`: the fault, line, column, and JSON path where there is one. */
const bad: readonly (readonly [file: string, code: FaultCode, line?: number | undefined, column?: number | undefined, jsonPath?: string])[] = [
  ['annotation.ttl', 'invalid-term', 2, 16],
  ['bad-escape.ttl', 'rdf-syntax', 2, 11],
  ['bad-percent.ttl', 'invalid-iri', 2, 11],
  ['base-direction.jsonld', 'invalid-term'],
  ['base-direction.ttl', 'invalid-term', 2, 21],
  ['billion-laughs.rdf', 'xml-entities', 2, 1],
  ['blank-predicate.ttl', 'rdf-syntax', 2, 6],
  ['brace-in-iri.ttl', 'invalid-iri', 2, 11],
  ['class-as-datatype.jsonld', 'invalid-term', undefined, undefined, '$["bekleedt"]'],
  ['cut-in-a-character.nt', 'rdf-syntax', 1, 23],
  ['external-entity.rdf', 'xml-entities', 1, 1],
  ['formula-from-n3.ttl', 'rdf-syntax', 2, 11],
  ['graph-in-turtle.ttl', 'rdf-syntax', 2, 6],
  ['graph.nt', 'rdf-syntax', 1, 70],
  ['implication-from-n3.ttl', 'rdf-syntax', 2, 6],
  ['invalid-iri.jsonld', 'invalid-iri', undefined, undefined, '$["@id"]'],
  ['invalid-iri.rdf', 'invalid-iri', 3],
  ['key-not-in-context.jsonld', 'rdf-syntax', undefined, undefined, '$["@graph"][0]["adres"]'],
  ['language-tag-too-long.ttl', 'invalid-term', 2, 18],
  ['language-without-tag.ttl', 'invalid-term', 2, 20],
  ['latin-1.ttl', 'rdf-syntax', 2, 15],
  ['literal-graph.nq', 'rdf-syntax', 1, 27],
  ['literal-subject.ttl', 'rdf-syntax', 3, 1],
  ['lone-surrogate.ttl', 'rdf-syntax', 2, 11],
  ['missing-brace.jsonld', 'rdf-syntax', 3, 1],
  ['missing-dot.ttl', 'rdf-syntax', 3, 1],
  ['missing-object.ttl', 'rdf-syntax', 2, 11],
  ['nested-graph.trig', 'rdf-syntax'],
  ['other-encoding.rdf', 'rdf-syntax', 1, 1],
  ['own-entity.rdf', 'xml-entities', 3, 59],
  ['prefix-without-dot.ttl', 'rdf-syntax', 2, 1],
  ['prefix-without-iri.ttl', 'rdf-syntax', 1, 13],
  ['prefix.nt', 'rdf-syntax', 1, 47],
  ['reified-triple.ttl', 'invalid-term', 2, 1],
  ['relative-id.jsonld', 'relative-iri', undefined, undefined, '$["@graph"][0]["http://example.org/p"]["@id"]'],
  ['relative-iri.nt', 'relative-iri', 1, 47],
  ['relative-iri.rdf', 'relative-iri', 3],
  ['relative-iri.ttl', 'relative-iri', 2, 11],
  ['remote-context.jsonld', 'remote-context'],
  ['scalar-document.jsonld', 'rdf-syntax', 1, 1, '$'],
  ['single-quotes.jsonld', 'rdf-syntax', 1, 3, '$'],
  ['space-in-iri.ttl', 'invalid-iri', 2, 11],
  ['statement-over-two-lines.nt', 'rdf-syntax', 2, 3],
  ['trailing-comma.jsonld', 'rdf-syntax', 3, 32, '$["http://example.org/p"][1]'],
  ['triple-term.ttl', 'invalid-term', 2, 11],
  ['two-names.rdf', 'rdf-syntax', 3],
  ['two-statements-on-a-line.nt', 'rdf-syntax', 1, 29],
  ['unclosed-bracket.ttl', 'rdf-syntax', 2, 20],
  ['unclosed-comment.rdf', 'rdf-syntax'],
  ['unclosed-element.rdf', 'rdf-syntax'],
  ['unclosed-graph.trig', 'rdf-syntax', 3, 1],
  ['unclosed-string.ttl', 'rdf-syntax', 2, 11],
  ['undeclared-namespace.rdf', 'rdf-syntax', 4],
  ['undeclared-prefix.ttl', 'rdf-syntax', 2, 6],
  ['value-and-id.jsonld', 'rdf-syntax'],
  ['variable-from-n3.ttl', 'rdf-syntax', 2, 1],
  ['version.ttl', 'invalid-term', 1, 1],
  ['wrong-closing-tag.rdf', 'rdf-syntax', 4],
];

async function all(input: Parameters<typeof parseRdf>[0], options: ParseOptions): Promise<ParsedQuad[]> {
  const found: ParsedQuad[] = [];
  for await (const batch of parseRdf(input, options)) found.push(...batch);
  return found;
}

async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const outcome: unknown = await work.then(
    () => 'accepted',
    (error: unknown) => error,
  );
  assert.ok(outcome instanceof Fault, String(outcome));
  return outcome;
}

/** `predicate line` of each quad, sorted. */
function placed(found: readonly ParsedQuad[]): string[] {
  return found.map(({ quad, line }) => `${quad.predicate.value.replace(/.*[#/]/, '')} ${line}`).toSorted();
}

async function linesOf(text: string, options: ParseOptions): Promise<string[]> {
  return (await parseString(text, options)).map(toLine);
}

function statement(length: number): string {
  return `<urn:a> <urn:x:p> "${'x'.repeat(length)}" .\n`;
}

function* repeated(piece: string, times: number): Iterable<Uint8Array> {
  const bytes = Buffer.from(piece);
  for (let count = 0; count < times; count += 1) yield bytes;
}

describe('parse refuses', () => {
  it('every file of the folder of bad inputs, which this table lists', () => {
    assert.deepEqual(readdirSync(resource('test', 'unit', 'rdf', 'bad')).toSorted(), bad.map(([file]) => file).toSorted());
  });

  for (const [file, code, line, column, jsonPath] of bad) {
    it(`${file} with ${code}${line === undefined ? '' : ` on line ${line}`}, whole or byte by byte`, async () => {
      const bytes = readFileSync(resource('test', 'unit', 'rdf', 'bad', file));
      const format = formatByExtension(file.slice(file.lastIndexOf('.')));
      assert.ok(format);
      for (const input of [[bytes], [...bytes].map((byte) => Uint8Array.of(byte))]) {
        const { data } = await faultOf(all(input, { format, file }));
        assert.equal(data.code, code);
        assert.equal(data.place?.file, file);
        if (line !== undefined) assert.equal(data.place?.line, line);
        if (column !== undefined) assert.equal(data.place?.column, column);
        if (jsonPath !== undefined) assert.equal(data.place?.jsonPath, jsonPath);
        assert.ok(data.detail.nl.length > 20 && data.detail.en.length > 20);
      }
    });
  }

  it('a literal of 100 MB, without holding it', async () => {
    let read = 0;
    function* literalWithoutEnd(start: string): Iterable<Uint8Array> {
      yield Buffer.from(start);
      for (const chunk of repeated('x'.repeat(65_536), 1600)) {
        read += chunk.length;
        yield chunk;
      }
    }
    const starts: readonly (readonly [RdfFormat['id'], string])[] = [
      ['turtle', '\n\n<urn:a> <urn:x:p> """'],
      ['ntriples', '\n\n<urn:a> <urn:x:p> "'],
      ['rdfxml', '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="urn:x:">\n<rdf:Description rdf:about="urn:a">\n<ex:p>'],
    ];
    for (const [id, start] of starts) {
      read = 0;
      const fault = await faultOf(all(literalWithoutEnd(start), { format: formats[id] }));
      assert.equal(fault.code, 'too-large');
      assert.equal(fault.data.place?.line, 3);
      assert.ok(read < 8_000_000, `${read} bytes were read`);
    }
    read = 0;
    const fault = await faultOf(all(literalWithoutEnd('{"@id": "'), { format: formats.jsonld, maxDocumentLength: 1_000_000 }));
    assert.equal(fault.code, 'too-large');
    assert.ok(read < 2_000_000);
  });

  it('a literal just over the limit, and accepts one at the limit', async () => {
    for (const format of [formats.turtle, formats.nquads]) {
      assert.equal((await parseString(statement(100), { format, maxTermLength: 100 })).length, 1);
      assert.equal((await faultOf(parseString(statement(101), { format, maxTermLength: 100 }))).code, 'too-large');
    }
  });

  it('JSON-LD nested too deeply, with a fault', async () => {
    const depth = 50_000;
    const fault = await faultOf(parseString(`${'{"urn:x:p":'.repeat(depth)}1${'}'.repeat(depth)}`, { format: formats.jsonld }));
    assert.ok(fault.code === 'too-large' || fault.code === 'rdf-syntax', fault.message);
  });

  it('a file with megabytes of comments only because of what follows them', async () => {
    const comments = `${'# comment '.repeat(20)}\n`.repeat(20_000);
    assert.equal((await parseString(`${comments}<urn:a> <urn:x:p> 1 .`, { format: formats.turtle })).length, 1);
    assert.equal((await faultOf(parseString(`${comments}<urn:a> <urn:x:p> ;`, { format: formats.turtle }))).data.place?.line, 20_001);
  });
});

describe('parse', () => {
  it('says on which line the statement of each quad starts, and the bracket of a nested node', async () => {
    const turtle = '@prefix ex: <http://example.org/> .\n\nex:a ex:p 1 ;\n  ex:q [\n    ex:r 2\n  ] .\n# comment\nex:b\n  ex:p """x\ny""" .\nPREFIX ey: <http://example.org/>\ney:c ex:p 1 . ey:d ex:p 2 .\n';
    const found = await all([Buffer.from(turtle)], { format: formats.turtle });
    assert.deepEqual(placed(found), ['p 12', 'p 12', 'p 3', 'p 8', 'q 3', 'r 4']);
    const xml = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="http://example.org/">\n<!-- <a> -->\n<ex:Thing\n rdf:about="http://example.org/a">\n<ex:p>1</ex:p>\n<ex:q><ex:Other><ex:r>2</ex:r></ex:Other></ex:q>\n<ex:s>3</ex:s>\n</ex:Thing>\n</rdf:RDF>';
    const triples = await all([Buffer.from(xml)], { format: formats.rdfxml });
    assert.deepEqual(placed(triples), ['p 3', 'q 3', 'r 6', 's 3', 'type 3', 'type 6']);
  });

  it('gives the same quads however the input is cut, a byte order mark left out', async () => {
    const turtle = '\uFEFF@prefix ex: <http://example.org/> .\r\nex:a ex:p "é😀 \\u00e9"@nl-BE, 1.5, 1e3, true ; ex:q ( 1 [ ex:r ex:b ] ) .\r\n';
    const whole = (await all([Buffer.from(turtle)], { format: formats.turtle })).map(({ quad }) => quad.object.value);
    const bytes = (await all([...Buffer.from(turtle)].map((byte) => Uint8Array.of(byte)), { format: formats.turtle })).map(({ quad }) => quad.object.value);
    assert.equal(whole.length, 10);
    assert.deepEqual(bytes.filter((value) => !/^n?\d*b/.test(value)), whole.filter((value) => !/^n?\d*b/.test(value)));
  });

  it('streams: the first quads come before the last bytes are read', async () => {
    for (const id of ['ntriples', 'rdfxml'] as const) {
      const [head, statement] =
        id === 'ntriples'
          ? ['', '<urn:a> <urn:x:p> "x" .\n']
          : ['<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="urn:x:">', '<rdf:Description rdf:about="urn:a"><ex:p>x</ex:p></rdf:Description>'];
      let read = 0;
      async function* source(): AsyncIterable<Uint8Array> {
        yield Buffer.from(head);
        for (const chunk of repeated(statement.repeat(500), 1000)) {
          read += 1;
          yield chunk;
        }
      }
      for await (const batch of parseRdf(source(), { format: formats[id] })) {
        assert.ok(batch.length >= 500 && batch.length <= 2000);
        break;
      }
      assert.ok(read < 50);
    }
  });

  const references: readonly (readonly [reference: string, resolved: string])[] = [
    // RFC 3986 §5.4.1 and some of §5.4.2.
    ['g', 'http://a/b/c/g'], ['./g', 'http://a/b/c/g'], ['g/', 'http://a/b/c/g/'], ['/g', 'http://a/g'], ['//g', 'http://g'], ['?y', 'http://a/b/c/d;p?y'], ['g?y', 'http://a/b/c/g?y'],
    ['#s', 'http://a/b/c/d;p?q#s'], ['g#s', 'http://a/b/c/g#s'], [';x', 'http://a/b/c/;x'], ['', 'http://a/b/c/d;p?q'], ['.', 'http://a/b/c/'], ['..', 'http://a/b/'], ['../g', 'http://a/b/g'],
    ['../..', 'http://a/'], ['../../g', 'http://a/g'], ['../../../g', 'http://a/g'], ['/./g', 'http://a/g'], ['g:h', 'g:h'],
  ];
  for (const [reference, resolved] of references) {
    it(`resolves <${reference}> against a base, in every format that knows bases`, async () => {
      const baseIri = 'http://a/b/c/d;p?q';
      const documents: readonly (readonly [RdfFormat, string])[] = [
        [formats.turtle, `<urn:s> <urn:x:p> <${reference}> .`],
        [formats.trig, `{ <urn:s> <urn:x:p> <${reference}> }`],
        [formats.jsonld, JSON.stringify({ '@id': 'urn:s', 'urn:x:p': { '@id': reference } })],
        [formats.rdfxml, `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:"><rdf:Description rdf:about="urn:s"><x:p rdf:resource="${reference}"/></rdf:Description></rdf:RDF>`],
      ];
      for (const [format, text] of documents) assert.deepEqual(await linesOf(text, { format, baseIri }), [`<urn:s> <urn:x:p> <${resolved}> .`], format.label);
    });
  }

  it('keeps named graphs, also those named by a blank node', async () => {
    const quads = await parseString('<urn:g> { <urn:a> <urn:x:p> 1 } _:g { <urn:a> <urn:x:p> 2 } <urn:a> <urn:x:p> 3 .', { format: formats.trig });
    assert.deepEqual(quads.map(({ graph }) => graph.termType), ['NamedNode', 'BlankNode', 'DefaultGraph']);
  });

  it('keeps doubles in JSON-LD as written, ill-typed ones too', async () => {
    const document = { '@id': 'urn:a', 'urn:x:p': [{ '@value': '1.50', '@type': 'http://www.w3.org/2001/XMLSchema#double' }, { '@value': 'veel', '@type': 'http://www.w3.org/2001/XMLSchema#double' }, 2.5, 7, true] };
    const quads = await parseString(JSON.stringify(document), { format: formats.jsonld });
    assert.deepEqual(quads.map(({ object }) => object.value).toSorted(), ['1.50', '2.5E0', '7', 'true', 'veel']);
  });

  it('reads JSON-LD with a context given by the caller, and text with a link nested as OSLO writes it', async () => {
    const iri = 'https://regiograaf.example/context/v1.jsonld';
    const contexts = { [iri]: { '@context': { bekleedt: { '@id': 'http://www.w3.org/ns/org#holds', '@type': 'http://data.vlaanderen.be/ns/mandaat#Mandaat' } } } };
    const text = JSON.stringify({ '@context': iri, '@id': 'urn:a', bekleedt: { '@id': 'urn:b' } });
    assert.deepEqual(await linesOf(text, { format: formats.jsonld, contexts }), ['<urn:a> <http://www.w3.org/ns/org#holds> <urn:b> .']);
  });
});
