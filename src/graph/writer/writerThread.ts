import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Quad } from '@rdfjs/types';
import { Fault } from '../../faults.js';
import type { GraphValidator } from '../validation/contract.js';
import type { ValidationReport } from '../validation/report.js';
import { removeStaleCopies, snapshotsFolder } from '../copies.js';
import type { Deriver } from '../derivation/deriver.js';
import type { Engine } from '../engine/engine.js';
import { ReaderReplica } from '../engine/readerReplica.js';
import { journalFile, openJournal } from '../journal/openJournal.js';
import { purgeText } from '../journal/purge.js';
import { lastPurgeOf } from '../journal/purged.js';
import type { Journal } from '../journal/journal.js';
import { orStorageFault } from '../journal/storageFaults.js';
import { newestSnapshot, readSnapshot, trustOf } from '../snapshot/readSnapshot.js';
import { pruneSnapshots, removeUnfinished } from '../snapshot/snapshots.js';
import { writeSnapshot } from '../snapshot/writeSnapshot.js';
import { touchedEntities } from './owners.js';
import type { Purged, WriterCalls, WriterSettings } from './protocol.js';
import { Writer } from './writer.js';

const keptSnapshots = 2;

/** In the log: the digest of the rules whose full run the derived dataset is. */
const rulesSetting = 'rules';

/** Folder of the data folder in which uploads wait. */
export const stagingFolder = 'staging';

export interface WriterParts {
  readonly engine: Engine;
  /** Validation by the shapes of the package and these. */
  readonly validatorWith: (shapes: Iterable<Quad>) => GraphValidator;
  readonly deriver?: Deriver;
}

/** The writer with its log, primary store and folders: everything the thread owns, without the thread. */
export class WriterThread {
  readonly #settings: WriterSettings;
  readonly #journal: Journal;
  readonly #engine: Engine;
  readonly #writer: Writer;
  readonly #deriver: Deriver | undefined;
  readonly #snapshots: string;
  /** False from the moment a purge is in the log until it is everywhere. */
  #purged = true;

  private constructor(settings: WriterSettings, journal: Journal, parts: WriterParts, folder: string) {
    const { base, unionDefaultGraph, reportLimit, maxUpdateRows, dataDir } = settings;
    this.#settings = settings;
    this.#journal = journal;
    this.#engine = parts.engine;
    this.#snapshots = join(dataDir, snapshotsFolder);
    this.#deriver = parts.deriver;
    const { engine, validatorWith, deriver } = parts;
    this.#writer = new Writer({ journal, engine, validatorWith, ...(deriver && { deriver }), base, folder, unionDefaultGraph, reportLimit, maxUpdateRows });
    // Of nothing nothing follows: a new log needs no full run.
    if (journal.head === null) this.#settle();
  }

  /**
   * Opens the log (made when there is none), takes the lock of the folder and brings the primary to the head.
   * @throws Fault conflict when another process writes here or the log belongs to another BASE_IRI; storage-full, read-only.
   */
  static open(settings: WriterSettings, parts: WriterParts, progress: (commit: number) => void): WriterThread {
    return orStorageFault(() => WriterThread.#open(settings, parts, progress));
  }

  static #open(settings: WriterSettings, parts: WriterParts, progress: (commit: number) => void): WriterThread {
    const folder = join(settings.dataDir, 'work');
    mkdirSync(settings.dataDir, { recursive: true });
    const journal = openJournal(join(settings.dataDir, journalFile));
    try {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      removeUnfinished(join(settings.dataDir, snapshotsFolder));
      claimBase(journal, settings.base);
      // The process may have ended between a purge of the log and that of the copies.
      removeStaleCopies(settings.dataDir, lastPurgeOf(journal));
      journal.pruneRemembered();
      const replica = new ReaderReplica({ engine: parts.engine, journal, audience: 'privileged', base: settings.base, folder });
      const { snapshot } = newestSnapshot(join(settings.dataDir, snapshotsFolder), trustOf(journal));
      replica.load(snapshot && { commit: snapshot.commit, read: (wanted) => readSnapshot(snapshot.path, wanted) }, progress);
      return new WriterThread(settings, journal, parts, folder);
    } catch (error) {
      journal.close();
      throw error;
    }
  }

