/**
 * Program of the kill test: appends commits to the journal it is given and prints the number of each one that was
 * acknowledged. Commit n has `sizeOf(n)` quads.
 */
import { writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { diff } from '../../../../src/graph/changes/algebra.js';
import { openJournal } from '../../../../src/graph/journal/openJournal.js';
import { sizeOf } from './sizeOf.js';

const path = process.argv[2] ?? '';
const journal = openJournal(path);
writeSync(1, 'ready\n');
for (;;) {
  const number = (journal.head?.number ?? 0) + 1;
  const lines = Array.from(
    { length: sizeOf(number) },
    (_, index) => `<https://regio.example/${number}/${index}> <http://purl.org/dc/terms/title> "x" <https://regio.example/id/dataset/${index % 2}> .`,
  );
  const changes = diff([], lines, { folder: dirname(path) });
  const commit = journal.append({ agent: { role: 'system' }, source: 'load', note: { message: '' } }, changes, []);
  writeSync(1, `${commit.number}\n`);
}
