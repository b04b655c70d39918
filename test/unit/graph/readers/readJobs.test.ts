import { strict as assert } from 'node:assert';
import { Fault } from '../../../../src/faults.js';
import type { Visibility } from '../../../../src/graph/dataset.js';
import { restrictedDescriptionGraph } from '../../../../src/graph/catalogue.js';
import type { Audience, ReaderReplica } from '../../../../src/graph/engine/readerReplica.js';
import { runJob, type ReadJobName, type ReadJobs } from '../../../../src/graph/engine/readJobs.js';
import { purgeText } from '../../../../src/graph/journal/purge.js';
import { base, catalogue, dataset, description, iri, label, line, minus, plus, skolem, TestLog } from './support.js';

const knows = 'http://xmlns.com/foaf/0.1/knows';
const identifier = 'http://www.w3.org/ns/adms#identifier';
const notation = 'http://www.w3.org/2004/02/skos/core#notation';
const agency = 'http://www.w3.org/ns/adms#schemaAgency';

const everybody: Visibility = { restricted: [] };
const partial: Visibility = { restricted: [dataset('geheim')] };

function rows(answer: ReadJobs['export']['answer']): readonly string[] {
  assert.ok('rows' in answer);
  return answer.rows;
}

const faultOf = (code: string) => (error: unknown) => error instanceof Fault && error.code === code;

