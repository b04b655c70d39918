import assert from 'node:assert/strict';
import { Proxy } from '../../support/streamReaders.js';
import { TestService } from '../../support/service.js';
import { StreamAsker } from '../../support/streamAsker.js';
import { cli } from './runCli.js';

describe('regiograaf streams check', function () {
  this.timeout(60_000);
  let service: TestService;
  let proxy: Proxy;
  before(async () => {
    service = await TestService.start();
    assert.ok((await service.describe('proef', { titel: 'Proef', controle: 'off', bronstatus: 'aangenomen', zichtbaarheid: 'public' })).ok);
    await new StreamAsker(service).write(`INSERT DATA { GRAPH proef { ${Array.from({ length: 260 }, (_, n) => `:e${n} :p ${n} .`).join(' ')} } }`);
    proxy = await Proxy.start(service.url);
  });
  after(async () => {
    await proxy.stop();
    await service.stop();
  });
  beforeEach(() => void (proxy.before = () => false));

  it('finds both forms of a stream sound, and every stream there is', async () => {
    for (const name of ['dataset/proef', 'dataset/proef/activiteiten']) {
      const ran = await cli(['streams', 'check', name, '--url', service.url]);
      assert.equal(ran.code, 0, ran.out + ran.err);
      assert.match(ran.out, /in orde \(pagina’s: 3, leden: 260\)/);
    }
    const all = await cli(['streams', 'check', '--url', service.url, '--json']);
    assert.equal(all.code, 0, all.out.slice(0, 2000) + all.err);
    const names = new Set((JSON.parse(all.out) as { stream: string }[]).map(({ stream }) => stream));
    for (const name of ['alles', 'actoren', 'dataset/proef', 'dataset/proef/activiteiten']) assert.ok(names.has(name), name);
  });

  /** Answers the first request for a page of the stream with a status. */
  const once = (status: number): { times: number } => {
    const answered = { times: 0 };
    proxy.before = (path, res) => {
      if (!path.endsWith('/p/2') || answered.times > 0) return false;
      answered.times += 1;
      res.writeHead(status, { 'retry-after': '1' }).end();
      return true;
    };
    return answered;
  };

  for (const [status, what] of [
    [503, 'comes back when the service says that it is busy'],
    [429, 'comes back when it asked too much'],
    [410, 'begins again when the stream was cut anew meanwhile'],
  ] as const) {
    it(what, async () => {
      const answered = once(status);
      const ran = await cli(['streams', 'check', 'dataset/proef', '--url', proxy.url]);
      assert.equal(ran.code, 0, ran.out + ran.err);
      assert.equal(answered.times, 1);
    });
  }

  it('ends with code 3 when something is wrong, and says which rule and where', async () => {
    proxy.before = (path, res) => {
      if (!path.endsWith('/p/1')) return false;
      res.writeHead(200, { 'content-type': 'application/n-quads', 'cache-control': 'public,max-age=60', vary: 'Accept', etag: '"1"' }).end();
      return true;
    };
    const ran = await cli(['streams', 'check', 'dataset/proef', '--url', proxy.url]);
    assert.equal(ran.code, 3);
    assert.match(ran.out, /headers: .*\/p\/1: Cache-Control/);
  });

  it('says of a stream that is not there that it is not', async () => {
    const ran = await cli(['streams', 'check', 'dataset/niets', '--url', service.url]);
    assert.equal(ran.code, 1);
    assert.match(ran.err, /404/);
  });
});
