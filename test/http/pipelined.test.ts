import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestService } from '../support/service.js';

describe('HTTP: many requests on one connection', () => {
  let service: TestService;

  before(async () => {
    service = await TestService.start();
  });
  after(() => service.stop());

  /** Everything that comes back for so many requests sent in one go. */
  async function sent(count: number): Promise<string> {
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.setEncoding('utf8').on('data', (part) => (text += part));
    socket.on('error', () => undefined);
    const last = `GET /status HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`;
    socket.write(`GET /status HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`.repeat(count - 1) + last);
    await once(socket, 'close');
    return text;
  }

  it('answers forty that are sent in one go', async () => {
    assert.equal((await sent(40)).match(/^HTTP\/1\.1 200/gm)?.length, 40);
  });

  it('answers fifty of five thousand, says why not the others, and closes', async () => {
    const answers = await sent(5000);
    assert.deepEqual(answers.match(/^HTTP\/1\.1 \d+/gm), [...Array.from({ length: 50 }, () => 'HTTP/1.1 200'), 'HTTP/1.1 503']);
    assert.match(answers, /"code": ?"busy"/);
  });

  it('gives back the places of event streams that were asked for on one connection, once it is closed', async () => {
    const { hostname, port } = new URL(service.url);
    const path = '/ldes/actoren/gebeurtenissen';
    for (let round = 0; round < 6; round += 1) {
      const socket = connect(Number(port), hostname);
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`.repeat(45));
      await once(socket, 'data');
      // The others were asked for in the same go: now they are there too.
      await fetch(`${service.url}/status`);
      socket.destroy();
    }
    let statuses: readonly number[] = [];
    for (let attempt = 0; attempt < 50 && !same(statuses, 200); attempt += 1) {
      await sleep(100);
      const left = new AbortController();
      const answers = await Promise.all(Array.from({ length: 30 }, () => fetch(service.url + path, { signal: left.signal })));
      statuses = answers.map(({ status }) => status);
      left.abort();
    }
    assert.deepEqual([...new Set(statuses)], [200]);
  });
});

function same(statuses: readonly number[], wanted: number): boolean {
  return statuses.length > 0 && statuses.every((status) => status === wanted);
}
