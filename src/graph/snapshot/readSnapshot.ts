import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Text } from '../../faults.js';
import { Fault } from '../../faults.js';
import type { QuadLine } from '../changeset.js';
import type { JournalReader } from '../journal/journal.js';
import { lastPurgeOf } from '../journal/purged.js';
import { digestOfFile } from './files.js';
import type { Manifest } from './manifest.js';
import { canonicalFormVersion, readManifest, snapshotFormat } from './manifest.js';
import { snapshotNames } from './snapshots.js';

export interface Trust {
  /** Hash of a commit in the journal: a snapshot of another history is none of ours. */
  readonly hashOf: (commit: number) => string | undefined;
  /** Oldest commit a snapshot may be of: the last purge, since older ones may hold what was erased. */
  readonly from?: number;
}

export interface NewestSnapshot {
  readonly snapshot?: { readonly path: string; readonly commit: number; readonly quads: number };
  /** Newer ones that were passed over, and why. */
  readonly skipped: readonly { readonly path: string; readonly reason: Text }[];
}

/** What a journal says of which snapshots to trust. */
export function trustOf(reader: JournalReader): Trust {
  return { hashOf: (commit) => reader.header(commit)?.hash, from: lastPurgeOf(reader) };
}

/** The newest snapshot that is whole and belongs to this journal. */
export function newestSnapshot(folder: string, trust: Trust): NewestSnapshot {
  const skipped: { path: string; reason: Text }[] = [];
  for (const name of snapshotNames(folder)) {
    const path = join(folder, name);
    const found = check(path, trust);
    if ('manifest' in found) return { snapshot: { path, commit: found.manifest.commit, quads: found.manifest.quads }, skipped };
    skipped.push({ path, reason: found.reason });
  }
  return { skipped };
}

/** Every snapshot that is whole and belongs to this journal, newest first. */
export function snapshotsOf(folder: string, trust: Trust): readonly { readonly path: string; readonly commit: number; readonly quads: number }[] {
  return snapshotNames(folder).flatMap((name) => {
    const path = join(folder, name);
    const found = check(path, trust);
    return 'manifest' in found ? [{ path, commit: found.manifest.commit, quads: found.manifest.quads }] : [];
  });
}

function check(path: string, { hashOf, from = 0 }: Trust): { readonly manifest: Manifest } | { readonly reason: Text } {
  try {
    const manifest = readManifest(path);
    if (!manifest) return { reason: { nl: 'Het manifest is beschadigd.', en: 'The manifest is damaged.' } };
    const { format, canonicalForm, commit, hash, files } = manifest;
    if (format !== snapshotFormat || canonicalForm !== canonicalFormVersion) {
      return { reason: { nl: 'Gemaakt door een andere versie van Regiograaf.', en: 'Made by another version of Regiograaf.' } };
    }
    if (commit < from) return { reason: { nl: 'Ouder dan de laatste keer dat gegevens werden gewist.', en: 'Older than the last purge.' } };
    if (hash !== hashOf(commit)) return { reason: { nl: 'Hoort niet bij dit logboek.', en: 'Does not belong to this log.' } };
    const broken = files.find(({ file, sha256 }) => digestOfFile(join(path, file)) !== sha256);
    if (broken) return { reason: { nl: `${broken.file} is beschadigd.`, en: `${broken.file} is damaged.` } };
    return { manifest };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { reason: { nl: `Onleesbaar: ${message}`, en: `Unreadable: ${message}` } };
  }
}

/**
 * The quads of a snapshot that `newestSnapshot` accepted, a batch (at most 10,000 lines) at a time; only of the
 * datasets wanted.
 */
export function* readSnapshot(
  path: string,
  wanted: (dataset: string) => boolean = () => true,
): Iterable<{ readonly dataset: string; readonly lines: readonly QuadLine[] }> {
  const manifest = readManifest(path);
  if (!manifest) throw damaged();
  for (const { dataset, file, members } of manifest.files) {
    if (!wanted(dataset)) continue;
    const descriptor = openSync(join(path, file), 'r');
    try {
      for (const length of members) yield { dataset, lines: readMember(descriptor, length) };
    } finally {
      closeSync(descriptor);
    }
  }
}

function readMember(descriptor: number, length: number): readonly QuadLine[] {
  const content = Buffer.allocUnsafe(length);
  for (let done = 0; done < length; ) {
    const read = readSync(descriptor, content, done, length - done, null);
    if (read === 0) throw damaged();
    done += read;
  }
  const lines = gunzipSync(content).toString().split('\n');
  if (lines.pop() !== '') throw damaged();
  return lines;
}

function damaged(): Fault {
  return new Fault('internal', {
    nl: 'De momentopname is beschadigd. Verwijder ze: de dienst start dan vanaf het logboek.',
    en: 'The snapshot is damaged. Remove it: the service then starts from the log.',
  });
}
