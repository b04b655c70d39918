import { existsSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { ReaderCalls, ReaderHealth } from '../../../../src/graph/engine/readerProtocol.js';
import { serve } from '../../../../src/graph/threads/rpc.js';

/**
 * A reader without data whose jobs say how it dies: the IRI asked for is `never`, `always` or `once:<marker file>`.
 * Each job costs it a megabyte, and it answers how many it did. It cannot apply commit 99.
 */
const megabyte = 1024 * 1024;
let jobs = 0;

function health(): ReaderHealth {
  return { commit: 1, quads: 0, memoryBytes: (jobs + 1) * megabyte };
}

if (parentPort === null) throw new Error('a worker thread');
serve<ReaderCalls>(parentPort, {
  load: health,
  apply({ number }) {
    if (number !== 99) return health();
    process.nextTick(() => process.exit(1));
    throw new Error('this reader cannot follow');
  },
  run({ args }) {
    const fate = 'iri' in args ? args.iri : 'never';
    const marker = fate.startsWith('once:') ? fate.slice(5) : undefined;
    if (fate === 'always' || (marker !== undefined && !existsSync(marker))) {
      if (marker !== undefined) writeFileSync(marker, '');
      process.exit(1);
    }
    jobs += 1;
    return { value: { gone: jobs }, health: health() };
  },
});
