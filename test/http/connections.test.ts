import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientOf } from '../../src/http/clientAddress.js';
import type { ConnectionLimits } from '../../src/http/connections.js';
import { createLimitedServer } from '../../src/http/server.js';
import { TestService } from '../support/service.js';

const limits: ConnectionLimits = { connections: 100, perClient: 100, rateLimit: 'off', trustedProxies: 0 };

/** All that comes back on a connection until it is closed. */
async function answerOn(socket: Socket, request: string): Promise<string> {
  let text = '';
  socket.setEncoding('utf8').on('data', (part) => (text += part));
  if (!socket.destroyed) {
    socket.write(request);
    await once(socket, 'close');
  }
  return text;
}

describe('HTTP: many connections', () => {
  const opened = new Set<Socket>();
  let servers: Server[] = [];

  afterEach(() => {
    for (const socket of opened) socket.destroy();
    opened.clear();
    for (const server of servers) server.close();
    servers = [];
  });

  async function open(port: number): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    opened.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => opened.delete(socket));
    await once(socket, 'connect');
    return socket;
  }

  async function listening(settings: Partial<ConnectionLimits> & { readonly bodyWindow?: number }): Promise<number> {
    const server = createLimitedServer(
      (req, res) => void req.resume().once('end', () => res.end(`klaar ${req.url}`)),
      { ...limits, ...settings },
    );
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  const ask = 'GET /status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';

  describe('of one client', () => {
    let service: TestService;
    let port: number;

    before(async () => {
      service = await TestService.start({ MAX_CONNECTIONS_PER_CLIENT: '10' });
      port = Number(new URL(service.url).port);
    });
    after(() => service.stop());

    it('that are held open without asking anything keep nobody out: the oldest give way', async () => {
      for (let count = 0; count < 40; count += 1) await open(port);
      assert.match(await answerOn(await open(port), ask), /^HTTP\/1\.1 200/);
      for (let attempt = 0; attempt < 100 && opened.size > 10; attempt += 1) await sleep(20);
      assert.ok(opened.size <= 10, `${opened.size} are still open`);
    });

    it('that are being answered are not cut off: the next is told to come back, until one is closed', async () => {
      const streams: Socket[] = [];
      for (let count = 0; count < 10; count += 1) {
        const socket = await open(port);
        socket.write('GET /ldes/actoren/gebeurtenissen HTTP/1.1\r\nHost: localhost\r\n\r\n');
        const [first] = (await once(socket, 'data')) as [Buffer];
        assert.match(first.toString(), /^HTTP\/1\.1 200/);
        streams.push(socket);
      }
      const refused = await answerOn(await open(port), ask);
      assert.match(refused, /^HTTP\/1\.1 503[^]*retry-after: 5[^]*"code":"busy"/i);
      assert.equal(streams.filter(({ destroyed }) => destroyed).length, 0);
      streams[0]?.destroy();
      let answer = '';
      for (let attempt = 0; attempt < 100 && !answer.startsWith('HTTP/1.1 200'); attempt += 1) {
        await sleep(20);
        answer = await answerOn(await open(port), ask);
      }
      assert.match(answer, /^HTTP\/1\.1 200/);
    });
  });

  it('opened by the thousand by one client are closed once it has opened twice as many as it may make requests a minute', async () => {
    const port = await listening({ rateLimit: 5 });
    const answers: string[] = [];
    for (let count = 0; count < 14; count += 1) answers.push(await answerOn(await open(port), ask));
    assert.deepEqual(answers.map((text) => text.slice(9, 12)), [...Array.from({ length: 10 }, () => '200'), '', '', '', '']);
  });

  it('of a trusted proxy count in the total only', async () => {
    const port = await listening({ rateLimit: 5, perClient: 2, trustedProxies: 1 });
    for (let count = 0; count < 14; count += 1) await open(port);
    assert.match(await answerOn(await open(port), ask), /^HTTP\/1\.1 200/);
    assert.equal(opened.size, 14);
  });

  it('on which a body was announced give way to a new one, but those that bring theirs do not', async () => {
    const port = await listening({ perClient: 10 });
    const steady = await open(port);
    const taken = answerOn(steady, `POST /groot HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 20000\r\n\r\n${'x'.repeat(10_000)}`);
    for (let count = 0; count < 30; count += 1) (await open(port)).write('POST /stil HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx');
    assert.match(await answerOn(await open(port), ask), /^HTTP\/1\.1 200/);
    steady.write('x'.repeat(10_000));
    assert.match(await taken, /^HTTP\/1\.1 200[^]*klaar \/groot/);
  });

  it('of a thousand together are no more than may be open', async () => {
    const port = await listening({ connections: 20 });
    for (let count = 0; count < 50; count += 1) await open(port);
    assert.match(await answerOn(await open(port), ask), /^HTTP\/1\.1 200/);
    for (let attempt = 0; attempt < 100 && opened.size > 20; attempt += 1) await sleep(20);
    assert.ok(opened.size <= 20, `${opened.size} are still open`);
  });

  it('on which a body was announced that does not come are ended with 408; one that comes slowly is taken', async () => {
    const port = await listening({ bodyWindow: 600 });
    const silent = answerOn(await open(port), 'POST /stil HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n');
    const steady = await open(port);
    const taken = answerOn(steady, 'POST /traag HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 10000\r\n\r\n');
    for (let sent = 0; sent < 10_000; sent += 200) {
      steady.write('x'.repeat(200));
      await sleep(40);
    }
    assert.match(await taken, /^HTTP\/1\.1 200[^]*klaar \/traag/);
    assert.match(await silent, /^HTTP\/1\.1 408/);
  });
});

describe('Who counts as one client', () => {
  it('is an address, or what one subscriber has of IPv6', () => {
    assert.equal(clientOf('192.0.2.7'), '192.0.2.7');
    assert.equal(clientOf('::ffff:192.0.2.7'), '192.0.2.7');
    assert.equal(clientOf('2001:db8:1:2:3:4:5:6'), clientOf('2001:db8:1:2::1'));
    assert.notEqual(clientOf('2001:db8:1:2::1'), clientOf('2001:db8:1:3::1'));
    assert.equal(clientOf('fe80::1%eth0'), clientOf('fe80::2%eth0'));
    assert.equal(clientOf(undefined), '');
  });
});
