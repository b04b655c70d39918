/** Program of the kill test: appends commits and prints the number of each one that was acknowledged. */
import { writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { openJournal } from '../../../../src/graph/journal/openJournal.js';
import { appendStep, line } from './support.js';

const path = process.argv[2] ?? '';
const journal = openJournal(path);
writeSync(1, 'ready\n');
for (let step = journal.head?.number ?? 0; ; step++) {
  // Now and then a commit of several blocks, so that a kill can fall in the middle of one.
  const size = step % 7 === 6 ? 12_000 : 2;
  appendStep(
    journal,
    dirname(path),
    [],
    Array.from({ length: size }, (_, index) => line(`${step}-${index}`, 'x', index % 2 ? 'a' : 'b')),
  );
  writeSync(1, `${journal.head?.number}\n`);
}
