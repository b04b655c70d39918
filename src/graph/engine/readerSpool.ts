import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A long answer: the rows themselves when there are few, else a file. The reader is free for others as soon as the
 * file is written; how fast somebody downloads it is then nobody else's concern.
 */
export type Spooled = { readonly rows: readonly string[] } | { readonly path: string };

/** Rows that travel inside the message. */
const inMessage = 5000;
/** Characters written or handed out at a time. */
const chunk = 256 * 1024;

let spooled = 0;

/** Takes rows (without line ends in them) to a file when they are many. */
export function spool(rows: Iterable<string>, folder: string): Spooled {
  const kept: string[] = [];
  const iterator = rows[Symbol.iterator]();
  for (let next = iterator.next(); !next.done; next = iterator.next()) {
    kept.push(next.value);
    if (kept.length > inMessage) return { path: toFile(kept, iterator, folder) };
  }
  return { rows: kept };
}

function toFile(kept: readonly string[], rest: Iterator<string>, folder: string): string {
  const path = join(folder, `answer-${(spooled += 1)}`);
  const file = openSync(path, 'wx', 0o600);
  try {
    let text = `${kept.join('\n')}\n`;
    for (let next = rest.next(); !next.done; next = rest.next()) {
      text += `${next.value}\n`;
      if (text.length > chunk) {
        writeSync(file, text);
        text = '';
      }
    }
    writeSync(file, text);
  } finally {
    closeSync(file);
  }
  return path;
}

/** Writes bytes to a file of their own; whoever reads it removes it. */
export function spoolBytes(bytes: Uint8Array, folder: string): string {
  const path = join(folder, `answer-${(spooled += 1)}`);
  writeFileSync(path, bytes, { flag: 'wx', mode: 0o600 });
  return path;
}

/** Removes the file of an answer that nobody waits for any more; other answers have none. */
export function discard(answer: unknown): void {
  if (typeof answer === 'object' && answer !== null && 'path' in answer) void rm(String(answer.path), { force: true });
}

/** Reads a long answer in batches, as fast as its consumer takes them; the file is gone from the folder at once. */
export async function* unspool(answer: Spooled): AsyncGenerator<readonly string[], void, undefined> {
  if ('rows' in answer) {
    if (answer.rows.length > 0) yield answer.rows;
    return;
  }
  const file = await open(answer.path, 'r');
  await rm(answer.path, { force: true });
  let rest = '';
  for await (const text of file.createReadStream({ encoding: 'utf8', highWaterMark: chunk })) {
    const rows = (rest + String(text)).split('\n');
    rest = rows.pop() ?? '';
    if (rows.length > 0) yield rows;
  }
}
