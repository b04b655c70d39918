import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestService } from '../support/service.js';
import { StreamAsker } from '../support/streamAsker.js';
import { stateOf, type ReadMember } from '../support/streamReaders.js';

const open = { titel: { nl: 'Proef' }, bronstatus: 'aangenomen', controle: 'off', zichtbaarheid: 'public' };
const ldes = (name: string): string => `https://w3id.org/ldes#${name}`;
const tree = (name: string): string => `https://w3id.org/tree#${name}`;
const dcat = (name: string): string => `http://www.w3.org/ns/dcat#${name}`;
const dct = (name: string): string => `http://purl.org/dc/terms/${name}`;
const own = (name: string): string => `https://w3id.org/regiograaf/ns#${name}`;
const stream = '/ldes/dataset/proef';
const kinds = ['actoren', 'organen', 'initiatieven', 'oproepen', 'subsidies', 'bouwstenen', 'componenten', 'standaarden', 'doelstellingen', 'uitdagingen', 'documenten'];

function things(count: number, text: string): string {
  return Array.from({ length: count }, (_, n) => `:e${n} a :Ding ; :p "${text} ${n}"@nl .`).join(' ');
}

/** What is said of a member: predicate -> object. */
function said({ id, lines }: ReadMember, predicate: string): string {
  const start = `<${id}> <${predicate}> `;
  return lines.find((line) => line.startsWith(start))?.slice(start.length, -2) ?? '';
}

/** Which entities had a version when; parts are left out. */
function moments(members: readonly ReadMember[], of: string, time: string): string[] {
  return members.map((member) => `${said(member, of)} ${said(member, time)}`).filter((text) => !text.includes('/genid/')).toSorted();
}

