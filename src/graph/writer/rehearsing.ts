import { Fault } from '../../faults.js';
import { publicOnly } from '../dataset.js';
import type { ReaderPool } from '../engine/readerPool.js';
import type { Rehearsal } from '../update/index.js';
import { tooSlow } from './writerClient.js';

export interface RehearsingOptions {
  readonly updateTimeout: number;
  readonly maxUpdateRows: number;
}

/** Tries updates out on the readers, one at a time, so that other reads keep a reader. */
export class Rehearsing {
  readonly #readers: Pick<ReaderPool, 'rehearse'>;
  readonly #options: RehearsingOptions;
  #last: Promise<unknown> = Promise.resolve();

  constructor(readers: Pick<ReaderPool, 'rehearse'>, options: RehearsingOptions) {
    this.#readers = readers;
    this.#options = options;
  }

  /**
   * Resolves when the writer may go on. When there is no reader at all, the writer's own deadline has to do.
   * @throws Fault too-large, and that of an update that takes too long.
   */
  async run(rehearsals: readonly Rehearsal[]): Promise<void> {
    const { updateTimeout, maxUpdateRows: maxRows } = this.#options;
    const rehearsed = this.#last.then(() => this.#readers.rehearse({ rehearsals, maxRows, visibility: publicOnly }, updateTimeout));
    this.#last = rehearsed.catch(() => undefined);
    try {
      await rehearsed;
    } catch (error) {
      if (!(error instanceof Fault) || error.code === 'busy') return;
      throw error.code === 'query-timeout' ? tooSlow(updateTimeout) : error;
    }
  }
}
