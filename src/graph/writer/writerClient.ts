import { Worker } from 'node:worker_threads';
import { Fault } from '../../faults.js';
import type { Principal } from '../principal.js';
import { withinDeadline } from '../threads/deadline.js';
import { RpcClient } from '../threads/rpc.js';
import type { WriteAction, WriteRequest } from '../api.js';
import type { Rehearsal } from '../update/index.js';
import { memoryLimits, overgrown, type MemoryLimits } from '../engine/overgrown.js';
import type { Purged, WriterCalls, WriterSettings, WriterState } from './protocol.js';
import type { HeadPublication, Written } from './writer.js';

type Rpc = RpcClient<WriterCalls>;

export interface WriterClientOptions extends WriterSettings {
  /** The thread's module: it brings validation and rules, of which the kernel knows the ports only. */
  readonly entry: URL;
  /** Milliseconds an update may take, and a write of any other kind. */
  readonly updateTimeout: number;
  readonly loadTimeout: number;
  /** Bytes its engine may hold. */
  readonly engineBytes?: number;
  /** Tries out, beside the writer, what may take very long; rejects when it does. */
  readonly rehearse: (rehearsals: readonly Rehearsal[], principal: Principal) => Promise<void>;
  /** Called when a commit is in the log; the acknowledgement waits for the promise. */
  readonly publish: (publication: HeadPublication) => Promise<void>;
  readonly progress?: (quads: number) => void;
  /** Called when the writer is replaced because its engine outgrew its quads. */
  readonly renewing?: (state: WriterState) => void;
  readonly memory?: MemoryLimits;
}

const maxWaiting = 200;
/** Changes after which the memory of the writer is looked at. */
const changesBetweenLooks = 10_000;

/**
 * The main thread's side of the writer: hands writes over one by one, enforces the deadline of updates (a writer past
 * it is terminated and a fresh one catches up from the log) and publishes what was committed, in order.
 */
export class WriterClient {
  readonly #options: WriterClientOptions;
  #worker: Worker | undefined;
  #rpc: Rpc | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #published = 0;
  #unseen = 0;
  #birthBytes = 0;
  #closed = false;

  constructor(options: WriterClientOptions) {
    this.#options = options;
  }

  /** Starts the thread; the head is the state it is at. */
  async start(): Promise<WriterState> {
    const opened = await this.#open();
    this.#published = opened.head?.number ?? 0;
    return opened;
  }