describe('read jobs', () => {
  let log: TestLog;

  beforeEach(() => {
    log = new TestLog();
    log.describeUsual();
    // 6: public
    log.commit(
      plus(
        line(iri('gent'), label, '"Gent"@nl', 'a'),
        line(iri('gent'), 'http://www.w3.org/2000/01/rdf-schema#label', '"Stad Gent"@nl', 'a'),
        line(iri('gent'), 'http://www.w3.org/2000/01/rdf-schema#label', '"Ghent"@en', 'a'),
        line(iri('gent'), 'http://www.w3.org/ns/org#hasMembership', skolem('gent-1'), 'a'),
        line(skolem('gent-1'), 'http://www.w3.org/ns/org#organization', iri('vzw'), 'a'),
        line(iri('gent'), 'https://regio.example/getal', '"01"^^<http://www.w3.org/2001/XMLSchema#int>', 'a'),
      ),
      { message: 'Gent geladen' },
    );
    // 7: public and restricted together
    log.commit(
      plus(
        line(iri('vzw'), label, '"vzw"@nl', 'a'),
        line(iri('jan'), label, '"Jan"@nl', 'geheim'),
        line(iri('gent'), knows, iri('jan'), 'geheim'),
        line(iri('jan'), knows, iri('vzw'), 'geheim'),
      ),
      { message: 'Jan bij de vzw' },
    );
    // 8: restricted only
    log.commit(plus(line(iri('piet'), label, '"Piet"@nl', 'ander'), line(iri('piet'), knows, iri('vzw'), 'ander')));
    // 9: a proposal
    log.commit(plus(line(iri('gent'), label, '"Gent (voorstel)"@nl', 'voorstel')));
    // 10: quads nobody described
    log.commit(plus(line(iri('spook'), label, '"Spook"@nl', 'onbeschreven'), line(iri('spook'), knows, iri('vzw'), 'onbeschreven')));
  });
  afterEach(() => log.close());

  const replicas = new Map<Audience, ReaderReplica>();
  afterEach(() => {
    for (const replica of replicas.values()) replica.journal.close();
    replicas.clear();
  });

  /** Both ways a caller can be served: the public replica, or the privileged one. */
  function ask<K extends ReadJobName>(audience: Audience, job: K, args: Omit<ReadJobs[K]['args'], 'visibility'>, visibility: Visibility): ReadJobs[K]['answer'] {
    let replica = replicas.get(audience);
    if (!replica) replicas.set(audience, (replica = log.loaded(audience)));
    return runJob({ job, args: { ...args, visibility } as ReadJobs[K]['args'] }, replica);
  }

  function find(scheme: 'kbo' | 'ovo' | 'nis', code: string, visibility = everybody): readonly string[] {
    return ask('privileged', 'identified', { scheme, notation: code }, visibility);
  }

  const query = {
    query: 'SELECT ?l { GRAPH ?g { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } } ORDER BY ?l',
    resultFormat: 'text/csv' as const,
    graphFormat: 'text/turtle',
  };

  for (const [who, audience] of [['the public replica', 'public'], ['the privileged replica', 'privileged']] as const) {
    describe(`for somebody without rights, on ${who}`, () => {
      it('shows nothing of restricted or undescribed datasets in any job', () => {
        const secret = /Jan|Piet|Spook|jan|piet|spook|geheim|ander|onbeschreven|Contacten/u;
        const answers = [
          ask(audience, 'query', { request: query }, everybody),
          ask(audience, 'query', { request: { ...query, query: 'SELECT * { ?s ?p ?o }' } }, everybody),
          ask(audience, 'query', { request: { ...query, query: 'SELECT DISTINCT ?g { GRAPH ?g {} }' } }, everybody),
          ask(audience, 'query', { request: { ...query, query: 'SELECT * { ?s ?p ?o }', defaultGraphs: [dataset('geheim')], namedGraphs: [dataset('ander')] } }, everybody),
          ask(audience, 'entity', { iri: iri('gent') }, everybody),
          ask(audience, 'references', { iri: iri('vzw'), limit: 10 }, everybody),
          [...ask(audience, 'labels', { iris: ['gent', 'jan', 'piet', 'spook'].map(iri) }, everybody)],
          ask(audience, 'datasets', {}, everybody),
          ask(audience, 'commits', { range: { limit: 100 } }, everybody),
          ask(audience, 'commits', { range: { limit: 100, entity: iri('gent') } }, everybody),
          ask(audience, 'commit', { number: 7 }, everybody),
          rows(ask(audience, 'changes', { number: 7 }, everybody)),
          rows(ask(audience, 'export', { dataset: catalogue }, everybody)),
        ];
        // The query answers repeat no request, so every trace comes from data.
        for (const answer of answers) assert.doesNotMatch(JSON.stringify(answer), secret);
        for (const name of ['jan', 'piet', 'spook']) assert.equal(ask(audience, 'entity', { iri: iri(name) }, everybody), undefined);
        assert.deepEqual(ask(audience, 'references', { iri: iri('jan'), limit: 10 }, everybody), { references: [], more: false });
        for (const number of [4, 5, 8, 10]) {
          assert.equal(ask(audience, 'commit', { number }, everybody), undefined);
          assert.throws(() => ask(audience, 'changes', { number }, everybody), faultOf('not-found'));
        }
        for (const slug of ['geheim', 'ander', 'onbeschreven', 'bestaat-niet', 'geheim/beschrijving']) {
          assert.throws(() => ask(audience, 'export', { dataset: dataset(slug) }, everybody), faultOf('unknown-dataset'));
          assert.throws(() => ask(audience, 'commits', { range: { limit: 5, dataset: dataset(slug) } }, everybody), faultOf('unknown-dataset'));
        }
      });

      it('shows what is public', () => {
        assert.match(ask(audience, 'query', { request: query }, everybody).body, /Gent\r?\nGent \(voorstel\)\r?\nvzw/u);
        const commits = ask(audience, 'commits', { range: { limit: 100 } }, everybody);
        assert.deepEqual(commits.map((commit) => commit.number), [9, 7, 6, 3, 2, 1]);
        assert.deepEqual(commits[1]?.parts.map((part) => part.dataset), [dataset('a')]);
      });
    });
  }

  it('does not repeat the message of a commit part of which is hidden, and never the token', () => {
    assert.equal(ask('public', 'commit', { number: 7 }, everybody)?.message, null);
    assert.equal(ask('privileged', 'commit', { number: 7 }, partial)?.message, 'Jan bij de vzw');
    assert.equal(ask('public', 'commit', { number: 6 }, everybody)?.message, 'Gent geladen');
    assert.deepEqual(ask('public', 'commit', { number: 6 }, everybody)?.agent, { role: 'steward', organisation: iri('dienst') });
  });

  it('shows a caller with a right exactly the datasets of that right', () => {
    const labels = ask('privileged', 'labels', { iris: ['gent', 'jan', 'piet', 'spook'].map(iri) }, partial);
    assert.deepEqual([...labels.keys()].toSorted(), [iri('gent'), iri('jan')]);
    assert.deepEqual(ask('privileged', 'datasets', {}, partial).map((info) => info.slug), ['a', 'catalogus', 'geheim', 'voorstel']);
    assert.deepEqual(ask('privileged', 'commits', { range: { limit: 100 } }, partial).map((commit) => commit.number), [9, 7, 6, 4, 3, 2, 1]);
    assert.deepEqual(
      ask('privileged', 'references', { iri: iri('vzw'), limit: 10 }, partial).references.map((reference) => reference.subject),
      [iri('gent'), iri('jan')],
    );
    const { body } = ask('privileged', 'query', { request: query }, partial);
    assert.match(body, /Jan/u);
    assert.doesNotMatch(body, /Piet|Spook/u);
    assert.equal(ask('privileged', 'entity', { iri: iri('piet') }, partial), undefined);
    assert.deepEqual(rows(ask('privileged', 'changes', { number: 7 }, partial)).length, 4);
    const gent = ask('privileged', 'entity', { iri: iri('gent') }, partial);
    assert.ok(gent && 'datasets' in gent);
    assert.deepEqual(gent.datasets.map((part) => part.dataset), [dataset('a'), dataset('geheim'), dataset('voorstel')]);
    assert.ok(ask('privileged', 'export', { dataset: restrictedDescriptionGraph(dataset('geheim')) }, partial));
  });

  it('describes an entity with the skolem nodes below it, in exact forms, with its last commit', () => {
    const answer = ask('public', 'entity', { iri: iri('gent') }, everybody);
    assert.ok(answer && 'datasets' in answer);
    const [own, proposal] = answer.datasets;
    assert.deepEqual(
      [...(own?.lines ?? [])].toSorted(),
      [...log.state].filter((text) => text.includes(`<${dataset('a')}>`) && (text.startsWith(`<${iri('gent')}>`) || text.startsWith(`<${skolem('gent-1')}>`))).toSorted(),
    );
    assert.ok(own?.lines.some((text) => text.includes('"01"^^')));
    assert.equal(proposal?.lines.length, 1);
    assert.equal(answer.changed, 9);
    assert.equal(answer.commit, 10);
  });

  it('says that an entity is gone, to those who could see it', () => {
    log.commit(minus(line(iri('jan'), label, '"Jan"@nl', 'geheim'), line(iri('jan'), knows, iri('vzw'), 'geheim'), line(iri('vzw'), label, '"vzw"@nl', 'a')));
    assert.deepEqual(ask('public', 'entity', { iri: iri('vzw') }, everybody), { gone: 11 });
    assert.deepEqual(ask('privileged', 'entity', { iri: iri('jan') }, partial), { gone: 11 });
    assert.equal(ask('privileged', 'entity', { iri: iri('jan') }, everybody), undefined);
    assert.equal(ask('public', 'entity', { iri: iri('jan') }, everybody), undefined);
    assert.equal(ask('public', 'entity', { iri: iri('nooit') }, everybody), undefined);
  });

  it('never gives an old state a newer version than it has, though the log be further', () => {
    ask('public', 'datasets', {}, everybody);
    log.commit(plus(line(iri('gent'), label, '"Gand"@fr', 'a')));
    const answer = ask('public', 'entity', { iri: iri('gent') }, everybody);
    assert.ok(answer && 'datasets' in answer);
    assert.deepEqual([answer.changed, answer.commit], [9, 10]);
    assert.equal(ask('public', 'commit', { number: 11 }, everybody), undefined);
    assert.equal(ask('public', 'commits', { range: { limit: 1 } }, everybody)[0]?.number, 9);
    assert.equal(ask('public', 'datasets', {}, everybody).find((info) => info.slug === 'a')?.changed, 7);
    assert.throws(() => ask('public', 'changes', { number: 11 }, everybody), faultOf('not-found'));
  });

  it('refuses an IRI that is none instead of putting it into a query', () => {
    const injected = 'x> ?y ?z } } #';
    assert.throws(() => ask('public', 'entity', { iri: injected }, everybody), Fault);
    assert.throws(() => ask('public', 'references', { iri: injected, limit: 3 }, everybody), Fault);
    assert.deepEqual([...ask('public', 'labels', { iris: [injected, iri('gent')] }, everybody).keys()], [iri('gent')]);
  });

  it('names the entity that points at another through a skolem node', () => {
    assert.deepEqual(ask('public', 'references', { iri: iri('vzw'), limit: 10 }, everybody), {
      references: [{ subject: iri('gent'), predicate: 'http://www.w3.org/ns/org#organization', dataset: dataset('a') }],
      more: false,
    });
  });

  it('says when there are more references than asked', () => {
    log.commit(plus(...[1, 2, 3, 4].map((n) => line(iri(`p${n}`), knows, iri('gent'), 'a'))));
    const answer = ask('public', 'references', { iri: iri('gent'), limit: 3 }, everybody);
    assert.equal(answer.references.length, 3);
    assert.equal(answer.more, true);
    assert.equal(ask('public', 'references', { iri: iri('gent'), limit: 4 }, everybody).more, false);
  });

  it('prefers an adopted label to a proposed one, and prefLabel to label, per language', () => {
    assert.deepEqual([...ask('public', 'labels', { iris: [iri('gent')] }, everybody)], [[iri('gent'), { nl: 'Gent', en: 'Ghent' }]]);
  });

  it('finds who carries an identifier, in the ways it may be written', () => {
    log.commit(
      plus(
        line(iri('gent'), identifier, iri('id-kbo'), 'a'),
        line(iri('id-kbo'), notation, '"0207451227"', 'a'),
        line(iri('id-kbo'), agency, '"KBO"', 'a'),
        line(iri('gent'), identifier, iri('id-nis'), 'a'),
        line(iri('id-nis'), notation, '"44021"', 'a'),
        line(iri('id-nis'), agency, '"NIS"', 'a'),
        line(iri('gebied'), notation, '"44021"', 'a'),
        line(iri('vzw'), identifier, skolem('vzw-1'), 'a'),
        line(skolem('vzw-1'), notation, '"OVO-nummer"', 'a'),
        line(skolem('vzw-1'), 'https://data.vlaanderen.be/ns/generiek#gestructureerdeIdentificator', skolem('vzw-2'), 'a'),
        line(skolem('vzw-2'), 'https://data.vlaanderen.be/ns/generiek#lokaleIdentificator', '"OVO000192"', 'a'),
        line(iri('bedrijf'), 'http://www.w3.org/ns/org#identifier', '"0400.000.001"', 'a'),
        line(iri('jan'), 'http://purl.org/dc/terms/identifier', '"OVO000777"', 'geheim'),
      ),
    );
    assert.deepEqual(find('kbo', '0207.451.227'), [iri('gent')]);
    assert.deepEqual(find('kbo', '207451227'), [iri('gent')]);
    assert.deepEqual(find('nis', '44021'), [iri('gent')]);
    assert.deepEqual(find('ovo', 'ovo000192'), [iri('vzw')]);
    assert.deepEqual(find('kbo', '0400000001'), [iri('bedrijf')]);
    assert.deepEqual(find('kbo', '44021'), []);
    assert.deepEqual(find('nis', ''), []);
    assert.deepEqual(find('ovo', 'OVO000777'), []);
    assert.deepEqual(find('ovo', 'OVO000777', partial), [iri('jan')]);
  });

  it('lists datasets with what their description says, their size and their last commit', () => {
    log.commit(log.describing('a', { ...description('public', 'aangenomen', 'Actoren'), description: { nl: 'Wie', en: 'Who' }, owner: iri('gent'), licence: 'https://data.vlaanderen.be/id/licentie/x', issued: '2024-03' }));
    const info = ask('public', 'datasets', {}, everybody).find((item) => item.slug === 'a');
    const { time } = ask('public', 'commit', { number: 7 }, everybody) ?? {};
    assert.ok(time);
    assert.deepEqual(info, {
      iri: dataset('a'),
      slug: 'a',
      status: 'aangenomen',
      mode: 'off',
      visibility: 'public',
      title: { nl: 'Actoren' },
      description: { nl: 'Wie', en: 'Who' },
      owner: iri('gent'),
      licence: 'https://data.vlaanderen.be/id/licentie/x',
      issued: '2024-03',
      quads: 7,
      changed: 7,
      modified: time,
    });
  });

  it('exports a dataset in canonical order', () => {
    assert.deepEqual(
      rows(ask('public', 'export', { dataset: dataset('a') }, everybody)),
      [...log.state].filter((text) => text.endsWith(`<${dataset('a')}> .`)).toSorted(),
    );
  });

  it('shows the changes of one entity, skolem nodes that are gone included', () => {
    log.commit([
      ...minus(line(iri('gent'), 'http://www.w3.org/ns/org#hasMembership', skolem('gent-1'), 'a'), line(skolem('gent-1'), 'http://www.w3.org/ns/org#organization', iri('vzw'), 'a')),
      ...plus(line(iri('vzw'), 'http://purl.org/dc/terms/description', '"nieuw"@nl', 'a')),
    ]);
    const changes = rows(ask('public', 'changes', { number: 11, entity: iri('gent') }, everybody));
    assert.deepEqual(changes.map((change) => change[0]), ['-', '-']);
    assert.equal(rows(ask('public', 'changes', { number: 11 }, everybody)).length, 3);
  });

  it('pages through history', () => {
    const all: number[] = [];
    for (let before: number | undefined; ; before = all.at(-1)) {
      const page = ask('public', 'commits', { range: { limit: 2, ...(before === undefined ? {} : { before }) } }, everybody);
      all.push(...page.map((commit) => commit.number));
      if (page.length < 2) break;
    }
    assert.deepEqual(all, [9, 7, 6, 3, 2, 1]);
    assert.deepEqual(ask('public', 'commits', { range: { limit: 9, dataset: dataset('a') } }, everybody).map((commit) => commit.number), [7, 6]);
    assert.deepEqual(ask('public', 'commits', { range: { limit: 9, entity: iri('gent') } }, everybody).map((commit) => commit.number), [9, 6]);
  });

  it('shows of a purge only the parts a caller may see', () => {
    purgeText(log.journal, 'Piet', { agent: { role: 'administrator' }, note: { message: 'AVG' } }).removed.close();
    log.commit(plus(line(iri('jan'), label, '"Ghent"@en', 'geheim')));
    purgeText(log.journal, 'Ghent', { agent: { role: 'administrator' }, note: { message: 'AVG' } }).removed.close();
    assert.equal(ask('public', 'commit', { number: 11 }, everybody), undefined);
    assert.deepEqual(ask('public', 'commits', { range: { limit: 2 } }, everybody).map((commit) => commit.number), [13, 9]);
    assert.deepEqual(ask('public', 'commit', { number: 13 }, everybody)?.purged?.map((part) => part.dataset), [dataset('a')]);
    assert.equal(ask('privileged', 'commit', { number: 13 }, partial)?.purged?.length, 2);
    assert.equal(ask('privileged', 'commit', { number: 11 }, { restricted: '*' })?.purged?.length, 1);
    assert.deepEqual([...ask('public', 'labels', { iris: [iri('gent')] }, everybody).values()], [{ nl: 'Gent' }]);
  });

  it('keeps a dataset hidden that loses its description', () => {
    log.commit(log.describing('a', undefined));
    assert.equal(ask('public', 'entity', { iri: iri('vzw') }, everybody), undefined);
    assert.equal(ask('privileged', 'entity', { iri: iri('vzw') }, { restricted: '*' }), undefined);
    assert.equal(ask('public', 'commit', { number: 6 }, everybody), undefined);
    assert.doesNotMatch(ask('public', 'query', { request: { ...query, query: `SELECT * { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?s), "${base}id/actor")) }` } }, everybody).body, /vzw/u);
  });
});
