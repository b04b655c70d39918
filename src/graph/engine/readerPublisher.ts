import type { Change } from '../changeset.js';
import type { ReaderSlot } from './readerSlot.js';
import type { ReaderThread } from './readerThread.js';

/** A commit that is in the log, as the readers hear of it. */
export interface Publication {
  readonly number: number;
  /** Number of changes. */
  readonly size: number;
  /** The changes themselves, when few enough for a message; else the readers read the log. */
  readonly changes?: readonly Change[];
  /** After a purge: readers are replaced by fresh ones, one at a time, so that nothing of the text stays in memory. */
  readonly reload?: boolean;
}

/** Posts commits to the readers, in order. */
export class ReaderPublisher {
  readonly #slots: readonly ReaderSlot[];
  readonly #bigCommit: number;
  #published = 0;
  #tail: Promise<void> = Promise.resolve();

  constructor(slots: readonly ReaderSlot[], bigCommit: number) {
    this.#slots = slots;
    this.#bigCommit = bigCommit;
  }

  /** The newest commit that every job from now on sees. */
  get published(): number {
    return this.#published;
  }

  /** Readers that just loaded have everything up to this commit. */
  loaded(commit: number): void {
    this.#published = Math.max(this.#published, commit);
  }

  async publish(publication: Publication, posted: () => void): Promise<void> {
    this.#tail = this.#tail.then(async () => {
      if (publication.reload) await this.#replaceAll();
      else if (publication.size > this.#bigCommit) await this.#oneByOne(publication, posted);
      else for (const slot of this.#slots) this.#post(slot, publication);
      this.loaded(publication.number);
      posted();
    });
    await this.#tail;
  }

  /** To the reader that serves and to one that loads: that one has its port open and applies it after its load. */
  #post(slot: ReaderSlot, publication: Publication): void {
    for (const reader of [slot.current, slot.next]) if (reader) void send(slot, reader, publication);
  }

  /**
   * A large commit: each reader has applied it before the next one is sent it, so that one always answers. Idle
   * readers go first, and the last one is not waited for: what it has been sent comes before its later jobs.
   */
  async #oneByOne(publication: Publication, posted: () => void): Promise<void> {
    for (const slot of this.#slots) if (slot.next) void send(slot, slot.next, publication);
    const waiting = new Set(this.#slots);
    while (waiting.size > 0) {
      const slot = [...waiting].find((candidate) => candidate.current?.free) ?? [...waiting].at(-1);
      if (!slot) return;
      waiting.delete(slot);
      const reader = slot.current;
      // One that came up meanwhile read it from the log.
      if (!reader || reader.posted >= publication.number) continue;
      reader.applying += 1;
      const applied = send(slot, reader, publication).finally(() => {
        reader.applying -= 1;
        posted();
      });
      posted();
      if (waiting.size > 0) await applied;
    }
  }

  async #replaceAll(): Promise<void> {
    for (const slot of this.#slots) {
      if (!slot.current && !slot.next) continue;
      // One that is being loaded may have begun before the purge.
      if (slot.renewing) await slot.renew().catch(() => undefined);
      await slot.renew();
    }
  }
}

async function send(slot: ReaderSlot, reader: ReaderThread, { number, changes }: Publication): Promise<void> {
  try {
    await reader.apply({ number, ...(changes === undefined ? {} : { changes }) });
  } catch (error) {
    // A replica that could not follow is of no use; a fresh one comes from the log.
    slot.kill(reader, error instanceof Error ? String(error.cause ?? error.message) : 'patch refused');
  }
}
