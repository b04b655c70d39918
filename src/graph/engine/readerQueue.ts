import { Fault } from '../../faults.js';
import type { ReadRequest } from './readJobs.js';

/** `short`: reads that take milliseconds (pages, labels, history); `query`: whatever a user may make arbitrarily slow. */
export type Lane = 'query' | 'short';

export interface QueuedJob {
  readonly request: ReadRequest;
  readonly lane: Lane;
  /** Milliseconds it may run. */
  readonly timeout: number;
  /** Milliseconds it may wait for a reader. */
  readonly patience: number;
  /** It may only run on a reader that has been sent this commit. */
  readonly need: number;
  attempts: number;
  settled: boolean;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export type LaneLimits = Readonly<Record<Lane, number>>;

/** Jobs that wait for a reader: first in, first out per lane, never more than the limits. */
export class ReaderQueue {
  readonly #limits: LaneLimits;
  readonly #lanes: Readonly<Record<Lane, QueuedJob[]>> = { query: [], short: [] };
  readonly #timers = new Map<QueuedJob, NodeJS.Timeout>();

  constructor(limits: LaneLimits) {
    this.#limits = limits;
  }

  /** @throws Fault busy when the lane is full. */
  add(job: QueuedJob): void {
    if (this.#lanes[job.lane].length >= this.#limits[job.lane]) throw tooBusy();
    this.#lanes[job.lane].push(job);
    this.#watch(job);
  }

  /** A job that lost its reader goes before the others. */
  putBack(job: QueuedJob): void {
    this.#lanes[job.lane].unshift(job);
    this.#watch(job);
  }

  /** The first job of these lanes, in that order, that a reader with this commit posted may do. */
  take(lanes: readonly Lane[], posted: number): QueuedJob | undefined {
    for (const lane of lanes) {
      const job = this.#lanes[lane].find((waiting) => waiting.need <= posted);
      if (job) {
        this.remove(job);
        return job;
      }
    }
    return undefined;
  }

  remove(job: QueuedJob): void {
    const lane = this.#lanes[job.lane];
    const index = lane.indexOf(job);
    if (index >= 0) lane.splice(index, 1);
    clearTimeout(this.#timers.get(job));
    this.#timers.delete(job);
  }

  waiting(lane: Lane): number {
    return this.#lanes[lane].length;
  }

  /** Empties the queue. */
  drain(): readonly QueuedJob[] {
    const jobs = [...this.#lanes.query, ...this.#lanes.short];
    for (const job of jobs) this.remove(job);
    return jobs;
  }

  #watch(job: QueuedJob): void {
    const expire = (): void => {
      this.remove(job);
      job.reject(tooBusy());
    };
    this.#timers.set(job, setTimeout(expire, job.patience));
  }
}

export function tooBusy(): Fault {
  return new Fault(
    'busy',
    {
      nl: 'Er zijn op dit moment te veel vragen tegelijk. Probeer het over enkele seconden opnieuw.',
      en: 'There are too many requests at the moment. Try again in a few seconds.',
    },
    { retryAfter: 1 },
  );
}
