import { strict as assert } from 'node:assert';
import { MessageChannel, Worker } from 'node:worker_threads';
import { Fault } from '../../../../src/faults.js';
import { RpcClient, serve } from '../../../../src/graph/threads/rpc.js';

interface Calls {
  double: { args: number; answer: number };
  refuse: { args: null; answer: never };
  break: { args: null; answer: never };
  hang: { args: null; answer: string };
  work: { args: number; answer: string; progress: number };
}
const busy = (error: unknown): boolean => error instanceof Fault && error.code === 'busy' && error.data.retryAfter === 1;

describe('rpc', () => {
  let channel: MessageChannel;
  let client: RpcClient<Calls>;
  let aborted = false;

  beforeEach(() => {
    channel = new MessageChannel();
    aborted = false;
    serve<Calls>(channel.port2, {
      double: (n) => n * 2,
      refuse: () => {
        throw new Fault('conflict', { nl: 'botst', en: 'conflicts' }, { place: { line: 3 }, retryAfter: 7 });
      },
      break: () => {
        throw new TypeError('a secret path');
      },
      hang: (_, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            resolve('late');
          });
        }),
      work: async (n, { progress }) => {
        for (let i = 1; i <= n; i++) progress(i);
        return 'done';
      },
    });
    client = new RpcClient<Calls>(channel.port1);
  });
  afterEach(() => channel.port1.close());

  it('answers calls', async () => {
    assert.deepEqual(await Promise.all([1, 2, 3].map((n) => client.call('double', n))), [2, 4, 6]);
  });

  it('brings a fault across with its place and retry time', async () => {
    await assert.rejects(client.call('refuse', null), (error: unknown) => {
      assert.ok(error instanceof Fault);
      assert.deepEqual(error.data, { code: 'conflict', detail: { nl: 'botst', en: 'conflicts' }, place: { line: 3 }, retryAfter: 7 });
      return true;
    });
  });

  it('keeps the text of an unexpected error out of what a user may see, and in the cause', async () => {
    await assert.rejects(client.call('break', null), (error: unknown) => {
      assert.ok(error instanceof Fault);
      assert.equal(error.code, 'internal');
      assert.ok(!JSON.stringify(error.data).includes('secret'));
      assert.match(String(error.cause), /a secret path/);
      return true;
    });
  });

  it('reports progress before the answer', async () => {
    const seen: number[] = [];
    assert.equal(await client.call('work', 3, { progress: (n) => seen.push(n) }), 'done');
    assert.deepEqual(seen, [1, 2, 3]);
  });

  it('rejects an aborted call at once and tells the thread', async () => {
    const abort = new AbortController();
    const call = client.call('hang', null, { signal: abort.signal });
    abort.abort(new Error('gone away'));
    await assert.rejects(call, /gone away/);
    await client.call('double', 1);
    assert.equal(aborted, true);
    await assert.rejects(client.call('double', 1, { signal: abort.signal }), /gone away/);
  });

  it('rejects what is pending and what comes later when the thread dies', async () => {
    const worker = new Worker('require("node:worker_threads").parentPort.on("message", () => { throw new Error("boom"); })', { eval: true });
    const dying = new RpcClient<Calls>(worker);
    await assert.rejects(dying.call('double', 1), busy);
    await assert.rejects(dying.call('double', 1), busy);
  });
});
