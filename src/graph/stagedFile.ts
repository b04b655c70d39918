import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { Quad } from '@rdfjs/types';
import { fromLine } from '../rdf/nquads.js';
import type { QuadLine } from './changeset.js';

/** One quad of a staged document and the line of the source its subject's statement starts on (0: unknown). */
export interface StagedRow {
  readonly line: number;
  readonly quad: QuadLine;
}

const chunkBytes = 256 * 1024;

/** The text of one row of a staged file. */
export function stagedRow(line: number, quad: QuadLine): string {
  return `${line}\t${quad}\n`;
}

/** Reads a staged file in batches of about `chunkBytes`; memory does not grow with the file. */
export function* readStaged(path: string): Generator<readonly StagedRow[]> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    const decoder = new StringDecoder('utf8');
    let rest = '';
    for (;;) {
      const length = readSync(file, buffer, 0, chunkBytes, null);
      const text = rest + (length > 0 ? decoder.write(buffer.subarray(0, length)) : decoder.end());
      const rows = text.split('\n');
      rest = rows.pop() ?? '';
      if (rows.length > 0) yield rows.map(parseRow);
      if (length === 0) return;
    }
  } finally {
    closeSync(file);
  }
}

/** The quads of a staged file. */
export function* stagedQuads(path: string): Generator<Quad> {
  for (const rows of readStaged(path)) for (const row of rows) yield fromLine(row.quad);
}

function parseRow(row: string): StagedRow {
  const tab = row.indexOf('\t');
  return { line: Number(row.slice(0, tab)), quad: row.slice(tab + 1) };
}
