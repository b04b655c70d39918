import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import { DeltaSource } from '../../../../src/publication/delta/deltaSource.js';
import { DeltaWriter } from '../../../../src/publication/delta/deltaWriter.js';
import { deltaText } from '../../../../src/publication/delta/deltaFile.js';
import { cleanIri, encode } from '../../../../src/publication/delta/encode.js';
import { uuidOf } from '../../../../src/publication/delta/names.js';
import type { DumpRow } from '../../../../src/publication/delta/rows.js';
import { deltaFolder, openDelta } from '../../../../src/publication/delta/schema.js';
import { dumpPath, makeDump } from '../../../../src/publication/delta/streamDump.js';
import { plainWkt } from '../../../../src/publication/delta/wkt.js';
import { mergedScope } from '../../../../src/publication/versions/contract.js';
import { ConsumerStore } from '../../../support/deltaConsumer.js';
import { FakeVersions } from '../../../support/fakeVersions.js';

const base = 'http://localhost:3000/';
const muUuid = '<http://mu.semte.ch/vocabularies/core/uuid>';

interface Term {
  readonly type: string;
  readonly value: string;
  readonly datatype?: string;
  readonly 'xml:lang'?: string;
}
type Changesets = readonly Readonly<Record<'inserts' | 'deletes', readonly Readonly<Record<'subject' | 'predicate' | 'object' | 'graph', Term>>[]>>[];

const about = (value: string): string => `<http://ex.org/a> <http://ex.org/p> ${value} .`;
const xsd = (name: string): string => `^^<http://www.w3.org/2001/XMLSchema#${name}>`;
/** How the stream says a value. */
const object = (value: string): string => [...encode([about(value)]).lines].find((line) => line.includes('/p>'))?.slice(about('').length - 2, -2) ?? '';

