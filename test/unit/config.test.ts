import assert from 'node:assert/strict';
import { readConfig } from '../../src/config.js';

describe('settings', () => {
  it('have a rate limit unless it is switched off', () => {
    assert.equal(readConfig({}).rateLimit, 1200);
    assert.equal(readConfig({ RATE_LIMIT: '60' }).rateLimit, 60);
    assert.equal(readConfig({ RATE_LIMIT: 'off' }).rateLimit, undefined);
  });
});
