import type { Response } from 'express';
import { randomUUID } from 'node:crypto';
import { open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Fault } from '../faults.js';

/** Milliseconds a client may take nothing of an answer. */
const stalled = 30_000;
/** Bytes from which an answer counts as long. */
const long = 64 * 1024;
/** Bytes of long answers that may be on their way at once, in memory and in files. */
const inMemory = 256 * 1024 ** 2;
const inFiles = 2 * 1024 ** 3;

/** Answers on their way: a client that asks much and reads nothing must not fill memory or disk. */
export class Sending {
  /** Long answers in memory, and how many are being sent each: what is kept may go to many at once. */
  readonly #held = new Map<Uint8Array, number>();
  readonly #limit: number;
  #memory = 0;
  #files = 0;

  constructor(limit: number = inMemory) {
    this.#limit = limit;
  }

  /** Sends bytes whose headers are set; from a file when many others take their time. */
  async bytes(res: Response, bytes: Uint8Array): Promise<void> {
    res.setHeader('Content-Length', bytes.length);
    if (bytes.length >= long) {
      if (!this.#hold(bytes)) {
        const path = join(tmpdir(), `regiograaf-answer-${randomUUID()}`);
        await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
        return this.file(res, path, bytes.length);
      }
      res.once('close', () => this.#release(bytes));
      endStalled(res);
    }
    res.end(bytes);
  }

  #hold(bytes: Uint8Array): boolean {
    const sent = this.#held.get(bytes) ?? 0;
    if (sent === 0) {
      if (this.#memory + bytes.length > this.#limit) return false;
      this.#memory += bytes.length;
    }
    this.#held.set(bytes, sent + 1);
    return true;
  }

  #release(bytes: Uint8Array): void {
    const sent = (this.#held.get(bytes) ?? 1) - 1;
    if (sent > 0) {
      this.#held.set(bytes, sent);
      return;
    }
    this.#held.delete(bytes);
    this.#memory -= bytes.length;
  }

  /** Sends a file that is ours, and removes it: from the folder at once, from the disk when the last byte is sent. */
  async file(res: Response, path: string, size: number): Promise<void> {
    const file = await open(path, 'r').catch(() => undefined);
    await rm(path, { force: true });
    if (!file) throw tooMuch();
    if (this.#files + size > inFiles) {
      await file.close();
      throw tooMuch();
    }
    this.#files += size;
    endStalled(res);
    // A pipeline listens for the end in more than one place.
    res.setMaxListeners(32);
    try {
      await pipeline(file.createReadStream(), res);
    } catch (error) {
      if (!res.destroyed) throw error;
    } finally {
      this.#files -= size;
    }
  }
}

/** Ends a connection whose client takes nothing any more. */
function endStalled(res: Response): void {
  const { socket } = res;
  socket?.setTimeout(stalled);
  const onTimeout = (): unknown => res.destroy();
  socket?.once('timeout', onTimeout);
  res.once('close', () => {
    socket?.setTimeout(0);
    socket?.removeListener('timeout', onTimeout);
  });
}

function tooMuch(): Fault {
  return new Fault('busy', { nl: 'Er zijn te veel lange antwoorden tegelijk onderweg. Probeer het straks opnieuw.', en: 'Too many long answers are on their way. Try again shortly.' }, { retryAfter: 5 });
}
