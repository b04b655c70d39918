import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { JournalReader } from '../../graph/journal/journal.js';
import { journalFile, openJournalReader } from '../../graph/journal/openJournal.js';
import { lastPurgeOf } from '../../graph/journal/purged.js';
import { giveWay } from '../../graph/threads/giveWay.js';
import { lastClosing } from '../delta/closings.js';
import { DumpMaker } from './dumpMaker.js';
import { dumpFolder, newestDumps, removeDumps } from './manifest.js';

export interface DumpThreadOptions {
  readonly dataDir: string;
  readonly base: string;
  /** Soon after a commit, or at most once in so many milliseconds. */
  readonly when: 'commit' | number;
}

/** What the thread tells. */
export type DumpNews = { readonly fault: string } | { readonly scanned: number } | { readonly made: number };

/** Milliseconds between two looks at the log, without a commit before a set is made, and after a fault. */
const pause = 150;
const quiet = 1000;
const pauseAfterFault = 10_000;
/** After a set, so many times what it took must pass before the next: a steady stream of commits costs a tenth of a core. */
const share = 9;
/** A steady stream of commits does not put a set off for longer. */
const patience = 10_000;
/** Milliseconds that a set stays which was replaced: somebody may just have read that it is there. */
const grace = 5000;

/** The thread that makes full downloads; never the one that answers requests. */
class DumpThread {
  readonly #options: DumpThreadOptions;
  readonly #root: string;
  readonly #tell: (news: DumpNews) => void;
  #journal: JournalReader | undefined;
  #seen = { commit: 0, at: 0 };
  #scanned: number | undefined;
  #earliest = 0;
  #cleanAt = Number.POSITIVE_INFINITY;

  constructor(options: DumpThreadOptions, tell: (news: DumpNews) => void) {
    this.#options = options;
    this.#root = join(options.dataDir, dumpFolder);
    this.#tell = tell;
  }

  async step(): Promise<number> {
    try {
      await this.#look();
      return pause;
    } catch (error) {
      this.#tell({ fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      this.close();
      return pauseAfterFault;
    }
  }

  close(): void {
    this.#journal?.close();
    this.#journal = undefined;
  }

  async #look(): Promise<void> {
    const { dataDir, base, when } = this.#options;
    const path = join(dataDir, journalFile);
    this.#journal ??= existsSync(path) ? openJournalReader(path) : undefined;
    const journal = this.#journal;
    const head = journal?.head;
    if (!journal || !head) return;
    const now = Date.now();
    if (head.number !== this.#seen.commit) this.#seen = { commit: head.number, at: now };
    this.#close(journal, head.number);
    const found = newestDumps(this.#root);
    if (now >= this.#cleanAt) {
      removeDumps(this.#root, found?.folder);
      this.#cleanAt = Number.POSITIVE_INFINITY;
    }
    if (found?.manifest.commit === head.number && found.manifest.base === base) return;
    const since = found ? now - Date.parse(found.manifest.made) : Number.POSITIVE_INFINITY;
    if (now - this.#seen.at < quiet && since < patience) return;
    if (when === 'commit' ? now < this.#earliest : since < when) return;
    await new DumpMaker({ root: this.#root, base, journal }).make(head);
    this.#earliest = Date.now() + share * (Date.now() - now);
    this.#cleanAt = Date.now() + grace;
    this.#tell({ made: head.number });
  }

  /** What was public and may be no longer is taken away before anything else. */
  #close(journal: JournalReader, head: number): void {
    if (this.#scanned === head) return;
    const found = newestDumps(this.#root);
    const from = this.#scanned ?? found?.manifest.commit ?? head;
    if (lastClosing(journal, Math.min(from, head)) !== undefined || (found && found.manifest.purge !== lastPurgeOf(journal))) {
      removeDumps(this.#root);
      this.#earliest = 0;
      this.#tell({ made: 0 });
    }
    this.#scanned = head;
    this.#tell({ scanned: head });
  }
}

function run(options: DumpThreadOptions, port: NonNullable<typeof parentPort>): void {
  const thread = new DumpThread(options, (news) => port.postMessage(news));
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const step = async (): Promise<void> => {
    const wait = await thread.step();
    if (!stopped) timer = setTimeout(() => void step(), wait);
    else thread.close();
  };
  port.once('message', () => {
    stopped = true;
    clearTimeout(timer);
    // A set that is being made is left unfinished: the next start removes it.
    process.exit(0);
  });
  void step();
}

if (parentPort) {
  giveWay('background');
  run(workerData as DumpThreadOptions, parentPort);
}
