import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import { Fault } from '../faults.js';
import type { StagedDocument } from '../graph/api.js';
import { storageFault } from '../graph/journal/storageFaults.js';
import { withinDeadline } from '../graph/threads/deadline.js';
import { RpcClient } from '../graph/threads/rpc.js';
import type { RdfFormat } from '../rdf/mediaTypes.js';
import type { StageCalls } from './stageWorker.js';

export interface StagerOptions {
  /** Folder for uploads and staged files; emptied at start. */
  readonly folder: string;
  readonly base: string;
  readonly maxBytes: number;
  /** Milliseconds each kind of document may be read. */
  readonly deadlines?: Readonly<Record<Lane, number | undefined>>;
}

export interface StageOptions {
  readonly format: RdfFormat;
  readonly baseIri?: string;
  readonly file?: string;
  /** Called with the number of quads read so far. */
  readonly progress?: (quads: number) => void;
  readonly signal?: AbortSignal;
  /** From somebody without a token: less of it, read by a thread that holds up nobody else. */
  readonly anonymous?: boolean;
}

/** Documents above this size are read by a thread of their own. */
const largeBytes = 1024 * 1024;
const heapMegabytes = 1024;
/** Documents up to this size are not written to disk before they are read: that takes longer than reading them. */
const inMemoryBytes = 64 * 1024;
const anonymousBytes = 16 * 1024 ** 2;

type Lane = 'small' | 'large' | 'anonymous';

/** What takes so long is made to. A large document takes what it needs. */
const usualDeadlines: Readonly<Record<Lane, number | undefined>> = { small: 60_000, large: undefined, anonymous: 20_000 };

interface Thread {
  readonly worker: Worker;
  readonly rpc: RpcClient<StageCalls>;
}

/**
 * Takes documents in: the bytes go to disk as they come (never into memory), then a thread reads them into a staged
 * file. Small documents have a thread of their own, so that a large one does not hold them up.
 */
export class Stager {
  readonly #options: StagerOptions;
  readonly #lanes = new Map<Lane, Thread>();
  /** Settles when the last document given to a lane is done. */
  readonly #tails = new Map<Lane, Promise<unknown>>();

  private constructor(options: StagerOptions) {
    this.#options = options;
  }

  /** Prepares the folder: what an earlier process left there is of no use to anybody. */
  static async open(options: StagerOptions): Promise<Stager> {
    // On a data folder that takes no writes the service still reads: the first upload tells.
    await rm(options.folder, { recursive: true, force: true }).catch(() => undefined);
    return new Stager(options);
  }

