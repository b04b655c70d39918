import { Fault } from '../../faults.js';
import type { ReadRequest } from './readJobs.js';
import { ReaderUse } from './readerUse.js';

/**
 * `short`: reads that take milliseconds (pages, labels, history); `own`: queries the service wrote itself, for a page
 * somebody waits for; `query`: whatever a user may make arbitrarily slow.
 */
export type Lane = 'query' | 'own' | 'short';

export interface QueuedJob {
  readonly request: ReadRequest;
  readonly lane: Lane;
  /** Who asks (an address, a token): the lane is shared out among clients. */
  readonly client: string;
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

/** Share of a lane that one client's jobs may take while they wait. */
const clientShare = 0.75;

/**
 * Jobs that wait for a reader, never more than the limits. In each lane the client goes first who used the readers
 * least of late, and of one client's jobs the oldest: who asks for much waits for who asks for little.
 */
export class ReaderQueue {
  readonly #limits: LaneLimits;
  readonly #lanes: Readonly<Record<Lane, QueuedJob[]>> = { query: [], own: [], short: [] };
  readonly #timers = new Map<QueuedJob, NodeJS.Timeout>();
  readonly #used = new ReaderUse();

  constructor(limits: LaneLimits) {
    this.#limits = limits;
  }

  /** @throws Fault busy when the lane is full. */
  add(job: QueuedJob): void {
    const lane = this.#lanes[job.lane];
    const limit = this.#limits[job.lane];
    if (lane.length >= limit) throw tooBusy();
    const own = lane.filter(({ client }) => client === job.client).length;
    // Without a second client there is nobody to leave room for but the next one who comes.
    if (job.client !== '' && own >= limit * clientShare) throw tooBusy();
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
      let first: QueuedJob | undefined;
      for (const job of this.#lanes[lane]) {
        if (job.need <= posted && (!first || this.#used.of(job.client) < this.#used.of(first.client))) first = job;
      }
      if (!first) continue;
      this.remove(first);
      return first;
    }
    return undefined;
  }

  /** A client's job kept a reader busy for so many milliseconds. */
  used(client: string, milliseconds: number): void {
    this.#used.add(client, milliseconds);
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
    const jobs = Object.values(this.#lanes).flat();
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

export function tooHeavy(): Fault {
  return new Fault('memory-limit', {
    nl: 'De vraag had meer geheugen nodig dan er is. Vraag minder tegelijk, bijvoorbeeld met LIMIT of een smaller patroon.',
    en: 'The query needed more memory than there is. Ask for less at a time, with LIMIT or a narrower pattern.',
  });
}
