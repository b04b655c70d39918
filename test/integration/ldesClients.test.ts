import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joinLine, splitLine } from '../../src/rdf/nquads.js';
import { ServiceProcess } from '../support/process.js';
import { TestService } from '../support/service.js';
import { Proxy, readAsLblod, readAsLdio, replicated, stateOf } from '../support/streamReaders.js';

const open = { titel: { nl: 'Proef' }, bronstatus: 'aangenomen', controle: 'off', zichtbaarheid: 'public' };

function things(from: number, to: number, text: string): string {
  const lines = Array.from({ length: to - from }, (_, n) => `<http://ex.org/e${from + n}> a <http://ex.org/Ding> ; <http://ex.org/p> "${text} ${from + n}"@nl , ${from + n} ; <http://ex.org/deel> [ <http://ex.org/q> "onder ${n}" ] .`);
  return lines.join('\n');
}

describe('real readers of event streams', function () {
  this.timeout(180_000);
  let service: TestService;
  let proxy: Proxy;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'regiograaf-ldes-'));
    service = await TestService.start();
    proxy = await Proxy.start(service.url);
    const made = await service.describe('proef', open);
    assert.ok(made.ok, await made.text());
    await load(things(0, 600, 'eerste'));
    await update('DELETE { GRAPH ?g { ?s <http://ex.org/p> ?o } } INSERT { GRAPH ?g { ?s <http://ex.org/p> "gewijzigd" } } WHERE { GRAPH ?g { ?s <http://ex.org/p> ?o FILTER(?o IN (1, 2, 3)) } }');
    await update('DELETE { GRAPH ?g { ?s ?p ?o . ?o ?q ?r } } WHERE { GRAPH ?g { VALUES ?s { <http://ex.org/e4> <http://ex.org/e5> } ?s ?p ?o OPTIONAL { ?o ?q ?r } } }');
    await followed();
  });
  after(async () => {
    await proxy.stop();
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    proxy.before = () => false;
    proxy.requests.length = 0;
  });

  const load = async (turtle: string): Promise<void> => {
    const answer = await service.ask('/datasets/proef/inhoud', { method: 'POST', token: true, headers: { 'content-type': 'text/turtle' }, body: turtle });
    assert.ok(answer.ok, await answer.text());
  };
  const update = async (text: string): Promise<void> => {
    const answer = await service.ask('/sparql/update', { method: 'POST', token: true, headers: { 'content-type': 'application/sparql-update' }, body: text });
    assert.ok(answer.ok, await answer.text());
  };
  /** Waits until the streams show the last commit: a second is what they promise. */
  const followed = async (): Promise<void> => {
    const { commit } = await service.service.graph.status();
    for (let tries = 0; tries < 400; tries += 1) {
      const text = await (await service.ask('/ldes/alles/gebeurtenissen', { method: 'HEAD' })).text();
      assert.equal(text, '');
      if (await shows(commit)) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    assert.fail(`the streams do not show commit ${commit}`);
  };
  const shows = async (commit: number): Promise<boolean> => {
    const etag = (await service.ask('/ldes/dataset/proef', { method: 'HEAD' })).headers.get('etag') ?? '';
    return Math.floor(Number(/^"(\d+)-/.exec(etag)?.[1] ?? 0) / 2 ** 24) >= commit;
  };
  const graph = async (): Promise<string[]> => {
    const lines: string[] = [];
    for await (const batch of service.service.graph.export(`${service.base}id/dataset/proef`, { restricted: [] })) lines.push(...batch);
    return lines
      .map((line) => {
        const { subject, predicate, object } = splitLine(line);
        return joinLine(subject, predicate, object);
      })
      .toSorted();
  };

  for (const flavour of ['dataset/proef', 'dataset/proef/activiteiten']) {
    for (const noShape of [true, false]) {
      it(`ldes-client has the whole graph of ${flavour}, ${noShape ? 'without' : 'with'} the shape`, async () => {
        const members = await replicated(`${service.url}/ldes/${flavour}`, { noShape });
        assert.equal(new Set(members.map(({ id }) => id)).size, members.length, 'nothing doubled');
        assert.deepEqual(stateOf(members), await graph());
      });
    }
  }

  for (const view of ['laatste', 'momentopname', 'recent', 'activiteiten/laatste', 'activiteiten/momentopname']) {
    it(`ldes-client has the whole graph from the view ${view}`, async () => {
      assert.deepEqual(stateOf(await replicated(`${service.url}/ldes/dataset/proef/${view}`)), await graph());
    });
  }

  it('ldes-client in ascending order gets every member', async () => {
    assert.deepEqual(stateOf(await replicated(`${service.url}/ldes/dataset/proef`, { order: 'ascending' })), await graph());
  });

  for (const flavour of ['dataset/proef', 'dataset/proef/activiteiten', 'dataset/proef/laatste', 'dataset/proef/activiteiten/momentopname']) {
    it(`loses nothing of ${flavour} when one page is slow and another is refused once`, async () => {
      let refused = false;
      proxy.before = async (path, res) => {
        if (path.endsWith('/p/2')) await new Promise((resolve) => setTimeout(resolve, 600));
        if (!path.endsWith('/p/3') || refused) return false;
        refused = true;
        res.writeHead(429, { 'retry-after': '1' }).end();
        return true;
      };
      assert.deepEqual(stateOf(await replicated(`${proxy.url}/ldes/${flavour}`)), await graph());
      assert.ok(refused);
    });
  }

  it('goes on where it was after new commits, and asks only for what can have changed', async () => {
    const statePath = join(folder, 'state');
    const first = await replicated(`${proxy.url}/ldes/dataset/proef/activiteiten`, { statePath });
    await update(`INSERT DATA { GRAPH <${service.base}id/dataset/proef> { <http://ex.org/nieuw> <http://ex.org/p> "nieuw" } }`);
    await followed();
    proxy.requests.length = 0;
    const second = await replicated(`${proxy.url}/ldes/dataset/proef/activiteiten`, { statePath });
    assert.deepEqual(second.map(({ lines }) => lines.some((line) => line.includes('/nieuw>'))), [true], 'only what is new');
    assert.deepEqual(stateOf([...first, ...second]), await graph());
    const leaves = new Set(proxy.requests.filter((path) => path.includes('/p/')));
    assert.ok(leaves.size <= 2, [...leaves].join(' '));
  });

  it('has all of it when a commit comes in the middle', async () => {
    const statePath = join(folder, 'middle');
    let done = false;
    proxy.before = async (path) => {
      if (path.endsWith('/p/2') && !done) {
        done = true;
        await update(`DELETE WHERE { GRAPH <${service.base}id/dataset/proef> { <http://ex.org/e10> ?p ?o } }`);
        await update(`INSERT DATA { GRAPH <${service.base}id/dataset/proef> { <http://ex.org/tussendoor> <http://ex.org/p> "tussendoor" } }`);
        await followed();
      }
      return false;
    };
    const first = await replicated(`${proxy.url}/ldes/dataset/proef/activiteiten`, { statePath });
    const second = await replicated(`${proxy.url}/ldes/dataset/proef/activiteiten`, { statePath });
    assert.ok(done);
    assert.deepEqual(stateOf([...first, ...second]), await graph());
  });

  it('is read whole by the rules of lblod/ldes-client', async () => {
    assert.deepEqual(stateOf(await readAsLblod(`${service.url}/ldes/dataset/proef/keten/p/1`)), await graph());
  });

  it('is read whole by the rules of LDIO, and no member drags another along', async () => {
    const members = await readAsLdio(`${service.url}/ldes/dataset/proef`);
    for (const { id, lines } of members) for (const line of lines) assert.ok(line.startsWith(`<${id}> `), line);
    assert.deepEqual(stateOf(members), await graph());
  });
});

describe('a service that is killed while its stream is read', function () {
  this.timeout(180_000);
  for (const form of ['', '/activiteiten']) {
    it(`gives every member of /ldes/dataset/standaard${form} once it is back`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'regiograaf-ldes-kill-'));
      let process = await ServiceProcess.start(folder);
      const proxy = await Proxy.start(process.url);
      try {
        assert.ok((await process.update(`INSERT DATA { ${things(0, 900, 'x').replaceAll(/ ; <http:\/\/ex.org\/deel>[^\]]*\]/g, '')} }`)).ok);
        for (let tries = 0; (await fetch(`${process.url}/ldes/dataset/standaard/p/4`)).status !== 200 && tries < 400; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
        let killed = false;
        let back: Promise<void> | undefined;
        const again = async (): Promise<void> => {
          await process.stop('SIGKILL');
          process = await ServiceProcess.start(folder);
          proxy.target = process.url;
        };
        proxy.before = async (path) => {
          if (path.endsWith('/p/4') && !killed) {
            killed = true;
            back = again();
          }
          // What is under way breaks off; what comes later waits as it would for a machine that restarts.
          await back;
          return false;
        };
        const members = await replicated(`${proxy.url}/ldes/dataset/standaard${form}`);
        assert.ok(killed);
        assert.equal(new Set(members.map(({ id }) => id)).size, members.length);
        assert.equal(members.length, 900);
      } finally {
        await process.stop();
        await proxy.stop();
        await rm(folder, { recursive: true, force: true });
      }
    });
  }
});
