import { createHash, randomUUID } from 'node:crypto';
import { fsyncSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inBatches } from '../changes/batches.js';
import type { QuadLine } from '../changeset.js';
import { orStorageFault } from '../journal/storageFaults.js';
import { syncFolder, withFile, writeAll } from './files.js';
import type { SnapshotFile } from './manifest.js';
import { canonicalFormVersion, manifestPath, manifestText, snapshotFormat } from './manifest.js';
import { removeUnfinished, snapshotName, unfinishedSuffix } from './snapshots.js';

export interface SnapshotContent {
  readonly commit: number;
  /** Hash of that commit. */
  readonly hash: string;
  readonly graphs: Iterable<{ readonly dataset: string; readonly lines: Iterable<QuadLine> }>;
}

/**
 * Writes the state at a commit as a folder of gzip N-Quads files (RDF 1.1 N-Quads, RFC 1952) and a manifest; any
 * `gunzip` reads them. It appears under its name only when it is complete and on disk. Returns its path.
 */
export function writeSnapshot(folder: string, { commit, hash, graphs }: SnapshotContent): string {
  return orStorageFault(() => {
    mkdirSync(folder, { recursive: true });
    removeUnfinished(folder);
    const target = join(folder, snapshotName(commit));
    const aside = join(folder, `${snapshotName(commit)}-${randomUUID()}${unfinishedSuffix}`);
    try {
      mkdirSync(aside);
      const files: SnapshotFile[] = [];
      for (const { dataset, lines } of graphs) {
        const file = `${String(files.length + 1).padStart(4, '0')}.nq.gz`;
        const written = writeGraph(join(aside, file), lines);
        if (written.quads > 0) files.push({ dataset, file, ...written });
        else rmSync(join(aside, file));
      }
      const quads = files.reduce((sum, file) => sum + file.quads, 0);
      const manifest = manifestText({ format: snapshotFormat, canonicalForm: canonicalFormVersion, commit, hash, quads, files });
      withFile(manifestPath(aside), 'wx', (descriptor) => {
        writeAll(descriptor, Buffer.from(manifest));
        fsyncSync(descriptor);
      });
      syncFolder(aside);
      rmSync(target, { recursive: true, force: true });
      renameSync(aside, target);
      syncFolder(folder);
    } catch (error) {
      rmSync(aside, { recursive: true, force: true });
      throw error;
    }
    return target;
  });
}

function writeGraph(path: string, lines: Iterable<QuadLine>): Omit<SnapshotFile, 'dataset' | 'file'> {
  return withFile(path, 'wx', (descriptor) => {
    const hash = createHash('sha256');
    const members: number[] = [];
    let quads = 0;
    for (const text of inBatches(lines, (line) => line.length)) {
      const content = gzipSync(text.join('\n').concat('\n'), { level: 3 });
      writeAll(descriptor, content);
      hash.update(content);
      members.push(content.length);
      quads += text.length;
    }
    fsyncSync(descriptor);
    return { quads, sha256: hash.digest('hex'), members };
  });
}
