import type { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import { Fault } from '../../faults.js';

/** Requests one connection may have open at once. */
const most = 50;

/**
 * Ends connections that send requests by the thousand without waiting for answers (RFC 9112 §9.3.2): they come in one
 * go, and handling them so would keep everybody else waiting. Those within the limit are answered, the next is refused,
 * and of whatever follows it nobody hears again.
 */
export function pipelined(): RequestHandler {
  const open = new WeakMap<Socket, number>();
  const refused = new WeakSet<Socket>();
  return ({ socket }, res, next) => {
    if (refused.has(socket)) return;
    const count = (open.get(socket) ?? 0) + 1;
    if (count > most) {
      refused.add(socket);
      socket.pause();
      res.setHeader('Connection', 'close');
      throw new Fault(
        'busy',
        {
          nl: `Op één verbinding kunnen ${most} verzoeken tegelijk lopen. Wacht op antwoorden voor u er meer stuurt.`,
          en: `One connection may have ${most} requests open at once. Wait for answers before sending more.`,
        },
        { retryAfter: 1 },
      );
    }
    open.set(socket, count);
    res.once('close', () => open.set(socket, (open.get(socket) ?? 1) - 1));
    next();
  };
}
