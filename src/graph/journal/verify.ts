import type { Text } from '../../faults.js';
import type { CommitHeader } from '../commit.js';
import { genesis, noteDigest, PartDigest, sealed } from './chain.js';
import type { JournalReader } from './journal.js';
import { allHeaders } from './purged.js';

export interface Problem {
  /** 0: the journal as a whole. */
  readonly commit: number;
  readonly dataset?: string;
  readonly what: Text;
}

export type Verdict =
  | { readonly ok: true; readonly commits: number; readonly quads: number }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface VerifyOptions {
  /** Called after each commit. */
  readonly progress?: (commit: number, head: number) => void;
  /** Stop after this many problems: a journal of another version would have one for every commit. */
  readonly limit?: number;
}

/** What purges declare about one part: the digests it had and has, oldest first. */
type Declared = ReadonlyMap<string, readonly { readonly by: number; readonly before: string; readonly after: string }[]>;

/**
 * Checks the whole journal: every hash, link, time, note, part and count, what purges declare, and the storage
 * itself. Memory is one stored block and what was purged. Never throws for damage: that is what it reports. A byte
 * that no read can return (the unused middle of a page, a counter in the file's header) is no part of the journal:
 * when it changes, nothing did.
 */
export function verifyJournal(reader: JournalReader, { progress, limit = 100 }: VerifyOptions = {}): Verdict {
  const problems: Problem[] = [];
  let commits = 0;
  let quads = 0;
  attempt(problems, 0, () => {
    for (const line of reader.damage()) problems.push({ commit: 0, what: { nl: `De opslag is beschadigd: ${line}.`, en: `The storage is damaged: ${line}.` } });
  });
  attempt(problems, 0, () => {
    const { declared, lastPurge } = purges(reader);
    const head = reader.head?.number ?? 0;
    let previous: CommitHeader | undefined;
    for (let number = 1; number <= head && problems.length < limit; number++) {
      const header = attempt(problems, number, () => reader.header(number));
      if (header) {
        checkHeader(header, number, previous, problems);
        attempt(problems, number, () => checkNote(reader, header, lastPurge, problems));
        for (const part of header.parts) {
          attempt(problems, number, () => {
            quads += checkPart(reader, header, part.dataset, declared, problems);
          });
        }
        previous = header;
      } else {
        problems.push({ commit: number, what: { nl: 'De versie ontbreekt.', en: 'The commit is missing.' } });
      }
      commits++;
      progress?.(number, head);
    }
  });
  return problems.length === 0 ? { ok: true, commits, quads } : { ok: false, problems };
}

function attempt<T>(problems: Problem[], commit: number, check: () => T): T | undefined {
  try {
    return check();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    problems.push({ commit, what: { nl: `Onleesbaar: ${reason}.`, en: `Unreadable: ${reason}.` } });
    return undefined;
  }
}

function purges(reader: JournalReader): { readonly declared: Declared; readonly lastPurge: number } {
  const declared = new Map<string, { by: number; before: string; after: string }[]>();
  let lastPurge = 0;
  for (const { number, source, purged } of allHeaders(reader)) {
    if (source === 'purge') lastPurge = number;
    for (const { commit, dataset, before, after } of purged ?? []) {
      const key = `${commit} ${dataset}`;
      const list = declared.get(key);
      if (list) list.push({ by: number, before, after });
      else declared.set(key, [{ by: number, before, after }]);
    }
  }
  return { declared, lastPurge };
}

function checkHeader(header: CommitHeader, number: number, previous: CommitHeader | undefined, problems: Problem[]): void {
  const report = (nl: string, en: string): void => void problems.push({ commit: number, what: { nl, en } });
  const { hash, ...unsealed } = header;
  if (header.format !== 1) report('Onbekende versie van het formaat.', 'Unknown format version.');
  if (header.number !== number) report('Het nummer in de versie klopt niet.', 'The number inside the commit is wrong.');
  if (sealed(unsealed).hash !== hash) report('De controlewaarde (hash) van de versie klopt niet.', 'The hash of the commit is wrong.');
  const link = previous ? previous.hash : genesis;
  // After a missing commit only the first one can still be known to be wrong.
  if ((previous?.number ?? 0) === number - 1 && header.previous !== link) {
    report('De versie verwijst niet naar de versie ervoor.', 'The commit does not refer to the one before it.');
  }
  if (previous && !(header.time > previous.time)) report('Het tijdstip is niet later dan dat van de versie ervoor.', 'The time is not later than that of the commit before.');
}

function checkNote(reader: JournalReader, header: CommitHeader, lastPurge: number, problems: Problem[]): void {
  const note = reader.note(header.number);
  const sound = note ? noteDigest(note) === header.note : note === null && header.number < lastPurge;
  if (!sound) problems.push({ commit: header.number, what: { nl: 'De toelichting is gewijzigd of ontbreekt.', en: 'The note was changed or is missing.' } });
}

/** Returns the number of quads read. */
function checkPart(reader: JournalReader, header: CommitHeader, dataset: string, declared: Declared, problems: Problem[]): number {
  const { number } = header;
  const report = (nl: string, en: string): void => void problems.push({ commit: number, dataset, what: { nl, en } });
  const part = header.parts.find((candidate) => candidate.dataset === dataset);
  const digest = new PartDigest();
  for (const change of reader.changes(number, dataset)) digest.add(change);
  const { deleted, inserted } = digest.count;
  const steps = declared.get(`${number} ${dataset}`) ?? [];
  let expected = part?.sha256;
  for (const { by, before, after } of steps) {
    if (before !== expected || by <= number) report(`Versie ${by} wist uit een andere inhoud dan deze.`, `Commit ${by} purges from other content than this.`);
    expected = after;
  }
  if (digest.hex() !== expected) report('De inhoud is gewijzigd.', 'The content was changed.');
  else if (steps.length === 0 && (deleted !== part?.deleted || inserted !== part.inserted)) report('De aantallen kloppen niet.', 'The counts are wrong.');
  return deleted + inserted;
}
