import { Fault } from '../../faults.js';
import type { ShapesProfile, StagedDocument } from '../api.js';
import type { QuadLine } from '../changeset.js';
import { withinDeadline } from '../threads/deadline.js';
import { ThreadOnDemand } from '../threads/threadOnDemand.js';
import type { ValidationReport } from './report.js';

/** A document on its own, and what it is held against. */
export interface DocumentCheck {
  readonly document: StagedDocument;
  /** Only these shapes. */
  readonly shapes?: StagedDocument;
  /** Only the shapes of a profile that comes with the package. */
  readonly profile?: ShapesProfile;
  /** The shapes of stewards, beside those of the package. */
  readonly added: readonly QuadLine[];
  readonly base: string;
  readonly unionDefaultGraph: boolean;
  /** Results the report keeps. */
  readonly limit: number;
}

/** What the thread of this validator does. */
export interface DocumentCalls {
  /** Reads the shapes of the package; resolves when that is done. */
  readonly start: { readonly args: Record<never, never>; readonly answer: undefined };
  readonly validate: { readonly args: DocumentCheck; readonly answer: { readonly report: ValidationReport; readonly memoryBytes: number } };
}

export interface DocumentValidatorOptions {
  /** The thread's module. */
  readonly entry: URL;
  /** Milliseconds a check may run. */
  readonly timeout: number;
  /** Checks that may wait. */
  readonly waiting?: number;
}

const defaultWaiting = 32;
/** Statements, and bytes of its engine, after which the thread is ended: it gives no memory back. */
const large = { quads: 50_000, bytes: 96 * 1024 ** 2 } as const;
/** Bytes its engine may hold, and megabytes the rest: beyond that a check fails, and not the service. */
const most = { engineBytes: 512 * 1024 ** 2, heapMegabytes: 2048 } as const;
/** Milliseconds without work after which it is ended. */
const idle = 60_000;

/**
 * Validates documents that nobody writes, away from the writer: whoever sends shapes sends code (patterns, queries,
 * recursion), and may only ever hold up this thread, until its deadline.
 */
export class DocumentValidator {
  readonly #options: DocumentValidatorOptions;
  readonly #thread: ThreadOnDemand<DocumentCalls>;
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #rest: NodeJS.Timeout | undefined;

  constructor(options: DocumentValidatorOptions) {
    this.#options = options;
    this.#thread = new ThreadOnDemand(options.entry, {
      workerData: { engineBytes: most.engineBytes },
      resourceLimits: { maxOldGenerationSizeMb: most.heapMegabytes },
    });
  }

  /** @throws Fault validation-timeout, busy, memory-limit, operation-refused; shapes-invalid for shapes that make no sense. */
  async validate(check: DocumentCheck): Promise<ValidationReport> {
    if (this.#waiting >= (this.#options.waiting ?? defaultWaiting)) throw busy();
    this.#waiting += 1;
    clearTimeout(this.#rest);
    const report = this.#tail.then(() => this.#inTime(check));
    this.#tail = report.catch(() => undefined);
    try {
      return await report;
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#rest = setTimeout(() => void this.close(), idle).unref();
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#rest);
    await this.#thread.close();
  }

  async #inTime(check: DocumentCheck): Promise<ValidationReport> {
    const { timeout } = this.#options;
    const { rpc } = this.#thread;
    // What a fresh thread takes to come up is nobody's fault.
    await rpc.call('start', {});
    try {
      const outcome = await withinDeadline(rpc.call('validate', check), timeout);
      if (outcome.late) throw tooSlow(timeout);
      const { report, memoryBytes } = outcome.answer;
      if (memoryBytes > large.bytes || check.document.quads > large.quads) await this.#thread.close();
      return report;
    } catch (error) {
      // Shapes that make no sense leave the thread as it was; after anything else its engine may not be what it was.
      if (!(error instanceof Fault) || error.code !== 'shapes-invalid') await this.#thread.close();
      throw error;
    }
  }
}

export function busy(): Fault {
  return new Fault(
    'busy',
    { nl: 'Er wachten al te veel controles. Probeer het over enkele seconden opnieuw.', en: 'Too many validations are waiting already. Try again in a few seconds.' },
    { retryAfter: 5 },
  );
}

function tooSlow(timeout: number): Fault {
  const seconds = timeout / 1000;
  return new Fault(
    'validation-timeout',
    {
      nl: `De controle was na ${seconds} seconden niet klaar en is gestopt. Een reguliere uitdrukking of een vraag in de regels kan de oorzaak zijn, of het document is te groot: controleer het in delen, of op uw eigen machine met: regiograaf validate.`,
      en: `The validation was not done after ${seconds} seconds and was stopped. A regular expression or a query in the shapes may be the cause, or the document is too large: validate it in parts, or on your own machine with: regiograaf validate.`,
    },
    { retryAfter: 1, extra: { limitSeconds: seconds } },
  );
}
