import type { Response } from 'express';
import { open, rm } from 'node:fs/promises';
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
  #memory = 0;
  #files = 0;

  /** Sends bytes whose headers are set. */
  bytes(res: Response, bytes: Uint8Array): void {
    if (bytes.length >= long) {
      if (this.#memory + bytes.length > inMemory) throw tooMuch();
      this.#memory += bytes.length;
      res.once('close', () => (this.#memory -= bytes.length));
      endStalled(res);
    }
    res.setHeader('Content-Length', bytes.length);
    res.end(bytes);
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
