import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../faults.js';
import { joinLine, splitLine } from '../rdf/nquads.js';
import type { TermText } from '../rdf/termText.js';
import { ChangesetBuilder } from './changes/changesetBuilder.js';
import type { QuadLine } from './changeset.js';
import type { CommitHeader } from './commit.js';
import { keptLogPrefix, rebaseFolder, snapshotsFolder } from './copies.js';
import type { Journal } from './journal/journal.js';
import { journalFile, openJournal } from './journal/openJournal.js';
import { replay } from './journal/replay.js';
import { lockForWriting } from './journal/writerLock.js';
import { syncFolder } from './snapshot/files.js';

export interface RebaseOptions {
  readonly dataDir: string;
  /** The new BASE_IRI; ends in `/`. */
  readonly to: string;
  readonly progress?: (commit: number, of: number) => void;
}

export interface Rebased {
  readonly from: string;
  readonly commits: number;
  /** The log as it was, kept beside the new one. */
  readonly kept: string;
}

/**
 * Moves a data folder to another BASE_IRI: every commit is written again, in order and with its own time and agent,
 * with our addresses under the new base; then the new log takes the place of the old one, which is kept. The chain
 * starts anew, since what it hashes changed. The service must not run.
 * @throws Fault conflict when the folder is in use or data already name addresses under the new base.
 */
export function rebase({ dataDir, to, progress }: RebaseOptions): Rebased {
  const aside = join(dataDir, rebaseFolder);
  const path = join(dataDir, journalFile);
  const old = openJournal(path);
  try {
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(aside, { recursive: true });
    const from = old.setting('base');
    if (from === undefined || from === to) throw nothingToMove(to);
    const commits = copy(old, aside, from, to, progress);
    old.close();
    const kept = exchange(dataDir, aside);
    return { from, commits, kept };
  } finally {
    old.close();
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Puts the new log in the place of the old one, at once: there is one whenever the process ends. */
function exchange(dataDir: string, aside: string): string {
  const path = join(dataDir, journalFile);
  const kept = join(dataDir, `${keptLogPrefix}${Date.now()}.sqlite`);
  const lock = lockForWriting(dataDir);
  try {
    // Somebody still reads the old log: its write-ahead log must never be taken for that of the new one.
    if (existsSync(`${path}-wal`)) throw inUse();
    anotherName(path, kept);
    renameSync(join(aside, journalFile), path);
    // Snapshots hold the old addresses; the next start writes none until it has replayed the log.
    rmSync(join(dataDir, snapshotsFolder), { recursive: true, force: true });
    syncFolder(dataDir);
    return kept;
  } finally {
    lock.release();
  }
}

/** A second name for a file; a copy where the file system knows no such thing. */
function anotherName(path: string, name: string): void {
  try {
    linkSync(path, name);
  } catch {
    copyFileSync(path, name);
  }
}

function copy(old: Journal, aside: string, from: string, to: string, progress: RebaseOptions['progress']): number {
  let time = 0;
  const fresh = openJournal(join(aside, journalFile), { now: () => time });
  const head = old.head?.number ?? 0;
  const moved = (line: QuadLine): QuadLine => movedLine(line, from, to);
  const movedIri = (iri: string): string => (iri.startsWith(from) ? to + iri.slice(from.length) : iri);
  try {
    fresh.setSetting('base', to);
    for (const { header, changes } of replay(old)) {
      time = Date.parse(header.time);
      using builder = new ChangesetBuilder({ folder: aside });
      for (const { op, line } of changes) {
        if (line.includes(`<${to}`)) throw collision(to, header);
        builder.add(op, moved(line));
      }
      using changeset = builder.build();
      const touched = function* () {
        for (const { entity, dataset } of old.touchedIn(header.number)) yield { entity: movedIri(entity), dataset: movedIri(dataset) };
      };
      const note = old.note(header.number) ?? { message: '' };
      const derived = header.parts.find((part) => part.derived)?.dataset;
      fresh.append({ agent: header.agent, source: header.source, note, ...(derived !== undefined && { derived: movedIri(derived) }) }, changeset, touched());
      progress?.(header.number, head);
    }
    time = Date.now();
    using nothing = new ChangesetBuilder({ folder: aside }).build();
    const message = `Verhuisd van ${from} naar ${to}; vorige keten eindigde op ${old.head?.hash ?? ''}`;
    fresh.append({ agent: { role: 'system' }, source: 'rebase', note: { message } }, nothing, []);
    return head;
  } finally {
    fresh.close();
  }
}

/** The line with every IRI under `from` moved; text in literals stays what somebody wrote. */
function movedLine(line: QuadLine, from: string, to: string): QuadLine {
  if (!line.includes(from)) return line;
  const { subject, predicate, object, graph } = splitLine(line);
  const move = (term: TermText): TermText => (term.startsWith(`<${from}`) ? `<${to}${term.slice(from.length + 1)}` : term);
  return joinLine(move(subject), move(predicate), move(object), move(graph));
}

function inUse(): Fault {
  return new Fault('conflict', {
    nl: 'Een ander proces leest nog in deze gegevensmap. Er is niets verhuisd. Sluit dat proces en probeer opnieuw.',
    en: 'Another process still reads in this data folder. Nothing was moved. Close it and try again.',
  });
}

function nothingToMove(to: string): Fault {
  return new Fault('conflict', {
    nl: `Deze gegevensmap staat al op ${to}, of is nog leeg.`,
    en: `This data folder is at ${to} already, or is still empty.`,
  });
}

function collision(to: string, header: CommitHeader): Fault {
  return new Fault('conflict', {
    nl: `Versie ${header.number} noemt al adressen onder ${to}; na een verhuizing zouden die door elkaar lopen.`,
    en: `Version ${header.number} names addresses under ${to} already; after a move they would mix.`,
  });
}
