import type { IncomingMessage, ServerResponse } from 'node:http';
import { hasBody } from './connections.js';

/** Milliseconds over which is measured. */
const usualWindow = 30_000;
/** Bytes a second that a client must send of a body at least: a slow line has ten times as much. */
const leastRate = 500;

const late = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/**
 * Ends requests whose body hardly comes in (RFC 9110 §15.5.9). A limit of time for the whole, as Node has, would cut off
 * large uploads over slow lines; this one only knows who sends next to nothing.
 */
export class SlowSenders {
  readonly #receiving = new Map<IncomingMessage, { readonly res: ServerResponse; bytes: number; since: number }>();
  readonly #window: number;
  readonly #timer: NodeJS.Timeout;

  constructor(window: number = usualWindow) {
    this.#window = window;
    this.#timer = setInterval(() => this.#look(Date.now()), window / 6).unref();
  }

  watch(req: IncomingMessage, res: ServerResponse): void {
    if (!hasBody(req)) return;
    this.#receiving.set(req, { res, bytes: req.socket.bytesRead, since: Date.now() });
    res.once('close', () => this.#receiving.delete(req));
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(now: number): void {
    for (const [req, entry] of this.#receiving) {
      const { socket } = req;
      if (req.complete) {
        this.#receiving.delete(req);
        continue;
      }
      if (now - entry.since < this.#window) continue;
      // What waits to be read here is our own slowness.
      const isSlow = socket.bytesRead - entry.bytes < (leastRate * this.#window) / 1000 && req.readableLength === 0;
      entry.bytes = socket.bytesRead;
      entry.since = now;
      if (!isSlow) continue;
      this.#receiving.delete(req);
      if (entry.res.headersSent) socket.destroy();
      else socket.end(late, () => socket.destroy());
    }
  }
}
