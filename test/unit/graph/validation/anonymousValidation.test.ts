import assert from 'node:assert/strict';
import { Fault } from '../../../../src/faults.js';
import { allRights, anonymous } from '../../../../src/graph/principal.js';
import type { ValidationReport } from '../../../../src/graph/validation/report.js';
import { Validation } from '../../../../src/graph/validation/validation.js';

const report: ValidationReport = { conforms: true, results: [], truncated: false, counts: { Violation: 0, Warning: 0, Info: 0 } };
const request = { document: { path: '/nergens', quads: 10, blankNodes: false, digest: '' }, dataset: 'http://ex.org/d' };

describe('Validation against the graph', () => {
  it('by people without a token takes one turn of the writer at a time, and by others as many as they ask', async () => {
    const turns: { readonly role: string; readonly end: () => void }[] = [];
    const validation = new Validation({
      entry: new URL('file:///nergens.js'),
      anonymousTimeout: 1000,
      knownTimeout: 1000,
      base: 'http://ex.org/',
      unionDefaultGraph: true,
      limit: 10,
      inDataset: ({ principal }) => new Promise((resolve) => turns.push({ role: principal.role, end: () => resolve(report) })),
      linesOf: async function* () {},
    });
    const all = Array.from({ length: 100 }, () => validation.validate(request, anonymous));
    const refused = await Promise.allSettled(all.slice(16));
    for (const one of refused) assert.ok(one.status === 'rejected' && one.reason instanceof Fault && one.reason.code === 'busy');
    const known = [validation.validate(request, allRights), validation.validate(request, allRights)];
    assert.deepEqual(turns.map(({ role }) => role), [anonymous.role, allRights.role, allRights.role]);
    for (let done = 0; done < turns.length; done += 1) {
      turns[done]?.end();
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(await Promise.all([...all.slice(0, 16), ...known]), Array.from({ length: 18 }, () => report));
    await validation.close();
  });
});
