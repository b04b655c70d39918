import assert from 'node:assert/strict';
import { readConfig } from '../../src/config.js';

describe('settings', () => {
  it('limit requests where others than this machine can reach the service, or where a limit is asked for', () => {
    assert.equal(readConfig({}).rateLimit, undefined);
    for (const HOST of ['127.0.0.1', '127.1.2.3', '::1', 'localhost']) assert.equal(readConfig({ HOST }).rateLimit, undefined);
    for (const HOST of ['0.0.0.0', '::', 'regiograaf.example', '127.example.org']) assert.equal(readConfig({ HOST }).rateLimit, 1200);
    assert.equal(readConfig({ TRUSTED_PROXIES: '1' }).rateLimit, 1200);
    assert.equal(readConfig({ HOST: '0.0.0.0', RATE_LIMIT: 'off' }).rateLimit, undefined);
    assert.equal(readConfig({ RATE_LIMIT: '60' }).rateLimit, 60);
    assert.equal(readConfig({ RATE_LIMIT: 'off' }).rateLimit, undefined);
  });
});
