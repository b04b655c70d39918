import { LRUCache } from 'lru-cache';

/** Milliseconds after which half of what a client used is forgotten. */
const halfLife = 15_000;
/** Use below which clients count as equal: their jobs go in the order in which they came. */
const grain = 250;

/** How long each client kept readers busy of late. */
export class ReaderUse {
  /* Bounded: many addresses make us forget some, not run out of memory. */
  readonly #used = new LRUCache<string, { milliseconds: number; at: number }>({ max: 10_000 });

  add(client: string, milliseconds: number, now: number = performance.now()): void {
    this.#used.set(client, { milliseconds: this.#left(client, now) + milliseconds, at: now });
  }

  /** In steps, so that a few milliseconds of difference do not turn the order around. */
  of(client: string, now: number = performance.now()): number {
    return Math.floor(this.#left(client, now) / grain);
  }

  #left(client: string, now: number): number {
    const used = this.#used.get(client);
    return used ? used.milliseconds * 0.5 ** ((now - used.at) / halfLife) : 0;
  }
}