  async write(request: WriteRequest, principal: Principal): Promise<Written['outcome']> {
    let written = await this.#written(request, principal, false);
    if ('rehearse' in written) {
      await this.#options.rehearse(written.rehearse, principal);
      written = await this.#written(request, principal, true);
    }
    if ('rehearse' in written) throw new Error('a write was rehearsed twice');
    const { outcome } = written;
    // A trial or a refused write went through the store too, there and back.
    if (outcome.outcome !== 'unchanged') for (const { deleted, inserted } of outcome.counts.values()) this.#unseen += deleted + inserted;
    if (this.#unseen >= changesBetweenLooks) void this.#inTurn((rpc) => this.#look(rpc)).catch(() => undefined);
    return outcome;
  }

  async #written(request: WriteRequest, principal: Principal, rehearsed: boolean): Promise<WriterCalls['write']['answer']> {
    const { updateTimeout, loadTimeout } = this.#options;
    return this.#inTurn(async (rpc) => {
      const limit = isShort(request.action) ? updateTimeout : loadTimeout;
      const written = await this.#withDeadline(whenStill(rpc, rpc.call('write', { request, principal, rehearsed })), limit);
      if ('publication' in written && written.publication) await this.#publish(written.publication);
      return written;
    });
  }

  /** Purges; then the readers and this writer start anew from the log, so that no memory holds the text. */
  async purge(args: WriterCalls['purge']['args']): Promise<Purged> {
    return this.#inTurn(async (rpc) => {
      const purged = await whenStill(rpc, rpc.call('purge', args));
      const { number, hash, time } = purged.commit;
      await this.#publish({ number, size: 0, reload: true, head: { number, hash, time } });
      await this.#renew(rpc);
      return purged;
    });
  }

  /** As a write that is taken back, with the deadline of an update. */
  async validate(args: WriterCalls['validate']['args']): Promise<WriterCalls['validate']['answer']> {
    return this.#inTurn((rpc) => this.#withDeadline(whenStill(rpc, rpc.call('validate', args)), this.#options.updateTimeout));
  }

  /** Any other call, in its turn. */
  async call<K extends 'snapshot' | 'state'>(method: K, args: WriterCalls[K]['args']): Promise<WriterCalls[K]['answer']> {
    return this.#inTurn((rpc) => whenStill(rpc, rpc.call(method, args)));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#tail.catch(() => undefined);
    await this.#rpc?.call('close', {}).catch(() => undefined);
    await this.#worker?.terminate();
  }

  async #inTurn<T>(work: (rpc: Rpc) => Promise<T>): Promise<T> {
    if (this.#waiting >= maxWaiting) throw overloaded();
    this.#waiting += 1;
    const result = this.#tail.then(async () => {
      if (this.#closed) throw overloaded();
      return work(this.#rpc ?? (await this.#restart()));
    });
    this.#tail = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      this.#waiting -= 1;
    }
  }

  async #withDeadline<T>(answer: Promise<T>, limit: number | undefined): Promise<T> {
    const outcome = await withinDeadline(answer, limit);
    if (!outcome.late) return outcome.answer;
    const before = this.#published;
    await this.#worker?.terminate();
    await this.#restart();
    // The writer may have been stopped between its append and its answer.
    throw tooSlow(outcome.limit, this.#published > before ? this.#published : undefined);
  }

  async #open(): Promise<WriterState> {
    const { engineBytes } = this.#options;
    const worker = new Worker(this.#options.entry, engineBytes === undefined ? {} : { workerData: { engineBytes } });
    const rpc: Rpc = new RpcClient(worker);
    worker.on('error', () => this.#lost(worker));
    worker.on('exit', () => this.#lost(worker));
    const { dataDir, base, unionDefaultGraph, reportLimit, maxUpdateRows, progress } = this.#options;
    try {
      const opened = await rpc.call('open', { dataDir, base, unionDefaultGraph, reportLimit, maxUpdateRows }, progress ? { progress } : {});
      this.#worker = worker;
      this.#rpc = rpc;
      this.#birthBytes = opened.memoryBytes;
      return opened;
    } catch (error) {
      await worker.terminate();
      throw error;
    }
  }

  /** The engine gives no memory back: a writer that outgrew its quads is replaced, from a snapshot made for it. */
  async #look(rpc: Rpc): Promise<void> {
    this.#unseen = 0;
    const state = await rpc.call('state', {});
    if (!overgrown(state, this.#birthBytes, this.#options.memory ?? memoryLimits)) return;
    this.#options.renewing?.(state);
    // Without one the fresh writer replays more of the log.
    await rpc.call('snapshot', {}).catch(() => undefined);
    await this.#renew(rpc);
  }

  async #renew(rpc: Rpc): Promise<void> {
    await rpc.call('close', {});
    await this.#worker?.terminate();
    await this.#restart();
  }

  /** A fresh writer; commits of the old one that nobody heard of are published first. */
  async #restart(): Promise<Rpc> {
    const { head } = await this.#open();
    // One at most: the writer handles one request at a time. The readers read it from the log.
    if (head && head.number > this.#published) {
      await this.#publish({ number: head.number, size: Number.POSITIVE_INFINITY, head });
    }
    if (!this.#rpc) throw overloaded();
    return this.#rpc;
  }

  #lost(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#rpc = undefined;
  }

  async #publish(publication: HeadPublication): Promise<void> {
    await this.#options.publish(publication);
    this.#published = publication.number;
  }
}

/** A change of one thing, or by a text: what a load brings in may be as much as a whole dataset. */
function isShort({ kind }: WriteAction): boolean {
  return kind === 'update' || kind === 'entity' || kind === 'describe';
}

/** A writer that leaves its store in doubt ends after its answer: the next one's turn comes when that is over. */
async function whenStill<T>(rpc: Rpc, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    await rpc.call('state', {}).catch(() => undefined);
    throw error;
  }
}

function overloaded(): Fault {
  return new Fault(
    'busy',
    {
      nl: 'Er wachten al te veel wijzigingen. Probeer het over enkele seconden opnieuw.',
      en: 'Too many changes are waiting already. Try again in a few seconds.',
    },
    { retryAfter: 5 },
  );
}

export function tooSlow(limit: number, committed?: number): Fault {
  const seconds = limit / 1000;
  return new Fault(
    'write-timeout',
    committed === undefined
      ? {
          nl: `De wijziging was na ${seconds} seconden niet klaar en is gestopt. Er is niets gewijzigd. Splits de wijziging op.`,
          en: `The update was not done after ${seconds} seconds and was stopped. Nothing was changed. Split the update.`,
        }
      : {
          nl: `De wijziging duurde langer dan ${seconds} seconden, maar staat er wel: versie ${committed}.`,
          en: `The update took longer than ${seconds} seconds, but it is recorded: version ${committed}.`,
        },
    { retryAfter: 1, ...(committed === undefined ? {} : { extra: { commit: committed } }) },
  );
}
