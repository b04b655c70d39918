import assert from 'node:assert/strict';
import type { lookup } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Fault } from '../../../src/faults.js';
import { HostList, isPublicAddress } from '../../../src/federation/addresses.js';
import { GuardedFetch, type GuardedFetchOptions } from '../../../src/federation/guardedFetch.js';

/* Stands for a name server: each question takes the next of the answers. */
function names(...answers: readonly (readonly string[])[]): typeof lookup {
  let next = 0;
  const resolve = (_host: string, _options: unknown, done: (error: null, found: readonly { address: string; family: number }[]) => void): void => {
    const found = answers[Math.min(next, answers.length - 1)] ?? [];
    next += 1;
    done(null, found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  };
  return resolve as typeof lookup;
}

describe('fetching from others', () => {
  it('knows which addresses are public', () => {
    for (const address of ['8.8.8.8', '193.191.210.1', '2001:4860:4860::8888', '::ffff:8.8.8.8']) assert.ok(isPublicAddress(address), address);
    const others = ['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '192.0.2.1', '198.18.0.1', '::1', '::', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', 'x'];
    for (const address of others) assert.ok(!isPublicAddress(address), address);
  });

  it('lists hosts by name, with their port, or everything below a name', () => {
    const list = new HostList(['data.example.be', '*.example.org', 'intern:8080']);
    for (const url of ['https://data.example.be/x', 'http://DATA.example.be/', 'https://a.b.example.org/', 'http://intern:8080/']) assert.ok(list.has(new URL(url)), url);
    for (const url of ['https://example.org/', 'https://evilexample.org/', 'https://data.example.be:8443/', 'https://x.data.example.be/', 'http://intern/', 'https://a.example.org:81/', 'https://data.example.be.evil.test/']) assert.ok(!list.has(new URL(url)), url);
    assert.ok(new HostList(['*']).has(new URL('https://anything.test/')));
    assert.ok(!new HostList(['*']).has(new URL('https://anything.test:22/')));
  });

  let server: Server;
  let port: number;
  let requests = 0;
  before(async () => {
    server = createServer((req, res) => {
      requests += 1;
      if (req.url === '/rond') res.writeHead(302, { location: '/rond' }).end();
      else if (req.url === '/traag') res.writeHead(200).write('a');
      else if (req.url === '/groot') res.writeHead(200).end('x'.repeat(2000));
      else if (req.url === '/gepakt') res.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
      else res.writeHead(200, { 'content-type': 'text/turtle;charset=utf-8' }).end('goed');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const read = async (options: Partial<GuardedFetchOptions>, path = '/', host = 'naam.test'): Promise<string> => {
    const fetcher = new GuardedFetch({ allow: [], ...options });
    try {
      const { body } = await fetcher.fetch(`http://${host}:${port}${path}`, '*/*');
      let text = '';
      for await (const chunk of body) text += Buffer.from(chunk).toString();
      return text;
    } finally {
      await fetcher.close();
    }
  };
  const refusal = async (options: Partial<GuardedFetchOptions>, path?: string, host?: string): Promise<string> => {
    try {
      return await read(options, path, host);
    } catch (error) {
      assert.ok(error instanceof Fault, String(error));
      return error.code;
    }
  };
  it('asks an internal host only when the operator said so', async () => {
    assert.equal(await read({ allowPrivate: [`naam.test:${port}`], resolve: names(['127.0.0.1']) }), 'goed');
    const before = requests;
    assert.equal(await refusal({ allow: [`naam.test:${port}`], resolve: names(['127.0.0.1']) }), 'address-refused');
    assert.equal(await refusal({ allow: [`naam.test:${port}`], resolve: names(['8.8.8.8', '127.0.0.1']) }), 'address-refused');
    assert.equal(await refusal({ allow: [`127.0.0.1:${port}`] }, '/', '127.0.0.1'), 'address-refused');
    assert.equal(await refusal({ allow: [`[::ffff:7f00:1]:${port}`] }, '/', '[::ffff:7f00:1]'), 'address-refused');
    assert.equal(await refusal({}), 'address-refused');
    assert.equal(requests, before);
  });

  it('judges the address that is connected to, not one that was looked up before', async () => {
    const before = requests;
    const options = { allow: [`naam.test:${port}`], timeout: 1500, resolve: names(['192.0.2.1'], ['127.0.0.1']) };
    assert.equal(await refusal(options), 'address-refused');
    assert.equal(await refusal(options), 'address-refused');
    assert.equal(requests, before);
  });

  it('ends what goes round, takes too long or is too large', async () => {
    const options = { allowPrivate: [`naam.test:${port}`], resolve: names(['127.0.0.1']) };
    assert.equal(await refusal(options, '/rond'), 'source-unavailable');
    assert.equal(await refusal({ ...options, timeout: 300 }, '/traag'), 'source-unavailable');
    assert.equal(await refusal({ ...options, maxBytes: 1000 }, '/groot'), 'too-large');
    assert.equal(await refusal(options, '/gepakt'), 'source-unavailable');
  });
});
