import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import fc from 'fast-check';
import { DeltaWriter } from '../../../../src/publication/delta/deltaWriter.js';
import { encode } from '../../../../src/publication/delta/encode.js';
import { openDelta } from '../../../../src/publication/delta/schema.js';
import { dumpPath, makeDump } from '../../../../src/publication/delta/streamDump.js';
import type { DeltaStream } from '../../../../src/publication/delta/streams.js';
import { mergedScope, type EntityVersion } from '../../../../src/publication/versions/contract.js';
import { ConsumerStore } from '../../../support/deltaConsumer.js';
import { FakeVersions } from '../../../support/fakeVersions.js';

const base = 'http://localhost:3000/';
const type = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>';
const title = { nl: 'x', en: 'x' };
const everything: DeltaStream = { name: 'alle', title, scope: mergedScope, closed: false };
const actors: DeltaStream = { name: 'actoren', title, scope: mergedScope, collection: 'actoren', closed: false };
const isMember = (_collection: string, { entity, lines }: EntityVersion): boolean => lines.includes(`<${entity}> ${type} <http://ex.org/Actor> .`);

function advance(writer: DeltaWriter, versions: Pick<FakeVersions, 'after'>): void {
  while (writer.advance(versions));
}

describe('the delta files of a stream', () => {
  let folder: string;
  let db: Database.Database;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'regiograaf-delta-'));
    db = openDelta(folder);
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const writerOf = (streams: readonly DeltaStream[], now = (): number => Date.UTC(2026, 5, 1)): DeltaWriter => new DeltaWriter(db, { base, streams, isMember, now });
  const files = (stream: string): { content: string; created: number; number: number }[] =>
    db
      .prepare<[string], { content: Buffer; created: number; number: number }>('SELECT content, created, file.number AS number FROM file JOIN stream ON stream.id = file.stream WHERE name = ? ORDER BY created')
      .all(stream)
      .map(({ content, created, number }) => ({ created, number, content: gunzipSync(content).toString() }));
  const dump = (writer: DeltaWriter, name: string): ReturnType<typeof makeDump> => makeDump(db, writer, writer.row(name), { folder, base });

  it('lead, over any history, from a dump to exactly what the stream says', () => {
    const entity = fc.constantFrom('a', 'b', 'c').map((name) => `<http://ex.org/${name}>`);
    const node = fc.constantFrom('1', '2').map((name) => `<${base}.well-known/genid/${name}>`);
    const value = fc.constantFrom('"x"', '"x"@nl', '"y"@nl-be', '"5"^^<http://www.w3.org/2001/XMLSchema#integer>', '"a\\"b\\nc"', '"<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(3.7 51)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>', '"POINT(3.7 51)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>');
    const line = fc.oneof(
      fc.tuple(entity, value).map(([s, o]) => `${s} <http://ex.org/p> ${o} .`),
      fc.tuple(entity, node).map(([s, o]) => `${s} <http://ex.org/deel> ${o} .`),
      fc.tuple(node, value).map(([s, o]) => `${s} <http://ex.org/p> ${o} .`),
      fc.tuple(node, node).map(([s, o]) => `${s} <http://ex.org/deel> ${o} .`),
      entity.map((s) => `${s} ${type} <http://ex.org/Actor> .`),
    );
    const graph = fc.uniqueArray(line, { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(graph, { minLength: 1, maxLength: 6 }), fc.nat(5), fc.nat(3), (graphs, dumpAt, every) => {
        db.exec('DELETE FROM stream; DELETE FROM file; DELETE FROM held; DELETE FROM shared; DELETE FROM dump');
        const writer = writerOf([everything, actors]);
        const versions = new FakeVersions();
        const stores = new Map<string, { store: ConsumerStore; since: number }>();
        graphs.forEach((lines, index) => {
          versions.set(lines);
          if (index % (every + 1) === 0) advance(writer, versions);
          if (index !== Math.min(dumpAt, graphs.length - 1)) return;
          advance(writer, versions);
          for (const { name } of [everything, actors]) {
            const store = new ConsumerStore();
            const made = dump(writer, name);
            store.takeDump(readFileSync(dumpPath(folder, made.file), 'utf8'));
            stores.set(name, { store, since: made.released });
          }
        });
        advance(writer, versions);
        for (const { name } of [everything, actors]) {
          const { store, since } = stores.get(name) ?? assert.fail();
          for (const { content, created } of files(name)) if (created > since) store.takeFile(content);
          const current = new Map<string, EntityVersion>();
          for (const version of versions.after({ scope: mergedScope }, 0, 10_000)) current.set(version.entity, version);
          const expected = new Set([...current.values()].filter((version) => name === 'alle' || isMember(name, version)).flatMap((version) => Array.from(encode(version.lines).lines)));
          assert.deepEqual([...store.statements].toSorted(), [...expected].toSorted());
        }
      }),
      { numRuns: 60 },
    );
  });

  it('hold one commit a changeset, at most 100 triples an operation and 10 changesets a file, none in both lists', () => {
    const writer = writerOf([everything]);
    const versions = new FakeVersions();
    advance(writer, versions);
    dump(writer, 'alle');
    versions.set(Array.from({ length: 2345 }, (_, index) => `<http://ex.org/e${index % 7}> <http://ex.org/p> "${index}" .`));
    advance(writer, versions);
    versions.set(Array.from({ length: 2345 }, (_, index) => `<http://ex.org/e${index % 7}> <http://ex.org/p> "${index + 300}" .`));
    advance(writer, versions);
    const written = files('alle');
    assert.ok(written.length > 2);
    for (const { content } of written) {
      const changesets = JSON.parse(content) as { inserts: object[]; deletes: object[] }[];
      assert.ok(changesets.length <= 10);
      for (const { inserts, deletes } of changesets) {
        assert.ok(inserts.length <= 100 && deletes.length <= 100);
        const gone = new Set(deletes.map((quad) => JSON.stringify(quad)));
        assert.ok(inserts.every((quad) => !gone.has(JSON.stringify(quad))));
      }
    }
  });

  it('have unique, increasing moments, also when the clock stands still or goes back', () => {
    const times = [Date.UTC(2026, 5, 2), Date.UTC(2026, 5, 1)];
    const writer = writerOf([everything], () => times.shift() ?? Date.UTC(2026, 4, 1));
    const versions = new FakeVersions();
    dump(writer, 'alle');
    for (let index = 0; index < 5; index += 1) {
      versions.set([`<http://ex.org/a> <http://ex.org/p> "${index}" .`]);
      advance(writer, versions);
    }
    const moments = files('alle').map(({ created }) => created);
    assert.equal(moments.length, 5);
    moments.forEach((moment, index) => assert.ok(index === 0 || moment > (moments[index - 1] ?? 0)));
    assert.ok((moments[0] ?? 0) > Date.UTC(2026, 5, 2));
  });

  it('say nothing of a node that moves from one entity to another within a commit', () => {
    const writer = writerOf([everything]);
    const versions = new FakeVersions();
    const node = `<${base}.well-known/genid/1>`;
    const part = `${node} <http://ex.org/p> "deel" .`;
    versions.set([`<http://ex.org/a> <http://ex.org/deel> ${node} .`, `<http://ex.org/b> <http://ex.org/p> "b" .`, part]);
    advance(writer, versions);
    dump(writer, 'alle');
    versions.set([`<http://ex.org/a> <http://ex.org/p> "a" .`, `<http://ex.org/b> <http://ex.org/p> "b" .`, `<http://ex.org/b> <http://ex.org/deel> ${node} .`, part]);
    advance(writer, versions);
    const content = files('alle').map((file) => file.content).join();
    assert.ok(content.includes('http://ex.org/deel'));
    assert.ok(!content.includes('"deel"'), content);
  });

  it('go on after a crash where they were: what was listed stays, nothing is missed or said twice', () => {
    let writer = writerOf([everything]);
    const versions = new FakeVersions();
    versions.set(['<http://ex.org/a> <http://ex.org/p> "0" .']);
    advance(writer, versions);
    const made = dump(writer, 'alle');
    const store = new ConsumerStore();
    store.takeDump(readFileSync(dumpPath(folder, made.file), 'utf8'));
    versions.set(['<http://ex.org/a> <http://ex.org/p> "1" .']);
    advance(writer, versions);
    const before = files('alle');
    versions.set(['<http://ex.org/a> <http://ex.org/p> "2" .']);
    // The process ends between the first statement of a transaction and its last.
    const broken = { after: (...args: Parameters<FakeVersions['after']>) => versions.after(...args).map((version) => Object.defineProperty(Object.assign({}, version), 'lines', { get: () => assert.fail('power cut') })) };
    assert.throws(() => writer.advance(broken), /power cut/);
    db.close();
    db = openDelta(folder);
    writer = writerOf([everything]);
    assert.deepEqual(files('alle'), before);
    advance(writer, versions);
    assert.deepEqual(files('alle').slice(0, before.length), before);
    for (const { content } of files('alle')) store.takeFile(content);
    assert.deepEqual([...store.statements].filter((line) => line.includes('ex.org/p>')), ['<http://ex.org/a> <http://ex.org/p> "2" .']);
  });
});
