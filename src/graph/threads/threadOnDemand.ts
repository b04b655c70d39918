import { Worker, type WorkerOptions } from 'node:worker_threads';
import { RpcClient, type Methods } from './rpc.js';

/** A thread that starts with the first call, and anew after it died; it keeps no process alive. */
export class ThreadOnDemand<M extends Methods<M>> {
  readonly #entry: URL;
  readonly #options: WorkerOptions;
  #thread: { readonly worker: Worker; readonly rpc: RpcClient<M> } | undefined;

  constructor(entry: URL, options: WorkerOptions = {}) {
    this.#entry = entry;
    this.#options = options;
  }

  /** What calls go through now. */
  get rpc(): RpcClient<M> {
    if (this.#thread) return this.#thread.rpc;
    const worker = new Worker(this.#entry, this.#options);
    const thread = { worker, rpc: new RpcClient<M>(worker) };
    const lost = (): void => {
      if (this.#thread === thread) this.#thread = undefined;
    };
    worker.on('error', lost);
    worker.on('exit', lost);
    worker.unref();
    this.#thread = thread;
    return thread.rpc;
  }

  async close(): Promise<void> {
    await this.#thread?.worker.terminate();
    this.#thread = undefined;
  }
}
