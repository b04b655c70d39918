import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { createHash } from 'node:crypto';

/** Opens a file for the length of `action`. */
export function withFile<T>(path: string, flags: string, action: (descriptor: number) => T): T {
  const descriptor = openSync(path, flags);
  try {
    return action(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Writes all of `content`: a write may take less than it was given. */
export function writeAll(descriptor: number, content: Uint8Array): void {
  for (let done = 0; done < content.length; ) done += writeSync(descriptor, content, done);
}

/** Makes names in a folder (new files, a rename) survive a power cut. Windows cannot open folders and needs no such call. */
export function syncFolder(path: string): void {
  if (process.platform !== 'win32') withFile(path, 'r', fsyncSync);
}

/** SHA-256 (hex) of a file, a megabyte at a time. */
export function digestOfFile(path: string): string {
  return withFile(path, 'r', (descriptor) => {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    for (let read = readSync(descriptor, buffer); read > 0; read = readSync(descriptor, buffer)) hash.update(buffer.subarray(0, read));
    return hash.digest('hex');
  });
}
