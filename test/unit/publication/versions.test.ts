import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { DatasetDescription } from '../../../src/graph/api.js';
import { journalFile, openJournalReader } from '../../../src/graph/journal/openJournal.js';
import type { JournalReader } from '../../../src/graph/journal/journal.js';
import { mergedScope, type EntityVersion, type Scope } from '../../../src/publication/versions/contract.js';
import { Follower } from '../../../src/publication/versions/follower.js';
import { pageSize } from '../../../src/publication/versions/pageCutter.js';
import { pathOf, readPath, type Flavour, type PageAddress, type ViewName } from '../../../src/publication/ldes/address.js';
import { composePage, pageState } from '../../../src/publication/ldes/streamPages.js';
import { openStreamStore, type StreamStore } from '../../../src/publication/ldes/streamStore.js';
import { stateOf, type ReadMember } from '../../support/streamReaders.js';
import { openStore, publicationFile } from '../../../src/publication/versions/schema.js';
import { openVersionReader, type SqliteVersionReader } from '../../../src/publication/versions/sqliteVersionReader.js';
import { joinLine, splitLine } from '../../../src/rdf/nquads.js';
import { isSkolem } from '../../../src/rdf/skolem.js';
import { administrator, base, TestGraph } from '../../support/graph.js';

const dataset = (slug: string): string => `${base}id/dataset/${slug}`;
const kinds = [{ name: 'dingen', classes: ['http://ex.org/Ding'] }, { name: 'zaken', classes: ['http://ex.org/Zaak'], except: ['http://ex.org/Ding'] }];
const published: DatasetDescription = { title: { nl: 'Proef' }, status: 'aangenomen', mode: 'off', visibility: 'public' };

/** A graph and a store of versions on its log, followed by hand. */
class Followed {
  readonly test: TestGraph;
  readonly journal: JournalReader;
  readonly #db: ReturnType<typeof openStore>;
  readonly #follower: Follower;
  readonly reader: SqliteVersionReader;
  readonly #path: string;
  #store: StreamStore | undefined;

  constructor(test: TestGraph, file = publicationFile) {
    this.test = test;
    this.#path = join(test.folder, file);
    this.journal = openJournalReader(join(test.folder, journalFile));
    this.#db = openStore(join(test.folder, file));
    this.#follower = new Follower({ db: this.#db, journal: this.journal, base, also: [], kinds });
    const reader = openVersionReader(join(test.folder, file));
    assert.ok(reader);
    this.reader = reader;
  }

