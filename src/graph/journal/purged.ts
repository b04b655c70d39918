import type { CommitHeader } from '../commit.js';
import type { JournalReader } from './journal.js';

const page = 1_000;

/** Every header, oldest first, a page at a time. */
export function* allHeaders(reader: JournalReader, from = 1): Iterable<CommitHeader> {
  for (let headers = reader.headersFrom(from, page); headers.length > 0; headers = reader.headersFrom((headers.at(-1)?.number ?? 0) + 1, page)) {
    yield* headers;
  }
}

/** What purges left of earlier parts: commit -> dataset -> the digest its content has now. */
export function digestsAfterPurges(reader: JournalReader): ReadonlyMap<number, ReadonlyMap<string, string>> {
  const digests = new Map<number, Map<string, string>>();
  for (const { purged } of allHeaders(reader)) {
    for (const { commit, dataset, after } of purged ?? []) {
      let parts = digests.get(commit);
      if (!parts) digests.set(commit, (parts = new Map()));
      parts.set(dataset, after);
    }
  }
  return digests;
}

export const lastPurgeSetting = 'last-purge';

/** Number of the last purge commit, 0 for none: what was derived from the log before it may hold what was erased. */
export function lastPurgeOf(reader: JournalReader): number {
  return Number(reader.setting(lastPurgeSetting) ?? 0);
}
