import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import express, { type Request, type Response } from 'express';
import type { QueryDocument } from '../../../src/graph/api.js';
import { Sending } from '../../../src/http/sending.js';
import { QueryCache } from '../../../src/http/sparql/queryCache.js';

const megabyte = 1024 ** 2;

describe('a long answer', () => {
  it('is kept up to an eighth of the memory for answers, so that the next to ask costs no evaluation', async () => {
    const cache = new QueryCache(32 * megabyte);
    let evaluated = 0;
    const ask = (key: string, size: number): Promise<unknown> =>
      cache.run(key, { head: 1, timeout: 1000 }, () => {
        evaluated += 1;
        return Promise.resolve({ kind: 'solutions', mediaType: 'text/csv', commit: 1, bytes: new Uint8Array(size) } satisfies QueryDocument);
      }, new AbortController().signal);
    await ask('long', 3 * megabyte);
    assert.equal(cache.get('long', 1)?.coded.bytes.length, 3 * megabyte);
    await ask('longer', 5 * megabyte);
    assert.equal(cache.get('longer', 1), undefined);
    assert.equal(evaluated, 2);
  });

  it('reaches everybody whole, however many take their time, from memory or from a file', async () => {
    const sending = new Sending(2 * megabyte);
    const bodies = Array.from({ length: 4 }, (_, index) => Buffer.alloc(megabyte, `answer ${index} `));
    const app = express();
    const send = (req: Request, res: Response): Promise<void> => sending.bytes(res, bodies[Number(req.params['index'])] ?? Buffer.alloc(0));
    app.get('/:index', send);
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      const ask = async (index: number): Promise<IncomingMessage> => {
        const asked = request({ host: '127.0.0.1', port, path: `/${index}`, agent: false }).end();
        const [response] = (await once(asked, 'response')) as [IncomingMessage];
        return response;
      };
      const waiting = await Promise.all([0, 1, 2, 3, 0, 3].map(async (index) => ({ index, response: await ask(index) })));
      for (const { index, response } of waiting) {
        assert.equal(response.statusCode, 200);
        assert.deepEqual(await buffer(response), bodies[index]);
      }
    } finally {
      server.close();
    }
  });
});