/* One test for each way in which the consumer in production was seen to lose or refuse data, by the number it has in our notes. */
describe('what a consumer cannot take', () => {
  let folder: string;
  let db: Database.Database;
  let writer: DeltaWriter;
  let versions: FakeVersions;
  let clock: number;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'regiograaf-delta-'));
    db = openDelta(join(folder, deltaFolder));
    clock = Date.UTC(2026, 5, 1);
    writer = new DeltaWriter(db, { base, streams: [{ name: 'alle', title: { nl: 'x', en: 'x' }, scope: mergedScope, closed: false }], isMember: () => true, now: () => clock });
    versions = new FakeVersions();
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const set = (...lines: readonly string[]): void => {
    versions.set(lines);
    while (writer.advance(versions));
  };
  const dump = (): DumpRow => makeDump(db, writer, writer.row('alle'), { folder: join(folder, deltaFolder), base });
  const dumpText = ({ file }: DumpRow): string => readFileSync(dumpPath(join(folder, deltaFolder), file), 'utf8');
  const texts = (): readonly string[] => db.prepare<[], Buffer>('SELECT content FROM file ORDER BY created').pluck().all().map((content) => gunzipSync(content).toString());
  const changesets = (): Changesets => texts().flatMap((text) => JSON.parse(text) as Changesets);

  it('1: a list that is not oldest first; ours is, and begins strictly after since', () => {
    const made = dump();
    for (const value of ['"1"', '"2"', '"3"']) set(about(value));
    const source = new DeltaSource(folder);
    const row = source.stream('alle') ?? assert.fail();
    const { files } = source.files(row, made.released, 10);
    assert.equal(files.length, 3);
    assert.deepEqual(files.map(({ created }) => created), files.map(({ created }) => created).toSorted((a, b) => a - b));
    assert.deepEqual(source.files(row, files[0]?.created ?? 0, 10).files, files.slice(1));
    assert.deepEqual([source.files(row, made.released, 2).files.length, source.files(row, made.released, 2).more], [2, true]);
    source.close();
  });

  it('2 and 3: moments finer than a millisecond, twice the same, or earlier than what was listed', () => {
    dump();
    set(about('"1"'));
    clock -= 60_000;
    set(about('"2"'));
    set(about('"3"'));
    const moments = db.prepare<[], number>('SELECT created FROM file ORDER BY rowid').pluck().all();
    assert.ok(moments.every((moment) => Number.isInteger(moment)));
    assert.deepEqual(moments, [...new Set(moments)].toSorted((a, b) => a - b));
  });

  it('4 and 5: a quad without a graph, a changeset without both lists', () => {
    dump();
    set(about('"1"'));
    set();
    for (const { inserts, deletes } of changesets()) for (const quad of [...inserts, ...deletes]) assert.equal(quad.graph.type, 'uri');
    assert.ok(changesets().some(({ deletes }) => deletes.length === 0) && changesets().some(({ inserts }) => inserts.length === 0));
  });

  it('6 and 7: blank nodes; ours are skolem IRIs, the same in every file', () => {
    const node = `<${base}.well-known/genid/1>`;
    dump();
    set(about(node), `${node} <http://ex.org/p> "deel" .`);
    const types = changesets().flatMap(({ inserts }) => inserts.flatMap(({ subject, object }) => [subject.type, object.type]));
    assert.deepEqual([...new Set(types)].toSorted(), ['literal', 'uri']);
    assert.deepEqual([...encode([about('_:b0'), '_:b0 <http://ex.org/p> "x" .']).lines], []);
    assert.equal(encode([about('_:b0')]).omitted, 1, 'one that comes nevertheless is left out and counted');
  });

  it('8: characters no IRI may hold', () => {
    assert.equal(cleanIri('http://ex.org/a b"<c>|{d}\\^`'), 'http://ex.org/a%20b%22%3Cc%3E%7C%7Bd%7D%5C%5E%60');
    assert.equal(cleanIri('http://ex.org/één?q=%20#x'), 'http://ex.org/één?q=%20#x');
    assert.match(deltaText([{ inserts: [...encode([about('<http://ex.org/{x}>')]).lines], deletes: [] }]), /http:\/\/ex\.org\/%7Bx%7D/);
  });

  it('9: dumps that end within 15 statements of a batch, whatever the number of statements and the size of the batch', () => {
    for (const count of [0, 1, 2, 3, 7, 8, 15, 16, 83, 84, 85, 88, 89, 98, 99, 100, 101, 114, 115, 116, 163, 210, 1005, 2003]) {
      set(...Array.from({ length: count }, (_, index) => about(`"${index}"`)));
      const made = dump();
      assert.equal(made.statements, count === 0 ? 0 : count + 1);
      for (const batch of [100, 1000]) {
        const store = new ConsumerStore();
        store.takeDump(dumpText(made), batch);
        assert.equal(store.statements.size, made.statements, `${count} statements in batches of ${batch}`);
      }
    }
  });

  it('9: dumps with line ends of JavaScript in a text, which the consumer up to 0.1.4 reads as two lines', () => {
    set(about('"een\u2028twee\u2029drie"'));
    const text = dumpText(dump());
    assert.doesNotMatch(text, /[\u2028\u2029]/u);
    const store = new ConsumerStore();
    store.takeDump(text);
    assert.ok(store.statements.has(about('"een\u2028twee\u2029drie"')));
  });

  it('10: texts with a language in a dump; ours follow 1 ms later in delta files', () => {
    set(about('"Eén"@nl'), about('"One"@en'), about('"1"'));
    const made = dump();
    assert.ok(!dumpText(made).includes('@'));
    const files = db.prepare<[], { created: number; dump: number }>('SELECT created, dump FROM file').all();
    assert.deepEqual(files, [{ created: made.released + 1, dump: made.released }]);
    const store = new ConsumerStore();
    store.takeDump(dumpText(made));
    for (const text of texts()) store.takeFile(text);
    set(about('"Eén anders"@nl'), about('"One"@en'), about('"1"'));
    store.takeFile(texts().at(-1) ?? '');
    assert.deepEqual([...store.statements].filter((line) => !line.includes(muUuid)).toSorted(), [about('"1"'), about('"Eén anders"@nl'), about('"One"@en')].toSorted());
  });

  it('11: xsd:string; plain texts have no datatype, mu:uuid among them', () => {
    dump();
    set(about('"x"'), about('"5"^^<http://www.w3.org/2001/XMLSchema#integer>'));
    const objects = changesets().flatMap(({ inserts }) => inserts.map(({ object }) => object));
    assert.ok(objects.some(({ datatype }) => datatype?.endsWith('#integer')));
    assert.ok(!texts().join('').includes('XMLSchema#string'));
    const id = changesets().flatMap(({ inserts }) => inserts).find(({ predicate }) => `<${predicate.value}>` === muUuid)?.object;
    assert.deepEqual(id, { type: 'literal', value: uuidOf('http://ex.org/a') });
  });

  it('12: a dump without statements that is not empty', () => {
    const made = dump();
    assert.equal(made.bytes, 0);
    assert.equal(dumpText(made), '');
    new ConsumerStore().takeDump(dumpText(made));
  });

  it('15: geometries with the IRI of a coordinate system', () => {
    assert.equal(plainWkt('<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(3.7 51.05)'), 'POINT(3.7 51.05)');
    assert.equal(plainWkt('POINT(3.7 51.05)'), 'POINT(3.7 51.05)');
    assert.equal(plainWkt('<http://www.opengis.net/def/crs/EPSG/0/4326> LINESTRING(51.05 3.7, 51.1 3.8)'), 'LINESTRING(3.7 51.05, 3.8 51.1)');
    const lambert = '"<http://www.opengis.net/def/crs/EPSG/0/31370> POINT(104000 193000)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>';
    assert.equal(encode([about(lambert), about('"x"')]).omitted, 1, 'one that cannot be said without it is left out and counted');
  });

  it('16: a file that is listed and not there, or changes', () => {
    dump();
    set(about('"1"'));
    set(about('"2"'));
    const source = new DeltaSource(folder);
    const row = source.stream('alle') ?? assert.fail();
    const listed = source.files(row, 0, 10).files;
    const before = listed.map(({ id }) => source.file(id)?.content.toString('hex'));
    set(about('"3"'));
    dump();
    assert.deepEqual(listed.map(({ id }) => source.file(id)?.content.toString('hex')), before);
    for (const { id, sha256 } of listed) assert.equal(createHash('sha256').update(gunzipSync(source.file(id)?.content ?? Buffer.alloc(0))).digest('hex'), sha256);
    source.close();
  });

  it('17: the same statement in both lists of a changeset', () => {
    dump();
    set(about('"1"'), about('"2"'));
    set(about('"2"'), about('"3"'));
    for (const { inserts, deletes } of changesets()) {
      const gone = new Set(deletes.map((quad) => JSON.stringify(quad)));
      assert.ok(inserts.every((quad) => !gone.has(JSON.stringify(quad))));
    }
    assert.ok(!JSON.stringify(changesets().at(-1)).includes('"2"'), 'what stays is not said');
  });

  it('subjects without a mu:uuid; one that the data give stays as it is', () => {
    const own = `<http://ex.org/a> ${muUuid} "eigen" .`;
    assert.deepEqual([...encode([about('"x"'), own]).lines].filter((line) => line.includes(muUuid)), [own]);
    assert.deepEqual([...encode([about('"x"')]).lines].filter((line) => line.includes(muUuid)), [`<http://ex.org/a> ${muUuid} "${uuidOf('http://ex.org/a')}" .`]);
    assert.match(uuidOf('http://ex.org/a'), /^[0-9a-f]{8}-[0-9a-f]{4}-5/);
  });

  it('gives a value that its store refuses under the datatype, or could never delete, as plain text', () => {
    const wkt = '^^<http://www.opengis.net/ont/geosparql#wktLiteral>';
    for (const [text, datatype] of [['P7D', xsd('duration')], ['P1Y', xsd('yearMonthDuration')], ['99999999999999999999', xsd('integer')], ['twaalf', xsd('nonNegativeInteger')], ['ja', xsd('boolean')], ['1,5', xsd('decimal')], ['NaN', xsd('double')], ['ergens', wkt]] as const) {
      assert.equal(object(`"${text}"${datatype}`), `"${text}"`);
    }
    for (const kept of [`"P7D"${xsd('dayTimeDuration')}`, `"12"${xsd('integer')}`, `"+9223372036854775807"${xsd('long')}`, `"1.50"${xsd('decimal')}`, `"1.0E5"${xsd('double')}`, `"INF"${xsd('float')}`, `"true"${xsd('boolean')}`, `"geen dag"${xsd('date')}`, `"POLYGON((4 50, 5 50, 5 51, 4 50))"${wkt}`, `"POINT Z(4 50 3)"${wkt}`, '"x"^^<http://ex.org/eigen>', '"P7D"@nl']) {
      assert.equal(object(kept), kept);
    }
  });
});
