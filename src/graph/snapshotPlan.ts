/** Changes in the log after which a fresh snapshot pays at the next start, and how long writes must rest first. */
const every = 100_000;
const pause = 3000;
/** Times `every` after which it no longer waits for a rest. */
const overdue = 5;

interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** When a snapshot is written: after many changes, as soon as writes rest. */
export class SnapshotPlan {
  readonly #write: () => Promise<{ readonly commit: number }>;
  readonly #log: Log;
  #tail = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(write: () => Promise<{ readonly commit: number }>, log: Log) {
    this.#write = write;
    this.#log = log;
  }

  /** Tells of a commit by the number of its changes; of one that was found in the log nobody knows it. */
  grown(changes: number): void {
    this.#tail += Number.isFinite(changes) ? changes : every;
  }

  /** To be called after each write. */
  plan(): void {
    if (this.#tail < every) return;
    // A steady stream of writes must not put it off for ever: after a while it takes its turn among them.
    if (this.#tail < every * overdue) clearTimeout(this.#timer);
    else if (this.#timer) return;
    this.#timer = setTimeout(() => void this.#make(), pause).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #make(): Promise<void> {
    this.#timer = undefined;
    try {
      const { commit } = await this.#write();
      this.#tail = 0;
      this.#log.info({ commit }, 'snapshot written');
    } catch (error) {
      this.#log.warn({ error: String(error) }, 'no snapshot: the next start replays the log');
    }
  }
}
