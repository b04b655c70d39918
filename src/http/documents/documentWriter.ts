import { Worker } from 'node:worker_threads';
import type { Quad } from '@rdfjs/types';
import { Fault } from '../../faults.js';
import { RpcClient } from '../../graph/threads/rpc.js';
import { toLine } from '../../rdf/nquads.js';
import { serialiseString, type SerialiseOptions } from '../../rdf/serialise.js';
import type { DocumentCalls } from './documentThread.js';

/** Up to this many quads a document is written at once: that takes a few milliseconds, a thread costs as much. */
const inlineQuads = 64;
const maxWaiting = 64;

type Rpc = RpcClient<DocumentCalls>;

/**
 * Writes RDF documents. Larger ones go to a thread of their own, because compacting JSON-LD or laying out Turtle would
 * keep every other request waiting. The thread starts with the first such document, and anew if it dies.
 */
export class DocumentWriter {
  #thread: { readonly worker: Worker; readonly rpc: Rpc } | undefined;
  #waiting = 0;

  /** The Faults of `serialiseString`; busy when too many documents wait. */
  async write(quads: readonly Quad[], options: SerialiseOptions): Promise<string> {
    if (quads.length <= inlineQuads) return serialiseString(quads, options);
    if (this.#waiting >= maxWaiting) throw overloaded();
    this.#waiting += 1;
    try {
      return await this.#running().call('write', { lines: quads.map(toLine), options });
    } finally {
      this.#waiting -= 1;
    }
  }

  async close(): Promise<void> {
    await this.#thread?.worker.terminate();
    this.#thread = undefined;
  }

  #running(): Rpc {
    if (this.#thread) return this.#thread.rpc;
    const worker = new Worker(new URL('./documentThread.js', import.meta.url));
    const thread = { worker, rpc: new RpcClient<DocumentCalls>(worker) };
    const lost = (): void => {
      if (this.#thread === thread) this.#thread = undefined;
    };
    worker.on('error', lost);
    worker.on('exit', lost);
    worker.unref();
    this.#thread = thread;
    return thread.rpc;
  }
}

function overloaded(): Fault {
  return new Fault(
    'busy',
    {
      nl: 'Er wachten al te veel documenten. Probeer het over enkele seconden opnieuw.',
      en: 'Too many documents are waiting already. Try again in a few seconds.',
    },
    { retryAfter: 2 },
  );
}
