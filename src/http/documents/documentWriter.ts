import type { Quad } from '@rdfjs/types';
import { Fault } from '../../faults.js';
import { ThreadOnDemand } from '../../graph/threads/threadOnDemand.js';
import { toLine } from '../../rdf/nquads.js';
import { serialiseString, type SerialiseOptions } from '../../rdf/serialise.js';
import type { DocumentCalls } from './documentThread.js';

/** Up to this many quads a document is written at once: that takes a few milliseconds, a thread costs as much. */
const inlineQuads = 64;
const maxWaiting = 64;

/**
 * Writes RDF documents. Larger ones go to a thread of their own, because compacting JSON-LD or laying out Turtle would
 * keep every other request waiting. The thread starts with the first such document, and anew if it dies.
 */
export class DocumentWriter {
  readonly #thread = new ThreadOnDemand<DocumentCalls>(new URL('./documentThread.js', import.meta.url));
  #waiting = 0;

  /** The Faults of `serialiseString`; busy when too many documents wait. */
  async write(quads: readonly Quad[], options: SerialiseOptions): Promise<string> {
    if (quads.length <= inlineQuads) return serialiseString(quads, options);
    if (this.#waiting >= maxWaiting) throw overloaded();
    this.#waiting += 1;
    try {
      return await this.#thread.rpc.call('write', { lines: quads.map(toLine), options });
    } finally {
      this.#waiting -= 1;
    }
  }

  async close(): Promise<void> {
    await this.#thread.close();
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
