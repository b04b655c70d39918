import { rm } from 'node:fs/promises';
import { Fault } from '../../faults.js';
import type { QueryDocument } from '../../graph/api.js';
import { withinDeadline } from '../../graph/threads/deadline.js';
import { ThreadOnDemand } from '../../graph/threads/threadOnDemand.js';
import type { RdfFormat } from '../../rdf/mediaTypes.js';
import type { DocumentCalls } from '../documents/documentThread.js';

/** What the engine makes of a graph that is then written in a form it does not know. */
export const plainGraphFormat = 'application/n-triples';
/** Bytes of that which are read again; the library needs some hundred times as much memory for a moment. */
const longest = 2 * 1024 ** 2;
const maxWaiting = 8;

/**
 * Writes answers to CONSTRUCT and DESCRIBE in the forms of JSON-LD that only a library knows, in a thread of its own:
 * documents of things must not wait for them. Bounded in size, number and time.
 */
export class WrittenGraphs {
  readonly #thread = new ThreadOnDemand<DocumentCalls>(new URL('../documents/documentThread.js', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 512 } });
  #waiting = 0;

  /** @throws Fault too-large, busy, query-timeout. */
  async write(made: QueryDocument, format: RdfFormat, timeout: number): Promise<QueryDocument> {
    if ('path' in made) await rm(made.path, { force: true });
    if ('path' in made || made.bytes.length > longest) throw tooLarge();
    if (this.#waiting >= maxWaiting) throw overloaded();
    this.#waiting += 1;
    try {
      const lines = new TextDecoder().decode(made.bytes).split('\n').filter((line) => line !== '');
      const written = await withinDeadline(this.#thread.rpc.call('write', { lines, options: { format } }), timeout);
      if (written.late) {
        await this.#thread.close();
        throw tookTooLong();
      }
      return { ...made, mediaType: format.mediaType, bytes: new TextEncoder().encode(written.answer) };
    } finally {
      this.#waiting -= 1;
    }
  }
}

const advice = { nl: 'Vraag JSON-LD zonder profiel, of een kleiner deel met LIMIT.', en: 'Ask for JSON-LD without a profile, or for a smaller part with LIMIT.' };

function tooLarge(): Fault {
  return new Fault('too-large', { nl: `Dit antwoord is te lang voor dit profiel van JSON-LD. ${advice.nl}`, en: `This answer is too long for this profile of JSON-LD. ${advice.en}` }, { extra: { limitBytes: longest } });
}

function tookTooLong(): Fault {
  return new Fault('query-timeout', { nl: `Het antwoord in dit profiel van JSON-LD schrijven duurde te lang. ${advice.nl}`, en: `Writing the answer in this profile of JSON-LD took too long. ${advice.en}` });
}

function overloaded(): Fault {
  return new Fault('busy', { nl: `Er wachten al te veel antwoorden in een profiel van JSON-LD. ${advice.nl}`, en: `Too many answers in a profile of JSON-LD are waiting already. ${advice.en}` }, { retryAfter: 2 });
}
