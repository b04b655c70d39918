import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { syncFolder, writeAll } from '../../graph/snapshot/files.js';
import { DeltaFiles } from './deltaFile.js';
import type { DeltaWriter } from './deltaWriter.js';
import { isTagged } from './encode.js';
import { dumpIds } from './names.js';
import type { DumpRow, StreamRow } from './rows.js';
import { dumpsOf } from './schema.js';

/**
 * Statements repeated at the end of a dump. The real consumer takes batches of 100 and loses a last one of up to 15
 * statements without a word; what it loses then has been said before.
 */
const repeatedTail = 16;
const chunk = 256 * 1024;
const unfinished = '.tmp';

/** Path of a dump by the id of its file. */
export function dumpPath(folder: string, file: string): string {
  return join(dumpsOf(folder), `${file}.ttl`);
}

/** Line ends to readers in JavaScript, though not to N-Triples: the consumer up to 0.1.4 reads a dump line by line. */
function onOneLine(line: string): string {
  return line.replace(/[\u2028\u2029]/gu, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}

/** The tail of a dump: its last statements, more than once when they are fewer. */
function tailOf(last: readonly string[]): readonly string[] {
  return last.length === 0 ? [] : Array.from({ length: repeatedTail }, (_, index) => last[(last.length * repeatedTail + index - repeatedTail) % last.length] ?? '');
}

interface Written {
  readonly statements: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Writes statements as N-Triples lines, which are Turtle; none is a file of 0 bytes, since comments alone make the consumer wait for ever. */
function writeStatements(path: string, statements: Iterable<string>): Written {
  const file = openSync(path, 'w', 0o600);
  try {
    const hash = createHash('sha256');
    const last: string[] = [];
    let [count, bytes, text] = [0, 0, ''];
    const put = (): void => {
      const content = Buffer.from(text);
      writeAll(file, content);
      hash.update(content);
      bytes += content.length;
      text = '';
    };
    for (const statement of statements) {
      const line = onOneLine(statement);
      text += `${line}\n`;
      count += 1;
      last.push(line);
      if (last.length > repeatedTail) last.shift();
      if (text.length > chunk) put();
    }
    for (const line of tailOf(last)) text += `${line}\n`;
    put();
    fsyncSync(file);
    return { statements: count, bytes, sha256: hash.digest('hex') };
  } finally {
    closeSync(file);
  }
}

/**
 * Makes a dump of what a stream says: a file without the texts that have a language (the real consumer loses the
 * language of those) and delta files with them, dated 1 ms after the release and later. It is listed once all are on disk.
 */
export function makeDump(db: Database.Database, writer: DeltaWriter, stream: StreamRow, options: { readonly folder: string; readonly base: string }): DumpRow {
  const { folder, base } = options;
  const { id, name, number } = stream;
  const released = writer.nextMoment(stream);
  const ids = dumpIds(base, name, released);
  const path = dumpPath(folder, ids.file);
  const written = writeStatements(path + unfinished, untagged(writer.state.statements(id)));
  renameSync(path + unfinished, path);
  syncFolder(dumpsOf(folder));
  return db
    .transaction(() => {
      const previous = db.prepare<[number], string>('SELECT id FROM dump WHERE stream = ? ORDER BY released DESC LIMIT 1').pluck().get(id) ?? null;
      db.prepare('UPDATE stream SET last = ?, kept = coalesce(kept, ?), dirty = 0 WHERE id = ?').run(released, released, id);
      const files = new DeltaFiles((changesets) => writer.addFile(name, changesets, number, released));
      let tagged = 0;
      for (const line of writer.state.statements(id)) {
        if (!isTagged(line)) continue;
        files.add('+', line);
        tagged += 1;
      }
      files.flush();
      const row: DumpRow = { id: ids.dataset, stream: id, distribution: ids.distribution, file: ids.file, released, number, tagged, previous, ...written };
      db.prepare(
        'INSERT INTO dump (id, stream, distribution, file, released, number, statements, tagged, bytes, sha256, previous) VALUES (@id, @stream, @distribution, @file, @released, @number, @statements, @tagged, @bytes, @sha256, @previous)',
      ).run(row);
      return row;
    })
    .immediate();
}

function* untagged(statements: Iterable<string>): Generator<string> {
  for (const line of statements) if (!isTagged(line)) yield line;
}

/** Removes dumps that no row speaks of: unfinished ones and those that were replaced. Who is reading one reads on. */
export function removeStrayDumps(db: Database.Database, folder: string): void {
  const known = new Set(db.prepare<[], string>('SELECT file FROM dump').pluck().all().map((file) => `${file}.ttl`));
  for (const name of readdirSync(dumpsOf(folder))) if (!known.has(name)) rmSync(join(dumpsOf(folder), name), { force: true });
}