  write({ request, principal, rehearsed = false }: WriterCalls['write']['args']): WriterCalls['write']['answer'] {
    const rehearse = rehearsed ? [] : this.#writer.rehearsals(request, principal);
    if (rehearse.length > 0) return { rehearse };
    const written = this.#writer.write(request, principal);
    const { outcome } = written.outcome;
    if (request.action.kind === 'derive' && (outcome === 'committed' || outcome === 'unchanged')) this.#settle();
    return written;
  }

  /** From here on the derived dataset is what these rules derive. */
  #settle(): void {
    if (this.#deriver) this.#journal.setSetting(rulesSetting, this.#deriver.digest);
  }

  /** False once its store may not be what the log says: then it has to be replaced by a fresh one. */
  get sound(): boolean {
    return this.#purged && this.#writer.sound;
  }

  /** The report a load would give, proposals and context included. */
  validate({ document, dataset, principal }: WriterCalls['validate']['args']): ValidationReport {
    const { outcome } = this.#writer.write(
      { action: { kind: 'load', dataset, mode: 'add', document }, source: 'load', note: { message: '' }, dryRun: true },
      // Nothing is written, so anybody may ask about a dataset she sees.
      { ...principal, role: 'steward', write: [dataset], createDatasets: false },
    );
    return outcome.report;
  }

  state(): WriterCalls['state']['answer'] {
    const stale = this.#deriver !== undefined && this.#journal.setting(rulesSetting) !== this.#deriver.digest;
    return { head: this.#journal.head, quads: this.#engine.size, memoryBytes: this.#engine.memoryBytes, stale };
  }

  /**
   * Erases a text everywhere: log, store, snapshots. Readers and whatever else holds copies must start anew after it.
   * @throws Fault forbidden for anybody but an administrator.
   */
  purge({ text, note, principal }: WriterCalls['purge']['args']): Purged {
    if (principal.role !== 'administrator') {
      throw new Fault('forbidden', {
        nl: 'Alleen een beheerder mag gegevens definitief wissen.',
        en: 'Only an administrator may erase data for good.',
      });
    }
    const before = this.#engine.size;
    const erased = purgeText(this.#journal, text, {
      agent: { role: principal.role, ...(principal.token === undefined ? {} : { token: principal.token }) },
      note,
      touched: (removed) => touchedEntities(removed, this.#engine, this.#settings.base),
    });
    this.#purged = false;
    // What followed from the erased may be left: the rules have to run in full.
    this.#journal.setSetting(rulesSetting, '');
    this.#engine.apply(erased.removed.changes());
    erased.removed.close();
    removeStaleCopies(this.#settings.dataDir, erased.commit.number);
    // An upload that waits to be published may hold the text too; whoever sent it can send it again.
    rmSync(join(this.#settings.dataDir, stagingFolder), { recursive: true, force: true });
    this.#purged = true;
    return { commit: erased.commit, parts: erased.parts, quads: before - this.#engine.size };
  }

  /** Writes the head's state aside, so that the next start need not replay the log. */
  snapshot(): { readonly commit: number } {
    const { head } = this.#journal;
    if (!head) return { commit: 0 };
    const { snapshot } = newestSnapshot(this.#snapshots, trustOf(this.#journal));
    if (snapshot?.commit === head.number) return { commit: head.number };
    const engine = this.#engine;
    mkdirSync(this.#snapshots, { recursive: true });
    writeSnapshot(this.#snapshots, {
      commit: head.number,
      hash: head.hash,
      graphs: engine.datasets.map(({ iri }) => ({ dataset: iri, lines: flat(engine.lines(iri)) })),
    });
    pruneSnapshots(this.#snapshots, keptSnapshots);
    return { commit: head.number };
  }

  close(): void {
    this.#journal.close();
  }
}

function* flat<T>(batches: Iterable<readonly T[]>): Generator<T> {
  for (const batch of batches) yield* batch;
}

/** Addresses of data never change behind anybody's back: the log belongs to one BASE_IRI. */
function claimBase(journal: Journal, base: string): void {
  const stored = journal.setting('base');
  if (stored === undefined) journal.setSetting('base', base);
  else if (stored !== base) {
    throw new Fault('conflict', {
      nl: `Deze gegevensmap hoort bij BASE_IRI ${stored}, niet bij ${base}. Start met BASE_IRI=${stored}, of verhuis de gegevens eerst met: regiograaf rebase ${base}`,
      en: `This data folder belongs to BASE_IRI ${stored}, not to ${base}. Start with BASE_IRI=${stored}, or move the data first with: regiograaf rebase ${base}`,
    });
  }
}

