import { Fault } from '../../faults.js';
import type { KnowledgeGraph } from '../api.js';
import { shapesDataset } from '../catalogue.js';
import type { QuadLine } from '../changeset.js';
import type { Visibility } from '../dataset.js';
import type { Principal } from '../principal.js';
import type { WriterCalls } from '../writer/protocol.js';
import { busy, DocumentValidator } from './documentValidator.js';
import type { ValidationReport } from './report.js';

export interface ValidationOptions {
  /** The module of the threads that validate documents on their own. */
  readonly entry: URL;
  /** Milliseconds the validation of a document may take that somebody without a token sent. */
  readonly anonymousTimeout: number;
  /** The same for who has one. */
  readonly knownTimeout: number;
  readonly base: string;
  readonly unionDefaultGraph: boolean;
  /** Results a report keeps. */
  readonly limit: number;
  /** Validates as if loaded into a dataset. */
  readonly inDataset: (args: WriterCalls['validate']['args']) => Promise<ValidationReport>;
  readonly linesOf: (dataset: string, visibility: Visibility) => AsyncIterable<readonly QuadLine[]>;
}

/** Quads a caller without a token may have validated; fewer where it takes the writer's time. */
const anonymousQuads = { alone: 50_000, inDataset: 10_000 } as const;
/** Of those that take the writer's time, how many may wait: it does one between other people's writes. */
const mostWaiting = 16;

/** Validation without writing: of a document on its own, in threads that may be ended, or as a load that is taken back. */
export class Validation {
  readonly #options: ValidationOptions;
  /** Who has no token holds up nobody who has. */
  readonly #validators: Readonly<Record<'anonymous' | 'known', DocumentValidator>>;

  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(options: ValidationOptions) {
    this.#options = options;
    const { entry, anonymousTimeout, knownTimeout } = options;
    this.#validators = { anonymous: new DocumentValidator({ entry, timeout: anonymousTimeout }), known: new DocumentValidator({ entry, timeout: knownTimeout }) };
  }

  /** @throws Fault too-large, validation-timeout, busy, shapes-invalid, unknown-dataset. */
  async validate({ document, dataset, shapes, profile }: Parameters<KnowledgeGraph['validate']>[0], principal: Principal): Promise<ValidationReport> {
    const { base, unionDefaultGraph, limit, inDataset } = this.#options;
    const isAlone = dataset === undefined || shapes !== undefined || profile !== undefined;
    const isAnonymous = principal.role === 'reader';
    const most = anonymousQuads[isAlone ? 'alone' : 'inDataset'];
    if (isAnonymous && document.quads + (shapes?.quads ?? 0) > most) throw tooLarge(most);
    if (!isAlone) return isAnonymous ? this.#oneByOne({ document, dataset, principal }) : inDataset({ document, dataset, principal });
    return this.#validators[isAnonymous ? 'anonymous' : 'known'].validate({
      document,
      ...(shapes ? { shapes } : {}),
      ...(profile ? { profile } : {}),
      added: shapes || profile ? [] : await this.#addedShapes(principal.visibility),
      base,
      unionDefaultGraph,
      limit,
    });
  }

  /** Whoever has no token never stands in the writer's queue more than once, however many they are. */
  async #oneByOne(args: WriterCalls['validate']['args']): Promise<ValidationReport> {
    if (this.#waiting >= mostWaiting) throw busy();
    this.#waiting += 1;
    const report = this.#tail.then(() => this.#options.inDataset(args));
    this.#tail = report.catch(() => undefined);
    try {
      return await report;
    } finally {
      this.#waiting -= 1;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#validators.anonymous.close(), this.#validators.known.close()]);
  }

  /** The shapes of stewards, as far as a caller may see them. */
  async #addedShapes(visibility: Visibility): Promise<readonly QuadLine[]> {
    const lines: QuadLine[] = [];
    try {
      for await (const batch of this.#options.linesOf(shapesDataset(this.#options.base), visibility)) lines.push(...batch);
    } catch (error) {
      if (error instanceof Fault && error.code === 'unknown-dataset') return [];
      throw error;
    }
    return lines;
  }
}

function tooLarge(most: number): Fault {
  return new Fault('too-large', {
    nl: `Zonder token kunt u tot ${most} uitspraken laten controleren. Meld u aan als gegevensbeheerder, of controleer op uw eigen machine met: regiograaf validate.`,
    en: `Without a token, up to ${most} statements can be validated. Sign in as a steward, or validate on your own machine with: regiograaf validate.`,
  });
}
