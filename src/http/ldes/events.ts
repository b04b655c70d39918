import type { Request, Response } from 'express';
import { Fault } from '../../faults.js';
import type { PageAddress } from '../../publication/ldes/address.js';
import { pathOf } from '../../publication/ldes/address.js';
import type { Deps } from '../deps.js';
import { nothingThere } from './pages.js';
import { originOf } from './origin.js';

/** Connections that may wait at once. */
const maxListeners = 200;
/** Milliseconds between signs of life: proxies close what is silent. */
const beat = 25_000;

/** Tells waiting consumers when the last page of a stream changed (server-sent events, HTML §9.2). */
export class PageEvents {
  #open = 0;

  async send(deps: Deps, req: Request, res: Response, stream: string): Promise<void> {
    const address: PageAddress = { stream, flavour: 'versies', view: 'alles', page: { kind: 'root' } };
    // Before anything is read for it, and again once others may have come meanwhile.
    this.#admit();
    const first = await deps.streams.state(address);
    if (first.answer !== 'page') throw nothingThere(`${stream}/gebeurtenissen`);
    this.#admit();
    res.setHeader('Content-Type', 'text/event-stream');
    res.setHeader('Cache-Control', 'no-store, no-transform');
    res.setHeader('X-Accel-Buffering', 'no');
    if (req.method === 'HEAD') {
      res.end();
      return;
    }
    // Who left meanwhile leaves no second time.
    if (res.destroyed) return;
    this.#open += 1;
    const root = originOf(req, deps.graph.base) + pathOf(address);
    let told = first.page.state;
    const tell = (state: number): boolean => res.write(`id: ${state}\nevent: pagina\ndata: ${JSON.stringify({ stream: root, stand: state })}\n\n`);
    res.write('retry: 2000\n\n');
    tell(told);
    const look = async (): Promise<void> => {
      const now = await deps.streams.state(address);
      if (now.answer !== 'page' || now.page.state === told || res.writableEnded) return;
      told = now.page.state;
      // A consumer that does not read is not told more: it hears of the newest when it asks again.
      if (!tell(told) && res.writableLength > 100_000) res.destroy();
    };
    const stop = deps.streams.listen(() => void look().catch(() => res.destroy()));
    const timer = setInterval(() => res.write(': \n\n'), beat).unref();
    res.once('close', () => {
      stop();
      clearInterval(timer);
      this.#open -= 1;
    });
  }

  /** @throws Fault too-many-requests when enough wait. */
  #admit(): void {
    if (this.#open < maxListeners) return;
    throw new Fault('too-many-requests', { nl: 'Er luisteren al te veel programma’s mee. Vraag de stream zelf op.', en: 'Too many programs are listening already. Ask for the stream itself.' }, { retryAfter: 60 });
  }
}
