import { Fault } from '../../faults.js';
import { splitLine } from '../../rdf/nquads.js';
import { escapeString } from '../../rdf/ntriples.js';
import type { StagedChangeset } from '../changes/stagedChangeset.js';
import type { CommitAgent, CommitNote } from '../commit.js';
import type { Erased, Erasure, Journal, Touched } from './journal.js';

/** A shorter text stands in half of all IRIs: a purge of it is a mistake. */
const shortest = 3;

export interface PurgeOptions {
  readonly agent: CommitAgent;
  /** Why; must not hold the text itself. */
  readonly note: CommitNote;
  /** Entities whose description loses these lines, for their history. Those that carry the text themselves stay out. */
  readonly touched?: (removed: StagedChangeset) => Iterable<Touched>;
}

/** Text inside a JSON string. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/**
 * What holds `text`: a literal with it, as canonical N-Quads escape it, or an IRI with it. It is looked for within
 * a term, so that a text like `> <` in a literal does not match the space between two IRIs.
 */
export function erasureOf(text: string): Erasure {
  const escaped = escapeString(text);
  const values = [...new Set([text, escaped, inJson(text), inJson(escaped)])];
  const holds = (term: string): boolean => term.includes(escaped);
  return {
    block: holds,
    line(line) {
      if (!holds(line)) return false;
      const { subject, predicate, object, graph } = splitLine(line);
      return holds(object) || holds(subject) || holds(predicate) || holds(graph);
    },
    value: (value) => values.some((needle) => value.includes(needle)),
  };
}

/**
 * Erases a text from the log (AVG art. 17): every quad with it, in every commit, and every note; the chain still
 * verifies, because the purge commit declares what each part was and is. Afterwards no byte of it is left in the
 * journal. Stores and snapshots are the caller's: `removed` says what to take out, old snapshots have to go.
 */
export function purgeText(journal: Journal, text: string, { agent, note, touched = () => [] }: PurgeOptions): Erased {
  if (text.trim().length < shortest) {
    throw new Fault('bad-request', {
      nl: `Geef minstens ${shortest} tekens op: een kortere tekst staat in te veel gegevens.`,
      en: `Give at least ${shortest} characters: a shorter text is part of too many data.`,
    });
  }
  const erasure = erasureOf(text);
  if (erasure.value(note.message) || erasure.value(note.origin ?? '')) {
    throw new Fault('bad-request', {
      nl: 'De toelichting bevat zelf de tekst die u wilt wissen. Beschrijf de reden zonder die tekst.',
      en: 'The note itself holds the text to erase. Describe the reason without it.',
    });
  }
  return journal.erase(erasure, { agent, source: 'purge', note }, touched);
}
