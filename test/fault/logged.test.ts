import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceProcess } from '../support/process.js';

describe('the log of a service whose queries are stopped', () => {
  it('has a warning without a stack for each: a query that takes too long is no defect', async function () {
    this.timeout(60_000);
    const folder = await mkdtemp(join(tmpdir(), 'regiograaf-logged-'));
    const service = await ServiceProcess.start(folder, { QUERY_TIMEOUT: '200ms', LOG_LEVEL: 'warn' });
    try {
      assert.ok((await service.update(`INSERT DATA { ${Array.from({ length: 400 }, (_, index) => `<urn:s${index}> <urn:p> "${index}" .`).join('\n')} }`)).ok);
      const endless = 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) = 1) }';
      const answer = await fetch(`${service.url}/sparql?query=${encodeURIComponent(endless)}`);
      assert.equal(answer.status, 503);
      await answer.text();
    } finally {
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    }
    const lines = service.output.split('\n').filter((line) => line.includes('query-timeout'));
    assert.equal(lines.length, 1, service.output);
    const { level, stack, err } = JSON.parse(lines[0] ?? '') as { readonly level: number; readonly stack?: string; readonly err?: object };
    assert.deepEqual([level, stack, err], [40, undefined, undefined]);
  });
});