describe('what LDES and TREE ask of a server', function () {
  this.timeout(180_000);
  let service: TestService;
  let asker: StreamAsker;
  const read = async (path: string): Promise<string[]> => {
    const answer = await service.ask(path, { headers: { accept: 'application/n-quads' } });
    return [answer.headers.get('etag') ?? '', answer.headers.get('cache-control') ?? '', await answer.text()];
  };
  before(async () => {
    service = await TestService.start();
    asker = new StreamAsker(service);
    for (const slug of ['proef', 'groot']) assert.ok((await service.describe(slug, open)).ok);
    await asker.write(`INSERT DATA { GRAPH proef { ${things(300, 'eerst')} :e1 :deel [ :q "onder" ] } }`);
    await asker.write('DELETE WHERE { GRAPH proef { :e0 ?p ?o } }; INSERT DATA { GRAPH proef { :e1 :p "nieuw" } }');
  });
  after(() => service.stop());

  it('lists a stream of everything, of each kind and of each public dataset, in two forms', async () => {
    const listed = new Set((await asker.objects('/ldes', tree('view'))).map((iri) => new URL(iri.slice(1, -1)).pathname));
    for (const name of ['alles', ...kinds, 'dataset/proef', 'dataset/groot', 'catalogus']) {
      assert.ok(listed.has(`/ldes/${name}`) && listed.has(`/ldes/${name}/activiteiten`), name);
    }
  });

  it('leads who comes with a browser to every stream by a link', async () => {
    const page = await (await service.ask('/ldes', { headers: { accept: 'text/html' } })).text();
    for (const name of ['alles', ...kinds, 'dataset/proef']) for (const form of ['', '/activiteiten']) assert.ok(page.includes(`href="${service.base}ldes/${name}${form}"`), name + form);
    assert.match(page, /Oproepen <small>\(nog leeg\)/);
    assert.ok(page.indexOf('Per dataset') > page.indexOf('/ldes/documenten"'), 'a dataset may be called as a kind is');
  });

  it('explains a stream to who opens it in a browser, with what to paste, and gives it to every client', async () => {
    const browser = await service.ask(`${stream}/laatste`, { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
    assert.match(browser.headers.get('content-type') ?? '', /^text\/html/);
    const page = await browser.text();
    for (const text of [`npx ldes-client ${service.base}ldes/dataset/proef `, 'Ldio:LdesClient', `${service.base}ldes/dataset/proef/keten/p/`, 'isVersionOf']) assert.ok(page.includes(text), text);
    const etag = browser.headers.get('etag') ?? '';
    assert.equal((await service.ask(`${stream}/laatste`, { headers: { accept: 'text/html', 'if-none-match': etag } })).status, 304);
    for (const accept of ['*/*', 'text/turtle, text/html;q=0.5', 'application/n-quads,application/trig;q=0.95,text/html;q=0.9', '']) {
      assert.doesNotMatch((await service.ask(stream, { headers: { accept } })).headers.get('content-type') ?? '', /html/, accept);
    }
    const missing = await service.ask('/ldes/dataset/niets', { headers: { accept: 'text/html' } });
    assert.equal(missing.status, 404);
  });

  it('names with each activity the graph with its state, which is about its object and holds no blank node', async () => {
    const quads = await asker.quads(`${stream}/activiteiten/p/1`);
    const members = new Set(quads.flatMap(({ predicate, object }) => (predicate === `<${tree('member')}>` ? [object] : [])));
    const about = new Map(quads.flatMap(({ subject, predicate, object }) => (predicate.endsWith('#object>') ? [[subject, object] as const] : [])));
    assert.ok(members.size > 100);
    for (const { subject, object, graph } of quads) {
      if (graph === '') continue;
      assert.ok(members.has(graph));
      assert.ok(subject === about.get(graph) || subject.includes('/genid/'));
      for (const term of [subject, object]) assert.ok(!term.startsWith('_:'));
    }
    for (const member of members) assert.ok(quads.some(({ graph }) => graph === member), member);
  });

  it('has the same versions with the same moments in both forms, under two names of the stream', async () => {
    const versions = moments(await asker.members(stream), dct('isVersionOf'), 'http://www.w3.org/ns/prov#generatedAtTime');
    const as = 'https://www.w3.org/ns/activitystreams#';
    assert.equal(versions.length, 302);
    assert.deepEqual(versions, moments(await asker.members(`${stream}/activiteiten`), `${as}object`, `${as}published`));
    assert.notDeepEqual(await asker.objects(stream, dcat('servesDataset')), await asker.objects(`${stream}/activiteiten`, dcat('servesDataset')));
  });

  it('states on the root what a reader must know of the stream, each thing at most once', async () => {
    for (const [root, kindsOfVersion] of [[stream, ['Delete']], [`${stream}/activiteiten`, ['Create', 'Update', 'Delete']]] as const) {
      const [name] = await asker.objects(root, dcat('servesDataset'));
      const about = (await asker.quads(root)).filter(({ subject }) => subject === name);
      const times = (predicate: string): number => about.filter((one) => one.predicate === `<${predicate}>`).length;
      const wanted = [
        ...['timestampPath', 'sequencePath', 'versionOfPath', 'transactionPath', 'transactionFinalizedPath', 'transactionFinalizedObject', 'pollingInterval'].map(ldes),
        ...kindsOfVersion.flatMap((kind) => [ldes(`version${kind}Path`), ldes(`version${kind}Object`)]),
        tree('shape'),
        tree('view'),
        dct('conformsTo'),
      ];
      for (const predicate of wanted) assert.equal(times(predicate), 1, `${root} ${predicate}`);
      for (const kind of ['Create', 'Update', 'Delete']) assert.equal(times(ldes(`version${kind}Path`)), times(ldes(`version${kind}Object`)));
      for (const predicate of ['versionTimestampPath', 'versionSequencePath'].map(ldes)) assert.equal(times(predicate), 0, 'versions are never out of order');
      assert.match(about.find(({ predicate }) => predicate === `<${ldes('pollingInterval')}>`)?.object ?? '', /^"\d+"\^\^<[^>]*#integer>$/);
    }
  });

  it('can be found by who reads DCAT: stream, distribution, service and what they conform to', async () => {
    for (const root of [stream, `${stream}/activiteiten`, `${stream}/laatste`]) {
      const quads = await asker.quads(root);
      const objects = (subject: string, predicate: string): string[] => quads.flatMap((one) => (one.subject === subject && one.predicate === `<${predicate}>` ? [one.object] : []));
      const [view] = objects(quads.find(({ predicate }) => predicate === `<${tree('view')}>`)?.subject ?? '', dcat('distribution'));
      const self = `<${service.url}${root}>`;
      assert.ok(view);
      assert.deepEqual(objects(view, dcat('downloadURL')), [self]);
      assert.deepEqual(objects(view, dcat('accessURL')), [self]);
      assert.deepEqual(objects(self, tree('viewDescription')), [view]);
      const [agent = ''] = objects(view, dcat('accessService'));
      assert.deepEqual(objects(agent, dcat('endpointURL')), [self]);
      assert.equal(objects(agent, dcat('endpointDescription')).length, 1);
      assert.deepEqual(objects(agent, dct('conformsTo')).toSorted(), ['<https://w3id.org/ldes/specification>', '<https://w3id.org/tree/specification>']);
      const [name = ''] = objects(agent, dcat('servesDataset'));
      assert.deepEqual(objects(name, dct('type')), [`<${ldes('EventStream')}>`]);
      assert.deepEqual(objects(name, dct('conformsTo')), ['<https://w3id.org/ldes/specification>']);
      assert.equal(quads.filter(({ predicate }) => predicate === `<${tree('view')}>`).length, 1);
    }
  });

  it('says of every page to which stream it belongs, for readers that begin anywhere', async () => {
    for (const path of [`${stream}/p/1`, `${stream}/activiteiten/p/2`, `${stream}/laatste/p/1`]) assert.equal((await asker.objects(path, dct('isPartOf'))).length, 1, path);
  });

  it('never changes a full page, not a byte, while the stream grows', async () => {
    const paths = [`${stream}/p/1`, `${stream}/activiteiten/p/1`];
    const before = await Promise.all(paths.map(read));
    const newest = await read(`${stream}/p/2`);
    await asker.write('INSERT DATA { GRAPH proef { :later :p "later" } }; DELETE WHERE { GRAPH proef { :e2 ?p ?o } }');
    assert.deepEqual(await Promise.all(paths.map(read)), before);
    assert.notDeepEqual(await read(`${stream}/p/2`), newest, 'the newest does');
  });

  it('writes moments in UTC with milliseconds, and links that need no base', async () => {
    for (const path of [stream, `${stream}/p/1`, `${stream}/activiteiten/p/2`, `${stream}/recent`]) {
      for (const { object } of await asker.quads(path)) {
        if (object.startsWith('"') && object.endsWith('#dateTime>')) assert.match(object, /^"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/);
      }
      const turtle = await (await service.ask(path.includes('activiteiten') ? `${path}.trig` : `${path}.ttl`)).text();
      assert.ok(!/<(?![a-z][a-z+.-]*:)/i.test(turtle), path);
    }
  });

  it('leads by its search form to the page of a moment', async () => {
    const [template = ''] = await asker.objects(stream, 'http://www.w3.org/ns/hydra/core#template');
    const [property] = await asker.objects(stream, 'http://www.w3.org/ns/hydra/core#property');
    assert.equal(property, `<${tree('timeQuery')}>`);
    const now = new Date().toISOString();
    const answer = await fetch(template.slice(1, -1).replace('{?at}', `?at=${encodeURIComponent(now)}`), { headers: { accept: 'application/n-quads' } });
    assert.equal(answer.status, 200);
    assert.equal(new URL(answer.url).pathname, (await asker.pages(stream)).at(-1));
  });

  it('names as transaction the commit, which can be read', async () => {
    const [transaction = ''] = await asker.objects(`${stream}/p/2`, own('transactie'));
    assert.equal((await service.ask(new URL(transaction.slice(1, -1)).pathname)).status, 200);
  });

  it('tells of a part that two entities share under two addresses, each once', async () => {
    await asker.write('INSERT DATA { GRAPH proef { :een :deel _:n . :twee :deel _:n . _:n :q "samen" } }');
    await asker.write('DELETE { GRAPH proef { ?n :q "samen" } } INSERT { GRAPH proef { ?n :q "nog samen" } } WHERE { GRAPH proef { ?n :q "samen" } }');
    await asker.write('DELETE WHERE { GRAPH proef { :een :deel ?n . :twee :deel ?n . ?n :q ?t } }');
    const members = await asker.members(stream);
    assert.equal(new Set(members.map(({ id }) => id)).size, members.length);
    for (const member of members) assert.equal(member.lines.filter((line) => line.includes(own('volgnummerInStroom'))).length, 1, member.id);
    const shared = members.filter(({ lines }) => lines.some((line) => line.includes('"nog samen"')));
    assert.equal(shared.length, 2);
    for (const { id } of shared) assert.equal((await service.ask(new URL(id).pathname)).status, 200);
    assert.ok(!stateOf(members).some((line) => line.includes('samen"')));
  });

  it('keeps telling in the newest-version view of a kind who left it, and which parts are gone', async () => {
    const organisation = '<http://www.w3.org/ns/org#Organization>';
    await asker.write(`INSERT DATA { GRAPH proef { :org a ${organisation} ; :deel [ :q "deel" ] . :blijft a ${organisation} ; :deel [ :q "weg" ] } }`);
    await asker.write(`DELETE WHERE { GRAPH proef { :org a ${organisation} } }; DELETE WHERE { GRAPH proef { :blijft :deel ?n . ?n :q "weg" } }`);
    await asker.write('INSERT DATA { GRAPH proef { :org :p "nu iets anders" . :blijft :p "verder" } }');
    const latest = await asker.members('/ldes/actoren/laatste');
    const tombs = latest.filter((member) => member.lines.some((line) => line.includes('#Tombstone>'))).map((member) => said(member, dct('isVersionOf')));
    assert.ok(tombs.includes('<http://ex.org/org>'), 'who left');
    assert.equal(tombs.filter((iri) => iri.includes('/genid/')).length, 2, 'its part, and the part of who stayed');
    const of = latest.map((member) => said(member, dct('isVersionOf')));
    assert.equal(new Set(of).size, of.length, 'one version of each');
    assert.deepEqual(stateOf(latest), stateOf(await asker.members('/ldes/actoren')));
    const activities = await asker.members('/ldes/actoren/activiteiten/laatste');
    assert.deepEqual(activities.filter((member) => member.lines.some((line) => line.includes('object> <http://ex.org/org>'))).length, 1);
    await asker.write(`INSERT DATA { GRAPH proef { :org a ${organisation} } }`);
    const back = (await asker.members('/ldes/actoren/laatste')).filter((member) => said(member, dct('isVersionOf')) === '<http://ex.org/org>');
    assert.equal(back.length, 1);
    assert.ok(back[0]?.lines.some((line) => line.includes(organisation)));
  });

  it('keeps in a snapshot the newest of each entity, deletes too, and every version since; it says so in old and new terms', async () => {
    await asker.write(`INSERT DATA { GRAPH groot { ${things(2_100, 'eerst')} } }`);
    await asker.write('DELETE WHERE { GRAPH groot { :e7 ?p ?o } }; INSERT DATA { GRAPH groot { :e8 :p "nieuw" . :vers :p "vers" } }');
    for (const flavour of ['', '/activiteiten']) {
      const root = `/ldes/dataset/groot${flavour}`;
      const pages = await asker.pages(`${root}/momentopname`);
      const tail = pages.filter((path) => !path.includes('momentopname'));
      assert.ok(tail.length > 0 && tail.length < pages.length, 'part of it is the tail of the stream itself');
      assert.deepEqual(tail, (await asker.pages(root)).slice(-tail.length));
      const frozen = pages[0] ?? '';
      assert.match((await service.ask(frozen)).headers.get('cache-control') ?? '', /immutable/);
      assert.deepEqual(stateOf(await asker.members(`${root}/momentopname`)), stateOf(await asker.members(root)));
    }
    const until = Number(/momentopname\/(\d+)\//.exec((await asker.pages('/ldes/dataset/groot/momentopname'))[0] ?? '')?.[1]);
    const versions = await asker.members('/ldes/dataset/groot');
    const inSnapshot = new Set((await asker.members('/ldes/dataset/groot/momentopname')).map(({ id }) => id));
    const since = new Set((await Promise.all((await asker.pages('/ldes/dataset/groot')).slice(until).map((page) => asker.objects(page, tree('member'))))).flat().map((iri) => iri.slice(1, -1)));
    const last = new Map<string, string>();
    for (const member of versions) if (!since.has(member.id)) last.set(said(member, dct('isVersionOf')), member.id);
    for (const { id } of versions) assert.equal(inSnapshot.has(id), since.has(id) || [...last.values()].includes(id), id);
    for (const [view, policies] of [
      ['laatste', [ldes('versionAmount'), ldes('amount')]],
      ['momentopname', [ldes('versionAmount'), ldes('amount')]],
      ['recent', [ldes('fullLogDuration'), tree('value')]],
    ] as const) {
      const root = `/ldes/dataset/groot/${view}`;
      const [policy, ...more] = await asker.objects(root, ldes('retentionPolicy'));
      assert.ok(policy?.startsWith('<') && more.length === 0);
      const about = new Set((await asker.quads(root)).flatMap(({ subject, predicate }) => (subject === policy ? [predicate.slice(1, -1)] : [])));
      for (const predicate of policies) assert.ok(about.has(predicate), `${view} ${predicate}`);
      assert.ok(!about.has(ldes('startingFrom')), 'nothing of before is cut off');
    }
    for (const view of ['laatste', 'momentopname']) assert.deepEqual(await asker.objects(`/ldes/dataset/groot/${view}`, ldes('transactionPath')), [], 'the end of a transaction may be dropped');
  });

  it('gives a page to others while some read slowly or leave', async () => {
    const { hostname, port } = new URL(service.url);
    const slow = Array.from({ length: 30 }, () => connect(Number(port), hostname));
    for (const [at, socket] of slow.entries()) {
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.pause();
      socket.write(`GET /ldes/dataset/groot/p/${1 + (at % 8)}.nq HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
      if (at % 2 === 0) socket.destroy();
    }
    const answer = await service.ask('/ldes/dataset/groot/p/1.nq', { headers: { 'accept-encoding': 'identity' } });
    assert.equal(Number(answer.headers.get('content-length')), (await answer.arrayBuffer()).byteLength);
    for (const socket of slow) socket.destroy();
    assert.equal((await service.ask('/ldes/dataset/groot/p/2.nq')).status, 200);
  });

  it('reports on every stream that it is sound', async () => {
    for (const name of ['alles', 'actoren', 'catalogus', 'dataset/proef', 'dataset/groot', 'oproepen']) {
      const answer = await service.ask(`/ldes/${name}/conformiteit`, { headers: { accept: 'text/turtle' } });
      const report = await answer.text();
      assert.equal(answer.status, 200, name);
      assert.ok(report.includes('passed') && !report.includes('failed'), `${name}: ${report.slice(0, 3000)}`);
    }
  });

  it('leads from every view only to pages that are there, also after an erasure and a restriction', async () => {
    const old = [`${stream}/p/1`, `${stream}/activiteiten/p/1`, `${stream}/laatste/p/1`, `${stream}/keten/p/1`];
    await asker.write('INSERT DATA { GRAPH proef { :persoon :p "Jan Persoonsgegeven" } }');
    await service.service.graph.purge({ text: 'Jan Persoonsgegeven', note: { message: 'verzoek' } }, { role: 'administrator', write: '*', createDatasets: true, visibility: { restricted: '*' } });
    for (const path of old) assert.equal((await service.ask(path)).status, 410, path);
    assert.ok((await service.describe('groot', { ...open, zichtbaarheid: 'restricted' })).ok);
    for (const name of ['alles', 'actoren', 'dataset/proef', 'dataset/groot']) {
      for (const view of ['', '/laatste', '/recent', '/momentopname', '/activiteiten', '/activiteiten/laatste']) {
        for (const page of await asker.pages(`/ldes/${name}${view}`)) {
          const answer = await service.ask(page, { headers: { accept: 'application/n-quads' } });
          assert.equal(answer.status, 200, page);
          assert.ok(!(await answer.text()).includes('Persoonsgegeven'));
        }
      }
    }
    const chain = await service.ask(`${stream}/keten`);
    assert.equal(chain.status, 302);
    assert.equal((await service.ask(new URL(chain.headers.get('location') ?? '').pathname)).status, 200);
  });
});

describe('streams of datasets of others', function () {
  this.timeout(120_000);
  it('are empty unless configured; of an entity that is somebody else’s only what is said here is told', async () => {
    for (const also of ['', 'extern']) {
      const service = await TestService.start(also === '' ? {} : { PUBLISH_ALSO: also });
      try {
        const asker = new StreamAsker(service);
        for (const [slug, status] of [['eigen', 'aangenomen'], ['vreemd', 'extern'], ['berekend', 'afgeleid']] as const) assert.ok((await service.describe(slug, { ...open, bronstatus: status })).ok);
        const answer = await service.ask('/sparql/update', {
          method: 'POST',
          token: true,
          headers: { 'content-type': 'application/sparql-update' },
          body: ['vreemd', 'berekend', 'eigen'].map((slug) => `INSERT DATA { GRAPH <${service.base}id/dataset/${slug}> { <https://elders.example/id/1> <http://ex.org/p> "${slug}" } }`).join(';'),
        });
        assert.ok(answer.ok, await answer.text());
        await asker.followed('/ldes/dataset/eigen');
        const told = (name: string): Promise<string[]> => asker.members(`/ldes/${name}`).then((members) => stateOf(members).flatMap((line) => /"(eigen|vreemd|berekend)" \.$/.exec(line)?.[1] ?? []));
        assert.deepEqual(await told('dataset/eigen'), ['eigen']);
        assert.deepEqual(await told('alles'), also === '' ? ['eigen'] : ['eigen', 'vreemd']);
        assert.equal((await service.ask('/ldes/dataset/vreemd')).status, also === '' ? 404 : 200);
        assert.equal((await service.ask('/ldes/dataset/berekend')).status, 404);
      } finally {
        await service.stop();
      }
    }
  });
});

describe('streams of a service that has too much to do', function () {
  this.timeout(60_000);
  it('answer 429 and when to come back', async () => {
    const service = await TestService.start({ RATE_LIMIT: '10' });
    try {
      let answer = await service.ask('/ldes/alles');
      for (let tries = 0; tries < 40 && answer.status !== 429; tries += 1) answer = await service.ask('/ldes/alles');
      assert.equal(answer.status, 429);
      assert.ok(Number(answer.headers.get('retry-after')) > 0);
    } finally {
      await service.stop();
    }
  });

  it('tell 200 programs that wait of changes, and no more than that', async () => {
    const service = await TestService.start();
    const left = new AbortController();
    try {
      const path = '/ldes/alles/gebeurtenissen';
      for (let tries = 0; (await service.ask(path, { method: 'HEAD' })).status !== 200 && tries < 200; tries += 1) await sleep(25);
      // Kept: an answer that nobody holds is closed.
      const answers: Response[] = [];
      for (let at = 0; at < 201; at += 1) answers.push(await fetch(service.url + path, { signal: left.signal }));
      assert.deepEqual(new Set(answers.slice(0, 200).map(({ status }) => status)), new Set([200]));
      assert.equal(answers.at(-1)?.status, 429);
      assert.ok(Number(answers.at(-1)?.headers.get('retry-after')) > 0);
    } finally {
      left.abort();
      await service.stop();
    }
  });
});
