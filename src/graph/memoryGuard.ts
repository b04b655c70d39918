import { totalmem } from 'node:os';
import { memoryUsage } from 'node:process';
import { Fault } from '../faults.js';

/** Share of the machine's (or container's) memory the process may fill when no limit is configured. */
const defaultShare = 0.75;
/** Share of the limit from which on the log warns. */
const warnShare = 0.7;
/** Bytes an engine always may hold: some room for queries besides a small graph. */
const leastEngine = 512 * 1024 ** 2;
/** Milliseconds a reading serves: asking the system takes as long as the rest of a cached answer, and status is asked with each. */
const fresh = 100;

/**
 * Watches resident memory: the stores live outside V8's heap, so its own limits do not see them. Writes are refused
 * before the wall, reads go on.
 */
export class MemoryGuard {
  readonly limitBytes: number;
  readonly #warn: (fields: object, message: string) => void;
  #warned = false;
  #rssBytes = 0;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(configuredBytes: number, warn: (fields: object, message: string) => void) {
    const constrained = process.constrainedMemory();
    const machine = constrained > 0 && constrained < totalmem() ? constrained : totalmem();
    this.limitBytes = configuredBytes > 0 ? configuredBytes : Math.floor(machine * defaultShare);
    this.#warn = warn;
  }

  /** Bytes one of so many engines may hold. */
  share(engines: number): number {
    return Math.max(leastEngine, Math.floor(this.limitBytes / engines));
  }

  usage(): { readonly rssBytes: number; readonly share: number } {
    const now = performance.now();
    if (now - this.#readAt > fresh) {
      this.#rssBytes = memoryUsage.rss();
      this.#readAt = now;
    }
    return { rssBytes: this.#rssBytes, share: this.#rssBytes / this.limitBytes };
  }

  /** @throws Fault memory-limit when there is no room for another write. */
  admitWrite(): void {
    const { rssBytes, share } = this.usage();
    if (share >= warnShare && !this.#warned) this.#warn({ rssBytes, limitBytes: this.limitBytes }, 'memory is running out');
    this.#warned = share >= warnShare;
    if (share < 1) return;
    throw new Fault(
      'memory-limit',
      {
        nl: 'Het geheugen van de dienst is vol; schrijven kan niet, lezen wel. Vraag de beheerder om meer geheugen.',
        en: 'The memory of the service is full; writing is not possible, reading is. Ask the administrator for more memory.',
      },
      { retryAfter: 60 },
    );
  }
}
