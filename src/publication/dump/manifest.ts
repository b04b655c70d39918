import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the data folder with the full downloads; it can be thrown away and is made anew. */
export const dumpFolder = 'dumps';
/** Version of the layout and of how files are written. */
export const dumpFormat = 2;

/** One file that can be downloaded. */
export interface DumpFile {
  /** Name on disk. */
  readonly file: string;
  /** IRI of the dataset; absent for everything. */
  readonly dataset?: string;
  /** Path below `/dumps/`. */
  readonly path: string;
  readonly mediaType: string;
  readonly compressed: boolean;
  readonly bytes: number;
  readonly sha256: string;
}

export interface DumpedDataset {
  readonly dataset: string;
  readonly quads: number;
  /** Last commit that changed it. */
  readonly commit: number;
}

/** What a set of downloads holds: all of one commit. */
export interface DumpManifest {
  readonly format: number;
  readonly base: string;
  readonly commit: number;
  /** Hash of that commit in the log. */
  readonly hash: string;
  /** Time of that commit. */
  readonly time: string;
  /** When the set was made. */
  readonly made: string;
  /** The last purge of the log it was made of. */
  readonly purge: number;
  readonly datasets: readonly DumpedDataset[];
  readonly files: readonly DumpFile[];
}

export interface FoundDumps {
  readonly folder: string;
  readonly manifest: DumpManifest;
}

const manifestFile = 'manifest.json';
const named = /^dump-\d{12}$/;
export const unfinishedSuffix = '.tmp';

export function dumpName(commit: number): string {
  return `dump-${String(commit).padStart(12, '0')}`;
}

export function manifestPath(folder: string): string {
  return join(folder, manifestFile);
}

function readManifest(folder: string): DumpManifest | undefined {
  try {
    const manifest = JSON.parse(readFileSync(manifestPath(folder), 'utf8')) as DumpManifest;
    return manifest.format === dumpFormat ? manifest : undefined;
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The newest whole set. */
export function newestDumps(root: string): FoundDumps | undefined {
  for (const name of namesIn(root).filter((one) => named.test(one)).toSorted().toReversed()) {
    const folder = join(root, name);
    const manifest = readManifest(folder);
    if (manifest) return { folder, manifest };
  }
  return undefined;
}

/** Removes every set but one, and what an interrupted process left. Who is downloading a file goes on to its end. */
export function removeDumps(root: string, keep?: string): void {
  for (const name of namesIn(root)) if (join(root, name) !== keep) rmSync(join(root, name), { recursive: true, force: true });
}