  follow(): void {
    while (this.#follower.follow());
  }

  versions(scope: Scope = mergedScope, collection?: string): readonly EntityVersion[] {
    return this.reader.after({ scope, ...(collection === undefined ? {} : { collection }) }, 0, 1_000_000);
  }

  /** All there is, for comparing. */
  dump(): unknown {
    const tables = ['page', 'member', 'gone', 'part'].map((name) => this.#db.prepare(`SELECT * FROM ${name} ORDER BY 1, 2, 3`).all());
    return [this.reader.generation, this.reader.scopes().map((scope) => this.versions(scope)), tables];
  }

  pages(): { scope: number; collection: number; number: number; time: number; first: number; final: number; members: number }[] {
    return this.#db.prepare<[], ReturnType<Followed['pages']>[number]>('SELECT * FROM page ORDER BY 1, 2, 3').all();
  }

  /** The members of a view as they stand on its pages now. */
  members(stream: string, view: ViewName, flavour: Flavour = 'versies'): ReadMember[] {
    this.#store ??= openStreamStore(this.#path, base);
    const store = this.#store;
    assert.ok(store);
    const root: PageAddress = { stream, flavour, view, page: { kind: 'root' } };
    const about = { base, origin: base, title: { nl: '', en: '' }, licence: base };
    const composed = (address: PageAddress): ReturnType<typeof composePage> => {
      const answer = pageState(store, address, Date.now());
      return answer.answer === 'page' ? composePage(store, answer.page, about, Date.now()) : assert.fail(`${pathOf(address)}: ${answer.answer}`);
    };
    const pages = new Set(composed(root).hypermedia.flatMap((line) => /tree#node> <([^>]+)>/.exec(line)?.[1] ?? []));
    return [...pages].flatMap((url) => {
      const address = readPath(url.slice(`${base}ldes/`.length));
      return composed(address ?? assert.fail(url)).members.map(({ iri, lines, graph }) => ({ id: iri, lines: [...lines, ...graph.map((line) => `${line.slice(0, -1)}<${iri}> .`)] }));
    });
  }

  close(): void {
    this.#store?.close();
    this.reader.close();
    this.#db.close();
    this.journal.close();
  }
}

/** What the graph itself says: the triples of datasets, those of nodes that no entity leads to included. */
async function stated(test: TestGraph, slugs: readonly string[]): Promise<string[]> {
  const lines = new Set<string>();
  for (const slug of slugs) {
    for (const line of await test.lines(dataset(slug))) {
      const { subject, predicate, object } = splitLine(line);
      lines.add(joinLine(subject, predicate, object));
    }
  }
  return [...lines].toSorted();
}

/** The state a consumer has who applied these versions in order. */
function replayed(versions: readonly EntityVersion[]): string[] {
  const state = new Map<string, readonly string[]>();
  for (const { entity, kind, lines } of versions) {
    if (kind === 'delete') state.delete(entity);
    else state.set(entity, lines);
  }
  return [...new Set([...state.values()].flat())].toSorted();
}

function brief(versions: readonly EntityVersion[]): string[] {
  return versions.map(({ kind, entity }) => `${kind} ${entity.replace('http://ex.org/', '')}`);
}

describe('versions of entities', function () {
  this.timeout(120_000);
  let test: TestGraph;
  let followed: Followed;
  beforeEach(async () => {
    test = await TestGraph.open();
    followed = new Followed(test);
  });
  afterEach(async () => {
    followed.close();
    await test.close();
  });
  const update = async (text: string): Promise<void> => {
    const outcome = await test.update(`PREFIX : <http://ex.org/> ${text.replaceAll(/GRAPH (\w+)/g, (_match, slug: string) => `GRAPH <${dataset(slug)}>`)}`);
    assert.equal(outcome.outcome, 'committed', JSON.stringify(outcome, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)));
    followed.follow();
  };
  const describeDataset = async (slug: string, description: Partial<DatasetDescription> = {}): Promise<void> => {
    await test.write({ kind: 'describe', dataset: dataset(slug), description: { ...published, ...description } });
    followed.follow();
  };

  it('says create, update and delete, with the whole state and a link to the version before', async () => {
    await describeDataset('a');
    const from = followed.versions(dataset('a')).length;
    await update('INSERT DATA { GRAPH a { :e a :Ding ; :p "een" , [ :q "onder" ] } }');
    await update('DELETE { GRAPH a { ?s :q "onder" } } INSERT { GRAPH a { ?s :q "anders" } } WHERE { ?s :q "onder" }');
    await update('DELETE WHERE { GRAPH a { ?s ?p ?o } }');
    const versions = followed.versions(dataset('a')).slice(from);
    assert.deepEqual(brief(versions), ['create e', 'update e', 'delete e']);
    assert.equal(versions[0]?.lines.length, 4);
    assert.ok(versions[1]?.lines.some((line) => line.endsWith('"anders" .')));
    assert.deepEqual(versions[2]?.lines, []);
    assert.deepEqual(versions.map(({ previous }) => previous), [undefined, versions[0]?.sequence, versions[1]?.sequence]);
    assert.deepEqual(versions.map(({ collections }) => collections), [['dingen'], ['dingen'], ['dingen']]);
    assert.deepEqual(followed.reader.current({ scope: dataset('a') }, undefined, 10), []);
  });

  it('says nothing in the merged scope when only another dataset says the same', async () => {
    await describeDataset('a');
    await describeDataset('b');
    await update('INSERT DATA { GRAPH a { :e :p "een" } }');
    const merged = followed.versions().length;
    await update('INSERT DATA { GRAPH b { :e :p "een" } }');
    await update('DELETE DATA { GRAPH a { :e :p "een" } }');
    assert.equal(followed.versions().length, merged);
    assert.deepEqual(brief(followed.versions(dataset('b'))), ['create e']);
    assert.deepEqual(brief(followed.versions(dataset('a'))), ['create e', 'delete e']);
  });

  it('keeps proposals out of the merged scope, and what is external or derived out of all', async () => {
    await describeDataset('v', { status: 'voorgesteld' });
    await describeDataset('x', { status: 'extern' });
    await describeDataset('d', { status: 'afgeleid' });
    await describeDataset('r', { visibility: 'restricted' });
    await update('INSERT DATA { GRAPH v { :v :p 1 } GRAPH x { :x :p 1 } GRAPH d { :d :p 1 } GRAPH r { :r :p 1 } }');
    assert.deepEqual(brief(followed.versions(dataset('v'))), ['create v']);
    assert.ok(!JSON.stringify(followed.dump()).match(/ex\.org\/[xdr]"/));
    assert.ok(!followed.versions().some(({ entity }) => entity.startsWith('http://ex.org/')));
    await describeDataset('v');
    assert.deepEqual(brief(followed.versions().filter(({ entity }) => entity.startsWith('http://ex.org/'))), ['create v']);
    await describeDataset('v', { status: 'voorgesteld' });
    assert.deepEqual(brief(followed.versions().filter(({ entity }) => entity.startsWith('http://ex.org/'))), ['create v', 'delete v']);
    assert.equal(followed.reader.generation, '', 'nothing was hidden');
  });

  it('gives a bulk commit slices of 250 that share a time, and one end of its transaction', async () => {
    await describeDataset('a');
    await update(`INSERT DATA { GRAPH a { ${Array.from({ length: 620 }, (_, n) => `:e${n} a :${n % 2 === 0 ? 'Ding' : 'Zaak'} .`).join(' ')} } }`);
    await update('INSERT DATA { GRAPH a { :e1 :p "later" } }');
    const versions = followed.versions(dataset('a'));
    const times = new Map<string, EntityVersion[]>();
    for (const version of versions) times.set(version.time, [...(times.get(version.time) ?? []), version]);
    assert.deepEqual([...times.values()].map((group) => group.length), [250, 250, 120, 1]);
    assert.deepEqual(versions.map(({ time }) => time), versions.map(({ time }) => time).toSorted(), 'times never go back');
    assert.deepEqual(versions.flatMap(({ lastOfCommit }, at) => (lastOfCommit ? [at] : [])), [619, 620]);
    const ms = [...times.keys()].map((time) => Date.parse(time));
    assert.deepEqual(ms.slice(0, 3).map((time) => time - (ms[0] ?? 0)), [0, 1, 2]);
    assert.ok((ms[3] ?? 0) > (ms[2] ?? 0));
    const pages = followed.pages();
    for (const page of pages) assert.ok(page.members <= pageSize && page.members > 0);
    for (const [at, page] of pages.entries()) {
      const next = pages[at + 1];
      if (next?.scope === page.scope && next.collection === page.collection) assert.ok(next.time > page.time && next.first > page.final);
    }
    assert.equal(followed.versions(mergedScope, 'dingen').length, 310);
    assert.equal(followed.versions(mergedScope, 'zaken').length, 311);
  });

  it('takes a restricted dataset out of the past, tells of it now, and creates anew when it is public again', async () => {
    await describeDataset('a');
    await describeDataset('b');
    await update('INSERT DATA { GRAPH a { :geheim a :Ding ; :p "niet meer tonen" . :beide :p "uit a" } GRAPH b { :beide :p "uit b" } }');
    await update('DELETE DATA { GRAPH a { :geheim :p "niet meer tonen" } }');
    const since = followed.versions().at(-1)?.sequence ?? 0;
    await describeDataset('a', { visibility: 'restricted' });
    assert.notEqual(followed.reader.generation, '');
    assert.deepEqual(brief(followed.versions(dataset('a'))), ['delete beide', 'delete geheim']);
    assert.deepEqual(brief(followed.reader.after({ scope: mergedScope }, since, 100).filter(({ entity }) => entity.startsWith('http://ex.org/'))), ['update beide', 'delete geheim']);
    assert.deepEqual(followed.versions(dataset('a')).at(-1)?.collections, ['dingen'], 'the stream of its kind hears of it too');
    assert.ok(!JSON.stringify(followed.dump()).includes('niet meer tonen'));
    assert.ok(!JSON.stringify(followed.dump()).includes('uit a'));
    await update('INSERT DATA { GRAPH a { :nooit :p "nooit openbaar geweest" } }');
    await update('DELETE DATA { GRAPH a { :nooit :p "nooit openbaar geweest" } }');
    await describeDataset('a');
    assert.deepEqual(brief(followed.versions(dataset('a'))), ['delete beide', 'delete geheim', 'create beide', 'create geheim']);
    await describeDataset('a', { visibility: 'restricted' });
    assert.ok(!JSON.stringify(followed.dump()).includes('nooit'), 'what was never public is never told of');
  });

  it('tells the stream of a kind of who was of it by a dataset that was taken away, also when another one described it before or still does', async () => {
    await describeDataset('a');
    await describeDataset('b');
    await update('INSERT DATA { GRAPH b { :was :p "eerst" . :is :p "nog" } }');
    await update('INSERT DATA { GRAPH a { :was a :Ding . :is a :Ding } }');
    await update('DELETE DATA { GRAPH b { :was :p "eerst" } }');
    await describeDataset('a', { visibility: 'restricted' });
    const tombs = stateOf(followed.members('dingen', 'alles'));
    assert.deepEqual(tombs, [], 'nobody is of the kind any more');
    assert.deepEqual(followed.versions(mergedScope, 'dingen').map(({ entity }) => entity.replace('http://ex.org/', '')), ['is', 'was'], 'and it is told');
    assert.ok(stateOf(followed.members('alles', 'alles')).some((line) => line.includes('"nog"')));
  });

  it('forgets what the catalogue said of a dataset that became restricted, and tells that it is gone; of a dropped one it keeps telling', async () => {
    const catalogue = dataset('catalogus');
    const told = (scope: Scope): string[] => brief(followed.versions(scope).filter(({ entity }) => /dataset\/(?:open|dicht|weg)$/.test(entity))).map((text) => text.replace(dataset(''), ''));
    await describeDataset('open', { title: { nl: 'Geheime titel' } });
    await describeDataset('dicht', { title: { nl: 'Geheime bron' }, status: 'extern' });
    await describeDataset('weg', { title: { nl: 'Gewone titel' } });
    await test.write({ kind: 'drop', dataset: dataset('weg') });
    followed.follow();
    await describeDataset('dicht', { title: { nl: 'Geheime bron' }, status: 'extern', visibility: 'restricted' });
    await describeDataset('open', { title: { nl: 'Geheime titel' }, visibility: 'restricted' });
    assert.ok(!JSON.stringify(followed.dump()).includes('Geheime'));
    assert.ok(JSON.stringify(followed.dump()).includes('Gewone titel'));
    for (const scope of [catalogue, mergedScope]) assert.deepEqual(told(scope), ['create weg', 'delete weg', 'delete dicht', 'delete open'], scope);
    await describeDataset('open', { title: { nl: 'Opnieuw open' } });
    assert.deepEqual(told(catalogue).at(-1), 'create open');
    await describeDataset('open', { title: { nl: 'Opnieuw open' }, visibility: 'restricted' });
    assert.ok(!JSON.stringify(followed.dump()).includes('Opnieuw open'));
  });

  it('tells of a dropped dataset that its entities are gone', async () => {
    await describeDataset('a');
    await update('INSERT DATA { GRAPH a { :e :p "een" } }');
    await test.write({ kind: 'drop', dataset: dataset('a') });
    followed.follow();
    assert.deepEqual(brief(followed.versions(dataset('a'))), ['delete e']);
  });

  it('forgets a purged text, every byte of it, and tells what is left', async () => {
    await describeDataset('a');
    await update('INSERT DATA { GRAPH a { :e :p "blijft" , "Jan Persoonsgegeven" } }');
    await update('INSERT DATA { GRAPH a { :f :p "ook Jan Persoonsgegeven" } }');
    await update('DELETE DATA { GRAPH a { :f :p "ook Jan Persoonsgegeven" } }');
    await test.graph.purge({ text: 'Jan Persoonsgegeven', note: { message: 'verzoek' } }, administrator);
    followed.follow();
    for (const suffix of ['', '-wal']) assert.ok(!readFileSync(join(test.folder, publicationFile + suffix)).includes('Persoonsgegeven'), suffix);
    assert.deepEqual(brief(followed.versions(dataset('a'))), ['create e', 'update e', 'delete f']);
    assert.equal(followed.versions(dataset('a')).at(0)?.lines.length, 1);
    assert.equal(followed.reader.generation, String(followed.reader.commit));
  });

  it('tells the same as the graph after any history, and comes back the same when it is thrown away', async () => {
    const slugs = ['a', 'b', 'v'];
    const step = fc.oneof(
      fc.record({ kind: fc.constant('insert' as const), slug: fc.constantFrom(...slugs), entity: fc.nat(4), value: fc.constantFrom('"een"', '"twee"@nl', '"drie"@en', '[ :q "vier" ]', '[ :q [ :r 5 ] ]', ':e1') }),
      fc.record({ kind: fc.constant('cut' as const), slug: fc.constantFrom(...slugs), entity: fc.nat(4), to: fc.nat(5) }),
      fc.record({ kind: fc.constant('delete' as const), slug: fc.constantFrom(...slugs), entity: fc.nat(4) }),
      fc.record({ kind: fc.constant('status' as const), slug: fc.constantFrom(...slugs), status: fc.constantFrom('aangenomen' as const, 'voorgesteld' as const, 'extern' as const) }),
      fc.record({ kind: fc.constant('hide' as const), slug: fc.constantFrom(...slugs), visibility: fc.constantFrom('public' as const, 'restricted' as const) }),
    );
    const about = new Map<string, DatasetDescription>();
    const mergedSlugs = (): string[] => slugs.filter((slug) => about.get(slug)?.status === 'aangenomen' && about.get(slug)?.visibility === 'public');
    for (const slug of slugs) about.set(slug, { ...published, title: { nl: `Titel van ${slug}` }, status: slug === 'v' ? 'voorgesteld' : 'aangenomen' });
    for (const slug of slugs) await describeDataset(slug, about.get(slug));
    // Who stays on the view of the newest versions and looks now and then; what was seen before is kept.
    const streams = ['alles', 'dingen', 'zaken', ...slugs.map((slug) => `dataset/${slug}`)];
    const seen = new Map<string, ReadMember[]>();
    const look = (): void => {
      for (const stream of streams) {
        for (const flavour of ['versies', 'activiteiten'] as const) {
          const key = `${stream} ${flavour}`;
          seen.set(key, [...(seen.get(key) ?? []), ...followed.members(stream, 'laatste', flavour)]);
        }
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        for (const one of steps) {
          if (one.kind === 'insert') await test.update(`PREFIX : <http://ex.org/> INSERT DATA { GRAPH <${dataset(one.slug)}> { :e${one.entity} a :${one.entity % 2 ? 'Ding' : 'Zaak'} ; :p ${one.value} } }`);
          else if (one.kind === 'cut') {
            // A node comes loose, or moves to another entity or below another loose node.
            const target = one.to === 5 ? '' : `INSERT { GRAPH <${dataset(one.slug)}> { :e${one.to} :p ?n } }`;
            await test.update(`PREFIX : <http://ex.org/> DELETE { GRAPH <${dataset(one.slug)}> { :e${one.entity} :p ?n } } ${target} WHERE { GRAPH <${dataset(one.slug)}> { :e${one.entity} :p ?n FILTER(CONTAINS(STR(?n), '.well-known/genid')) } }`);
          } else if (one.kind === 'delete') await test.write({ kind: 'entity', iri: `http://ex.org/e${one.entity}`, dataset: dataset(one.slug), lines: [] }).catch(() => undefined);
          else {
            const description = { ...published, ...about.get(one.slug), ...(one.kind === 'status' ? { status: one.status } : { visibility: one.visibility }) };
            about.set(one.slug, description);
            await test.write({ kind: 'describe', dataset: dataset(one.slug), description });
          }
          if (steps.length % 2 === 0) followed.follow();
          if (steps.length % 4 === 0) look();
        }
        followed.follow();
        look();
        for (const stream of streams) {
          for (const flavour of ['versies', 'activiteiten'] as const) {
            const all = stateOf(followed.members(stream, 'alles', flavour));
            assert.deepEqual(stateOf(followed.members(stream, 'laatste', flavour)), all, `the newest of ${stream}`);
            assert.deepEqual(stateOf(seen.get(`${stream} ${flavour}`) ?? []), all, `the newest of ${stream} ${flavour}, now and then`);
          }
        }
        assert.deepEqual(replayed(followed.versions().filter(({ entity }) => entity.startsWith('http://ex.org/') || isSkolem(entity, base))), await stated(test, mergedSlugs()));
        assert.deepEqual(replayed(followed.versions(dataset('catalogus'))), await stated(test, ['catalogus']));
        const whole = JSON.stringify(followed.dump());
        for (const slug of slugs) assert.equal(whole.includes(`Titel van ${slug}`), about.get(slug)?.visibility === 'public', `the title of ${slug}`);
        for (const slug of slugs) {
          const shown = about.get(slug)?.visibility === 'public' && about.get(slug)?.status !== 'extern';
          assert.deepEqual(replayed(followed.versions(dataset(slug))), shown ? await stated(test, [slug]) : [], slug);
          const current = followed.reader.current({ scope: dataset(slug) }, undefined, 1000);
          assert.deepEqual([...new Set(current.flatMap(({ lines }) => lines))].toSorted(), replayed(followed.versions(dataset(slug))));
        }
        const anew = new Followed(test, `anew-${followed.reader.commit}.sqlite`);
        anew.follow();
        assert.deepEqual(anew.dump(), followed.dump());
        anew.close();
      }),
      { numRuns: 12 },
    );
  });
});