  /**
   * Stages a document. The caller removes it with `discard` when done.
   * @throws Fault too-large above `maxBytes`; the Faults of the parser; storage-full, read-only.
   */
  async stage(input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, options: StageOptions): Promise<StagedDocument> {
    const seed = randomUUID();
    const source = join(this.#options.folder, `${seed}.upload`);
    const target = join(this.#options.folder, `${seed}.staged`);
    try {
      const { small, rest } = await beginning(input, Math.min(inMemoryBytes, this.#options.maxBytes));
      await made(this.#options.folder);
      return small ? await this.#read(options.anonymous ? 'anonymous' : 'small', { source: small, target, seed }, options) : await this.#readFrom(rest, { source, target, seed }, options);
    } catch (error) {
      await removed(target);
      throw storageFault(error) ?? error;
    }
  }

  async discard(document: StagedDocument): Promise<void> {
    await removed(document.path);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map(({ worker }) => worker.terminate()));
    this.#lanes.clear();
    await rm(this.#options.folder, { recursive: true, force: true }).catch(() => undefined);
  }

  /** A larger document, by way of the disk. */
  async #readFrom(input: AsyncIterable<Uint8Array>, files: { source: string; target: string; seed: string }, options: StageOptions): Promise<StagedDocument> {
    try {
      await this.#receive(input, files.source, options);
      if (options.anonymous) return await this.#read('anonymous', files, options);
      const { size } = await stat(files.source);
      return await this.#read(size > largeBytes ? 'large' : 'small', files, options);
    } finally {
      await removed(files.source);
    }
  }

  async #receive(input: AsyncIterable<Uint8Array>, path: string, { signal, anonymous }: StageOptions): Promise<void> {
    const { maxBytes } = this.#options;
    await pipeline(input, anonymous ? limited(Math.min(maxBytes, anonymousBytes), tooLargeWithoutToken) : limited(maxBytes, tooLarge), createWriteStream(path), ...(signal ? [{ signal }] : []));
  }

  async #read(lane: Lane, files: { source: string | Uint8Array; target: string; seed: string }, options: StageOptions): Promise<StagedDocument> {
    const { format, baseIri, file, progress, signal } = options;
    const job = {
      ...files,
      format,
      base: this.#options.base,
      ...(baseIri === undefined ? {} : { baseIri }),
      ...(file === undefined ? {} : { file }),
    };
    const result = (this.#tails.get(lane) ?? Promise.resolve()).then(async () => {
      const { rpc, worker } = this.#thread(lane);
      return inTime(rpc.call('stage', job, { ...(progress ? { progress } : {}), ...(signal ? { signal } : {}) }), (this.#options.deadlines ?? usualDeadlines)[lane], worker);
    });
    this.#tails.set(lane, result.catch(() => undefined));
    return result;
  }

  #thread(lane: Lane): Thread {
    const existing = this.#lanes.get(lane);
    if (existing) return existing;
    const worker = new Worker(new URL('./stageWorker.js', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } });
    const thread: Thread = { worker, rpc: new RpcClient(worker) };
    const lost = (): void => {
      if (this.#lanes.get(lane) === thread) this.#lanes.delete(lane);
    };
    worker.unref();
    worker.on('error', lost);
    worker.on('exit', lost);
    this.#lanes.set(lane, thread);
    return thread;
  }
}

/** The whole of a small document, or else all of it again as a stream. */
async function beginning(input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, most: number): Promise<{ small: Uint8Array; rest?: never } | { small?: never; rest: AsyncIterable<Uint8Array> }> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const iterator = Symbol.asyncIterator in input ? input[Symbol.asyncIterator]() : input[Symbol.iterator]();
  for (;;) {
    const next = await iterator.next();
    if (next.done === true) return { small: Buffer.concat(chunks) };
    chunks.push(next.value);
    bytes += next.value.length;
    if (bytes > most) return { rest: resumed(chunks, iterator) };
  }
}

async function* resumed(chunks: readonly Uint8Array[], iterator: AsyncIterator<Uint8Array> | Iterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    // Lets the source go when nobody reads on.
    await iterator.return?.();
  }
}

/** Node's recursive call says ENOENT where the disk takes no writes; the plain one tells what is wrong. */
async function made(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch(() => mkdir(folder));
}

/** On a disk that takes no writes nothing can be removed either; what stays goes at the next start. */
async function removed(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}

/** An answer, or the end of the thread that is to give it. */
async function inTime<T>(answer: Promise<T>, limit: number | undefined, worker: Worker): Promise<T> {
  const outcome = await withinDeadline(answer, limit);
  if (!outcome.late) return outcome.answer;
  await worker.terminate();
  throw tooSlow(outcome.limit);
}

function limited(maxBytes: number, fault: (maxBytes: number) => Fault): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(fault(maxBytes));
      else done(null, chunk);
    },
  });
}

function tooLarge(maxBytes: number): Fault {
  const megabytes = Math.round(maxBytes / 1024 ** 2);
  return new Fault('too-large', {
    nl: `Het bestand is groter dan ${megabytes} MB. Splits het, of vraag de beheerder om MAX_UPLOAD te verhogen.`,
    en: `The document is larger than ${megabytes} MB. Split it, or ask the administrator to raise MAX_UPLOAD.`,
  });
}

function tooLargeWithoutToken(maxBytes: number): Fault {
  const megabytes = Math.round(maxBytes / 1024 ** 2);
  return new Fault('too-large', {
    nl: `Zonder token kunt u tot ${megabytes} MB insturen. Meld u aan als gegevensbeheerder, of controleer op uw eigen machine met: regiograaf validate.`,
    en: `Without a token, up to ${megabytes} MB can be sent. Sign in as a steward, or validate on your own machine with: regiograaf validate.`,
  });
}

function tooSlow(limit: number): Fault {
  const seconds = limit / 1000;
  return new Fault(
    'reading-timeout',
    {
      nl: `Het document was na ${seconds} seconden niet gelezen en er is niets mee gedaan. Splits het, of schrijf het eenvoudiger (minder geneste delen of naamloze knopen).`,
      en: `The document was not read after ${seconds} seconds and nothing was done with it. Split it, or write it more simply (fewer nested parts or blank nodes).`,
    },
    { retryAfter: 1, extra: { limitSeconds: seconds } },
  );
}
