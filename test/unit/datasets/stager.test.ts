import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stager } from '../../../src/datasets/stager.js';
import { Fault } from '../../../src/faults.js';
import { formatByMediaType } from '../../../src/rdf/mediaTypes.js';

const format = formatByMediaType('text/turtle');
assert.ok(format);
const document = (statements: number): Uint8Array[] =>
  Array.from({ length: statements / 1000 }, (_, part) => Buffer.from(Array.from({ length: 1000 }, (_none, index) => `<urn:s${part}> <urn:p> "${index}" .\n`).join('')));

describe('taking documents in', () => {
  let folder: string;
  let stager: Stager;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'regiograaf-stager-'));
    stager = await Stager.open({ folder, base: 'http://localhost:3000/', maxBytes: 2 ** 30, deadlines: { small: 60_000, large: undefined, anonymous: 50 } });
  });
  after(async () => {
    await stager.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('ends what takes too long to read, and holds up nobody else with it', async () => {
    const slow = stager.stage(document(60_000), { format, anonymous: true });
    const [answer, other] = await Promise.allSettled([slow, stager.stage(document(1000), { format })]);
    assert.ok(answer.status === 'rejected' && answer.reason instanceof Fault && answer.reason.code === 'reading-timeout', String(answer.status));
    assert.ok(other.status === 'fulfilled' && other.value.quads === 1000);
  });

  it('takes less from who has no token', async () => {
    await assert.rejects(stager.stage([Buffer.alloc(17 * 1024 ** 2, ' ')], { format, anonymous: true }), (fault) => fault instanceof Fault && fault.code === 'too-large');
  });
});
