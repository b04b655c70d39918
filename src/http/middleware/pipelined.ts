import type { Socket } from 'node:net';
import type { RequestHandler, Response } from 'express';
import { Fault } from '../../faults.js';

/** Requests one connection may have open at once. */
const most = 50;

/**
 * Ends connections that send requests by the thousand without waiting for answers (RFC 9112 §9.3.2): they come in one
 * go, and handling them so would keep everybody else waiting. Those within the limit are answered, the next is refused,
 * and of whatever follows it nobody hears again.
 */
export function pipelined(): RequestHandler {
  const connections = new WeakMap<Socket, Set<Response>>();
  const refused = new WeakSet<Socket>();
  return ({ socket }, res, next) => {
    if (refused.has(socket)) return;
    let open = connections.get(socket);
    if (!open) connections.set(socket, (open = openOn(socket)));
    if (open.size >= most) {
      refused.add(socket);
      socket.pause();
      res.setHeader('Connection', 'close');
      throw tooMany();
    }
    const answers = open.add(res);
    res.once('close', () => answers.delete(res));
    next();
  };
}

/** The open answers of a connection. One that still waits for those before it is not told that the client left: here it is. */
function openOn(socket: Socket): Set<Response> {
  const open = new Set<Response>();
  socket.once('close', () => {
    for (const res of open) {
      if (res.socket !== null) continue;
      res.destroy();
      res.emit('close');
    }
  });
  return open;
}

function tooMany(): Fault {
  return new Fault(
    'busy',
    {
      nl: `Op één verbinding kunnen ${most} verzoeken tegelijk lopen. Wacht op antwoorden voor u er meer stuurt.`,
      en: `One connection may have ${most} requests open at once. Wait for answers before sending more.`,
    },
    { retryAfter: 1 },
  );
}
