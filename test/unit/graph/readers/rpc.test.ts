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
interface Streams {
  count: { args: number; answer: number };
  fault: { args: null; answer: number };
}

const busy = (error: unknown): boolean => error instanceof Fault && error.code === 'busy' && error.data.retryAfter === 1;

describe('rpc', () => {
  let channel: MessageChannel;
  let client: RpcClient<Calls, Streams>;
  let produced = 0;
  let stopped = false;
  let aborted = false;

  beforeEach(() => {
    channel = new MessageChannel();
    produced = 0;
    stopped = false;
    aborted = false;
    serve<Calls, Streams>(channel.port2, {
      calls: {
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
      },
      streams: {
        *count(n) {
          try {
            for (let i = 0; i < n; i++) {
              produced += 1;
              yield i;
            }
          } finally {
            stopped = true;
          }
        },
        async *fault() {
          yield 1;
          throw new Fault('too-large', { nl: 'te groot', en: 'too large' });
        },
      },
    });
    client = new RpcClient<Calls, Streams>(channel.port1);
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

  it('streams every item in order', async () => {
    const seen: number[] = [];
    for await (const n of client.stream('count', 100)) seen.push(n);
    assert.deepEqual(seen, Array.from({ length: 100 }, (_, i) => i));
  });

  it('does not run ahead of a slow consumer, and stops when the consumer does', async () => {
    for await (const n of client.stream('count', 1_000_000)) {
      await client.call('double', n);
      assert.ok(produced <= n + 6, `${produced} produced when ${n} was read`);
      if (n === 20) break;
    }
    await client.call('double', 0);
    await client.call('double', 0);
    assert.equal(stopped, true);
  });

  it('ends a stream with the fault of its producer', async () => {
    await assert.rejects(async () => {
      for await (const n of client.stream('fault', null)) assert.equal(n, 1);
    }, (error: unknown) => error instanceof Fault && error.code === 'too-large');
  });

  it('ends a stream on abort', async () => {
    const abort = new AbortController();
    await assert.rejects(async () => {
      for await (const n of client.stream('count', 1_000_000, { signal: abort.signal })) if (n === 5) abort.abort(new Error('enough'));
    }, /enough/);
    await client.call('double', 0);
    await client.call('double', 0);
    assert.equal(stopped, true);
  });

  it('rejects what is pending and what comes later when the thread dies', async () => {
    const worker = new Worker('require("node:worker_threads").parentPort.on("message", () => { throw new Error("boom"); })', { eval: true });
    const dying = new RpcClient<Calls, Streams>(worker);
    const stream = dying.stream('count', 5).next();
    await Promise.all([assert.rejects(dying.call('double', 1), busy), assert.rejects(stream, busy)]);
    await assert.rejects(dying.call('double', 1), busy);
  });
});
