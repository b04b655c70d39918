import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../journal/canonicalJson.js';
import { sha256 } from '../journal/chain.js';

/** Version of the layout of a snapshot. */
export const snapshotFormat = 1;
/** Version of the canonical form of quads (`rdf/canonical.ts`): lines of another one cannot be compared. */
export const canonicalFormVersion = 1;

export interface SnapshotFile {
  readonly dataset: string;
  readonly file: string;
  readonly quads: number;
  /** SHA-256 (hex) of the file as it is, compressed. */
  readonly sha256: string;
  /** Length in bytes of each gzip member: each holds whole lines and can be read alone. */
  readonly members: readonly number[];
}

export interface Manifest {
  readonly format: number;
  readonly canonicalForm: number;
  readonly commit: number;
  /** Hash of that commit in the journal. */
  readonly hash: string;
  readonly quads: number;
  readonly files: readonly SnapshotFile[];
}

const manifestFile = 'manifest.json';

export function manifestPath(folder: string): string {
  return join(folder, manifestFile);
}

/** JSON with the digest of the rest, so that a damaged manifest is noticed. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify({ ...manifest, sha256: sha256(canonicalJson(manifest)) }, undefined, 1)}\n`;
}

/** Undefined when it is damaged. Throws when it cannot be read at all. */
export function readManifest(folder: string): Manifest | undefined {
  const { sha256: digest, ...manifest } = JSON.parse(readFileSync(manifestPath(folder), 'utf8'));
  return sha256(canonicalJson(manifest)) === digest ? manifest : undefined;
}
