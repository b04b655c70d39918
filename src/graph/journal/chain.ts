import { createHash } from 'node:crypto';
import type { Change, DatasetCount } from '../changeset.js';
import type { CommitHeader, CommitNote } from '../commit.js';
import { canonicalJson } from './canonicalJson.js';

/** What the first commit names as the one before it. */
export const genesis = '0'.repeat(64);

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The text that is hashed: canonical JSON of every member but `hash`. */
export function headerText(header: Omit<CommitHeader, 'hash'>): string {
  const { format, number, previous, time, agent, source, note, parts, purged } = header;
  return canonicalJson({ format, number, previous, time, agent, source, note, parts, purged });
}

export function sealed(header: Omit<CommitHeader, 'hash'>): CommitHeader {
  return { ...header, hash: sha256(headerText(header)) };
}

export function noteText(note: CommitNote): string {
  return canonicalJson(note);
}

export function noteDigest(note: CommitNote): string {
  return sha256(noteText(note));
}

/** Digest and counts of a part, change by change in the order of the chain. */
export class PartDigest {
  readonly #hash = createHash('sha256');
  #deleted = 0;
  #inserted = 0;

  add({ op, line }: Change): void {
    if (op === '+') this.#inserted++;
    else this.#deleted++;
    this.#hash.update(`${op}${line}\n`);
  }

  get count(): DatasetCount {
    return { deleted: this.#deleted, inserted: this.#inserted };
  }

  /** Ends the digest. */
  hex(): string {
    return this.#hash.digest('hex');
  }
}
